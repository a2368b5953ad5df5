import type { Department, Ticket } from "../types.ts";
import { countOpen, type OpenCount } from "./count-open.ts";
import { countPeriod, type PeriodCount } from "./count-period.ts";
import { countTasks, type TaskCount } from "./count-tasks.ts";
import { countVolume } from "./count-volume.ts";
import type {
  DepartmentFigures,
  DeskFigures,
  FigureRequest,
  PersonFigures,
  QueuedTask,
} from "./figure-types.ts";
import { BEHIND_RULES, findBehind } from "./find-behind.ts";
import { meanOf, toShare } from "./measures.ts";
import { periodBefore } from "./periods.ts";

export interface FigureCount {
  /** Each ticket once, in any order. All that are open at `asOf`, and all that anything happened to since the period before. */
  add(ticket: Ticket): void;
  finish(): DeskFigures;
}

interface Counts {
  period: PeriodCount;
  tasks: TaskCount;
  open: OpenCount;
}

/**
 * Folds tickets into the figures of a period and of the equally long one before it. Holds numbers only, no texts and no
 * contacts. Times count for the department that had the task when the clock ended, and for the person who has it now.
 */
export function createFigures(request: FigureRequest): FigureCount {
  const { period, asOf, calendar, departments, only } = request;
  const rules = { ...BEHIND_RULES, ...request.rules };
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const before = countPeriod(periodBefore(period), asOf);
  const volume = countVolume(period, nameOf);
  const counts: Counts = {
    period: countPeriod(period, asOf),
    tasks: countTasks(period),
    open: countOpen(asOf, departments, calendar),
  };
  return {
    add(ticket) {
      const counted = narrow(ticket, only);
      if (counted === null) return;
      for (const count of [before, volume, counts.period, counts.tasks, counts.open]) count.add(counted);
    },
    finish() {
      const shown = departments.filter(({ id }) => only?.includes(id) ?? true);
      const ofDepartments = foldDepartments(counts, shown, nameOf).filter(
        ({ id }) => only?.includes(id) ?? true,
      );
      return {
        ...counts.period.totals(),
        asOf: asOf.toISOString(),
        before: before.totals(),
        volume: volume.volume(),
        open: { ...counts.open.desk },
        openTickets: counts.open.tickets(),
        oldestQueued: oldestOf(ofDepartments),
        departments: ofDepartments,
        people: foldPeople(counts, shown),
        behind: findBehind(ofDepartments, rules),
        rules,
        answers: toAnswers(request.answers),
      };
    },
  };
}

function narrow(ticket: Ticket, only: readonly string[] | undefined): Ticket | null {
  if (only === undefined) return ticket;
  const tasks = ticket.tasks.filter(({ department }) => only.includes(department));
  return tasks.length === 0 ? null : { ...ticket, tasks };
}

function toAnswers(answers: FigureRequest["answers"]): DeskFigures["answers"] {
  if (answers === undefined) return null;
  const { selfAnswered, handedOver } = answers;
  return { selfAnswered, handedOver, selfAnsweredShare: toShare(selfAnswered, selfAnswered + handedOver) };
}

function oldestOf(departments: readonly DepartmentFigures[]): QueuedTask | null {
  return departments.reduce<QueuedTask | null>((oldest, { oldestQueued }) => {
    if (oldestQueued === null) return oldest;
    return oldest === null || oldestQueued.since < oldest.since ? oldestQueued : oldest;
  }, null);
}

/** In the order of the settings; departments that are no longer there behind them. */
function foldDepartments(
  { period, tasks, open }: Counts,
  departments: readonly Department[],
  nameOf: (id: string) => string,
): DepartmentFigures[] {
  const ids = new Set([
    ...departments.map(({ id }) => id),
    ...tasks.departments(),
    ...period.departments.keys(),
    ...open.departments(),
  ]);
  return [...ids].map((id) => {
    const tally = period.departments.of(id);
    return {
      id,
      name: nameOf(id),
      tasks: tasks.taken(id),
      closed: tasks.closed(id),
      firstResponse: tally.firstResponse(),
      resolution: tally.resolution(),
      sla: tally.sla(),
      slaByKind: tally.slaByKind(),
      reroutedAway: tasks.away(id),
      reroutedHere: tasks.here(id),
      satisfaction: { count: tally.scores().length, mean: meanOf(tally.scores()) },
      open: open.ofDepartment(id),
      oldestQueued: open.oldestQueued(id),
    };
  });
}

/** Specialists of the settings also when they have nothing; most open tasks first. */
function foldPeople({ period, tasks, open }: Counts, departments: readonly Department[]): PersonFigures[] {
  const people = new Map<string, { name: string; departments: string[] }>();
  for (const [account, name] of tasks.people) people.set(account, { name, departments: [] });
  for (const { name: department, specialists } of departments) {
    for (const { account, name } of specialists) {
      const known = people.get(account)?.departments ?? [];
      people.set(account, { name, departments: [...known, department] });
    }
  }
  for (const account of [...open.people(), ...period.people.keys()]) {
    if (!people.has(account)) people.set(account, { name: account, departments: [] });
  }
  return [...people]
    .map(([account, person]) => {
      const tally = period.people.of(account);
      return {
        account,
        ...person,
        closed: tasks.closedBy(account),
        firstResponse: tally.firstResponse(),
        sla: tally.sla(),
        satisfaction: { count: tally.scores().length, mean: meanOf(tally.scores()) },
        open: open.ofPerson(account),
      };
    })
    .sort((a, b) => loadOf(b) - loadOf(a) || (a.account < b.account ? -1 : 1));
}

function loadOf({ open }: PersonFigures): number {
  return open.claimed + open.asking;
}
