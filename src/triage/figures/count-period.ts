import type { Reroute, TaskClock, Ticket, TicketTask } from "../types.ts";
import { createClockTally, createTallies } from "./clock-tally.ts";
import type { FigurePeriod, PeriodTotals, Satisfaction } from "./figure-types.ts";
import { departmentAt, judgeClock } from "./judge-clock.ts";
import { createTally, meanOf } from "./measures.ts";
import { createSpan } from "./periods.ts";

export interface PeriodCount {
  add(ticket: Ticket): void;
  totals(): PeriodTotals;
  departments: ReturnType<typeof createTallies>;
  people: ReturnType<typeof createTallies>;
}

/** Passed on because it belonged elsewhere, not because settings changed or nobody could be reached. */
export function isMisrouted({ kind, from, to }: Reroute): boolean {
  return (kind === "transfer" || kind === "return") && from !== to;
}

/** All that is told by what happened between two days. */
export function countPeriod(period: FigurePeriod, asOf: Date): PeriodCount {
  const span = createSpan(period);
  const desk = createClockTally();
  const departments = createTallies();
  const people = createTallies();
  const rerouting = createTally();
  const reopening = createTally();
  const asked = createTally();
  let opened = 0;
  let closed = 0;

  function addClock(clock: TaskClock, task: TicketTask, ticket: Ticket): void {
    const judged = judgeClock(clock, task, ticket, asOf);
    if (judged !== null && span.has(judged.at)) {
      const theirs = judged.kept || (task.claimedAt !== null && task.claimedAt <= judged.at);
      for (const tally of talliesOf(task, judged.at, theirs)) tally.judge(clock.kind, judged.kept);
    }
    if (clock.metAt === null || !span.has(clock.metAt)) return;
    for (const tally of talliesOf(task, clock.metAt, true)) tally.measure(clock.kind, clock.usedMinutes);
  }

  /** `theirs`: not when it ran out before the person took it. */
  function talliesOf(task: TicketTask, instant: string, theirs: boolean) {
    const person = task.assignee === null || !theirs ? [] : [people.of(task.assignee)];
    return [desk, departments.of(departmentAt(task, instant)), ...person];
  }

  function addScore({ satisfaction, satisfactionAskedAt, tasks }: Ticket): void {
    if (span.has(satisfactionAskedAt)) asked.add(satisfaction !== null);
    if (satisfaction === null || !span.has(satisfaction.at)) return;
    const live = tasks.filter(({ state }) => state !== "cancelled");
    desk.rate(satisfaction.score);
    for (const id of new Set(live.map(({ department }) => department)))
      departments.of(id).rate(satisfaction.score);
    for (const id of new Set(live.map(({ assignee }) => assignee))) {
      if (id !== null) people.of(id).rate(satisfaction.score);
    }
  }

  return {
    departments,
    people,
    add(ticket) {
      if (ticket.status === "已办结" && span.has(ticket.closedAt)) closed += 1;
      for (const task of ticket.tasks) for (const clock of task.clocks) addClock(clock, task, ticket);
      addScore(ticket);
      if (!span.has(ticket.openedAt)) return;
      opened += 1;
      for (const task of ticket.tasks) rerouting.add(task.reroutes.some(isMisrouted));
      if (ticket.status === "已办结" || ticket.reopened > 0) reopening.add(ticket.reopened > 0);
    },
    totals: () => ({
      period,
      opened,
      closed,
      firstResponse: desk.firstResponse(),
      resolution: desk.resolution(),
      sla: desk.sla(),
      slaByKind: desk.slaByKind(),
      rerouting: rerouting.share(),
      reopening: reopening.share(),
      satisfaction: toSatisfaction(desk.scores(), asked.share()),
    }),
  };
}

function toSatisfaction(scores: readonly number[], answered: Satisfaction["answered"]): Satisfaction {
  const having = (score: number) => scores.filter((given) => given === score).length;
  return {
    count: scores.length,
    mean: meanOf(scores),
    distribution: [having(1), having(2), having(3), having(4), having(5)],
    answered,
  };
}
