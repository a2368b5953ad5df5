import { type Clock, remember } from "../../shared/index.ts";
import { type ReplyTarget, replyTarget } from "./schema.ts";

/** What the platform usually takes in one channel; what it really takes stands in its answers, which the library heeds. */
const BURST = 5;
const WINDOW_MS = 5_000;
const MAX_LANES = 2_000;

/** Keeps to the platform's pace of one channel. */
export interface Pace {
  laneOf(stored: unknown): string | undefined;
  delayOf(stored: unknown): number;
  /** A message was sent. */
  note(target: ReplyTarget): void;
  /** The platform asked to wait. */
  hold(target: ReplyTarget, waitMs: number): void;
}

export function createPace(clock: Clock): Pace {
  const lanes = new Map<string, { sent: number[]; heldUntil: number }>();
  const laneOf = (stored: unknown): string | undefined => {
    const parsed = replyTarget.safeParse(stored);
    if (!parsed.success) return undefined;
    const { channelId, directUserId } = parsed.data;
    return directUserId ?? channelId;
  };
  const read = (lane: string) => lanes.get(lane) ?? { sent: [], heldUntil: 0 };
  return {
    laneOf,
    delayOf: (stored) => {
      const lane = laneOf(stored);
      if (lane === undefined) return 0;
      const now = clock().getTime();
      const { sent, heldUntil } = read(lane);
      const recent = sent.filter((at) => at > now - WINDOW_MS);
      const first = recent.at(-BURST);
      const paced = first === undefined ? 0 : first + WINDOW_MS - now;
      return Math.max(0, paced, heldUntil - now);
    },
    note: (target) => {
      const lane = laneOf(target);
      if (lane === undefined) return;
      const { sent, heldUntil } = read(lane);
      const now = clock().getTime();
      const recent = [...sent.filter((at) => at > now - WINDOW_MS), now];
      remember(lanes, lane, { sent: recent, heldUntil }, MAX_LANES);
    },
    hold: (target, waitMs) => {
      const lane = laneOf(target);
      if (lane === undefined) return;
      const { sent } = read(lane);
      remember(lanes, lane, { sent, heldUntil: clock().getTime() + waitMs }, MAX_LANES);
    },
  };
}
