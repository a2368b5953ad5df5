/**
 * The ticket desk under faults, deterministic by its seed: 20 departments, 200 specialists, tickets over a real database.
 * `node scripts/simulate-desk.ts [--tickets 20000] [--seed 1] [--faults 1] [--minutes 20] [--quiet]`; PostgreSQL with DATABASE_URL (an empty database).
 * `--kills 2`: in processes that are killed one after another, the last goes on to the end (SQLite).
 * Ends with 1 at the first promise that does not hold, and says the seed and the step.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStorage } from "../src/storage/index.ts";
import { killAndContinue } from "../tests/support/desk-simulation/kill-and-continue.ts";
import { runSimulation } from "../tests/support/desk-simulation/run-simulation.ts";
import type { Simulation } from "../tests/support/desk-simulation/simulation-parts.ts";

const { values } = parseArgs({
  options: {
    tickets: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    faults: { type: "string", default: "1" },
    kills: { type: "string", default: "0" },
    minutes: { type: "string" },
    quiet: { type: "boolean", default: false },
  },
});

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function print(name: string, value: string | number): void {
  process.stdout.write(`${name.padEnd(34)}${value}\n`);
}

function printGroup(name: string, counts: ReadonlyMap<string, number>): void {
  print(name, sum(counts));
  for (const [each, count] of [...counts].sort((a, b) => b[1] - a[1])) print(`  ${each.slice(0, 60)}`, count);
}

function printTable({ counts, ledger, platform, step }: Simulation, seconds: number, dialect: string): void {
  print("database", dialect);
  print("tickets", ledger.tickets.size);
  print("steps", step);
  print("commands", counts.commands);
  print("  opened / joined / spam", `${counts.opened} / ${counts.joined} / ${counts.spam}`);
  printGroup("done, by kind", counts.done);
  printGroup("refused, by code", counts.refused);
  print("unchanged", counts.unchanged);
  print("duplicates swallowed", counts.duplicates);
  print("crashes", counts.crashes);
  print("brought again later", counts.redelivered);
  print("clock jumps", counts.clockJumps);
  print(
    "groups lost / people gone / outages",
    `${counts.groupsLost} / ${counts.peopleGone} / ${counts.outages}`,
  );
  print("re-routings by people / the desk", `${ledger.reroutes.people} / ${ledger.reroutes.system}`);
  print("told / repeated", `${platform.counts.tells} / ${platform.counts.repeatedTells}`);
  print(
    "cards put / edits / repeated",
    `${platform.counts.cards} / ${platform.counts.edits} / ${platform.counts.repeatedCards}`,
  );
  print("platform failures", platform.counts.thrown);
  print("turns of the desk / rests", `${counts.turns} / ${counts.rests}`);
  print("changes checked / log entries", `${ledger.checks.changes} / ${ledger.checks.events}`);
  print("invariants checked at rest", counts.checked);
  print("seconds", seconds.toFixed(1));
  print("commands/s", (counts.commands / seconds).toFixed(0));
}

const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-simulation-"));
const databaseUrl = process.env["DATABASE_URL"];
const startedAt = performance.now();
const [seed, tickets, kills] = [Number(values.seed), Number(values.tickets), Number(values.kills)];
try {
  const simulation =
    kills > 0 ? await killAndContinue({ directory: dataDirectory, seed, tickets, kills }) : await runWhole();
  printTable(simulation, (performance.now() - startedAt) / 1000, simulation.options.storage.dialect);
} catch (thrown) {
  process.stdout.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  process.exitCode = 1;
} finally {
  await rm(dataDirectory, { recursive: true, force: true });
}

async function runWhole(): Promise<Simulation> {
  const storage = await openStorage({ dataDirectory, ...(databaseUrl && { databaseUrl }) });
  try {
    return await runSimulation({
      ...{ seed, tickets, storage, faults: Number(values.faults) },
      isOver: () => performance.now() - startedAt > Number(values.minutes ?? "Infinity") * 60_000,
      ...(!values.quiet && { onProgress: (line: string) => void process.stderr.write(`${line}\n`) }),
    });
  } finally {
    await storage.close();
  }
}
