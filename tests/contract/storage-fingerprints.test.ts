import { expect, it } from "vitest";
import type { FingerprintRecord, VersionFingerprint } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";
import { alice, proposeDraft } from "../support/storage-workflow.ts";

function makeFingerprint(text: string, overrides: Partial<VersionFingerprint> = {}): VersionFingerprint {
  return {
    textHash: `hash-${text}`,
    titleKey: `title-${text}`,
    numberKey: null,
    sketch: Array.from({ length: 64 }, (_, index) => (index * 2_654_435_761 + text.length) % 2 ** 32),
    ...overrides,
  };
}

const ids = (records: readonly FingerprintRecord[]) => records.map((record) => record.versionId);

describeOnEveryDatabase("fingerprints", (place) => {
  it("finds versions by text, title or number, old and withdrawn ones too", async () => {
    const { knowledge } = await place.open();
    const first = makeFingerprint("a", { numberKey: "鄂政发2026-1", sketch: [0, 1, 2 ** 32 - 1] });
    await knowledge.saveVersion(makeVersion("甲", "一", { fingerprint: first }));
    const next = makeFingerprint("b", { titleKey: "title-a" });
    await knowledge.saveVersion(makeVersion("甲", "二", { fingerprint: next, publish: false }));
    await knowledge.saveVersion(makeVersion("乙", "一", { fingerprint: makeFingerprint("c") }));
    await knowledge.saveVersion(makeVersion("丙", "一"));
    await knowledge.unpublishDocument(documentId("document-甲"), second(1));
    expect(await knowledge.findFingerprints({ textHash: "hash-a" })).toEqual([
      { ...first, documentId: "document-甲", versionId: "甲-一" },
    ]);
    expect(ids(await knowledge.findFingerprints({ titleKey: "title-a" }))).toEqual(["甲-一", "甲-二"]);
    expect(ids(await knowledge.findFingerprints({ numberKey: "鄂政发2026-1" }))).toEqual(["甲-一"]);
    const any = { textHash: "hash-c", titleKey: "title-a", numberKey: "鄂政发2026-1" };
    expect(ids(await knowledge.findFingerprints(any))).toEqual(["乙-一", "甲-一", "甲-二"]);
    expect(await knowledge.findFingerprints({ numberKey: null })).toEqual([]);
    expect(await knowledge.findFingerprints({})).toEqual([]);
    expect(await knowledge.findFingerprints({ textHash: "none" })).toEqual([]);
  });

  it.each([1, 2, 3, 100])("walks over the newest versions of what is not withdrawn, by %i", async (size) => {
    const { knowledge } = await place.open();
    const fingerprint = makeFingerprint("a");
    for (const key of ["甲", "乙", "丙", "丁", "戊"]) {
      await knowledge.saveVersion(makeVersion(key, "一", { fingerprint }));
    }
    await knowledge.saveVersion(makeVersion("乙", "二", { fingerprint, publish: false }));
    await knowledge.unpublishDocument(documentId("document-丁"), second(1));
    await knowledge.saveVersion(makeVersion("戊", "二", { publish: false }));
    const seen: string[] = [];
    await knowledge.eachFingerprint(size, (batch) => {
      expect(batch.length).toBeLessThanOrEqual(size);
      seen.push(...ids(batch));
    });
    expect(seen).toEqual(["丙-一", "乙-二", "甲-一"]);
  });
});

describeOnEveryDatabase("drafts", (place) => {
  it("are laid aside and matched no more, unless they are in review or were published", async () => {
    const storage = await place.open();
    const { knowledge, audit } = storage;
    const fingerprint = makeFingerprint("a");
    await knowledge.saveVersion(makeVersion("甲", "一", { fingerprint, publish: false }));
    await knowledge.discardDraft(versionId("甲-一"), second(1), alice);
    expect(await knowledge.getVersion(versionId("甲-一"))).toMatchObject({ state: "withdrawn" });
    await knowledge.eachFingerprint(10, (batch) => {
      expect(batch).toEqual([]);
    });
    expect((await audit.list({ limit: 1 }))[0]).toMatchObject({
      action: "version.discarded",
      subject: "document:document-甲",
      details: { versionId: "甲-一" },
    });
    await knowledge.saveVersion(makeVersion("乙", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("乙", "二", { at: second(2) }));
    await proposeDraft(storage, "丙", "一", second(3));
    for (const id of ["甲-一", "乙-一", "乙-二", "丙-一"]) {
      const discarding = knowledge.discardDraft(versionId(id), second(4), alice);
      await expect(discarding).rejects.toMatchObject({ code: "conflict" });
    }
    const missing = knowledge.discardDraft(versionId("none"), second(4), alice);
    await expect(missing).rejects.toMatchObject({ code: "not-found" });
  });
});

describeOnEveryDatabase("visibility", (place) => {
  it("is public until it is set, and grows the revision", async () => {
    const { knowledge } = await place.open();
    const document = documentId("document-甲");
    await knowledge.saveVersion(makeVersion("甲", "一"));
    const before = await knowledge.revision();
    const groups = { kind: "groups", chats: ["feishu:oc_1"] };
    await knowledge.setVisibility(document, groups, second(1), alice);
    expect((await knowledge.getDocument(document))?.visibility).toEqual(groups);
    expect(await knowledge.revision()).toBeGreaterThan(before);
    const after = await knowledge.revision();
    await knowledge.setVisibility(document, { chats: ["feishu:oc_1"], kind: "groups" }, second(2), alice);
    expect(await knowledge.revision()).toBe(after);
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(3) }));
    await knowledge.rollbackDocument(document, second(4));
    const [listed] = await knowledge.listDocuments();
    expect(listed?.visibility).toEqual(groups);
    expect(await knowledge.getVersion(versionId("甲-一"))).toMatchObject({ state: "published" });
    expect(await knowledge.publicationHistory(document)).toHaveLength(3);
  });
});
