import type { ErrorCode } from "../../shared/index.ts";
import type { DetectedFormat } from "../detect-format.ts";
import type { ReadDocument, ReadLimits } from "../types.ts";

/** To the reading process. One at a time. */
export interface ReadOrder {
  format: DetectedFormat;
  bytes: Uint8Array;
  fileName: string;
  url?: string;
  limits: ReadLimits;
}

/**
 * From the reading process: `ready` once, when it has started; then for each order progress as often as it likes and one of
 * the others. `rss`: its memory afterwards, bytes.
 */
export type ReadReport =
  | { kind: "ready" }
  | { kind: "progress"; page: number; pages: number }
  | { kind: "done"; document: ReadDocument; rss: number }
  | { kind: "failed"; code: ErrorCode | null; message: string; safeMessage: string; rss: number };

/** What the watch writes to stderr before it ends the process. */
export const MEMORY_MARK = "xiance-reader: beyond the memory limit";
