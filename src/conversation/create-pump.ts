import type { Logger } from "../shared/index.ts";
import { finishWithin } from "./finish-within.ts";

/** To be called once: with the work that it was kept for, or with nothing. */
export type Place<Job> = (job?: Job) => void;

/** Takes work one by one and runs several at a time. */
export interface Pump<Job> {
  start(): void;
  /** Says that there may be work. */
  wake(): void;
  /** A place for work that is brought instead of taken. Undefined: none is free, or it is just being looked for work. */
  reserve(): Place<Job> | undefined;
  /** Resolves when nothing runs and nothing more is to be taken now. */
  whenIdle(): Promise<void>;
  /** Takes nothing more and waits for what runs, at most `graceMs`. True when everything was finished. */
  stop(graceMs: number): Promise<boolean>;
}

export interface PumpOptions<Job> {
  name: string;
  concurrency: number;
  /** Looks for work at least so often, for work that becomes due or comes from another process. */
  pollMs: number;
  /** Undefined: nothing to do now. `isIdle`: nothing runs. A failure is logged and tried again at the next wake or poll. */
  take: (isIdle: boolean) => Promise<Job | undefined>;
  /** Whether there may be work when some has ended. Absent: there may. */
  mayHaveMore?: () => boolean;
  /** Must deal with its own failures; one that escapes is logged. */
  run: (job: Job) => Promise<void>;
  logger: Logger;
}

interface Places {
  isIdle(): boolean;
  hasRoom(): boolean;
  /** Keeps a place until what it returns is called. */
  keep(): () => void;
  /** When all is done that has a place now, and what those get who only keep one. */
  whenDone(): Promise<void>;
}

function createPlaces(concurrency: number): Places {
  const taken = new Set<Promise<void>>();
  return {
    isIdle: () => taken.size === 0,
    hasRoom: () => taken.size < concurrency,
    keep() {
      const { promise, resolve } = Promise.withResolvers<void>();
      taken.add(promise);
      return () => {
        taken.delete(promise);
        resolve();
      };
    },
    async whenDone() {
      while (taken.size > 0) await Promise.all(taken);
    },
  };
}

interface Waiters {
  wait(): Promise<void>;
  settle(): void;
}

function createWaiters(): Waiters {
  const waiting = new Set<() => void>();
  return {
    wait: () => new Promise((resolve) => waiting.add(resolve)),
    settle() {
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
  };
}

export function createPump<Job>(options: PumpOptions<Job>): Pump<Job> {
  const { name, logger } = options;
  const places = createPlaces(options.concurrency);
  const idle = createWaiters();
  let started = false;
  let filling = false;
  let wanted = false;
  let filled: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function launch(job: Job, leave: () => void): void {
    void options
      .run(job)
      .catch((error: unknown) => logger.error({ pump: name, error: String(error) }, "work failed"))
      .finally(() => {
        leave();
        goOn();
      });
  }

  function goOn(): void {
    if (options.mayHaveMore?.() ?? true) wake();
    else if (!filling && places.isIdle()) idle.settle();
  }

  async function fill(): Promise<void> {
    filling = true;
    try {
      while (wanted && started) {
        wanted = false;
        while (started && places.hasRoom()) {
          const job = await options.take(places.isIdle());
          if (job === undefined) break;
          launch(job, places.keep());
        }
      }
    } catch (error) {
      logger.error({ pump: name, error: String(error) }, "work could not be taken; will try again");
    } finally {
      filling = false;
    }
    if (places.isIdle() && !wanted) idle.settle();
  }

  function reserve(): Place<Job> | undefined {
    if (!started || filling || !places.hasRoom()) return undefined;
    const leave = places.keep();
    return (job) => {
      if (job !== undefined) return launch(job, leave);
      leave();
      goOn();
    };
  }

  function wake(): void {
    wanted = true;
    if (filling) return;
    if (started) filled = fill();
    else if (places.isIdle()) idle.settle();
  }

  return {
    ...{ wake, reserve },
    start() {
      if (started) return;
      started = true;
      timer = setInterval(wake, options.pollMs).unref();
      wake();
    },
    whenIdle() {
      const waited = idle.wait();
      wake();
      return waited;
    },
    async stop(graceMs) {
      started = false;
      clearInterval(timer);
      // Work that was just being taken when the pump stopped is finished as well.
      const done = filled.then(() => places.whenDone());
      const finished = await finishWithin(done, graceMs);
      idle.settle();
      return finished;
    },
  };
}
