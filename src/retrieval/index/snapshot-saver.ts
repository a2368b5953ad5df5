import { type Logger, toAppError } from "../../shared/index.ts";
import { type Snapshot, writeSnapshot } from "./snapshot-file.ts";

export interface SnapshotSaverOptions {
  path: string;
  logger: Logger;
  /** What is to be written, as it is now. It must not change while it is written. */
  read(): Snapshot;
  /** Does a piece of work when nothing changes the index. */
  enqueue(work: () => Promise<void>): void;
}

/** Writes the snapshot of an index, seldom: it only saves time at the next start, which reads what is missing from storage. */
export interface SnapshotSaver {
  save(): Promise<void>;
  /** Once some time after the first of many changes: some hundred MB are not written for each of them. */
  saveLater(): void;
  /** What is published does not wait for a snapshot: one that is being written is given up and written later. */
  giveWay(): void;
  /** Writes what is still to be written. */
  close(): Promise<void>;
}

const SAVE_AFTER_MS = 15_000;

export function createSnapshotSaver({ path, logger, read, enqueue }: SnapshotSaverOptions): SnapshotSaver {
  let timer: NodeJS.Timeout | undefined;
  let writing = new AbortController();

  /** A data directory that cannot be written costs the next start some time, not this one its answers. */
  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = new AbortController();
    const { signal } = writing;
    try {
      await writeSnapshot(path, read(), signal);
    } catch (thrown) {
      if (signal.aborted) saveLater();
      else logger.warn({ cause: toAppError(thrown).message }, "the index snapshot could not be written");
    }
  }

  function saveLater(): void {
    timer ??= setTimeout(() => enqueue(save), SAVE_AFTER_MS).unref();
  }

  return {
    save,
    saveLater,
    giveWay: () => writing.abort(),
    async close() {
      if (timer) await save();
    },
  };
}
