import fc from "fast-check";
import { expect, it } from "vitest";
import type { KnowledgeStore, PublicationEvent } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";
import { alice, bob, makeProposal } from "../support/storage-workflow.ts";

const steps = (events: readonly PublicationEvent[]) =>
  events.map((event) => `${event.fromVersionId ?? "-"} → ${event.toVersionId ?? "-"}`);

type Step = "save" | "draft" | "first" | "rollback" | "unpublish" | "vanish" | "approve" | "reject";
const STEPS: readonly Step[] = [
  "save",
  "draft",
  "first",
  "rollback",
  "unpublish",
  "vanish",
  "approve",
  "reject",
];

/** Expected refusals of a step that makes no sense at this point. */
const ignoreRefusal = (thrown: unknown) => {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code !== "not-found" && code !== "conflict") throw thrown;
};

describeOnEveryDatabase("publication events", (place) => {
  it("records every change of what is published, first publications too", async () => {
    const { knowledge } = await place.open();
    const document = documentId("document-甲");
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    await knowledge.saveVersion(makeVersion("甲", "三", { at: second(3), publish: false }));
    await knowledge.rollbackDocument(document, second(4));
    await knowledge.publishVersion(versionId("甲-三"), second(5));
    await knowledge.publishVersion(versionId("甲-三"), second(5));
    await knowledge.unpublishDocument(document, second(6));
    await knowledge.publishVersion(versionId("甲-三"), second(7));
    await knowledge.saveVersion(makeVersion("乙", "一", { at: second(8) }));
    await knowledge.withdrawMissing("plans", new Set(["乙.txt"]), second(9));
    const history = await knowledge.publicationHistory(document);
    expect(steps(history)).toEqual([
      "- → 甲-一",
      "甲-一 → 甲-二",
      "甲-二 → 甲-一",
      "甲-一 → 甲-三",
      "甲-三 → -",
      "- → 甲-三",
      "甲-三 → -",
    ]);
    expect(history.map((event) => event.at)).toEqual(
      [1, 2, 4, 5, 6, 7, 9].map((number) => second(number).toISOString()),
    );
    expect(await knowledge.publicationHistory(documentId("none"))).toEqual([]);
  });

  it("hands out what is pending, oldest first, until it is marked", async () => {
    const { knowledge } = await place.open();
    for (const key of ["甲", "乙", "丙"]) await knowledge.saveVersion(makeVersion(key, "一"));
    const pending = await knowledge.pendingPublicationEvents(10);
    expect(steps(pending)).toEqual(["- → 甲-一", "- → 乙-一", "- → 丙-一"]);
    expect(pending[0]).toEqual({
      eventId: expect.any(Number),
      documentId: "document-甲",
      fromVersionId: null,
      toVersionId: "甲-一",
      at: second(0).toISOString(),
      correctedAt: null,
    });
    expect(await knowledge.pendingPublicationEvents(2)).toEqual(pending.slice(0, 2));
    const ids = pending.map((event) => event.eventId);
    await knowledge.markCorrected(ids.slice(0, 2), second(5));
    await knowledge.markCorrected(ids.slice(0, 1), second(6));
    await knowledge.markCorrected([], second(6));
    expect(await knowledge.pendingPublicationEvents(10)).toEqual(pending.slice(2));
    const [event] = await knowledge.publicationHistory(documentId("document-甲"));
    expect(event?.correctedAt).toBe(second(5).toISOString());
  });

  it("tells where a rollback would go to", async () => {
    const { knowledge } = await place.open();
    const document = documentId("document-甲");
    expect(await knowledge.rollbackTarget(document)).toBeUndefined();
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    expect(await knowledge.rollbackTarget(document)).toBeUndefined();
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    await knowledge.saveVersion(makeVersion("甲", "三", { at: second(3) }));
    expect(await knowledge.rollbackTarget(document)).toBe("甲-二");
    await knowledge.rollbackDocument(document, second(4));
    expect(await knowledge.rollbackTarget(document)).toBe("甲-一");
    await knowledge.unpublishDocument(document, second(5));
    expect(await knowledge.rollbackTarget(document)).toBeUndefined();
  });

  it("tells the same story as the intervals, the states and the log, whatever happens", async () => {
    const storage = await place.open();
    const { knowledge, workflow, audit } = storage;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 14 }), async (sequence) => {
        run += 1;
        const key = `d${run}`;
        const document = documentId(`document-${key}`);
        let drafts = 0;
        for (const [index, step] of sequence.entries()) {
          const at = second(index);
          const content = `${index}`;
          if (step === "save") await knowledge.saveVersion(makeVersion(key, content, { at }));
          if (step === "first")
            await knowledge.publishVersion(versionId(`${key}-0`), at).catch(ignoreRefusal);
          if (step === "rollback") await knowledge.rollbackDocument(document, at).catch(ignoreRefusal);
          if (step === "unpublish") await knowledge.unpublishDocument(document, at).catch(ignoreRefusal);
          if (step === "vanish") await knowledge.withdrawMissing("plans", new Set(), at);
          if (step === "draft") {
            await knowledge.saveVersion(makeVersion(key, content, { at, publish: false }));
            drafts += 1;
            const proposal = makeProposal(`${key}-${drafts}`, { versionId: versionId(`${key}-${content}`) });
            await workflow.openProposal(proposal, at, alice).catch(ignoreRefusal);
          }
          if (step === "approve" || step === "reject") {
            const state = step === "approve" ? "approved" : "rejected";
            const [open] = await workflow.listProposals({ state: "open", documentId: document });
            const deciding = workflow.decideProposal(open?.proposalId ?? "none", { state, by: "b" }, at, bob);
            await deciding.catch(ignoreRefusal);
          }
        }
        await expectOneStory(knowledge, key, sequence.length);
      }),
      { numRuns: place.dialect === "sqlite" ? 60 : 25 },
    );
    expect(await audit.verify()).toMatchObject({ intact: true });
  });
});

async function expectOneStory(knowledge: KnowledgeStore, key: string, length: number): Promise<void> {
  const document = documentId(`document-${key}`);
  const history = await knowledge.publicationHistory(document);
  let published: string | null = null;
  for (const event of history) {
    expect(event.fromVersionId).toBe(published);
    expect(event.toVersionId).not.toBe(published);
    published = event.toVersionId;
  }
  for (let index = 0; index < length; index += 1) {
    const instant = second(index).toISOString();
    const last = history.findLast((event) => event.at <= instant);
    const then = (await knowledge.publishedVersions(second(index))).filter(
      (version) => version.documentId === document,
    );
    expect(then.map((version) => version.versionId)).toEqual(last?.toVersionId ? [last.toVersionId] : []);
  }
  const versions = await knowledge.listVersions(document);
  const now = versions.filter((version) => version.state === "published");
  expect(now.map((version) => version.versionId)).toEqual(published === null ? [] : [published]);
  expect((await knowledge.getDocument(document))?.publishedVersionId ?? null).toBe(published);
}
