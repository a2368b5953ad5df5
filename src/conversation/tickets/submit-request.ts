import type { Reply } from "../types.ts";
import { findEnterprise, MAX_REQUEST, showRequest } from "./start-request.ts";
import { takeFiles } from "./take-files.ts";
import type { PendingRequest } from "./ticket-dialogue.ts";
import { say } from "./ticket-parts.ts";
import { toTicketReply } from "./ticket-reply.ts";
import { type TicketTurn, toChat } from "./ticket-turn.ts";
import { writeOpened, writeSpam, writeTicketButtons } from "./write-opened.ts";

/** What came with a submitted form, or nothing when it was typed. */
export type RequestForm = Readonly<Record<string, string>>;

/** The request that stands open here; undefined when it was another one, or is gone. */
export function pendingHere(
  { dialogue, message }: TicketTurn,
  requestKey?: string,
): PendingRequest | undefined {
  const { pending } = dialogue.state;
  if (!pending || (requestKey !== undefined && pending.requestKey !== requestKey)) return undefined;
  const isHere =
    message.chatKind === "direct" || pending.place === toChat(message) || requestKey !== undefined;
  return isHere ? pending : undefined;
}

/** A click on a card that was dealt with, replaced or left for too long. */
export function answerOldCard({ dialogue, language }: TicketTurn, requestKey: string): Reply {
  const { last } = dialogue.state;
  if (last && last.requestKey === requestKey) {
    const line =
      last.number === null
        ? say(language, "这次转交已取消，没有转给任何人。", "This was cancelled; nothing was passed on.")
        : say(
            language,
            `已经提交过了，工单号 ${last.number}，无需重复提交。`,
            `It was submitted already as ticket ${last.number}.`,
          );
    return toTicketReply("ticket-refused", language, line);
  }
  return toTicketReply(
    "ticket-refused",
    language,
    say(
      language,
      "这张确认卡片已失效（超过半小时，或已换成新的一张），没有转交任何内容。如仍需要，请重新发送“找专员”。",
      "This card is no longer valid, and nothing was passed on. Please ask for a specialist again.",
    ),
  );
}

export async function submitRequest(
  turn: TicketTurn,
  before: PendingRequest,
  form: RequestForm = {},
  joinTo?: string,
): Promise<Reply> {
  const pending = applyForm(before, form);
  const { language } = pending;
  if (pending.text === "") {
    return toTicketReply(
      "ticket-refused",
      language,
      say(
        language,
        "还没有写明要办的事，请先填写内容再提交。",
        "Please write what it is about before you submit it.",
      ),
    );
  }
  if (joinTo !== undefined) return joinTicket(turn, pending, joinTo);
  const { options, dialogue, at } = turn;
  const enterprise = await findEnterprise(turn, pending.chat);
  const shared = pending.share && enterprise ? { name: enterprise.name, lines: enterprise.lines } : null;
  const outcome = await options.desk.open({
    requestKey: pending.requestKey,
    asker: pending.asker,
    text: pending.text,
    context: pending.context,
    files: pending.files,
    // Without consent nobody learns whose it is; what kind of enterprise it is only routes it, as the card said.
    enterpriseId: shared ? (enterprise?.enterpriseId ?? null) : null,
    enterprise: shared,
    ...(enterprise && { traits: enterprise.traits }),
    contact: pending.contact,
    draft: pending.text === before.text ? pending.draft : null,
  });
  const number = outcome.outcome === "spam" ? null : outcome.ticket.number;
  await dialogue.save({ pending: null, last: { requestKey: pending.requestKey, number } });
  if (outcome.outcome === "spam") return writeSpam(language);
  return writeOpened(outcome, options.desk.settings(), at, language);
}

function applyForm(pending: PendingRequest, form: RequestForm): PendingRequest {
  const text = form["text"]?.trim();
  const contact = form["contact"]?.trim();
  const share = form["share"];
  return {
    ...pending,
    ...(text !== undefined && { text: text.slice(0, MAX_REQUEST) }),
    ...(contact !== undefined &&
      pending.place === null && { contact: contact === "" ? null : contact.slice(0, 200) }),
    ...(share !== undefined && share !== "" && { share: share === "yes" }),
  };
}

async function joinTicket(turn: TicketTurn, pending: PendingRequest, ticketId: string): Promise<Reply> {
  const { options, context, dialogue } = turn;
  const { language, text, files, requestKey } = pending;
  const outcome = await options.desk.act(
    ticketId,
    { do: "asker-say", text, files },
    context.actor,
    `${requestKey}+`,
  );
  if (outcome.outcome === "refused") {
    return toTicketReply("ticket-refused", language, outcome.refusal[language]);
  }
  const { number } = outcome.ticket;
  await dialogue.save({ pending: null, last: { requestKey, number } });
  return toTicketReply(
    "ticket-opened",
    language,
    say(
      language,
      `已补充到工单 ${number}，承办专员会看到。`,
      `It was added to ticket ${number}; those who work on it see it.`,
    ),
    [{ type: "actions", actions: writeTicketButtons(outcome.ticket, language) }],
  );
}

export async function dropRequest(
  turn: TicketTurn,
  { requestKey, language }: PendingRequest,
): Promise<Reply> {
  await turn.dialogue.save({ pending: null, last: { requestKey, number: null } });
  return toTicketReply(
    "ticket-dropped",
    language,
    say(
      language,
      "已取消，没有转交任何内容。您可以继续提问。",
      "Cancelled; nothing was passed on. Feel free to go on asking.",
    ),
  );
}

export type RequestEdit =
  | { edit: "text"; text: string }
  | { edit: "contact"; contact: string }
  | { edit: "share"; share: boolean };

/** “改成：…”, “电话 …”, “不提供企业概况”. */
export async function editRequest(
  turn: TicketTurn,
  before: PendingRequest,
  change: RequestEdit,
): Promise<Reply> {
  const { language } = before;
  if (change.edit === "contact" && change.contact !== "" && turn.message.chatKind === "group") {
    return toTicketReply(
      "ticket-refused",
      language,
      say(
        language,
        "请不要在群里发送联系方式，本条未作记录。专员会在本会话中与您联系。",
        "Please do not send a contact in a group; it was not recorded.",
      ),
    );
  }
  const pending: PendingRequest = {
    ...before,
    ...(change.edit === "text" && { text: change.text.slice(0, MAX_REQUEST), draft: null }),
    ...(change.edit === "contact" && { contact: change.contact.slice(0, 200) || null }),
    ...(change.edit === "share" && { share: change.share }),
  };
  return (await showRequest(turn, pending, describeEdit(change, before))).reply;
}

function describeEdit(change: RequestEdit, { language, text }: PendingRequest): string {
  if (change.edit === "text")
    return text === ""
      ? say(language, "已记下，尚未提交。", "Noted; not submitted yet.")
      : say(language, "内容已修改，尚未提交。", "Changed; not submitted yet.");
  if (change.edit === "contact" && change.contact === "")
    return say(language, "联系方式已删去，尚未提交。", "The contact was taken out; not submitted yet.");
  if (change.edit === "contact")
    return say(
      language,
      `联系方式已填为“${change.contact}”，尚未提交。`,
      `Contact: “${change.contact}”; not submitted yet.`,
    );
  return change.share
    ? say(
        language,
        "将一并提供企业概况，尚未提交。",
        "The company profile will be passed on; not submitted yet.",
      )
    : say(
        language,
        "不提供企业概况，尚未提交。",
        "The company profile will not be passed on; not submitted yet.",
      );
}

/** Files that are sent while the card stands open go with the request. */
export async function attachToRequest(turn: TicketTurn, before: PendingRequest): Promise<Reply> {
  const { language } = before;
  const owner = { account: turn.context.actor.account, enterpriseId: null };
  const { files, refused } = await takeFiles(turn, owner);
  const pending = { ...before, files: [...before.files, ...files] };
  const added =
    files.length > 0
      ? say(
          language,
          `已添加附件：${files.map(({ name }) => name).join("、")}，尚未提交。`,
          `Added: ${files.map(({ name }) => name).join(", ")}; not submitted yet.`,
        )
      : "";
  return (await showRequest(turn, pending, [added, ...refused].filter((line) => line !== "").join("\n")))
    .reply;
}
