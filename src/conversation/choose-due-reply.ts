import type { Clock } from "../shared/index.ts";
import type { ConversationStore, OutboxRecord } from "../storage/index.ts";

export interface DueReplies {
  /** The first that may go, answers before pushes, then the oldest. */
  take(): Promise<OutboxRecord | undefined>;
  /** There may be an answer, which goes before the pushes that were read already. */
  look(): void;
  /** The chat has to wait: when it may be written to, what was due first goes first. */
  forget(lane: string): void;
}

export interface DueRepliesOptions {
  store: Pick<ConversationStore, "dueReplies">;
  clock: Clock;
  /** Milliseconds until it may go; Infinity: when another one is done. */
  waitOf(record: OutboxRecord): number;
  /** Told of those that are being delivered or wait to be noted: the store still calls them pending. */
  underWay(): ReadonlySet<string>;
  /** Nothing may go now, and the first may in so many milliseconds. */
  onWait(milliseconds: number): void;
}

const LOOK_AHEAD = 64;
/** Lanes that are passed over until one is found that may be written to. */
const MOST_LOOKS = 50;

/** Reads due replies in batches, and past the chats that have to wait. This process alone takes them. */
export function createDueReplies(options: DueRepliesOptions): DueReplies {
  /** Read and not taken yet. */
  let queue: OutboxRecord[] = [];
  let firstWait = Number.POSITIVE_INFINITY;

  function takeFromQueue(): OutboxRecord | undefined {
    for (const [position, record] of queue.entries()) {
      const wait = options.waitOf(record);
      if (wait <= 0) {
        queue.splice(position, 1);
        return record;
      }
      firstWait = Math.min(firstWait, wait);
    }
    return undefined;
  }

  /** False: there was nothing more to read. */
  async function read(without: ReadonlySet<string>): Promise<boolean> {
    // What ends while the store reads stands in its answer as still pending.
    const before = new Set(options.underWay());
    const limit = LOOK_AHEAD + before.size;
    const due = await options.store.dueReplies(options.clock(), limit, [...without]);
    queue = due.filter(({ outboxId }) => !before.has(outboxId));
    return due.length === limit;
  }

  return {
    async take() {
      firstWait = Number.POSITIVE_INFINITY;
      const next = takeFromQueue();
      if (next) return next;
      const passed = new Set<string>();
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const mayBeMore = await read(passed);
        const found = takeFromQueue();
        if (found) return found;
        const lanes = queue.flatMap(({ lane }) => (lane !== undefined && !passed.has(lane) ? [lane] : []));
        if (!mayBeMore || lanes.length === 0) break;
        for (const lane of lanes) passed.add(lane);
      }
      // By the next time something else may be the first.
      queue = [];
      if (Number.isFinite(firstWait)) options.onWait(firstWait);
      return undefined;
    },
    look() {
      queue = queue.filter(({ priority = 0 }) => priority === 0);
    },
    forget(lane) {
      queue = queue.filter((record) => record.lane !== lane);
    },
  };
}
