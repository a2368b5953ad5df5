import type { Clock, Logger } from "../shared/index.ts";
import type { ConversationStore } from "../storage/index.ts";
import { MAX_QUESTION_LENGTH } from "./choose-skill.ts";
import type { StoredMessage } from "./compose-reply.ts";
import { type ChatGuardLimits, createChatGuard } from "./guard-chat.ts";
import { createTurns } from "./in-turn.ts";
import { createRateLimiter } from "./limit-rate.ts";
import { toSessionKey } from "./session-key.ts";
import type { Acceptance, AcceptMessage, InboundMessage } from "./types.ts";

/** Platforms re-deliver for hours (Feishu: 6 h and more); what is older than this is no longer answered. */
const STALE_MS = 7 * 24 * 60 * 60 * 1000;
/** More than anything takes, so that what is too long is refused and not cut. */
const MAX_KEPT_TEXT = 5 * MAX_QUESTION_LENGTH;

/** Of one or two senders in one chat. */
const MIN_CHAT_PER_MINUTE = 60;

export interface ReceiverOptions {
  store: Pick<ConversationStore, "acceptMessage">;
  clock: Clock;
  logger: Logger;
  rateLimit?: { burst: number; perMinute: number };
  chatGuard?: Partial<ChatGuardLimits>;
}

/** Decides whether a message is stored, and stores it. By itself: for a process that takes in and leaves the work to another. */
export function createReceiver({
  store,
  clock,
  logger,
  rateLimit = { burst: 15, perMinute: 15 },
  chatGuard,
}: ReceiverOptions): AcceptMessage {
  const limiter = createRateLimiter(clock, rateLimit);
  // Two people who keep their own limits do not break that of their chat.
  const perMinute = Math.max(MIN_CHAT_PER_MINUTE, 4 * rateLimit.perMinute);
  const guard = createChatGuard(clock, { perMinute, ...chatGuard });
  const inTurn = createTurns();

  const receive = async (message: InboundMessage, sender: string): Promise<Acceptance> => {
    const { channel, messageKey } = message;
    const now = clock();
    if (now.getTime() - Date.parse(message.sentAt) > STALE_MS) {
      logger.warn({ channel, messageKey, sentAt: message.sentAt }, "stale message ignored");
      return "ignored";
    }
    const verdict = limiter.check(sender);
    const guarded = guard.judge(message);
    if (verdict === "ignore" || guarded === "ignore") {
      logger.warn({ channel, messageKey }, "message beyond the rate limit ignored");
      return "ignored";
    }
    const stored: StoredMessage = {
      ...message,
      // Half a character would come back from the platforms as another one, on buttons with a signature as well.
      text: message.text.slice(0, MAX_KEPT_TEXT).toWellFormed(),
      ...(guarded !== "allowed" && { halted: guarded }),
      ...(verdict === "notify" && { rateLimited: true }),
    };
    const sessionKey = toSessionKey(message);
    const record = { channel, messageKey, message: stored, sessionKey, acceptedAt: now.toISOString() };
    const acceptance = await store.acceptMessage(record);
    if (acceptance === "accepted") limiter.count(sender);
    return acceptance;
  };

  // One after another for each sender: a burst would be judged whole before the first of it is counted.
  return (message) => {
    const sender = JSON.stringify([message.channel, message.userId]);
    return inTurn(sender, () => receive(message, sender));
  };
}
