import { setTimeout as waitFor } from "node:timers/promises";
import { remember } from "../../shared/index.ts";
import { type CallFailure, FeishuCallError, readWaitMs } from "./failures.ts";
import type { FeishuContext } from "./settings.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

/** What the platform limits together for the whole app. */
export type ApiKind = "send" | "edit" | "card" | "other";

export interface Spending {
  kind: ApiKind;
  /** The chat or the person that a message goes to. */
  lane?: string | undefined;
}

/** Keeps calls within the platform's limits, and away from it while it says that they were too many. */
export interface Pace {
  /** Milliseconds until a message may go there, 0: now. Counts nothing. */
  delayOf(lane: string | undefined, priority: number): number;
  /** Whether there is room for what nobody would miss. */
  hasSpare(kind: ApiKind): boolean;
  /**
   * Counts a call and waits for its turn. Throws a FeishuCallError that names the wait when the platform asked for a
   * longer one than a delivery sits out. A repeat of a call that has waited itself only counts.
   */
  admit(spending: Spending, repeat: boolean): Promise<void>;
  noteFailure(spending: Spending, failure: CallFailure): void;
  /** A repeat that went through ends the pause that it has waited for. */
  noteSuccess(spending: Spending, repeat: boolean): void;
}

/** What stays in a bucket for those before: by priority 0 answers, 1 what somebody waits for, 2 what nobody asked for. */
const RESERVES: readonly number[] = [0, 0.2, 0.4];
/** Of a bucket, below which nothing is streamed. */
const SPARE = 0.5;
const MAX_LANES = 2_000;
const MAX_PAUSE_MS = 60_000;
const TOO_MANY_HERE = 230020;
const TOO_MANY = 99991400;

interface Pause {
  until: number;
  /** In a row. */
  failures: number;
}

export function createPace(context: FeishuContext): Pace {
  const { tuning, clock, random } = context;
  const now = () => clock().getTime();
  const seconds = createBuckets<ApiKind>(() => createTokenBucket(tuning.appPerSecond, tuning.appPerSecond));
  const minutes = createBuckets<ApiKind>(() =>
    createTokenBucket(tuning.appPerMinute, tuning.appPerMinute / 60),
  );
  const lanes = createBuckets<string>(
    () => createTokenBucket(tuning.lanePerSecond, tuning.lanePerSecond),
    MAX_LANES,
  );
  const pauses = new Map<string, Pause>();

  const pauseLeft = (key: string) => Math.max(0, (pauses.get(key)?.until ?? 0) - now());
  const pausesOf = ({ kind, lane }: Spending) =>
    Math.max(pauseLeft(`app:${kind}`), lane === undefined ? 0 : pauseLeft(`lane:${lane}`));
  const bucketsOf = ({ kind, lane }: Spending): TokenBucket[] => [
    seconds.get(kind),
    minutes.get(kind),
    ...(lane === undefined ? [] : [lanes.get(lane)]),
  ];
  /** A limit of one chat concerns that chat; every other one all calls of the kind. */
  const pauseKey = ({ kind, lane }: Spending, { code }: CallFailure) =>
    code === TOO_MANY_HERE && lane !== undefined ? `lane:${lane}` : `app:${kind}`;

  return {
    delayOf: (lane, priority) => {
      const spending: Spending = { kind: "send", lane };
      const reserve = RESERVES[Math.min(priority, RESERVES.length - 1)] ?? 0;
      const waits = bucketsOf(spending).map((bucket) => bucket.waitFor(now(), reserve));
      return Math.ceil(Math.max(pausesOf(spending), ...waits));
    },
    hasSpare: (kind) =>
      pausesOf({ kind }) === 0 && bucketsOf({ kind }).every((bucket) => bucket.share(now()) >= SPARE),
    admit: async (spending, repeat) => {
      const pause = repeat ? 0 : pausesOf(spending);
      if (pause > tuning.maxInlineWaitMs) throw heldBack(pause);
      const waits = bucketsOf(spending).map((bucket) => bucket.take(now()));
      const wait = Math.max(pause, Math.min(tuning.maxPaceWaitMs, Math.max(...waits)));
      if (wait > 0) await waitFor(wait);
    },
    noteFailure: (spending, failure) => {
      if (failure.code !== TOO_MANY && failure.code !== TOO_MANY_HERE && failure.httpStatus !== 429) return;
      const key = pauseKey(spending, failure);
      const failures = (pauses.get(key)?.failures ?? 0) + 1;
      const planned = tuning.firstPauseMs * 2 ** Math.min(failures - 1, 16);
      const named = readWaitMs(failure) ?? Math.min(planned, MAX_PAUSE_MS);
      // Somewhat later than named, and not all replicas at once.
      const until = now() + Math.ceil(named * (1 + random() * 0.25));
      remember(pauses, key, { until, failures }, MAX_LANES);
    },
    noteSuccess: ({ kind, lane }, repeat) => {
      for (const key of [`app:${kind}`, ...(lane === undefined ? [] : [`lane:${lane}`])])
        if (repeat || pauseLeft(key) === 0) pauses.delete(key);
    },
  };
}

function heldBack(waitMs: number): FeishuCallError {
  const detail = "held back: the platform asked for a pause";
  return new FeishuCallError({ origin: "answer", detail, code: TOO_MANY, resetSeconds: waitMs / 1_000 });
}

interface Buckets<Key> {
  get(key: Key): TokenBucket;
}

/** The least recently used goes when there are too many; it has long been full again. */
function createBuckets<Key>(create: () => TokenBucket, max = Number.POSITIVE_INFINITY): Buckets<Key> {
  const buckets = new Map<Key, TokenBucket>();
  return {
    get: (key) => {
      const bucket = buckets.get(key) ?? create();
      remember(buckets, key, bucket, max);
      return bucket;
    },
  };
}
