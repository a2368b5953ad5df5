import type { Clock, IdSource } from "../shared/index.ts";
import type { ConversationStore } from "../storage/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import type { StoredReply } from "./deliver-outbox.ts";
import { toLane } from "./gate-lanes.ts";
import { toSessionKey } from "./session-key.ts";
import type { InboundMessage, Reply } from "./types.ts";

/** A message to a person that answers nothing: a correction, a digest, a finished upload. */
export interface Notice {
  channel: string;
  /** Used once, for ever: a second notice with the same key is not sent. */
  key: string;
  replyTarget: unknown;
  sessionKey: string;
  reply: Reply;
  /** Kept in the session's history, for channels that show it. */
  turn?: boolean;
  /** Takes the place of the delivered message with this receipt, where the channel can. */
  edits?: string;
  /** Lower goes first: 0 like an answer, 1 what somebody waits for (default), 2 what nobody asked for. */
  priority?: 0 | 1 | 2;
}

/** What became of a notice or a reply. */
export interface NoticeState {
  state: "pending" | "delivered" | "dead";
  receipt: string | null;
  lastError: string | null;
}

export interface NoticeParts {
  store: ConversationStore;
  channels: ConversationChannels;
  clock: Clock;
  ids: IdSource;
}

/** False: its key was used before. */
export type EnqueueNotice = (notice: Notice) => Promise<boolean>;

const DEFAULT_PRIORITY = 1;

export function createNotifier({ store, channels, clock, ids }: NoticeParts): EnqueueNotice {
  return async ({ channel, key, replyTarget, sessionKey, reply, turn, edits, priority }) => {
    const at = clock().toISOString();
    const outboxId = ids();
    const stored: StoredReply = {
      ...{ outboxId, messageKey: key, replyTarget, reply, sessionKey },
      ...(edits !== undefined && { edits }),
    };
    const lane = toLane(channels, channel, replyTarget);
    const outcome = await store.enqueueNotice({
      channel,
      messageKey: key,
      sessionKey,
      outbox: {
        ...{ outboxId, channel, messageKey: key, reply: stored, dueAt: at, createdAt: at },
        priority: priority ?? DEFAULT_PRIORITY,
        ...(lane !== undefined && { lane }),
      },
      ...(turn && {
        turn: {
          turnId: ids(),
          sessionKey,
          channel,
          messageKey: key,
          question: "",
          resolvedQuestion: "",
          answer: { kind: reply.kind, reply },
          at,
        },
      }),
    });
    return outcome === "enqueued";
  };
}

/** To the direct chat of a message's sender. False: there is none, or the key was used. */
export type SendDirect = (
  message: InboundMessage,
  key: string,
  reply: Reply,
  priority?: Notice["priority"],
) => Promise<boolean>;

/** A channel without direct chats, or a chat that is one already, has no other place to send to. */
export function createDirectSender(
  channels: ConversationChannels,
  enqueue: EnqueueNotice,
  wake: () => void,
): SendDirect {
  return async ({ channel, userId }, key, reply, priority) => {
    const replyTarget = channels.get(channel)?.directTarget?.(userId);
    if (replyTarget === undefined) return false;
    const sessionKey = toSessionKey({ channel, chatId: userId, userId });
    const enqueued = await enqueue({
      ...{ channel, key, replyTarget, sessionKey, reply },
      ...(priority !== undefined && { priority }),
    });
    if (enqueued) wake();
    return enqueued;
  };
}
