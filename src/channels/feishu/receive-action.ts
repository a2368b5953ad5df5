import { createHash } from "node:crypto";
import type { InboundMessage } from "../../conversation/index.ts";
import type { CardScope, CardSigner } from "./card-scope.ts";
import { cardActionEvent, type ReplyTarget } from "./schema.ts";
import { readFieldName } from "./work-pieces.ts";

export type ReceivedAction =
  /** `messageId`: of the card. */
  | { outcome: "message"; message: InboundMessage; messageId: string }
  | { outcome: "refused"; reason: string; toast: string };

const STALE = "这张卡片来自其他会话或已失效，请在与我的会话中重新操作。";
const UNKNOWN = "这张卡片没有可执行的操作，请直接在会话中提问。";

/** A pressed button or a submitted form → a neutral message, if the card was ours and was sent there. */
export function receiveAction(
  data: unknown,
  { channel, signer, now }: { channel: string; signer: CardSigner; now: Date },
): ReceivedAction {
  const parsed = cardActionEvent.safeParse(data);
  if (!parsed.success) return refused("no action of ours", UNKNOWN);
  const { operator, action, context, event_id, token, tenant_key } = parsed.data;
  const userId = operator.open_id;
  const messageId = context?.open_message_id;
  if (!userId || !messageId) return refused("operator or message unknown", UNKNOWN);
  const chatId = context.open_chat_id;
  const scopes: CardScope[] = [
    { kind: "person", openId: userId },
    ...(chatId ? [{ kind: "group" as const, chatId }] : []),
  ];
  const scope = scopes.find((each) => signer.verify(action.value, each));
  if (!scope) return refused("the signature is of another place", STALE);
  const direct = scope.kind === "person";
  const replyTarget: ReplyTarget = {
    messageId,
    pressed: true,
    ...(chatId && { chatId }),
    ...(direct && { direct: true, directUserId: userId }),
  };
  // Two presses are two events; the platform does not repeat one.
  const press = event_id ?? createHash("sha256").update(`${token}:${messageId}`).digest("hex").slice(0, 32);
  return {
    outcome: "message",
    messageId,
    message: {
      channel,
      messageKey: `${tenant_key ?? operator.tenant_key ?? ""}:action:${press}`,
      chatId: chatId ?? userId,
      chatKind: direct ? "direct" : "group",
      userId,
      text: "",
      action: {
        name: action.value.name,
        values: action.value.values,
        ...(action.form_value && { form: readForm(action.form_value) }),
      },
      replyTarget,
      sentAt: now.toISOString(),
    },
  };
}

function readForm(form: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number"
        ? [[readFieldName(name), String(value).slice(0, 4_000)]]
        : [],
    ),
  );
}

function refused(reason: string, toast: string): ReceivedAction {
  return { outcome: "refused", reason, toast };
}
