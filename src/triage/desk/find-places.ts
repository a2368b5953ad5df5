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

/** Who would hear of a new ticket now. */
export async function findReach(
  ticket: Pick<Ticket, "tasks">,
  departments: ReadonlyMap<string, Department>,
  options: Pick<TicketDeskOptions, "canReach" | "absences" | "listAdmins" | "clock">,
): Promise<Reach> {
  const [task] = ticket.tasks;
  if (!task) return "nobody";
  const own = departments.get(task.department);
  const fallback = [...departments.values()].find((each) => each.fallback);
  const reaches = async (department: Department | undefined) =>
    department !== undefined &&
    (await findPlaces({ ...department, fallback: false }, task, options)).length > 0;
  const looksItself = own?.specialists.some(({ account }) => account.startsWith("api:")) ?? false;
  if (looksItself || (await reaches(own))) return "department";
  if (await reaches(fallback)) return "fallback";
  const admins = await options.listAdmins();
  return admins.some((account) => options.canReach({ account })) ? "admins" : "nobody";
}
