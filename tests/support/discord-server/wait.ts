import { setTimeout as waitFor } from "node:timers/promises";

export async function waitUntil(condition: () => boolean, what: string, atMostMs = 5_000): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > atMostMs) throw new Error(`in vain waited for: ${what}`);
    await waitFor(10);
  }
}
