import { can } from "../../access/index.ts";
import type { FoundCard } from "../../triage/index.ts";
import { isQuestion } from "../matching/understand-words.ts";
import type { Reply } from "../types.ts";
import { findMentions } from "./find-target.ts";
import { actOn, change } from "./handle-work.ts";
import { isForOthers } from "./is-for-others.ts";
import { readThreadWords } from "./read-work-command.ts";
import { toUnsentReply } from "./ticket-reply.ts";
import type { TicketTurn } from "./ticket-turn.ts";

/**
 * What is said under a ticket's card by those who work on it. Talk among colleagues must not reach the enterprise: what was
 * not spoken to the bot goes out only when the one who has the task says it.
 */
export async function takeThreadWords(turn: TicketTurn): Promise<Reply | undefined> {
  const { options, message, context, text } = turn;
  const above = message.repliesTo ?? [];
  if (above.length === 0 || message.action) return undefined;
  const found = await options.desk.findByCard(message.channel, above);
  if (!found || !mayWork(turn, found)) return undefined;
  if (text === "" && (message.attachments ?? []).length === 0) return undefined;
  if (!message.overheard && isForOthers(turn)) return undefined;
  const view = await options.desk.view(found.ticket.ticketId, context.actor);
  const task = view.ticket.tasks.find(({ taskId }) => taskId === found.taskId);
  const said = readThreadWords(text);
  if (said.do === "transfer") {
    const { target, reason } = said;
    return change(turn, view, {
      do: "transfer",
      ticket: found.ticket.ticketId,
      task: found.taskId,
      target,
      reason,
    });
  }
  if (said.do === "act") return actOn(turn, view, { ...said, task: found.taskId });
  if (/^[@＠]/u.test(text) && findMentions(text, options.desk.settings()).length > 0) {
    return actOn(turn, view, { act: "note", task: found.taskId, text });
  }
  if (task?.assignee !== context.actor.account) {
    // Asked of the bot, it is no answer to the enterprise.
    return !message.overheard && isQuestion(text) ? undefined : leaveUnsent(task?.assigneeName ?? null);
  }
  const reply = await actOn(turn, view, { act: "reply", task: found.taskId, text });
  return reply.kind === "ticket-work" && reply.blocks.length === 0 ? { ...reply, quiet: true } : reply;
}

function mayWork({ options, context }: TicketTurn, { ticket, taskId }: FoundCard): boolean {
  const { account, roles } = context.actor;
  if (!can(roles, "work-tickets")) return false;
  const party = options.desk.partyOf(context.actor, ticket);
  if (party.role === "asker") return false;
  const task = ticket.tasks.find((each) => each.taskId === taskId);
  return (
    party.role === "admin" ||
    task?.assignee === account ||
    (task !== undefined && party.departments.includes(task.department))
  );
}

function leaveUnsent(holder: string | null): Reply {
  return toUnsentReply(
    "zh",
    holder === null
      ? "本条未发给企业：工单尚未认领。请先认领，或以“回复”开头再发。"
      : `本条未发给企业：工单由${holder}办理，只有承办人的回复会发出。`,
  );
}
