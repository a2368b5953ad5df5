import { expect, it } from "vitest";
import { openStorage, type Storage } from "../../src/storage/index.ts";
import { makeMatchingDatabase, makeOlderDatabase, oldInstant } from "../support/storage-older.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";
import { makeNext, openTicket } from "../support/storage-tickets.ts";
import { alice, bob, proposeDraft } from "../support/storage-workflow.ts";

describeOnEveryDatabase("a database of the first release", (place) => {
  async function openOlder(): Promise<Storage> {
    const options = await place.fresh();
    await makeOlderDatabase(options, place.dialect);
    await expect(openStorage({ ...options, mode: "read" })).rejects.toMatchObject({ code: "data-directory" });
    await (await place.open(options)).close();
    return place.open(options);
  }

  it("gives everything back after the upgrade", async () => {
    const { knowledge, conversation, embeddings, evaluation } = await openOlder();
    expect(await knowledge.revision()).toBe(7);
    expect(await knowledge.getDocument(documentId("document-甲"))).toEqual({
      documentId: "document-甲",
      collection: "plans",
      sourceKey: "甲.txt",
      title: "文件甲",
      publishedVersionId: "甲-2",
      visibility: { kind: "public" },
      createdAt: oldInstant(0),
    });
    expect(await knowledge.getVersion(versionId("甲-1"))).toMatchObject({
      text: "正文 甲 1",
      originalHash: null,
    });
    expect(await knowledge.clausesOf(versionId("甲-2"))).toMatchObject([{ text: "条款 甲 2", end: 6 }]);
    const then = await knowledge.publishedVersions(new Date(oldInstant(4)));
    expect(then.map((version) => version.versionId)).toEqual(["乙-1", "甲-1"]);
    expect(await conversation.getTurn("turn-old")).toMatchObject({ question: "问题", asker: null });
    expect(await conversation.dueReplies(second(0), 5)).toMatchObject([{ outboxId: "reply-old" }]);
    expect(await embeddings.get("m", ["h"])).toEqual(new Map([["h", new Float32Array(2)]]));
    expect(await evaluation.latestRuns(1)).toMatchObject([{ runId: "run" }]);
  });

  it("has a history of what was published, of which nobody is to be told", async () => {
    const { knowledge, audit } = await openOlder();
    const history = async (key: string) =>
      (await knowledge.publicationHistory(documentId(`document-${key}`))).map((event) => [
        event.fromVersionId,
        event.toVersionId,
        event.at,
      ]);
    expect(await history("甲")).toEqual([
      [null, "甲-1", oldInstant(1)],
      ["甲-1", "甲-2", oldInstant(2)],
      ["甲-2", "甲-1", oldInstant(4)],
      ["甲-1", null, oldInstant(5)],
      [null, "甲-2", oldInstant(7)],
    ]);
    expect(await history("乙")).toEqual([[null, "乙-1", oldInstant(3)]]);
    expect(await history("丙")).toEqual([
      [null, "丙-1", oldInstant(5)],
      ["丙-1", null, oldInstant(6)],
    ]);
    expect(await knowledge.pendingPublicationEvents(10)).toEqual([]);
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 0 });
    await knowledge.saveVersion(makeVersion("丁", "一"));
    expect(await knowledge.pendingPublicationEvents(10)).toHaveLength(1);
  });

  it("goes through the whole life of a version", async () => {
    const storage = await openOlder();
    const { proposalId } = await proposeDraft(storage, "甲", "三", second(1));
    await storage.workflow.decideProposal(proposalId, { state: "approved", by: "b" }, second(2), bob);
    const document = documentId("document-甲");
    expect((await storage.knowledge.getDocument(document))?.publishedVersionId).toBe("甲-三");
    expect(await storage.knowledge.rollbackDocument(document, second(3), alice)).toBe("甲-2");
    expect(await storage.audit.verify()).toMatchObject({ intact: true });
  });
});

describeOnEveryDatabase("a database from before there were tickets", (place) => {
  it("keeps what it has, and takes tickets", async () => {
    const options = await place.fresh();
    await makeMatchingDatabase(options, place.dialect);
    await expect(openStorage({ ...options, mode: "read" })).rejects.toMatchObject({ code: "data-directory" });
    await (await place.open(options)).close();
    const storage = await place.open(options);
    expect(await storage.enterprises.get("e-old")).toMatchObject({ name: "旧企业" });
    expect(await storage.conversation.getTurn("turn-old")).toMatchObject({ question: "问题" });
    expect(await storage.audit.verify()).toMatchObject({ intact: true, entries: 1 });
    expect(await storage.tickets.list()).toEqual([]);
    expect(await storage.tickets.gapsReadUntil()).toBeNull();
    const ticket = await openTicket(storage, "t1", { enterpriseId: "e-old" });
    expect(await storage.tickets.commit(makeNext(ticket, "a"), 1, second(2), alice)).toBe("committed");
    await storage.enterprises.remove("e-old", second(3), bob);
    expect(await storage.tickets.get("t1")).toMatchObject({ revision: 3, enterpriseId: null });
    expect(await storage.audit.verify()).toMatchObject({ intact: true, entries: 4 });
  });
});
