import { openSync, writeSync } from "node:fs";
import { openStorage } from "../../src/storage/index.ts";
import type { NewRequest } from "../../src/triage/index.ts";
import { journalOf, readJournal } from "./desk-simulation/kill-and-continue.ts";
import { runSimulation } from "./desk-simulation/run-simulation.ts";

/** A simulation in a process to be killed: says which requests are on their way and which were accepted. */
const given = JSON.parse(process.argv[2] ?? "{}") as {
  directory: string;
  seed: number;
  tickets: number;
  count: number;
  requests: NewRequest[];
  accepted: [string, string][];
};
const say = (line: string) => void writeSync(1, `${line}\n`);

const operations = await readJournal(given.directory);
const storage = await openStorage({ dataDirectory: given.directory });
const journal = openSync(journalOf(given.directory), "a");
try {
  await runSimulation({
    seed: given.seed,
    tickets: given.tickets,
    storage,
    journal: (operation) => void writeSync(journal, `${JSON.stringify(operation)}\n`),
    onRequest: (request) => say(`request ${JSON.stringify(request)}`),
    onAccepted: (key, ticketId) => say(`accepted ${key} ${ticketId}`),
    ...(given.count > 0 && {
      earlier: { ...given, operations, accepted: new Map(given.accepted) },
    }),
  });
} catch (thrown) {
  say(`failed ${thrown instanceof Error ? thrown.message : thrown}`);
}
