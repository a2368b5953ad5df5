import type { Logger } from "../shared/index.ts";
import { finishWithin } from "./finish-within.ts";

/** Takes work one by one and runs several at a time. */
export interface Pump {
  start(): void;
  /** Says that there may be work. */
  wake(): void;
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
  /** Undefined: nothing to do now. A failure is logged and tried again at the next wake or poll. */
  take: () => Promise<Job | undefined>;
  /** Must deal with its own failures; one that escapes is logged. */
  run: (job: Job) => Promise<void>;
  logger: Logger;
}

export function createPump<Job>(options: PumpOptions<Job>): Pump {
  const { name, logger } = options;
  const running = new Set<Promise<void>>();
  const idleWaiters = new Set<() => void>();
  let started = false;
  let filling = false;
  let wanted = false;
  let filled: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function launch(job: Job): void {
    const work = options
      .run(job)
      .catch((error: unknown) => logger.error({ pump: name, error: String(error) }, "work failed"))
      .finally(() => {
        running.delete(work);
        wake();
      });
    running.add(work);
  }

  async function fill(): Promise<void> {
    filling = true;
    try {
      while (wanted && started) {
        wanted = false;
        while (started && running.size < options.concurrency) {
          const job = await options.take();
          if (job === undefined) break;
          launch(job);
        }
      }
    } catch (error) {
      logger.error({ pump: name, error: String(error) }, "work could not be taken; will try again");
    } finally {
      filling = false;
    }
    if (running.size === 0 && !wanted) settleIdle();
  }

  /** Work that was just being taken when the pump stopped is finished as well. */
  async function finishTaken(): Promise<void> {
    await filled;
    await Promise.all(running);
  }

  function settleIdle(): void {
    for (const resolve of idleWaiters) resolve();
    idleWaiters.clear();
  }

  function wake(): void {
    wanted = true;
    if (filling) return;
    if (started) filled = fill();
    else if (running.size === 0) settleIdle();
  }

  return {
    start() {
      if (started) return;
      started = true;
      timer = setInterval(wake, options.pollMs);
      timer.unref();
      wake();
    },
    wake,
    whenIdle() {
      return new Promise((resolve) => {
        idleWaiters.add(resolve);
        wake();
      });
    },
    async stop(graceMs) {
      started = false;
      clearInterval(timer);
      const finished = await finishWithin(finishTaken(), graceMs);
      settleIdle();
      return finished;
    },
  };
}
