import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { spawnStorageChild } from "../support/spawn-child.ts";
import { createRandom } from "../support/storage-life.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";

const MAX_LIFE_MS = 60;

/** Facts with their entry in the log, items with the cursor behind them, deletions with everything: whole or not at all. */
async function expectWhole({ enterprises, outreach, audit }: Storage, said: number): Promise<number> {
  expect(await audit.verify()).toMatchObject({ intact: true });
  const [run] = await outreach.unfinishedRuns();
  const done = Number(run?.cursor ?? 0);
  expect(done).toBeGreaterThanOrEqual(said);
  expect(run).toMatchObject({ seen: done, found: done * 200 });
  const items = new Map<string, number>();
  for (const { enterpriseId } of await outreach.dueItems(second(9), 1_000_000)) {
    items.set(enterpriseId, (items.get(enterpriseId) ?? 0) + 1);
  }
  for (let number = 1; number <= done + 1; number += 1) {
    const id = `e${number}`;
    const actions = (await audit.list({ subject: `enterprise:${id}` })).map((entry) => entry.action);
    const known = await enterprises.get(id);
    const isRemoved = actions.includes("enterprise.remove");
    expect(known === undefined).toBe(isRemoved || actions.length === 0);
    expect(items.get(id) ?? 0).toBe(number <= done && !isRemoved ? 200 : 0);
    const additions = actions.filter((action) => action === "enterprise.facts").length;
    expect(additions).toBeLessThanOrEqual(2);
    const facts = await enterprises.factsOf(id);
    expect(facts.map(({ field, reference }) => `${field} ${reference}`).toSorted()).toEqual(
      isRemoved || additions === 0 ? [] : ["a", "b", "c"].map((field) => `${field} m${additions}`),
    );
    expect(await enterprises.membersOf(id)).toHaveLength(known ? 1 : 0);
  }
  return done;
}

describeOnEveryDatabase("matching in a process that is killed at a random moment", (place) => {
  const kills = place.dialect === "sqlite" ? 8 : 3;
  it(`goes on where it was, ${kills} times on end`, async () => {
    const options = await place.fresh();
    const random = createRandom(kills);
    let done = 0;
    // On a busy machine a life may be too short for anything: some more are given then.
    for (let round = 1; round <= kills || (done <= kills && round <= 3 * kills); round += 1) {
      const child = spawnStorageChild("match", options);
      const first = await child.nextLine();
      await sleep(random() * MAX_LIFE_MS);
      await child.kill();
      const said = Number((await child.lastLines()).at(-1) ?? first);
      const storage = await place.open(options);
      done = await expectWhole(storage, said);
      await storage.close();
    }
    expect(done).toBeGreaterThan(kills);
  }, 60_000);
});
