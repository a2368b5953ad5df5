import { type Clock, remember } from "../shared/index.ts";
import type { OutboxRecord } from "../storage/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import type { OutgoingReply } from "./types.ts";

/** Says when a reply may go to the chat that it is for, so that nobody waits for a chat that may not be written to. */
export interface LaneGate {
  /** Milliseconds until this reply may go; 0: now; Infinity: when another one there is done. */
  waitOf(record: OutboxRecord): number;
  /** Nothing goes there before. */
  hold(lane: string, until: Date): void;
  /** A delivery there began; call what it returns when it has ended. */
  enter(lane: string | undefined): () => void;
}

/** Chats that may not be written to; one that is forgotten is told off by its platform again. */
const MAX_HELD = 5_000;

/** One chat takes at most so many deliveries at a time (`slots`): the rest is for the others. */
export function createLaneGate(channels: ConversationChannels, clock: Clock, slots: number): LaneGate {
  const heldUntil = new Map<string, number>();
  const underWay = new Map<string, number>();

  function heldFor(lane: string): number {
    const left = (heldUntil.get(lane) ?? 0) - clock().getTime();
    if (left <= 0) heldUntil.delete(lane);
    return Math.max(0, left);
  }

  return {
    waitOf({ channel, lane, reply, priority = 0 }) {
      if (lane === undefined) return 0;
      if ((underWay.get(lane) ?? 0) >= slots) return Number.POSITIVE_INFINITY;
      const { replyTarget } = reply as OutgoingReply;
      const delay = channels.get(channel)?.delayOf?.(replyTarget, priority) ?? 0;
      return Math.max(heldFor(lane), delay);
    },
    hold(lane, until) {
      const latest = Math.max(heldUntil.get(lane) ?? 0, until.getTime());
      remember(heldUntil, lane, latest, MAX_HELD);
    },
    enter(lane) {
      if (lane === undefined) return () => undefined;
      underWay.set(lane, (underWay.get(lane) ?? 0) + 1);
      return () => {
        const left = (underWay.get(lane) ?? 1) - 1;
        if (left > 0) underWay.set(lane, left);
        else underWay.delete(lane);
      };
    },
  };
}

/** The lane of a target, with its channel in front. Undefined: limited by nothing. */
export function toLane(
  channels: ConversationChannels,
  channel: string,
  replyTarget: unknown,
): string | undefined {
  const lane = channels.get(channel)?.laneOf?.(replyTarget);
  if (lane === undefined) return undefined;
  return lane.startsWith(`${channel}:`) ? lane : `${channel}:${lane}`;
}
