import { toAppError } from "../../shared/index.ts";
import type { DraftAnswer, TicketProposal } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import type { PendingRequest } from "./ticket-dialogue.ts";
import { type EnterpriseBrief, say } from "./ticket-parts.ts";
import { toTicketReply } from "./ticket-reply.ts";
import { type TicketTurn, toAsker, toChat } from "./ticket-turn.ts";
import { writeSpam } from "./write-opened.ts";
import { writeRequest } from "./write-request.ts";

/** As the desk takes at most. */
export const MAX_REQUEST = 4_000;

/** A wish for a person becomes a card; nothing is handed over yet. */
export async function startRequest(
  turn: TicketTurn,
  request: { text: string; context: readonly string[] },
): Promise<Reply> {
  const { message, context, language, key } = turn;
  const isGroup = message.chatKind === "group";
  const goesDirect = isGroup && context.canSendDirect !== false;
  const place = isGroup && !goesDirect ? toChat(message) : null;
  const pending: PendingRequest = {
    requestKey: key,
    language,
    text: request.text.slice(0, MAX_REQUEST),
    context: [...request.context],
    contact: null,
    // What nobody can look at before it goes is not passed on without being chosen.
    share: place === null,
    files: [],
    place,
    asker: toAsker(turn),
    chat: isGroup ? toChat(message) : null,
    draft: null,
    similar: null,
  };
  const isCut = request.text.length > MAX_REQUEST;
  const { reply, safety } = await showRequest(turn, pending, isCut ? describeCut(language) : undefined);
  if (!goesDirect || reply.kind === "ticket-refused") return reply;
  await context.sendDirect(`ticket:${message.messageKey}`, reply);
  return writeSentDirectly(turn, safety);
}

function describeCut(language: PendingRequest["language"]): string {
  return say(
    language,
    `内容超过 ${MAX_REQUEST} 字，只转交前 ${MAX_REQUEST} 字；其余内容请作为附件发送。`,
    `Only the first ${MAX_REQUEST} characters are passed on; please send the rest as a file.`,
  );
}

/** The group reads what to do in danger, and nothing of the matter. */
function writeSentDirectly({ language }: TicketTurn, safety: string | null): Reply {
  const line = say(
    language,
    "已通过私聊把转交专员的确认卡片发给您，请在私聊中核对后提交。",
    "I sent you a card in a direct message. Please check it there and submit it.",
  );
  return safety === null
    ? toTicketReply("ticket-private", language, line)
    : toTicketReply("ticket-private", language, safety, [{ type: "paragraph", text: line }]);
}

/** Proposes anew and shows the card as it stands now; the state of the dialogue is saved with it. */
export async function showRequest(
  turn: TicketTurn,
  request: PendingRequest,
  opening?: string,
): Promise<{ reply: Reply; safety: string | null }> {
  const { options, context, dialogue } = turn;
  const enterprise = await findEnterprise(turn, request.chat);
  const proposal = request.text === "" ? null : await propose(turn, request, enterprise);
  if (proposal?.classification.spam) return { reply: writeSpam(request.language), safety: null };
  // A colleague's ticket is not this asker's to read or to add to.
  const own = proposal?.similar?.asker.account === context.actor.account ? proposal.similar : null;
  const pending: PendingRequest = {
    ...request,
    similar: own && { ticketId: own.ticketId, number: own.number },
    draft: request.text === "" ? null : await draftFor(turn, request, proposal),
  };
  await dialogue.save({ ...dialogue.state, pending });
  options.logger.info(
    { account: context.actor.account, also: proposal?.routing.also.length ?? 0 },
    "ticket proposed",
  );
  const isOpenlyShown = pending.place !== null;
  return {
    reply: writeRequest({
      pending,
      proposal,
      enterprise,
      isOpenlyShown,
      takesFiles: context.takesFiles !== false,
      ...(opening !== undefined && { opening }),
    }),
    safety: proposal?.safetyNotice ?? null,
  };
}

function propose(
  { options, context }: TicketTurn,
  { text }: PendingRequest,
  enterprise: EnterpriseBrief | undefined,
) {
  return options.desk.propose(text, {
    account: context.actor.account,
    enterpriseId: enterprise?.enterpriseId ?? null,
    ...(enterprise && { traits: enterprise.traits }),
  });
}

/** A profile that cannot be read keeps nobody from a person. */
export async function findEnterprise(
  { options, context, at }: TicketTurn,
  chat: string | null,
): Promise<EnterpriseBrief | undefined> {
  try {
    return await options.describeEnterprise?.(context.actor, chat, at);
  } catch (thrown) {
    options.logger.warn({ error: toAppError(thrown).message }, "no profile for a ticket");
    return undefined;
  }
}

async function draftFor(
  { options, context, message }: TicketTurn,
  { text, context: earlier, draft }: PendingRequest,
  proposal: TicketProposal | null,
): Promise<DraftAnswer | null> {
  if (draft !== null) return draft;
  // In danger nobody waits for a search.
  if (proposal?.safetyNotice || !options.draftAnswer) return null;
  const { account, roles } = context.actor;
  const chat = message.chatKind === "direct" ? toChat(message) : null;
  try {
    return await options.draftAnswer({
      question: text,
      context: earlier,
      audience: { account, roles, chatKind: "direct", chat },
    });
  } catch (thrown) {
    options.logger.warn({ error: toAppError(thrown).message }, "no draft for a ticket");
    return null;
  }
}
