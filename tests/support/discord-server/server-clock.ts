/** The platform's clock: that of the machine, moved forward by tests that do not want to wait. */
export interface ServerClock {
  /** Milliseconds. */
  now(): number;
  advance(milliseconds: number): void;
}

export function createServerClock(): ServerClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
