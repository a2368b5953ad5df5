import { type Actor, can, requireRight } from "../../access/index.ts";
import { AppError, fromShanghaiDay, isDay, toShanghaiDay } from "../../shared/index.ts";
import type { TicketFilter, TicketStore } from "../../storage/index.ts";
import type { FaqDraft } from "../desk/desk-parts.ts";
import type { TicketDesk } from "../desk/desk-types.ts";
import { departmentNames } from "../desk/party-of.ts";
import { draftFaqFrom } from "../faq/draft-faq-from.ts";
import { createFigures } from "../figures/create-figures.ts";
import { describeFigures, sayPeriod } from "../figures/describe-figures.ts";
import type { DeskFigures, FigurePeriod } from "../figures/figure-types.ts";
import { checkGoals, describeGoals } from "../figures/goals/check-goals.ts";
import type { Goal, GoalSource } from "../figures/goals/goal-types.ts";
import { writeFiguresWorkbook } from "../figures/workbook/write-figures-workbook.ts";
import { suggestRoutingChanges } from "../routing/suggest-routing-changes.ts";
import type { SettingsDesk } from "../settings/create-settings-desk.ts";
import type { RoutingRule, RoutingSuggestion, Ticket, WorkCalendar } from "../types.ts";

const BATCH = 500;
const DAY_MS = 24 * 60 * 60 * 1000;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export interface OfficeOptions {
  store: Pick<TicketStore, "eachBatch">;
  desk: TicketDesk;
  settings: SettingsDesk;
  calendar(): WorkCalendar;
  /** Targets that are kept beside the figures. */
  goals: readonly Goal[];
  /** The published text that a target is quoted from. */
  goalSource(title: string): Promise<GoalSource | undefined>;
  /** Saves the draft of a frequent question for an administrator to review; returns its id. */
  saveFaqDraft(draft: FaqDraft, by: Actor): Promise<string>;
  clock(): Date;
}

export interface AskedPeriod {
  /** `YYYY-MM-DD`, included; absent: seven days ago. */
  from?: string | undefined;
  /** Not included; absent: tomorrow. */
  to?: string | undefined;
}

/** What leads and administrators do with tickets besides working on them. */
export interface DeskOffice {
  /** Needs `read-figures`; leads see their own departments. */
  figures(period: AskedPeriod, by: Actor): Promise<DeskFigures>;
  describeFigures(period: AskedPeriod, by: Actor): Promise<{ figures: DeskFigures; lines: string[] }>;
  figuresFile(
    period: AskedPeriod & { texts?: boolean | undefined },
    by: Actor,
  ): Promise<{ name: string; mediaType: string; bytes: Uint8Array }>;
  /** What is wrong with the targets, in words; empty: nothing. */
  checkGoals(): Promise<string[]>;
  suggestRouting(period: AskedPeriod, by: Actor): Promise<readonly RoutingSuggestion[]>;
  adoptRouting(suggestion: unknown, by: Actor, reason: string): Promise<void>;
  /** Of a ticket that a person answered. Throws `conflict` when there is nothing to draft from. */
  draftFaq(ticket: string, by: Actor): Promise<FaqDraft & { faqId: string; cautions: readonly string[] }>;
}

export function createDeskOffice(options: OfficeOptions): DeskOffice {
  const countFigures = async (asked: AskedPeriod, by: Actor): Promise<DeskFigures> => {
    const filter = visibleTo(by, options);
    const period = readPeriod(asked, options.clock());
    const { departments } = options.settings.current();
    const counting = createFigures({
      ...{ period, departments },
      asOf: options.clock(),
      calendar: options.calendar(),
      ...(filter.departments && { only: filter.departments }),
    });
    for await (const ticket of eachTicket(options, filter)) counting.add(ticket);
    return counting.finish();
  };
  return {
    figures: countFigures,
    async describeFigures(asked, by) {
      const figures = await countFigures(asked, by);
      return { figures, lines: [...describeFigures(figures), ...(await sayGoals(options))] };
    },
    async figuresFile({ texts, ...asked }, by) {
      const figures = await countFigures(asked, by);
      const { from, to } = figures.period;
      const filter = visibleTo(by, options);
      const bytes = await writeFiguresWorkbook({
        figures,
        tickets: eachTicket(options, { ...filter, openedTo: startOf(to), openedFrom: startOf(from) }),
        departments: options.settings.current().departments,
        withTexts: texts ?? false,
        goals: options.goals,
      });
      return { name: `工单统计 ${sayPeriod(figures.period)}.xlsx`, mediaType: XLSX, bytes };
    },
    checkGoals: async () => {
      const sources = await readGoalSources(options);
      return checkGoals(options.goals, (title) => sources.get(title));
    },
    async suggestRouting(asked, by) {
      requireRight(by, "manage-triage");
      const { from } = readPeriod(
        { from: asked.from ?? dayBefore(options.clock(), 90), to: asked.to },
        options.clock(),
      );
      const tickets: Ticket[] = [];
      for await (const ticket of eachTicket(options, { openedFrom: startOf(from) })) tickets.push(ticket);
      return suggestRoutingChanges(tickets, options.settings.current(), { since: startOf(from) });
    },
    async adoptRouting(suggestion, by, reason) {
      requireRight(by, "manage-triage");
      await options.settings.adoptRule(ruleOf(suggestion), by, reason);
    },
    async draftFaq(wanted, by) {
      requireRight(by, "manage-faq");
      const { ticket, events } = await options.desk.view(wanted, by);
      const departments = options.settings.current();
      const drafted = draftFaqFrom(ticket, events, { departmentNames: departmentNames(departments) });
      if ("refused" in drafted) throw nothingToDraft(drafted.refused);
      const { cautions, ...draft } = drafted;
      const faqId = await options.saveFaqDraft(draft, by);
      await options.desk.act(ticket.ticketId, { do: "link-faq", faqId }, by, `faq:${faqId}`);
      return { ...draft, faqId, cautions };
    },
  };
}

/** A target whose words are no longer in the published text is left out; `doctor` names it. */
async function sayGoals(options: OfficeOptions): Promise<string[]> {
  const { goals } = options;
  const sources = await readGoalSources(options);
  const standing = goals.filter((goal) => checkGoals([goal], (title) => sources.get(title)).length === 0);
  return describeGoals(standing, (title) => sources.get(title));
}

async function readGoalSources({ goals, goalSource }: OfficeOptions): Promise<Map<string, GoalSource>> {
  const sources = new Map<string, GoalSource>();
  for (const title of new Set(goals.map(({ document }) => document))) {
    const source = await goalSource(title);
    if (source) sources.set(title, source);
  }
  return sources;
}

function visibleTo(by: Actor, { desk, settings }: OfficeOptions): TicketFilter {
  if (can(by.roles, "read-figures")) return {};
  const led = settings
    .current()
    .departments.filter(
      ({ id, leads }) => leads.includes(by.account) && desk.partyOf(by).departments.includes(id),
    );
  if (led.length === 0) requireRight(by, "read-figures");
  return { departments: led.map(({ id }) => id) };
}

async function* eachTicket({ store }: OfficeOptions, filter: TicketFilter): AsyncGenerator<Ticket> {
  let after: string | null = null;
  for (;;) {
    const batch = await store.eachBatch(after, BATCH, filter);
    for (const { content } of batch) yield content as Ticket;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = last.ticketId;
  }
}

function readPeriod({ from, to }: AskedPeriod, now: Date): FigurePeriod {
  const period = { from: from ?? dayBefore(now, 7), to: to ?? dayBefore(now, -1) };
  if (isDay(period.from) && isDay(period.to) && period.from < period.to) return period;
  throw new AppError({
    code: "usage",
    message: "bad period",
    safeMessage: `统计期间应写成 YYYY-MM-DD，且起在止之前（止的当天不计入），现为 ${period.from} 至 ${period.to}。`,
  });
}

function dayBefore(now: Date, days: number): string {
  return toShanghaiDay(new Date(now.getTime() - days * DAY_MS));
}

/** ISO 8601 in UTC, as the store keeps instants. */
function startOf(day: string): string {
  return fromShanghaiDay(day).toISOString();
}

/** What it says is checked when it is saved. */
function ruleOf(suggestion: unknown): RoutingRule {
  if (typeof suggestion === "object" && suggestion !== null && "rule" in suggestion) {
    return suggestion.rule as RoutingRule;
  }
  throw new AppError({
    code: "usage",
    message: "no suggestion",
    safeMessage: "请提交一条完整的修改建议（含 rule），可用 GET /api/v1/admin/triage/suggestions 取得。",
  });
}

function nothingToDraft(why: string): AppError {
  return new AppError({
    code: "conflict",
    message: "nothing to draft a frequent question from",
    safeMessage: `这张工单暂不能起草常见问答：${why}`,
  });
}
