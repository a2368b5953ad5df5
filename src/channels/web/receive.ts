import type { InboundAction, InboundAttachment, InboundMessage } from "../../conversation/index.ts";
import type { Clock } from "../../shared/index.ts";
import type { Asker } from "./read-asker.ts";
import type { ActionPlace, ActionRequest, ReplyTarget, SendRequest } from "./schema.ts";
import type { Upload } from "./stores.ts";

export const WEB_CHANNEL = "web";

/** No skill knows it: the reply says that the button no longer works. */
const STALE: InboundAction = { name: "web.stale", values: {} };

type Sender = Pick<Asker, "session" | "signedIn">;

export function toMessage(asker: Sender, sent: SendRequest, clock: Clock): InboundMessage {
  return { ...toEmptyMessage(asker, sent.clientMessageId, sent, clock), text: sent.text };
}

/** The files are kept already. */
export function toFileMessage(
  asker: Sender,
  sent: SendRequest,
  uploads: readonly Upload[],
  clock: Clock,
): InboundMessage {
  const attachments = uploads.map(({ kind, name, size, position }): InboundAttachment => {
    return { kind, name, size, reference: { position } satisfies UploadReference };
  });
  return { ...toMessage(asker, sent, clock), unsupported: uploads[0]?.kind ?? "file", attachments };
}

/** Of an attachment; with the message's key it names the upload. */
export interface UploadReference {
  position: number;
}

/** Undefined: the button is none of this session's. */
export function toActionMessage(
  asker: Sender,
  pressed: Omit<ActionRequest, "name" | "form">,
  action: InboundAction | undefined,
  clock: Clock,
): InboundMessage {
  const { clientMessageId, turnId, block, action: position } = pressed;
  const key = [clientMessageId, turnId, block, position].join(SEPARATOR);
  return { ...toEmptyMessage(asker, key, pressed, clock), action: action ?? STALE };
}

/** Two askers may choose the same client id. */
export function toMessageKey(session: string, key: string): string {
  return `${session}:${key}`;
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

function toEmptyMessage(
  { session, signedIn }: Sender,
  key: string,
  { language }: Pick<SendRequest, "language">,
  clock: Clock,
): InboundMessage {
  const replyTarget: ReplyTarget = { session };
  return {
    channel: WEB_CHANNEL,
    messageKey: toMessageKey(session, key),
    chatId: session,
    chatKind: "direct",
    userId: session,
    ...(signedIn && { account: signedIn.account, userName: signedIn.name }),
    ...(language && language !== "auto" && { language }),
    text: "",
    replyTarget,
    sentAt: clock().toISOString(),
  };
}
