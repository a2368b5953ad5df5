import type { Clock, Logger } from "../../shared/index.ts";
import type { SignInStore, UploadStore } from "./stores.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Files of messages that never got a reply. */
const KEEP_BYTES_MS = DAY_MS;
/** What a file was called, for the history. */
const KEEP_NAMES_MS = 30 * DAY_MS;
/** By an ended sign-in an account's words are found when it wants them removed. */
const KEEP_SESSIONS_MS = 400 * DAY_MS;

export interface CleaningParts {
  uploads: UploadStore | undefined;
  signIns: SignInStore | undefined;
  clock: Clock;
  logger: Logger;
}

/** Removes hourly what nobody waits for any more. Returns what ends it. */
export function startCleaning(parts: CleaningParts): () => void {
  const timer = setInterval(() => void clean(parts), HOUR_MS);
  timer.unref();
  void clean(parts);
  return () => clearInterval(timer);
}

export async function clean({ uploads, signIns, clock, logger }: CleaningParts): Promise<void> {
  const before = (age: number) => new Date(clock().getTime() - age);
  try {
    const files = (await uploads?.prune({ bytes: before(KEEP_BYTES_MS), names: before(KEEP_NAMES_MS) })) ?? 0;
    const ended = (await signIns?.prune({ signIns: clock(), sessions: before(KEEP_SESSIONS_MS) })) ?? 0;
    if (files + ended > 0) logger.info({ files, ended }, "left-overs of the web chat removed");
  } catch (error) {
    logger.warn({ error: String(error) }, "left-overs of the web chat could not be removed");
  }
}
