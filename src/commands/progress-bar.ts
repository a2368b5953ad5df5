import type { CommandIo } from "./run-command.ts";

export interface ProgressBar {
  update(done: number, total: number, label: string): void;
  stop(): void;
}

const SHOWN_AFTER_MS = 1000;

/** A bar on stderr that appears when the work takes longer than a second, and only for a person at a terminal. */
export async function createProgressBar(io: CommandIo): Promise<ProgressBar> {
  if (!io.interactive) return { update() {}, stop() {} };
  const { SingleBar, Presets } = await import("cli-progress");
  const bar = new SingleBar(
    {
      format: "{bar} {percentage}% {value}/{total} {label}",
      hideCursor: true,
      clearOnComplete: true,
      stream: io.stderr as NodeJS.WritableStream,
    },
    Presets.shades_classic,
  );
  const startedAt = performance.now();
  let shown = false;
  return {
    update(done, total, label) {
      if (!shown && performance.now() - startedAt < SHOWN_AFTER_MS) return;
      if (!shown) bar.start(total, done, { label });
      shown = true;
      bar.setTotal(total);
      bar.update(done, { label });
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}
