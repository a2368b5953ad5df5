import { type ReplyTarget, replyTarget } from "./schema.ts";

/** What the platform counts together: messages to one group (all bots in it), or to one person. */
export function laneOfTarget({ direct, directUserId, chatId }: ReplyTarget): string | undefined {
  return direct ? (directUserId ?? chatId) : (chatId ?? directUserId);
}

/** Of a stored target; undefined when it is none of ours. */
export function readLane(stored: unknown): string | undefined {
  const parsed = replyTarget.safeParse(stored);
  return parsed.success ? laneOfTarget(parsed.data) : undefined;
}
