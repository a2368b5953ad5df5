import type { DecideTicket, DecisionContext, Refusal, Ticket, TicketCommand, TicketTask } from "../types.ts";
import { decideAddTask } from "./commands/add-task.ts";
import { decideLinkFaq, decideNote, decideRecall } from "./commands/annotate.ts";
import { decideAskerSay } from "./commands/asker-say.ts";
import { decideClaim, decideRelease, decideUnassign } from "./commands/claim.ts";
import { decideClose, decideUndoClose } from "./commands/close.ts";
import { decideCancel, decideRate, decideReopen } from "./commands/end-and-reopen.ts";
import { decideAbsorb, decideMergeInto } from "./commands/merge.ts";
import { decideReclassify } from "./commands/reclassify.ts";
import { decideAsk, decideReply } from "./commands/speak.ts";
import { decideTick } from "./commands/tick.ts";
import { decideReturn, decideTransfer, decideUnreachable } from "./commands/transfer.ts";
import type { Handler, Step, TaskHandler } from "./deciding.ts";
import { finishDecision } from "./finish-decision.ts";
import { guardAuthority, guardState, isAlready } from "./guard-command.ts";
import { refuseUnknownTask } from "./refuse.ts";

type TaskCommandName = Extract<TicketCommand, { taskId: string }>["do"];
type Handlers = { [D in TicketCommand["do"]]: Handler<D> };

/** The task is known to be there: the guards have seen it. */
function onTask<D extends TaskCommandName>(decide: TaskHandler<D>): Handler<D> {
  return (ticket, command, context): Step => {
    const { taskId }: { taskId: string } = command as Extract<TicketCommand, { taskId: string }>;
    const task = findTask(ticket, taskId);
    return task === undefined ? refuseUnknownTask() : decide(ticket, task, command, context);
  };
}

const HANDLERS: Handlers = {
  claim: onTask(decideClaim),
  release: onTask(decideRelease),
  transfer: onTask(decideTransfer),
  return: onTask(decideReturn),
  ask: onTask(decideAsk),
  reply: onTask(decideReply),
  close: onTask(decideClose),
  "undo-close": onTask(decideUndoClose),
  note: decideNote,
  "add-task": decideAddTask,
  reclassify: decideReclassify,
  "asker-say": decideAskerSay,
  "recall-message": decideRecall,
  cancel: decideCancel,
  reopen: decideReopen,
  rate: decideRate,
  "merge-into": decideMergeInto,
  absorb: decideAbsorb,
  tick: decideTick,
  unassign: onTask(decideUnassign),
  unreachable: onTask(decideUnreachable),
  "link-faq": decideLinkFaq,
};

function findTask(ticket: Ticket, taskId: string): TicketTask | undefined {
  return ticket.tasks.find((task) => task.taskId === taskId);
}

/** Who, then whether it is so already, then when; what was said is read by the command itself. */
function guard(
  ticket: Ticket,
  command: TicketCommand,
  context: DecisionContext,
): Refusal | "unchanged" | null {
  const taskId = "taskId" in command ? command.taskId : null;
  const task = taskId === null ? null : (findTask(ticket, taskId) ?? null);
  if (taskId !== null && task === null) return refuseUnknownTask();
  const refusal = guardAuthority(ticket, task, command.do, context);
  if (refusal !== null) return refusal;
  if (isAlready(ticket, task, command.do, context)) return "unchanged";
  return guardState(ticket, task, command.do, context);
}

/**
 * What becomes of a ticket. The first of two who claim wins because the second decides on a state in which it is claimed: the
 * store commits only what was decided on the ticket's present revision.
 */
export const decideTicket: DecideTicket = (ticket, command, context) => {
  const stopped = guard(ticket, command, context);
  if (stopped !== null) return finishDecision(ticket, stopped, context);
  // Each handler stands under its own command's name; the compiler does not follow that through the union.
  const decide = HANDLERS[command.do] as Handler<TicketCommand["do"]>;
  return finishDecision(ticket, decide(ticket, command, context), context);
};
