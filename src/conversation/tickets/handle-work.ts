import { AppError } from "../../shared/index.ts";
import {
  type ActOutcome,
  contactOf,
  type TicketCommand,
  type TicketFile,
  type TicketTask,
  type TicketView,
} from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { findMentions, findTarget } from "./find-target.ts";
import { findTicket } from "./find-ticket.ts";
import { takeAbsence } from "./handle-absence.ts";
import { addWords } from "./handle-asker.ts";
import { listWork, showMyWork, showTemplates } from "./handle-work-lists.ts";
import type { WorkAct, WorkCommand } from "./read-work-command.ts";
import { takeFiles } from "./take-files.ts";
import { paragraph, toTicketReply } from "./ticket-reply.ts";
import { answerPrivately, type TicketTurn, toChat } from "./ticket-turn.ts";
import { isLiveTask } from "./ticket-words.ts";
import { writeTicketCard } from "./write-ticket-card.ts";
import { writeWorkHelp } from "./write-work-help.ts";
import { writeWorkOutcome } from "./write-work-outcome.ts";

/** Undefined: not for those who work on tickets after all. */
export async function runWorkCommand(turn: TicketTurn, command: WorkCommand): Promise<Reply | undefined> {
  switch (command.do) {
    case "help":
      return writeWorkHelp();
    case "list":
      return listWork(turn, command.words);
    case "my-work":
      return showMyWork(turn);
    case "absence":
      return takeAbsence(turn, command.words);
    case "card":
      return showCard(turn, command.ticket);
    case "templates":
      return showTemplates(turn, await findTicket(turn, command.ticket), command.template);
    case "merge":
      return merge(turn, command);
    case "act":
      return actOn(turn, await findTicket(turn, command.ticket), command);
    default:
      return change(turn, await findTicket(turn, command.ticket), command);
  }
}

/** In its department's group the card may stand openly; elsewhere it goes to the direct chat. */
async function showCard(turn: TicketTurn, wanted: string): Promise<Reply> {
  const view = await findTicket(turn, wanted);
  const { options, message, context, at } = turn;
  const task = chooseTask(view, undefined, context.actor.account);
  const { departments } = options.desk.settings();
  const isOwnGroup =
    message.chatKind === "group" &&
    departments.some(
      ({ id, group }) =>
        group === toChat(message) && view.ticket.tasks.some(({ department }) => department === id),
    );
  const card = writeTicketCard({
    ticket: view.ticket,
    taskId: task.taskId,
    events: view.events,
    settings: { departments },
    reader: isOwnGroup ? null : context.actor.account,
    may: view.may,
    now: at,
  });
  return isOwnGroup ? card : answerPrivately(turn, card);
}

/** The named one, else one's own, else one of one's departments that is open, else the first. */
export function chooseTask(
  { ticket, party }: TicketView,
  taskId: string | undefined,
  account: string,
): TicketTask {
  const { tasks } = ticket;
  const named = tasks.find((task) => task.taskId === taskId);
  const mine = tasks.filter(({ department }) => party.departments.includes(department));
  const task =
    named ??
    tasks.find((each) => each.assignee === account && isLiveTask(each)) ??
    mine.find(isLiveTask) ??
    mine[0] ??
    tasks.find(isLiveTask) ??
    tasks[0];
  if (task) return task;
  throw new AppError({
    code: "not-found",
    message: `ticket ${ticket.ticketId} has no task`,
    safeMessage: "该工单没有可办理的事项，请联系管理员。",
  });
}

export interface WorkRequest {
  act: WorkAct;
  task?: string;
  text: string;
}

/** Click, typed command or words under a card; who may is decided by the desk, and the answer says what became of it. */
export async function actOn(turn: TicketTurn, view: TicketView, request: WorkRequest): Promise<Reply> {
  const { options, context, message } = turn;
  const { ticket } = view;
  if (view.party.role === "asker" && request.act === "reply")
    return addWords(turn, { ticket: ticket.ticketId, text: request.text });
  const task = chooseTask(view, request.task, context.actor.account);
  const brings = request.act === "reply" || request.act === "ask";
  const owner = { account: ticket.asker.account, enterpriseId: ticket.enterpriseId };
  const { files, refused } = brings ? await takeFiles(turn, owner) : { files: [], refused: [] };
  if (request.text === "" && files.length === 0 && refused.length > 0) {
    return toTicketReply("ticket-refused", "zh", `工单 ${ticket.number}：未发出。${refused.join("")}`);
  }
  const command = toTicketCommand(turn, request, task, files);
  const outcome = await options.desk.act(ticket.ticketId, command, context.actor, turn.key);
  const notes: ReplyBlock[] = refused.map(paragraph);
  if (!brings && (message.attachments ?? []).length > 0) {
    notes.push(paragraph("附件未收：附件只随“回复”或“追问”发给企业。"));
  }
  const reply = writeWorkOutcome({
    outcome,
    command,
    taskId: task.taskId,
    settings: options.desk.settings(),
    notes,
    isOpenlyShown: message.chatKind === "group",
  });
  return request.act === "claim" ? withContact(turn, outcome, reply) : reply;
}

function toTicketCommand(
  { options }: TicketTurn,
  { act, text }: WorkRequest,
  { taskId }: TicketTask,
  files: readonly TicketFile[],
): TicketCommand {
  switch (act) {
    case "claim":
    case "undo-close":
      return { do: act, taskId };
    case "release":
      return { do: "release", taskId, ...(text !== "" && { reason: text }) };
    case "ask":
    case "reply":
      return { do: act, taskId, text, files };
    case "close":
      return { do: "close", taskId, ...(text !== "" && { outcome: text }) };
    case "return":
      return { do: "return", taskId, reason: text };
    case "note":
      return { do: "note", taskId, text, mentions: findMentions(text, options.desk.settings()) };
  }
}

/** Contact and files of the asker go to whoever has taken it, and into no group. */
async function withContact(turn: TicketTurn, outcome: ActOutcome, reply: Reply): Promise<Reply> {
  if (outcome.outcome === "refused") return reply;
  const { context, message } = turn;
  const { ticket } = outcome;
  const hasIt = ticket.tasks.some(({ assignee }) => assignee === context.actor.account);
  const contact = contactOf(ticket);
  if (!hasIt || (contact === null && ticket.files.length === 0)) return reply;
  const blocks: ReplyBlock[] = [
    ...(contact === null
      ? []
      : [paragraph(`提问人提供的联系方式：${contact}（仅供办理本工单使用，请勿转发）`)]),
    ...ticket.files.map((file): ReplyBlock => ({ type: "file", ...file })),
  ];
  if (message.chatKind === "direct") {
    return toTicketReply(reply.kind, "zh", reply.headline, [...reply.blocks, ...blocks]);
  }
  if (context.canSendDirect === false) return reply;
  const direct = toTicketReply("ticket-desk", "zh", `工单 ${ticket.number}：提问人的联系方式和附件`, blocks);
  await context.sendDirect(`ticket-contact:${message.messageKey}`, direct);
  return toTicketReply(reply.kind, "zh", reply.headline, [
    ...reply.blocks,
    paragraph("提问人的联系方式或附件已私聊发给您。"),
  ]);
}

type Change = Extract<WorkCommand, { do: "transfer" | "add-task" | "set-urgency" }>;

export async function change(turn: TicketTurn, view: TicketView, request: Change): Promise<Reply> {
  const { options, context } = turn;
  const { ticket } = view;
  const task = chooseTask(view, request.do === "transfer" ? request.task : undefined, context.actor.account);
  const command = toChange(turn, view, task, request);
  if (!("do" in command)) return command;
  const outcome = await options.desk.act(ticket.ticketId, command, context.actor, turn.key);
  return writeWorkOutcome({
    outcome,
    command,
    taskId: task.taskId,
    settings: options.desk.settings(),
    notes: [],
  });
}

function toChange(
  { options }: TicketTurn,
  { ticket }: TicketView,
  task: TicketTask,
  request: Change,
): TicketCommand | Reply {
  if (request.do === "set-urgency") {
    const { urgency, reason } = request;
    return { do: "reclassify", category: ticket.classification.category, urgency, reason };
  }
  const settings = options.desk.settings();
  const target = findTarget(request.target, settings);
  if (!target)
    return askForTarget(
      request.target,
      settings.departments.map(({ name }) => name),
    );
  const { department, assignee } = target;
  if (request.do === "transfer") {
    const to = { department, ...(assignee !== undefined && { assignee }) };
    return { do: "transfer", taskId: task.taskId, to, reason: request.reason };
  }
  const summary = request.text === "" ? task.summary : request.text;
  const reason = request.text === "" ? "请协助办理" : request.text;
  return { do: "add-task", department, category: task.category, summary, reason };
}

function askForTarget(wanted: string, names: readonly string[]): Reply {
  const headline =
    wanted === ""
      ? "请先选择转派给哪个部门，再点“转派”。"
      : `没有找到“${wanted}”，或有同名的多个，请写全称。`;
  return toTicketReply("ticket-refused", "zh", headline, [paragraph(`可选部门：${names.join("、")}`)]);
}

async function merge(
  turn: TicketTurn,
  { ticket, into }: Extract<WorkCommand, { do: "merge" }>,
): Promise<Reply> {
  const { options, context, key } = turn;
  const from = await findTicket(turn, ticket);
  const to = await findTicket(turn, into);
  const outcome = await options.desk.merge(from.ticket.ticketId, to.ticket.ticketId, context.actor, key);
  if (outcome.outcome === "refused") return toTicketReply("ticket-refused", "zh", outcome.refusal.zh);
  const line = `工单 ${from.ticket.number} 已并入 ${to.ticket.number}，原提问人会收到通知，后续在 ${to.ticket.number} 办理。`;
  return toTicketReply("ticket-work", "zh", line);
}
