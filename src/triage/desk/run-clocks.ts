import { can } from "../../access/index.ts";
import { toAppError } from "../../shared/index.ts";
import type { TaskRecord } from "../../storage/index.ts";
import type { Ticket } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import { checkAtOf, contextFor, SYSTEM_PARTY } from "./decide-with.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";

const BATCH = 500;

export interface RunClocks {
  /** Looks at the clocks that are due. Returns how many tickets changed. */
  tick(): Promise<number>;
  /** Frees what is held by people who may no longer work on tickets. Returns how many tasks. */
  releaseGone(): Promise<number>;
}

export function createClockRunner(options: TicketDeskOptions, { bySystem }: ActOnTicket): RunClocks {
  const { store, settings, clock, logger } = options;
  return {
    async tick() {
      const now = clock();
      let changed = 0;
      for (const ticketId of await store.dueTickets(now, BATCH)) {
        try {
          const key = `tick:${now.toISOString()}`;
          const { outcome, ticket } = await bySystem(ticketId, { do: "tick" }, key);
          if (outcome === "done") changed += 1;
          else await moveChecks(ticket, options);
        } catch (thrown) {
          const error = toAppError(thrown);
          logger.error({ ticketId, errorId: error.id, error: error.message }, "clocks of a ticket not run");
        }
      }
      return changed;
    },
    async releaseGone() {
      let released = 0;
      const known = new Map<string, boolean>();
      for (const task of await store.openTasks()) {
        try {
          released += await releaseOne(task, known);
        } catch (thrown) {
          const error = toAppError(thrown);
          const about = { taskId: task.taskId, errorId: error.id, error: error.message };
          logger.error(about, "not known whether who holds a task may hold it");
        }
      }
      return released;
    },
  };

  async function releaseOne(task: TaskRecord, known: Map<string, boolean>): Promise<number> {
    const { taskId, ticketId, assignee, department } = task;
    if (!settings().departments.some(({ id }) => id === department)) return leaveDepartment(task, bySystem);
    if (assignee === null) return 0;
    const person = `${assignee} ${department}`;
    const stays = known.get(person) ?? (await mayHold(assignee, department, options));
    known.set(person, stays);
    if (stays) return 0;
    const why = "承办人已不在该部门的受理人员名单中，或已无办理权限";
    const key = `unassign:${taskId}:${assignee}:${clock().toISOString()}`;
    const { outcome } = await bySystem(ticketId, { do: "unassign", taskId, why }, key);
    return outcome === "done" ? 1 : 0;
  }
}

/** The settings know its department no more. */
async function leaveDepartment(
  { ticketId, taskId, department }: TaskRecord,
  bySystem: ActOnTicket["bySystem"],
): Promise<number> {
  const why = "该部门已不在园区的部门名单中";
  const key = `no-department:${taskId}:${department}`;
  const { outcome } = await bySystem(ticketId, { do: "unreachable", taskId, why }, key);
  return outcome === "done" ? 1 : 0;
}

/** Nothing was due after all: hours or days off have changed since it was reckoned. */
async function moveChecks(ticket: Ticket, options: TicketDeskOptions): Promise<void> {
  const checkAt = checkAtOf(ticket, contextFor(options, SYSTEM_PARTY, "check"));
  for (const { taskId } of ticket.tasks) {
    await options.store.moveCheck(taskId, checkAt(taskId)?.toISOString() ?? null);
  }
}

async function mayHold(
  account: string,
  departmentId: string,
  { settings, rolesOf }: TicketDeskOptions,
): Promise<boolean> {
  const roles = await rolesOf(account);
  if (!can(roles, "work-tickets")) return false;
  if (can(roles, "manage-triage")) return true;
  const department = settings().departments.find(({ id }) => id === departmentId);
  const people = [
    ...(department?.specialists.map((each) => each.account) ?? []),
    ...(department?.leads ?? []),
  ];
  return people.includes(account);
}
