export interface Alarm {
  set(milliseconds: number): void;
  stop(): void;
}

/** Wakes at the earliest of the times that it was set to since it last did. */
export function createAlarm(wake: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  let at = Number.POSITIVE_INFINITY;
  return {
    set(milliseconds) {
      const then = performance.now() + milliseconds;
      if (then >= at) return;
      clearTimeout(timer);
      at = then;
      timer = setTimeout(() => {
        at = Number.POSITIVE_INFINITY;
        wake();
      }, Math.ceil(milliseconds)).unref();
    },
    stop: () => clearTimeout(timer),
  };
}
