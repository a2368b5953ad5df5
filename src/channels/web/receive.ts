import type { InboundAction, InboundMessage } from "../../conversation/index.ts";
import type { Clock } from "../../shared/index.ts";
import type { ActionPlace, ReplyTarget } from "./schema.ts";

export const WEB_CHANNEL = "web";

/** No skill knows it: the reply says that the button no longer works. */
const STALE: InboundAction = { name: "web.stale", values: {} };

export function toMessage(
  session: string,
  sent: { clientMessageId: string; text: string },
  clock: Clock,
): InboundMessage {
  return { ...toEmptyMessage(session, sent.clientMessageId, clock), text: sent.text };
}

/** Undefined: the button is none of this session's. */
export function toActionMessage(
  session: string,
  pressed: ActionPlace & { clientMessageId: string },
  action: InboundAction | undefined,
  clock: Clock,
): InboundMessage {
  const { clientMessageId, turnId, block, action: position } = pressed;
  const key = [clientMessageId, turnId, block, position].join(SEPARATOR);
  return { ...toEmptyMessage(session, key, clock), action: action ?? STALE };
}

/** The page's own id of a message, and where the button stands that it pressed. */
export function readMessageKey(messageKey: string): { clientMessageId: string; pressed?: ActionPlace } {
  const own = messageKey.slice(messageKey.indexOf(":") + 1);
  const [clientMessageId = "", turnId, block, action, ...more] = own.split(SEPARATOR);
  if (turnId === undefined || action === undefined || more.length > 0) return { clientMessageId: own };
  return { clientMessageId, pressed: { turnId, block: Number(block), action: Number(action) } };
}

/** In none of the ids. */
const SEPARATOR = "~";

function toEmptyMessage(session: string, key: string, clock: Clock): InboundMessage {
  const replyTarget: ReplyTarget = { session };
  return {
    channel: WEB_CHANNEL,
    // Two askers may choose the same client id.
    messageKey: `${session}:${key}`,
    chatId: session,
    chatKind: "direct",
    userId: session,
    text: "",
    replyTarget,
    sentAt: clock().toISOString(),
  };
}
