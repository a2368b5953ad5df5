import { hideContacts } from "../../redact/hide-contacts.ts";
import type { TaskClock, Ticket } from "../../types.ts";
import { isMisrouted } from "../count-period.ts";
import { judgeClock } from "../judge-clock.ts";
import { nameChannel } from "../name-channel.ts";
import { type Cell, type Column, ONE_DECIMAL, type SheetContent } from "./sheet-content.ts";

export interface TicketSheetOptions {
  /** With what was asked, answered and commented, and the enterprise's name where the asker agreed to show it. Default: without. */
  withTexts?: boolean;
  nameOf: (department: string) => string;
  asOf: Date;
}

const CLOCK_NAMES = {
  "first-response": "首次回应",
  "next-response": "后续回应",
  resolution: "办结",
} as const;

const COLUMNS: readonly Column[] = [
  { header: "工单号", width: 16 },
  { header: "状态", width: 12 },
  { header: "类别", width: 14 },
  { header: "紧急程度", width: 10 },
  { header: "渠道", width: 10 },
  { header: "部门", width: 28 },
  { header: "办理人", width: 18 },
  { header: "提出时间", width: 18 },
  { header: "办结时间", width: 18 },
  { header: "首次回应（工作分钟）", width: 20, format: ONE_DECIMAL },
  { header: "办结用时（工作分钟）", width: 20, format: ONE_DECIMAL },
  { header: "超过时限", width: 22 },
  { header: "转派次数", width: 10 },
  { header: "重新打开次数", width: 14 },
  { header: "满意度", width: 8 },
];

const TEXT_COLUMNS: readonly Column[] = [
  { header: "企业", width: 28 },
  { header: "诉求", width: 70 },
  { header: "办理结果", width: 50 },
  { header: "评价内容", width: 40 },
];

function sayTime(instant: string | null): string | null {
  if (instant === null) return null;
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

/** Of several departments the longest. */
function longest(ticket: Ticket, kind: TaskClock["kind"]): number | null {
  const minutes = ticket.tasks.flatMap((task) =>
    task.clocks
      .filter((clock) => clock.kind === kind && clock.metAt !== null)
      .map(({ usedMinutes }) => usedMinutes),
  );
  return minutes.length === 0 ? null : Math.max(...minutes);
}

function missedKinds(ticket: Ticket, asOf: Date): string {
  const missed = ticket.tasks.flatMap((task) =>
    task.clocks
      .filter((clock) => judgeClock(clock, task, ticket, asOf)?.kept === false)
      .map(({ kind }) => CLOCK_NAMES[kind]),
  );
  return [...new Set(missed)].join("、");
}

function toRow(ticket: Ticket, { withTexts, nameOf, asOf }: TicketSheetOptions): Cell[] {
  const { tasks, satisfaction } = ticket;
  const distinct = (names: readonly (string | null)[]) =>
    [...new Set(names.filter((name) => name !== null))].join("、");
  const row: Cell[] = [
    ticket.number,
    ticket.status,
    ticket.classification.categoryName,
    ticket.urgency,
    nameChannel(ticket.asker.channel),
    distinct(tasks.map(({ department }) => nameOf(department))),
    distinct(tasks.map(({ assigneeName }) => assigneeName)),
    sayTime(ticket.openedAt),
    sayTime(ticket.closedAt),
    longest(ticket, "first-response"),
    longest(ticket, "resolution"),
    missedKinds(ticket, asOf),
    tasks.flatMap(({ reroutes }) => reroutes).filter(isMisrouted).length,
    ticket.reopened,
    satisfaction?.score ?? null,
  ];
  if (withTexts !== true) return row;
  const outcome = distinct(tasks.map((task) => task.outcome));
  const [text, comment] = [ticket.text, satisfaction?.comment ?? ""].map((each) => hideContacts(each).text);
  return [...row, ticket.enterprise?.name ?? null, text ?? null, outcome, comment || null];
}

export async function toTicketSheet(
  tickets: Iterable<Ticket> | AsyncIterable<Ticket>,
  options: TicketSheetOptions,
): Promise<SheetContent> {
  const rows: Cell[][] = [];
  for await (const ticket of tickets) rows.push(toRow(ticket, options));
  return {
    name: "工单",
    columns: options.withTexts === true ? [...COLUMNS, ...TEXT_COLUMNS] : COLUMNS,
    rows,
  };
}
