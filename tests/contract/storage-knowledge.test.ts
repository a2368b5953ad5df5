import { describe, expect, it } from "vitest";
import type { KnowledgeStore, PublishedClause } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeClauses, makeVersion, second, versionId } from "../support/storage-samples.ts";

async function publishedIds(knowledge: KnowledgeStore, asOf?: Date): Promise<string[]> {
  return (await knowledge.publishedVersions(asOf)).map((version) => version.versionId);
}

async function walkClauses(knowledge: KnowledgeStore, batchSize: number): Promise<PublishedClause[][]> {
  const batches: PublishedClause[][] = [];
  await knowledge.eachPublishedClause(batchSize, (batch) => {
    batches.push(batch);
  });
  return batches;
}

function* failAfter(count: number) {
  yield* makeClauses(count);
  throw new Error("the file ends here");
}

describeOnEveryDatabase("knowledge", (place) => {
  describe("saving", () => {
    it("gives back what was saved", async () => {
      const { knowledge } = await place.open();
      const saved = await knowledge.saveVersion(makeVersion("甲", "一", { clauses: makeClauses(2) }));
      expect(saved).toEqual({ documentId: "document-甲", versionId: "甲-一", outcome: "added" });
      expect(await knowledge.getDocument(saved.documentId)).toEqual({
        documentId: "document-甲",
        collection: "plans",
        visibility: { kind: "public" },
        sourceKey: "甲.txt",
        title: "关于甲的行动方案（一）",
        publishedVersionId: "甲-一",
        createdAt: second(0).toISOString(),
      });
      const summary = {
        versionId: "甲-一",
        documentId: "document-甲",
        number: 1,
        contentHash: "一",
        parserRevision: 1,
        state: "published",
        metadata: { title: "甲", issuers: ["甲部门"] },
        warnings: ["页码缺失"],
        createdAt: second(0).toISOString(),
        publishedAt: second(0).toISOString(),
        retiredAt: null,
        originalHash: null,
      };
      expect(await knowledge.listVersions(saved.documentId)).toEqual([summary]);
      expect(await knowledge.publishedVersions()).toEqual([summary]);
      expect(await knowledge.getVersion(saved.versionId)).toEqual({
        ...summary,
        text: "甲 一",
        outline: [{ section: "一", level: 1, heading: "重点任务", start: 0, end: 3 }],
      });
      expect(await knowledge.clausesOf(saved.versionId)).toEqual(
        [...makeClauses(2)].map((clause) => ({ ...clause, versionId: "甲-一" })),
      );
    });

    it("answers with nothing for what is not there", async () => {
      const { knowledge } = await place.open();
      expect(await knowledge.revision()).toBe(0);
      expect(await knowledge.getDocument(documentId("none"))).toBeUndefined();
      expect(await knowledge.findDocument("plans", "none")).toBeUndefined();
      expect(await knowledge.getVersion(versionId("none"))).toBeUndefined();
      expect(await knowledge.listVersions(documentId("none"))).toEqual([]);
      expect(await knowledge.clausesOf(versionId("none"))).toEqual([]);
      expect(await knowledge.publishedVersions()).toEqual([]);
      expect(await walkClauses(knowledge, 10)).toEqual([]);
    });

    it("keeps the document, counts versions up and knows an unchanged file", async () => {
      const { knowledge } = await place.open();
      await knowledge.saveVersion(makeVersion("甲", "一"));
      const before = await knowledge.revision();
      const again = makeVersion("甲", "一", { versionId: versionId("never") });
      expect(await knowledge.saveVersion(again)).toMatchObject({ versionId: "甲-一", outcome: "unchanged" });
      expect(await knowledge.revision()).toBe(before);
      const changed = makeVersion("甲", "二", { documentId: documentId("other"), at: second(9) });
      expect(await knowledge.saveVersion(changed)).toEqual({
        documentId: "document-甲",
        versionId: "甲-二",
        outcome: "changed",
      });
      expect(await knowledge.revision()).toBeGreaterThan(before);
      const versions = await knowledge.listVersions(documentId("document-甲"));
      expect(versions.map(({ number, state, retiredAt }) => ({ number, state, retiredAt }))).toEqual([
        { number: 1, state: "superseded", retiredAt: second(9).toISOString() },
        { number: 2, state: "published", retiredAt: null },
      ]);
      expect((await knowledge.getDocument(documentId("document-甲")))?.title).toBe("关于甲的行动方案（二）");
    });

    it("reads an unchanged file again when the reader is newer", async () => {
      const { knowledge } = await place.open();
      await knowledge.saveVersion(makeVersion("甲", "一"));
      const newer = makeVersion("甲", "一", { versionId: versionId("newer"), parserRevision: 2 });
      expect(await knowledge.saveVersion(newer)).toMatchObject({ versionId: "newer", outcome: "changed" });
      expect(await publishedIds(knowledge)).toEqual(["newer"]);
    });

    it("keeps a draft apart until it is published", async () => {
      const { knowledge } = await place.open();
      await knowledge.saveVersion(makeVersion("甲", "一"));
      const before = await knowledge.revision();
      await knowledge.saveVersion(makeVersion("甲", "二", { publish: false }));
      expect(await publishedIds(knowledge)).toEqual(["甲-一"]);
      expect(await knowledge.revision()).toBe(before);
      const again = makeVersion("甲", "二", { versionId: versionId("copy"), at: second(5) });
      expect(await knowledge.saveVersion({ ...again, publish: false })).toMatchObject({
        versionId: "甲-二",
        outcome: "unchanged",
      });
      expect(await knowledge.saveVersion(again)).toMatchObject({ versionId: "甲-二", outcome: "changed" });
      expect(await publishedIds(knowledge)).toEqual(["甲-二"]);
      expect(await knowledge.listVersions(documentId("document-甲"))).toHaveLength(2);
    });

    it("leaves the old version published, and no trace of the new, when reading the clauses fails", async () => {
      const { knowledge } = await place.open();
      await knowledge.saveVersion(makeVersion("甲", "一"));
      const before = await knowledge.revision();
      for (const key of ["甲", "乙"]) {
        const broken = makeVersion(key, "二", { clauses: failAfter(2000) });
        await expect(knowledge.saveVersion(broken)).rejects.toThrow("the file ends here");
      }
      expect(await knowledge.revision()).toBe(before);
      expect(await publishedIds(knowledge)).toEqual(["甲-一"]);
      expect(await knowledge.listVersions(documentId("document-甲"))).toHaveLength(1);
      expect(await knowledge.listDocuments()).toHaveLength(1);
      expect(await knowledge.clausesOf(versionId("甲-二"))).toEqual([]);
      expect((await walkClauses(knowledge, 10)).flat()).toHaveLength(3);
      const mended = await knowledge.saveVersion(makeVersion("甲", "二"));
      expect(mended.outcome).toBe("changed");
    });

    it("refuses a version id that is taken", async () => {
      const { knowledge } = await place.open();
      await knowledge.saveVersion(makeVersion("甲", "一"));
      const taken = makeVersion("乙", "一", { versionId: versionId("甲-一") });
      await expect(knowledge.saveVersion(taken)).rejects.toMatchObject({
        code: "conflict",
        message: expect.not.stringContaining("insert into"),
      });
      expect(await knowledge.listDocuments()).toHaveLength(1);
    });

    it("makes one document of simultaneous versions of one source", async () => {
      const { knowledge } = await place.open();
      const contents = ["一", "二", "三", "四", "五"];
      const saved = await Promise.all(
        contents.map((content) =>
          knowledge.saveVersion(
            makeVersion("甲", content, { documentId: documentId(`document-${content}`) }),
          ),
        ),
      );
      expect(new Set(saved.map((version) => version.documentId)).size).toBe(1);
      const [document] = await knowledge.listDocuments();
      const versions = await knowledge.listVersions(document?.documentId ?? documentId(""));
      expect(versions.map((version) => version.number)).toEqual([1, 2, 3, 4, 5]);
      expect(versions.filter((version) => version.state === "published")).toHaveLength(1);
    });
  });

  it("lists documents in the same order on every database", async () => {
    const { knowledge } = await place.open();
    for (const key of ["乙", "a", "B", "_", "甲", "b"]) await knowledge.saveVersion(makeVersion(key, "一"));
    await knowledge.saveVersion(makeVersion("零", "一", { collection: "Ingest" }));
    const documents = await knowledge.listDocuments();
    expect(documents.map((document) => document.sourceKey)).toEqual(
      ["零", "B", "_", "a", "b", "乙", "甲"].map((key) => `${key}.txt`),
    );
    expect(await knowledge.listDocuments({ collection: "Ingest" })).toHaveLength(1);
    expect(await knowledge.findDocument("Ingest", "零.txt")).toMatchObject({ documentId: "document-零" });
  });

  it("walks over one state of the database while it changes", async () => {
    const { knowledge } = await place.open();
    await knowledge.saveVersion(makeVersion("甲", "一", { clauses: makeClauses(40, "旧") }));
    await knowledge.saveVersion(makeVersion("乙", "一", { clauses: makeClauses(5, "旧") }));
    const texts: string[] = [];
    let isFirst = true;
    await knowledge.eachPublishedClause(10, async (batch) => {
      texts.push(...batch.map((clause) => clause.text));
      if (!isFirst) return;
      isFirst = false;
      await knowledge.saveVersion(makeVersion("甲", "二", { clauses: makeClauses(40, "新") }));
      await knowledge.unpublishDocument(documentId("document-乙"), second(3));
    });
    expect(texts).toHaveLength(45);
    expect(texts.every((text) => text.startsWith("旧"))).toBe(true);
    expect((await walkClauses(knowledge, 7)).flat().map((clause) => clause.text)).toEqual(
      [...makeClauses(40, "新")].map((clause) => clause.text),
    );
  });

  it("stores 20,000 clauses while messages are accepted", async () => {
    const { knowledge, conversation } = await place.open();
    const saving = knowledge.saveVersion(makeVersion("大", "一", { clauses: makeClauses(20_000) }));
    const accepting = conversation.acceptMessage({
      channel: "web",
      messageKey: "m",
      message: {},
      sessionKey: "s",
      acceptedAt: second(0).toISOString(),
    });
    expect(await Promise.all([saving, accepting])).toMatchObject([{ outcome: "added" }, "accepted"]);
    const batches = await walkClauses(knowledge, 3000);
    expect(batches.map((batch) => batch.length)).toEqual([3000, 3000, 3000, 3000, 3000, 3000, 2000]);
    expect(batches.flat().every((clause, index) => clause.ordinal === index)).toBe(true);
  });
});
