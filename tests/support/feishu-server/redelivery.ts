/** After this the platform pushes an event again that was not acknowledged, ms: 15 s, 5 min, 1 h, 6 h; then never. */
const PLATFORM_SCHEDULE_MS = [15_000, 300_000, 3_600_000, 21_600_000] as const;

/** The platform's schedule, `factor` times as fast. */
export function compressSchedule(factor: number): number[] {
  return PLATFORM_SCHEDULE_MS.map((delayMs) => delayMs / factor);
}
