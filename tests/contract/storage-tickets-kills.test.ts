import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { spawnStorageChild } from "../support/spawn-child.ts";
import { createRandom } from "../support/storage-life.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";

const MAX_LIFE_MS = 80;

/** A ticket with its log, what is to be told, its tasks and the entries of the audit log: whole or not at all. */
async function expectWhole({ tickets, audit }: Storage, said: readonly string[]): Promise<number> {
  expect(await audit.verify()).toMatchObject({ intact: true });
  const all = await tickets.eachBatch(null, 10_000);
  const effects = await tickets.dueEffects(second(59), 1_000_000);
  const tasks = await tickets.openTasks();
  for (const { ticketId, revision, content, status } of all) {
    const events = await tickets.eventsOf(ticketId);
    expect(events.map((event) => event.sequence)).toEqual(Array.from({ length: revision }, (_, n) => n + 1));
    expect(content).toMatchObject({ revision });
    expect(effects.filter((effect) => effect.ticketId === ticketId)).toHaveLength(revision);
    expect(tasks.filter((task) => task.ticketId === ticketId)).toMatchObject([
      { state: `state-${revision}` },
    ]);
    const actions = (await audit.list({ subject: `ticket:${ticketId}` })).map((entry) => entry.action);
    const merges = actions.filter((action) => action === "ticket.merge").length;
    expect(merges).toBe(status === "已合并" ? 1 : 0);
    expect(actions).toHaveLength(revision + merges);
  }
  for (const number of all.map((ticket) => ticket.ticketId).filter((id) => id.endsWith("-b"))) {
    const [one, other] = [number, number.replace("-b", "-a")].map((id) => all.find((t) => t.ticketId === id));
    expect(one?.revision === 3).toBe(other?.status === "已合并");
  }
  for (const line of said) {
    const [ticketId = "", revision] = line.split(" ");
    expect((await tickets.get(ticketId))?.revision).toBeGreaterThanOrEqual(Number(revision));
  }
  return all.length;
}

describeOnEveryDatabase("tickets in a process that is killed at a random moment", (place) => {
  const kills = place.dialect === "sqlite" ? 6 : 3;
  it(`are whole, ${kills} times on end`, async () => {
    const options = await place.fresh();
    const random = createRandom(kills);
    let known = 0;
    for (let round = 1; round <= kills; round += 1) {
      const child = spawnStorageChild("tickets", options, [round]);
      const first = await child.nextLine();
      await sleep(random() * MAX_LIFE_MS);
      await child.kill();
      const storage = await place.open(options);
      known = await expectWhole(storage, [first, ...(await child.lastLines())]);
      await storage.close();
    }
    expect(known).toBeGreaterThan(kills);
  }, 60_000);
});
