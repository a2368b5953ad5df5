import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openStorage } from "../../src/storage/index.ts";
import { fillEnterprises } from "../support/fill-enterprises.ts";
import { createOutreachWorld, makeFundProgram } from "../support/outreach-world.ts";
import { createRandom } from "../support/storage-life.ts";
import { openRawDatabase } from "../support/storage-raw.ts";

const ENTERPRISES = 3000;
const KILLS = 5;

async function fill(dataDirectory: string): Promise<string[]> {
  const storage = await openStorage({ dataDirectory });
  await createOutreachWorld(storage).publish(makeFundProgram("P1"));
  await storage.close();
  const database = openRawDatabase({ dataDirectory });
  const found = await fillEnterprises(database, { from: 1, to: ENTERPRISES, subscribedEvery: 3 });
  await database.destroy();
  return found;
}

it(`finds everybody exactly once, killed ${KILLS} times on end`, async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-outreach-"));
  const expected = await fill(dataDirectory);
  const script = join(import.meta.dirname, "../support/outreach-child.ts");
  const random = createRandom(KILLS);
  const cursors: (string | null)[] = [];
  for (let round = 1; round <= KILLS; round += 1) {
    const child = spawn(process.execPath, [script, JSON.stringify({ dataDirectory })], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const gone = once(child, "exit");
    await once(child.stdout, "data");
    await sleep(20 + random() * 60);
    child.kill("SIGKILL");
    await gone;
    const storage = await openStorage({ dataDirectory, mode: "read" });
    cursors.push((await storage.outreach.unfinishedRuns())[0]?.cursor ?? null);
    await storage.close();
  }
  const storage = await openStorage({ dataDirectory });
  const { outreach } = createOutreachWorld(storage);
  await outreach.runPending();
  const items = await storage.outreach.itemsFor({ programIds: ["P1"] });
  expect(items.map(({ account }) => account).sort()).toEqual(expected);
  expect(await storage.outreach.unfinishedRuns()).toEqual([]);
  expect(await storage.programs.pendingEvents(10)).toEqual([]);
  // At least once a run was cut off in its middle, or nothing was proved.
  expect(cursors.filter((cursor) => cursor !== null).length).toBeGreaterThan(0);
  await storage.close();
  await rm(dataDirectory, { recursive: true, force: true });
}, 60_000);
