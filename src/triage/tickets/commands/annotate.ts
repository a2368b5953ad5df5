import type { DecisionContext, Ticket, TicketEventKind } from "../../types.ts";
import { type Handler, holderOf, isLive, isRefusal, nameOfActor, type Telling } from "../deciding.ts";
import { readText } from "../read-text.ts";
import { refuseNotYours, refuseUnknownPerson } from "../refuse.ts";

function isKnown(account: string, ticket: Ticket, { departments, nameOf }: DecisionContext): boolean {
  if (ticket.tasks.some(({ assignee }) => assignee === account) || nameOf(account) !== null) return true;
  return [...departments.values()].some(
    ({ specialists, leads }) =>
      leads.includes(account) || specialists.some((specialist) => specialist.account === account),
  );
}

/** For those who work on it; the asker never sees it. */
export const decideNote: Handler<"note"> = (ticket, { taskId, text, mentions = [] }, context) => {
  const read = readText(text, ["备注内容", "the note"]);
  if (isRefusal(read)) return read;
  const accounts = [...new Set(mentions)].filter((account) => account !== context.by.account);
  if (accounts.some((account) => !isKnown(account, ticket, context))) return refuseUnknownPerson();
  // Who asked is no reader of notes, even where they are known for other reasons.
  if (accounts.includes(ticket.asker.account)) return refuseUnknownPerson();
  const what = { notice: "mentioned", taskId, by: nameOfActor(context), text: read.text } as const;
  const tell: Telling[] = accounts.length > 0 ? [{ to: { kind: "people", accounts }, what }] : [];
  return {
    ticket,
    entries: [{ kind: "noted", taskId, text: read.text, details: { mentions: accounts }, tell }],
  };
};

const MESSAGES: ReadonlySet<TicketEventKind> = new Set<TicketEventKind>([
  "opened",
  "asked",
  "replied",
  "asker-said",
  "noted",
]);

/**
 * The author took a message back. The log keeps that there was one; its text is left out wherever the log is shown
 * (`applyRecalls`), and whoever was told it hears that it is gone. The request itself stands though its message is gone: it was
 * confirmed apart from it, and is taken back by `cancel`.
 */
export const decideRecall: Handler<"recall-message"> = (ticket, { messageKey }, context) => {
  const message = context.eventOf?.(messageKey);
  const isMessage = message !== undefined && MESSAGES.has(message.kind) && message.text !== null;
  if (context.eventOf && !isMessage) return "unchanged";
  const { by } = context;
  if (message && by.role !== "system" && message.by !== by.account) return refuseNotYours();
  const author = message?.by ?? by.account;
  const side = author === ticket.asker.account ? "asker" : "desk";
  const about = ticket.tasks.filter(
    (task) => isLive(task) && (!message?.taskId || task.taskId === message.taskId),
  );
  const taskId = message?.taskId ?? ticket.tasks[0]?.taskId ?? "";
  const told: Telling[] =
    side === "asker"
      ? about.map((task) => ({
          to: holderOf(task),
          what: { notice: "message-recalled", taskId: task.taskId, side },
        }))
      : [{ to: { kind: "asker" }, what: { notice: "message-recalled", taskId, side } }];
  return {
    ticket,
    entries: [
      {
        kind: "message-recalled",
        taskId: message?.taskId ?? null,
        details: { messageKey, side },
        // A note was never told to the asker.
        tell: message?.kind === "noted" ? [] : told,
      },
    ],
  };
};

/** The log knows no kind of its own for it: an internal note without words. */
export const decideLinkFaq: Handler<"link-faq"> = (ticket, { faqId }) => {
  if (ticket.faqId === faqId) return "unchanged";
  return { ticket: { ...ticket, faqId }, entries: [{ kind: "noted", taskId: null, details: { faqId } }] };
};
