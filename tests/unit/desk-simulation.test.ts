import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { killAndContinue } from "../support/desk-simulation/kill-and-continue.ts";
import { runSimulation } from "../support/desk-simulation/run-simulation.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

/** Seconds for what runs here; the long one is `scripts/simulate-desk.ts`. */
const LIMIT = { timeout: 120_000 };

it("keeps every promise of the desk while clicks repeat, people race and it crashes", LIMIT, async () => {
  const storage = await openTemporaryStorage();
  try {
    const { counts, ledger } = await runSimulation({ seed: 7, tickets: 150, storage, faults: 2 });
    expect(ledger.tickets.size).toBeGreaterThanOrEqual(150);
    expect(counts.crashes).toBeGreaterThan(0);
    expect(counts.duplicates).toBeGreaterThan(100);
    expect(counts.refused.get("claimed-by-other")).toBeGreaterThan(50);
  } finally {
    await storage.remove();
  }
});

it("keeps them when its process is killed and another one goes on", LIMIT, async () => {
  const directory = await mkdtemp(join(tmpdir(), "xiance-killed-"));
  try {
    const { accepted, ledger } = await killAndContinue({ directory, seed: 5, tickets: 40, kills: 1 });
    expect(accepted.size).toBeGreaterThanOrEqual(40);
    expect(new Set(ledger.homes.values()).size).toBe(ledger.tickets.size);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
