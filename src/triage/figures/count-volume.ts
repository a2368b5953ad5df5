import { toShanghaiDay } from "../../shared/index.ts";
import { URGENCIES } from "../classification-types.ts";
import type { Ticket, TicketStatus } from "../types.ts";
import type { Count, DeskFigures, FigurePeriod, VolumePart } from "./figure-types.ts";
import { nameChannel } from "./name-channel.ts";
import { createSpan, listDays, mondayOf } from "./periods.ts";

type Part = { -readonly [K in keyof VolumePart]: VolumePart[K] };
type Outcome = "closed" | "answered" | "open" | "dropped";

const OUTCOMES: Readonly<Record<TicketStatus, Outcome>> = {
  待认领: "open",
  处理中: "open",
  待企业补充: "open",
  已回复: "answered",
  已办结: "closed",
  已撤回: "dropped",
  已合并: "dropped",
};

const emptyPart = (day: string): Part => ({ day, opened: 0, closed: 0, answered: 0, open: 0, dropped: 0 });

function createCounts() {
  const counts = new Map<string, { name: string; count: number }>();
  return {
    add(id: string, name: string) {
      counts.set(id, { name, count: (counts.get(id)?.count ?? 0) + 1 });
    },
    /** Most first; of equals in the order of their ids. */
    list: (): Count[] =>
      [...counts]
        .map(([id, { name, count }]) => ({ id, name, count }))
        .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
  };
}

export interface VolumeCount {
  add(ticket: Ticket): void;
  volume(): DeskFigures["volume"];
}

/** Tickets opened in the period, by what they are and where they stand now. */
export function countVolume(period: FigurePeriod, nameOf: (department: string) => string): VolumeCount {
  const span = createSpan(period);
  const days = new Map(listDays(period).map((day) => [day, emptyPart(day)]));
  const statuses = new Map<TicketStatus, number>();
  const [categories, departments, urgencies, channels] = [
    createCounts(),
    createCounts(),
    createCounts(),
    createCounts(),
  ];
  return {
    add(ticket) {
      if (!span.has(ticket.openedAt)) return;
      const part = days.get(toShanghaiDay(new Date(ticket.openedAt)));
      if (part !== undefined) {
        part.opened += 1;
        part[OUTCOMES[ticket.status]] += 1;
      }
      statuses.set(ticket.status, (statuses.get(ticket.status) ?? 0) + 1);
      categories.add(ticket.classification.category, ticket.classification.categoryName);
      for (const { department } of ticket.tasks) departments.add(department, nameOf(department));
      urgencies.add(ticket.urgency, ticket.urgency);
      channels.add(ticket.asker.channel, nameChannel(ticket.asker.channel));
    },
    volume: () => ({
      byDay: [...days.values()],
      byWeek: foldWeeks([...days.values()]),
      byStatus: Object.fromEntries(statuses),
      byCategory: categories.list(),
      byDepartment: departments.list(),
      byUrgency: inOrder(urgencies.list()),
      byChannel: channels.list(),
    }),
  };
}

function inOrder(counts: readonly Count[]): Count[] {
  return URGENCIES.flatMap((urgency) => counts.filter(({ id }) => id === urgency));
}

export function foldWeeks(days: readonly VolumePart[]): VolumePart[] {
  const weeks = new Map<string, Part>();
  for (const day of days) {
    const monday = mondayOf(day.day);
    const week = weeks.get(monday) ?? emptyPart(monday);
    weeks.set(monday, week);
    for (const key of ["opened", "closed", "answered", "open", "dropped"] as const) week[key] += day[key];
  }
  return [...weeks.values()];
}
