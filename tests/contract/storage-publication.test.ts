import { expect, it } from "vitest";
import type { KnowledgeStore } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";

async function publishedIds(knowledge: KnowledgeStore, asOf?: Date): Promise<string[]> {
  const versionIds = (await knowledge.publishedVersions(asOf)).map((version) => version.versionId);
  if (asOf === undefined) {
    const heads = await knowledge.publishedHeads();
    expect(heads.map((head) => head.versionId)).toEqual(versionIds);
  }
  return versionIds;
}

describeOnEveryDatabase("publication", (place) => {
  it("walks back through the history, and not forward again", async () => {
    const { knowledge } = await place.open();
    const document = documentId("document-甲");
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    await knowledge.saveVersion(makeVersion("甲", "三", { at: second(3) }));
    expect(await knowledge.rollbackDocument(document, second(4))).toBe("甲-二");
    expect(await knowledge.rollbackDocument(document, second(5))).toBe("甲-一");
    await expect(knowledge.rollbackDocument(document, second(6))).rejects.toMatchObject({
      code: "not-found",
    });
    await knowledge.saveVersion(makeVersion("甲", "四", { at: second(7) }));
    expect(await knowledge.rollbackDocument(document, second(8))).toBe("甲-一");
    const wasPublished = async (at: number) => (await publishedIds(knowledge, second(at))).join();
    expect(await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(wasPublished))).toEqual(
      ["", "一", "二", "三", "二", "一", "一", "四", "一", "一"].map((text) => text && `甲-${text}`),
    );
    const [interval] = await knowledge.publishedVersions(second(2));
    expect(interval).toMatchObject({
      publishedAt: second(2).toISOString(),
      retiredAt: second(3).toISOString(),
    });
  });

  it("takes a version back and publishes it again", async () => {
    const { knowledge } = await place.open();
    const document = documentId("document-甲");
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    const before = await knowledge.revision();
    expect(await knowledge.unpublishDocument(document, second(3))).toBe("甲-二");
    expect(await knowledge.revision()).toBeGreaterThan(before);
    expect(await publishedIds(knowledge)).toEqual([]);
    expect((await knowledge.getDocument(document))?.publishedVersionId).toBeNull();
    expect(await knowledge.getVersion(versionId("甲-二"))).toMatchObject({ state: "withdrawn" });
    await expect(knowledge.unpublishDocument(document, second(3))).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(knowledge.rollbackDocument(document, second(3))).rejects.toMatchObject({
      code: "not-found",
    });
    await knowledge.publishVersion(versionId("甲-二"), second(4));
    expect(await publishedIds(knowledge, second(3))).toEqual([]);
    expect(await publishedIds(knowledge, second(4))).toEqual(["甲-二"]);
    expect(await knowledge.rollbackDocument(document, second(5))).toBe("甲-一");
  });

  it("leaves the revision alone when the version is the published one already", async () => {
    const { knowledge } = await place.open();
    await knowledge.saveVersion(makeVersion("甲", "一"));
    const before = await knowledge.revision();
    await knowledge.publishVersion(versionId("甲-一"), second(5));
    expect(await knowledge.revision()).toBe(before);
    await expect(knowledge.publishVersion(versionId("none"), second(5))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("lets an operator's rollback and withdrawal outlive the next synchronisation", async () => {
    const { knowledge } = await place.open();
    const document = documentId("document-甲");
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    await knowledge.rollbackDocument(document, second(3));
    const same = makeVersion("甲", "二", { versionId: versionId("again"), at: second(4) });
    expect(await knowledge.saveVersion(same)).toMatchObject({ versionId: "甲-二", outcome: "unchanged" });
    expect(await publishedIds(knowledge)).toEqual(["甲-一"]);
    await knowledge.unpublishDocument(document, second(5));
    expect((await knowledge.saveVersion(same)).outcome).toBe("unchanged");
    expect(await publishedIds(knowledge)).toEqual([]);
  });

  it("withdraws what has vanished and publishes it again when it returns", async () => {
    const { knowledge } = await place.open();
    for (const key of ["甲", "乙", "丙"]) await knowledge.saveVersion(makeVersion(key, "一"));
    await knowledge.saveVersion(makeVersion("丁", "一", { collection: "ingest" }));
    const before = await knowledge.revision();
    const present = new Set(["乙.txt"]);
    const gone = await knowledge.withdrawMissing("plans", present, second(3));
    expect(gone.toSorted()).toEqual(["document-丙", "document-甲"]);
    expect(await knowledge.revision()).toBeGreaterThan(before);
    expect(await knowledge.withdrawMissing("plans", present, second(4))).toEqual([]);
    expect((await publishedIds(knowledge)).toSorted()).toEqual(["丁-一", "乙-一"]);
    expect(await knowledge.getVersion(versionId("甲-一"))).toMatchObject({ state: "withdrawn" });
    const returned = makeVersion("甲", "一", { versionId: versionId("copy"), at: second(5) });
    expect(await knowledge.saveVersion(returned)).toMatchObject({
      versionId: "甲-一",
      outcome: "changed",
    });
    expect((await publishedIds(knowledge)).toSorted()).toEqual(["丁-一", "乙-一", "甲-一"]);
  });
});
