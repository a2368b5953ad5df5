import type { ConversationStore } from "../storage/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import type { SendDirect } from "./enqueue-notice.ts";
import type { InboundMessage, Reply } from "./types.ts";

export interface PrivacyParts {
  store: Pick<ConversationStore, "replyOf">;
  channels: ConversationChannels;
  sendDirect: SendDirect;
}

const LINES = {
  sent: {
    zh: "内容仅您本人可见，已通过私聊发送给您。",
    en: "This is for you alone; I sent it to you in a direct message.",
  },
  ask: {
    zh: "该内容仅限您本人查看，请直接私聊我再发一次。",
    en: "This is for you alone. Please send it to me in a direct message.",
  },
} as const;

/**
 * What the place of the question gets to see of a reply: of one that is for the asker alone, a group gets a line, unless
 * the platform can show it there to one person. Before the line stands, the reply is on its way to the direct chat.
 */
export async function keepPrivate(
  reply: Reply,
  message: InboundMessage,
  parts: PrivacyParts,
): Promise<Reply> {
  if (reply.visibility !== "asker" || message.chatKind === "direct") return reply;
  const { channel, messageKey } = message;
  const way = parts.channels.get(channel)?.capabilities?.privateReplies ?? "direct";
  if (way === "inline") return reply;
  const key = `private:${messageKey}`;
  const isSent =
    way === "direct" &&
    ((await parts.sendDirect(message, key, reply, 0)) ||
      // Worked on again after a crash: it was sent then.
      (await parts.store.replyOf(channel, key)) !== undefined);
  return writeLine(isSent ? "sent" : "ask", reply.language);
}

function writeLine(what: keyof typeof LINES, language: Reply["language"]): Reply {
  const headline = LINES[what][language];
  return {
    ...{ kind: "private", language, headline, blocks: [], plainText: headline },
    generatedByAi: false,
    confidential: true,
  };
}
