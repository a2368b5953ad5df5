import type { Clock } from "../shared/index.ts";
import type { ConversationStore, OutboxRecord } from "../storage/index.ts";

export interface DueReplies {
  /** The first that may go, answers before pushes, then the oldest. */
  take(): Promise<OutboxRecord | undefined>;
  /** There may be an answer, which goes before the pushes that were read already. */
  look(): void;
  /** There may be something to read. */
  note(): void;
  /** Whether there may be more: read already, or in the store. */
  mayHaveMore(): boolean;
  /** How often reading began or ended. */
  reads(): number;
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
  /** Something due may stand in the store that was not read, or that was read and had to wait. */
  let isBehind = true;
  let reads = 0;

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
    reads += 1;
    const due = await options.store.dueReplies(options.clock(), limit, [...without]).finally(() => {
      reads += 1;
    });
    queue = due.filter(({ outboxId }) => !before.has(outboxId));
    return due.length === limit;
  }

  async function readOrStayBehind(without: ReadonlySet<string>): Promise<boolean> {
    try {
      return await read(without);
    } catch (thrown) {
      isBehind = true;
      throw thrown;
    }
  }

  return {
    async take() {
      firstWait = Number.POSITIVE_INFINITY;
      const next = takeFromQueue();
      if (next) return next;
      const passed = new Set<string>();
      isBehind = false;
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const mayBeMore = await readOrStayBehind(passed);
        const found = takeFromQueue();
        if (mayBeMore || queue.length > 0 || passed.size > 0) isBehind = true;
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
    note() {
      isBehind = true;
    },
    mayHaveMore: () => isBehind || queue.length > 0,
    reads: () => reads,
    look() {
      isBehind = true;
      queue = queue.filter(({ priority = 0 }) => priority === 0);
    },
    forget(lane) {
      queue = queue.filter((record) => record.lane !== lane);
    },
  };
}
