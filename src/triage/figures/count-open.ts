import { compileHours } from "../calendar/compile-hours.ts";
import type { Department, Ticket, TicketTask, WorkCalendar, WorkingHours } from "../types.ts";
import type { OpenLoad, QueuedTask } from "./figure-types.ts";
import { isOverdue } from "./judge-clock.ts";

type Load = { -readonly [K in keyof OpenLoad]: OpenLoad[K] };
const MINUTE_MS = 60_000;

export interface OpenCount {
  add(ticket: Ticket): void;
  tickets(): number;
  desk: OpenLoad;
  ofDepartment(id: string): OpenLoad;
  ofPerson(account: string): OpenLoad;
  people(): Iterable<string>;
  departments(): Iterable<string>;
  oldestQueued(department: string): QueuedTask | null;
}

const emptyLoad = (): Load => ({ queued: 0, claimed: 0, asking: 0, answered: 0, overdue: 0 });

function isLive({ status }: Ticket): boolean {
  return status !== "已办结" && status !== "已撤回" && status !== "已合并";
}

/** What lies with whom at an instant, whenever it was opened. */
export function countOpen(asOf: Date, departments: readonly Department[], calendar: WorkCalendar): OpenCount {
  const hours = new Map(departments.map((department) => [department.id, department.hours]));
  const desk = emptyLoad();
  const byDepartment = new Map<string, Load>();
  const byPerson = new Map<string, Load>();
  const oldest = new Map<string, { number: string; since: string }>();
  let tickets = 0;

  function addTask(task: TicketTask, { number }: Ticket): void {
    if (task.state === "closed" || task.state === "cancelled") return;
    const loads = [desk, loadOf(byDepartment, task.department)];
    if (task.assignee !== null) loads.push(loadOf(byPerson, task.assignee));
    const overdue = task.clocks.some((clock) => isOverdue(clock, asOf));
    for (const load of loads) {
      load[task.state] += 1;
      if (overdue) load.overdue += 1;
    }
    const before = oldest.get(task.department);
    if (task.state === "queued" && (before === undefined || task.queuedAt < before.since)) {
      oldest.set(task.department, { number, since: task.queuedAt });
    }
  }

  return {
    desk,
    tickets: () => tickets,
    ofDepartment: (id) => byDepartment.get(id) ?? emptyLoad(),
    ofPerson: (account) => byPerson.get(account) ?? emptyLoad(),
    people: () => byPerson.keys(),
    departments: () => byDepartment.keys(),
    add(ticket) {
      if (!isLive(ticket)) return;
      tickets += 1;
      for (const task of ticket.tasks) addTask(task, ticket);
    },
    oldestQueued(department) {
      const found = oldest.get(department);
      if (found === undefined) return null;
      const workingDays = waitedDays(found.since, asOf, hours.get(department), calendar);
      return { ...found, department, workingDays };
    },
  };
}

function loadOf(loads: Map<string, Load>, key: string): Load {
  const load = loads.get(key) ?? emptyLoad();
  loads.set(key, load);
  return load;
}

const USUAL_HOURS: WorkingHours = [["09:00", "17:00"]];

/** A department without hours, or one that is no longer there, is measured by usual ones. */
function waitedDays(
  since: string,
  asOf: Date,
  given: WorkingHours | undefined,
  calendar: WorkCalendar,
): number {
  const hours = given === undefined || given.length === 0 ? USUAL_HOURS : given;
  const minutes = calendar.workingMinutesBetween(new Date(since), asOf, hours);
  return (minutes * MINUTE_MS) / compileHours(hours).perDayMs;
}
