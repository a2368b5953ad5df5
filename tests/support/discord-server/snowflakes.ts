const DISCORD_EPOCH = 1_420_070_400_000n;

/** Ids as the platform gives them: the time in front, each greater than the one before. */
export interface Snowflakes {
  next(): string;
}

export function createSnowflakes(now: () => number): Snowflakes {
  let last = 0n;
  return {
    next: () => {
      const fromTime = (BigInt(now()) - DISCORD_EPOCH) << 22n;
      last = fromTime > last ? fromTime : last + 1n;
      return String(last);
    },
  };
}

export const isSnowflake = (value: unknown): value is string =>
  typeof value === "string" && /^\d{17,20}$/.test(value);
