import type { ChannelHooks, ChannelSignal } from "./conversation/index.ts";
import type { SignalStore } from "./storage/index.ts";

const BATCH = 100;

/** What platforms told a process that only takes in. One that fails stays, and holds back those behind it. */
export async function takeSignals(signals: SignalStore, onSignal: ChannelHooks["onSignal"]): Promise<void> {
  for (const { sequence, signal } of await signals.list(BATCH)) {
    await onSignal(signal as ChannelSignal);
    await signals.remove(sequence);
  }
}
