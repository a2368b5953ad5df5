import type { ChannelHooks, ChannelSignal } from "./conversation/index.ts";
import type { SignalStore } from "./storage/index.ts";

const BATCH = 100;
const GIVEN_UP_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * What platforms told a process that only takes in. One that fails is tried again for a week and holds up none of the
 * others; the first failure is thrown when all were tried.
 */
export async function takeSignals(
  signals: SignalStore,
  onSignal: ChannelHooks["onSignal"],
  now: Date,
): Promise<void> {
  const failures: unknown[] = [];
  for (const { sequence, signal, at } of await signals.list(BATCH)) {
    try {
      await onSignal(signal as ChannelSignal);
    } catch (thrown) {
      failures.push(thrown);
      if (now.getTime() - Date.parse(at) < GIVEN_UP_AFTER_MS) continue;
    }
    await signals.remove(sequence);
  }
  if (failures.length > 0) throw failures[0];
}
