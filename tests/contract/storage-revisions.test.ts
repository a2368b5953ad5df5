import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";

describeOnEveryDatabase("the revision of what is published", (place) => {
  it("is seen by whoever asks after a change, and not changed by one that failed", async () => {
    const { knowledge } = await place.open();
    const first = await knowledge.revision();
    expect(await knowledge.revision()).toBe(first);
    await knowledge.saveVersion(makeVersion("a", "one"));
    const changed = await knowledge.revision();
    expect(changed).toBeGreaterThan(first);
    await expect(knowledge.publishVersion(versionId("none"), second(1))).rejects.toThrow();
    expect(await knowledge.revision()).toBe(changed);
    await knowledge.unpublishDocument(documentId("document-a"), second(2));
    expect(await knowledge.revision()).toBeGreaterThan(changed);
  });

  it("is never one of before a change, however many ask while it is made", async () => {
    const { knowledge } = await place.open();
    for (let round = 0; round < 10; round += 1) {
      const before = await knowledge.revision();
      let isOver = false;
      const asking = (async () => {
        while (!isOver) {
          await Promise.all([knowledge.revision(), knowledge.revision()]);
          await nextTurn();
        }
      })();
      await knowledge.saveVersion(makeVersion(`k${round}`, "one"));
      const after = await knowledge.revision();
      isOver = true;
      await asking;
      expect(after).toBeGreaterThan(before);
      expect(await knowledge.revision()).toBe(after);
    }
  });
});
