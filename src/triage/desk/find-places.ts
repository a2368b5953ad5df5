import { findAbsence } from "../routing/stand-in.ts";
import type { Department, Ticket, TicketTask } from "../types.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";

/** Where cards of a task stand. `chatId` of a direct place is the person's own id. */
export interface CardPlace {
  channel: string;
  chatId: string;
  chatKind: "group" | "direct";
}

export type Reach = "department" | "fallback" | "admins" | "nobody";

/**
 * The department's group; without one the direct chats of who has the task, else of its specialists who are there. The
 * fallback's last resort are the administrators. Empty: nobody of this department can be reached.
 */
export async function findPlaces(
  department: Department | undefined,
  task: Pick<TicketTask, "assignee">,
  options: Pick<TicketDeskOptions, "canReach" | "absences" | "listAdmins" | "clock">,
): Promise<CardPlace[]> {
  if (!department) return [];
  if (department.group !== null && options.canReach({ group: department.group }))
    return [toPlace(department.group, "group")];
  const now = options.clock();
  const people = department.specialists.map(({ account }) => account);
  const present = people.filter((account) => !findAbsence(account, options.absences(), now));
  const wanted = task.assignee === null ? (present.length > 0 ? present : people) : [task.assignee];
  const reachable = wanted.filter((account) => options.canReach({ account }));
  if (reachable.length > 0 || !department.fallback) return reachable.map((each) => toPlace(each, "direct"));
  const admins = await options.listAdmins();
  return admins
    .filter((account) => options.canReach({ account }))
    .map((account) => toPlace(account, "direct"));
}

export function toPlace(name: string, chatKind: CardPlace["chatKind"]): CardPlace {
  const colon = name.indexOf(":");
  return { channel: name.slice(0, colon), chatId: name.slice(colon + 1), chatKind };
}

/** Who would hear of a new ticket now; `fallback`: of all of it, or of the parts whose department nobody can be told in. */
export async function findReach(
  { tasks }: Pick<Ticket, "tasks">,
  departments: ReadonlyMap<string, Department>,
  options: Pick<TicketDeskOptions, "canReach" | "absences" | "listAdmins" | "clock">,
): Promise<{ reach: Reach; missed?: readonly string[] }> {
  if (tasks.length === 0) return { reach: "nobody" };
  const fallback = [...departments.values()].find((each) => each.fallback);
  const missed: TicketTask[] = [];
  for (const task of tasks) {
    if (!(await reaches(departments.get(task.department), task, options))) missed.push(task);
  }
  if (missed.length === 0) return { reach: "department" };
  const isPart = missed.length < tasks.length;
  if (isPart && missed.every(({ department }) => department === fallback?.id)) return { reach: "department" };
  const toFallback = {
    reach: "fallback" as const,
    ...(isPart && { missed: missed.map(({ taskId }) => taskId) }),
  };
  if (fallback && (await reaches(fallback, { assignee: null }, options))) return toFallback;
  const admins = await options.listAdmins();
  const hasAdmin = admins.some((account) => options.canReach({ account }));
  // The administrators read what comes to a fallback without people.
  if (isPart) return hasAdmin ? toFallback : { reach: "department" };
  return { reach: hasAdmin ? "admins" : "nobody" };
}

/** People of the department, or those who look for themselves; its last resort not counted. */
async function reaches(
  department: Department | undefined,
  task: Pick<TicketTask, "assignee">,
  options: Parameters<typeof findPlaces>[2],
): Promise<boolean> {
  if (!department) return false;
  if (department.specialists.some(({ account }) => account.startsWith("api:"))) return true;
  return (await findPlaces({ ...department, fallback: false }, task, options)).length > 0;
}
