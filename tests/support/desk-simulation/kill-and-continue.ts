import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openStorage } from "../../../src/storage/index.ts";
import type { NewRequest } from "../../../src/triage/index.ts";
import type { PlatformOperation } from "./platform.ts";
import { runSimulation } from "./run-simulation.ts";
import type { EarlierProcesses, Simulation } from "./simulation-parts.ts";

const CHILD = join(import.meta.dirname, "../desk-simulation-child.ts");

export interface KillOptions {
  /** Empty; holds the database and the platform's journal. */
  directory: string;
  seed: number;
  tickets: number;
  kills: number;
}

/** A process runs until it is killed, the next goes on with what is there; the last one runs to the end. */
export async function killAndContinue({ directory, seed, tickets, kills }: KillOptions): Promise<Simulation> {
  const earlier = { count: 0, requests: [] as NewRequest[], accepted: new Map<string, string>() };
  for (let round = 0; round < kills; round += 1) {
    // Each is killed somewhere in its share of the tickets.
    await runAndKill({ directory, seed: seed + round, tickets }, earlier, Math.floor(tickets / (kills + 1)));
    earlier.count += 1;
  }
  const storage = await openStorage({ dataDirectory: directory });
  try {
    const left: EarlierProcesses = {
      ...earlier,
      operations: await readJournal(directory),
      requests: earlier.requests.slice(-20),
    };
    return await runSimulation({ seed: seed + kills, tickets, storage, earlier: left });
  } finally {
    await storage.close();
  }
}

export function journalOf(directory: string): string {
  return join(directory, "platform.jsonl");
}

/** The last line may have been cut off: then it was not carried out either. */
export async function readJournal(directory: string): Promise<PlatformOperation[]> {
  const text = await readFile(journalOf(directory), "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as PlatformOperation);
}

async function runAndKill(
  { directory, seed, tickets }: { directory: string; seed: number; tickets: number },
  earlier: { count: number; requests: NewRequest[]; accepted: Map<string, string> },
  killAfter: number,
): Promise<void> {
  const given = { directory, seed, tickets, count: earlier.count, accepted: [...earlier.accepted] };
  const requests = earlier.requests.slice(-20);
  const child = spawn(process.execPath, [CHILD, JSON.stringify({ ...given, requests })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, key = "", ticketId = ""] = line.split(" ");
    if (word === "request") earlier.requests.push(JSON.parse(line.slice("request ".length)));
    if (word === "failed") throw new Error(line);
    if (word !== "accepted") continue;
    earlier.accepted.set(key, ticketId);
    count += 1;
    if (count === killAfter) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  if (child.signalCode !== "SIGKILL") throw new Error("the child ended by itself before it was killed");
}
