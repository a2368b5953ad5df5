import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { spawnStorageChild } from "../support/spawn-child.ts";
import { describeOnEveryDatabase, type StoragePlace } from "../support/storage-places.ts";
import { documentId, makeClauses, makeMessage, makeVersion } from "../support/storage-samples.ts";

const CLAUSES = 3000;

/** What is published is one version, whole, and nothing of a version that was cut off is left. */
async function expectOneWholeVersion(storage: Awaited<ReturnType<StoragePlace["open"]>>): Promise<void> {
  const { knowledge } = storage;
  const published = await knowledge.publishedVersions();
  expect(published).toHaveLength(1);
  const { contentHash } = published[0] ?? {};
  const texts: string[] = [];
  await knowledge.eachPublishedClause(1000, (batch) => {
    texts.push(...batch.map((clause) => clause.text));
  });
  expect(texts).toEqual([...makeClauses(CLAUSES, `${contentHash}-`)].map((clause) => clause.text));
  const versions = await knowledge.listVersions(documentId("document-甲"));
  expect(versions.map((version) => version.number)).toEqual(versions.map((_, index) => index + 1));
  expect(versions.at(-1)?.state).toBe("published");
  for (const version of versions) {
    expect(await knowledge.clausesOf(version.versionId)).toHaveLength(CLAUSES);
  }
}

describeOnEveryDatabase("a process that is killed", (place) => {
  it("leaves the old version whole, wherever it is hit, and frees the lock", async () => {
    const options = await place.fresh();
    const first = await place.open(options);
    await first.knowledge.saveVersion(makeVersion("甲", "r0", { clauses: makeClauses(CLAUSES, "r0-") }));
    await first.conversation.acceptMessage(makeMessage("a"));
    await first.close();
    // Before the first batch, between batches, and (the last clause) somewhere around the commit.
    const stops = [0, 700, 1234, 2998, CLAUSES - 1, CLAUSES - 1, CLAUSES - 1];
    const killRounds = place.dialect === "sqlite" ? stops : [700, CLAUSES - 1];
    for (const [round, stop] of killRounds.entries()) {
      const child = spawnStorageChild("save", options, [CLAUSES, stop]);
      expect(await child.nextLine()).toBe("at");
      if (stop === CLAUSES - 1) await sleep(round * 3);
      await child.kill();
      const storage = await place.open(options);
      await expectOneWholeVersion(storage);
      expect(await storage.conversation.acceptMessage(makeMessage("a"))).toBe("duplicate");
      await storage.close();
    }
  });

  it("loses no message that was accepted, and takes up again what was in work", async () => {
    const options = await place.fresh();
    const child = spawnStorageChild("accept", options);
    const accepted: string[] = [];
    while (accepted.length < 20) accepted.push(await child.nextLine());
    await child.kill();
    accepted.push(...(await child.lastLines()));
    const { conversation } = await place.open(options);
    await conversation.releaseClaims();
    const { inbox } = await conversation.counts();
    expect(Object.keys(inbox)).toEqual(["accepted"]);
    expect(inbox["accepted"]).toBeGreaterThanOrEqual(accepted.length);
    for (const key of accepted) {
      expect(await conversation.acceptMessage(makeMessage(key))).toBe("duplicate");
    }
  });
});
