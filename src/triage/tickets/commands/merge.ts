import { type Handler, holderOf, isLive, isRefusal } from "../deciding.ts";
import { readText } from "../read-text.ts";
import { refuseSameTicket } from "../refuse.ts";
import { cancelTask } from "./end-and-reopen.ts";

/** Its matters live on in the other ticket. */
export const decideMergeInto: Handler<"merge-into"> = (ticket, command, context) => {
  if (command.ticketId === ticket.ticketId) return refuseSameTicket();
  const what = { notice: "merged", into: command.number } as const;
  return {
    ticket: {
      ...ticket,
      mergedInto: command.ticketId,
      tasks: ticket.tasks.map((task) => cancelTask(task, ticket, context)),
    },
    entries: [
      {
        kind: "merged",
        taskId: null,
        details: { into: command.ticketId, number: command.number },
        tell: [
          { to: { kind: "asker" }, what },
          ...ticket.tasks.filter(isLive).map((task) => ({ to: holderOf(task), what })),
        ],
      },
    ],
  };
};

/**
 * Takes in what the other ticket asked. States stay: a question that was put to this asker is not answered by it. A ticket
 * that is known already is taken in again, so that no merging stops halfway.
 */
export const decideAbsorb: Handler<"absorb"> = (ticket, command) => {
  if (command.ticketId === ticket.ticketId) return refuseSameTicket();
  const read = readText(command.text, ["并入的诉求", "what is merged in"]);
  if (isRefusal(read)) return read;
  const said = (taskId: string) => ({ notice: "asker-said", taskId, text: read.text, files: [] }) as const;
  return {
    ticket: { ...ticket, mergedFrom: [...new Set([...ticket.mergedFrom, command.ticketId])] },
    entries: [
      {
        kind: "absorbed",
        taskId: null,
        text: read.text,
        details: { from: command.ticketId, number: command.number },
        tell: ticket.tasks.filter(isLive).map((task) => ({ to: holderOf(task), what: said(task.taskId) })),
      },
    ],
  };
};
