import type { ReadLimits } from "./types.ts";

export const DEFAULT_READ_LIMITS: ReadLimits = {
  maxBytes: 50 * 1024 * 1024,
  maxUnpackedBytes: 300 * 1024 * 1024,
  maxPages: 2_000,
  maxScannedPages: 300,
  maxMilliseconds: 15 * 60 * 1000,
  maxMemoryBytes: 2 * 1024 * 1024 * 1024,
};
