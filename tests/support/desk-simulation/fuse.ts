import type { Random } from "./random.ts";

/**
 * A process that ends in the middle of what it does: after so many calls nothing that it called comes back. Half of the
 * calls at which it ends were still carried out.
 */
export interface Fuse {
  /** Ends it after so many calls more. */
  light(calls: number): void;
  /** Fulfilled when it has ended. */
  blown: Promise<"crashed">;
  isBlown(): boolean;
  /** When what was under way outside has come to its end. */
  drained(): Promise<void>;
  /** What the process may call. */
  guard<Target extends object>(target: Target): Target;
}

const NEVER = () => new Promise<never>(() => undefined);

export function createFuse(random: Random): Fuse {
  let left = Number.POSITIVE_INFINITY;
  let isBlown = false;
  let blow: (word: "crashed") => void = () => undefined;
  const blown = new Promise<"crashed">((resolve) => {
    blow = resolve;
  });
  const underWay = new Set<Promise<unknown>>();

  async function call(run: () => unknown): Promise<unknown> {
    if (isBlown) return NEVER();
    left -= 1;
    if (left < 0) {
      isBlown = true;
      blow("crashed");
      if (random.chance(0.5)) return NEVER();
    }
    const running = Promise.resolve(run());
    underWay.add(running);
    try {
      const result = await running;
      return isBlown ? NEVER() : result;
    } catch (thrown) {
      if (isBlown) return NEVER();
      throw thrown;
    } finally {
      underWay.delete(running);
    }
  }

  return {
    blown,
    isBlown: () => isBlown,
    light(calls) {
      left = calls;
    },
    async drained() {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
    guard: (target) =>
      new Proxy(target, {
        get(object, name, receiver) {
          const member: unknown = Reflect.get(object, name, receiver);
          if (typeof member !== "function") return member;
          return (...values: unknown[]) => call(() => Reflect.apply(member, object, values));
        },
      }),
  };
}
