import type { Timings } from "./measure.ts";

/** What one run over one size tells. Absent: does not apply. */
export interface BenchResult {
  buildMs?: number;
  loadMs?: number;
  sizeMb?: number;
  peakMb: number;
  query: Timings;
  /** Remarks for the table, in Chinese. */
  note?: string;
}

export interface BenchTask {
  size: number;
  seed: number;
  questions: readonly string[];
  /** A directory of this size; kept between the runs of one contestant. */
  directory: string;
}

/** Runs in a process of its own, so that the peak of memory is its own too. */
export type Contestant = (task: BenchTask) => Promise<BenchResult>;
