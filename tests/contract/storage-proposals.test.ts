import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";
import { alice, bob, makeProposal, proposeDraft } from "../support/storage-workflow.ts";

const conflict = { code: "conflict" };

async function stateOf({ knowledge }: Storage, id: string): Promise<string | undefined> {
  return (await knowledge.getVersion(versionId(id)))?.state;
}

async function publishedOf({ knowledge }: Storage, key: string): Promise<string | null | undefined> {
  return (await knowledge.getDocument(documentId(`document-${key}`)))?.publishedVersionId;
}

const approve = { state: "approved", by: bob.actor } as const;

describeOnEveryDatabase("proposals", (place) => {
  it("publishes when approved, in one step with the decision", async () => {
    const storage = await place.open();
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    const { proposalId } = await proposeDraft(storage, "甲", "二", second(2));
    expect(await stateOf(storage, "甲-二")).toBe("in-review");
    expect(await publishedOf(storage, "甲")).toBe("甲-一");
    const opened = await storage.workflow.getProposal(proposalId);
    expect(opened).toEqual({
      ...makeProposal(proposalId, { documentId: documentId("document-甲"), versionId: versionId("甲-二") }),
      state: "open",
      proposedAt: second(2).toISOString(),
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    });
    const decided = await storage.workflow.decideProposal(
      proposalId,
      { ...approve, reason: "核对无误" },
      second(3),
      bob,
    );
    expect(decided).toEqual({
      ...opened,
      state: "approved",
      decidedBy: bob.actor,
      decidedAt: second(3).toISOString(),
      decisionReason: "核对无误",
    });
    expect(await storage.workflow.getProposal(proposalId)).toEqual(decided);
    expect(await publishedOf(storage, "甲")).toBe("甲-二");
    expect(await stateOf(storage, "甲-一")).toBe("superseded");
    const log = await storage.audit.list({ subject: "document:document-甲", limit: 3 });
    expect(log).toMatchObject([
      { action: "version.published", actor: bob.actor, reason: "核对无误", details: { proposalId } },
      { action: "proposal.approved", actor: bob.actor, reason: "核对无误" },
      { action: "proposal.opened", actor: alice.actor, reason: null },
    ]);
  });

  it.each([
    ["rejected", "returned"],
    ["cancelled", "parsed"],
  ] as const)("leaves what is published alone when %s", async (decision, state) => {
    const storage = await place.open();
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    const { proposalId } = await proposeDraft(storage, "甲", "二", second(2));
    const revision = await storage.knowledge.revision();
    await storage.workflow.decideProposal(proposalId, { state: decision, by: bob.actor }, second(3), bob);
    expect(await stateOf(storage, "甲-二")).toBe(state);
    expect(await publishedOf(storage, "甲")).toBe("甲-一");
    expect(await storage.knowledge.revision()).toBe(revision);
    const again = makeProposal("again", { versionId: versionId("甲-二") });
    await storage.workflow.openProposal(again, second(4), alice);
    expect(await storage.workflow.getProposal("again")).toMatchObject({ documentId: "document-甲" });
  });

  it("gives an old version that is proposed and rejected its old state back", async () => {
    const storage = await place.open();
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await storage.knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    const old = makeProposal("old", { versionId: versionId("甲-一") });
    await storage.workflow.openProposal(old, second(3), alice);
    expect(await stateOf(storage, "甲-一")).toBe("in-review");
    await storage.workflow.decideProposal("old", { state: "rejected", by: "b" }, second(4), bob);
    expect(await stateOf(storage, "甲-一")).toBe("superseded");
    const [then] = await storage.knowledge.publishedVersions(second(1));
    expect(then?.versionId).toBe("甲-一");
  });

  it("withdraws and rolls back when approved", async () => {
    const storage = await place.open();
    const { workflow } = storage;
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await storage.knowledge.saveVersion(makeVersion("甲", "二", { at: second(2) }));
    const document = { documentId: documentId("document-甲") };
    await workflow.openProposal(makeProposal("back", { kind: "rollback", ...document }), second(3), alice);
    expect(await workflow.getProposal("back")).toMatchObject({ versionId: "甲-一" });
    expect(await publishedOf(storage, "甲")).toBe("甲-二");
    await workflow.decideProposal("back", approve, second(4), bob);
    expect(await publishedOf(storage, "甲")).toBe("甲-一");
    await workflow.openProposal(makeProposal("away", { kind: "withdraw", ...document }), second(5), alice);
    expect(await workflow.getProposal("away")).toMatchObject({ versionId: "甲-一" });
    await workflow.decideProposal("away", approve, second(6), bob);
    expect(await publishedOf(storage, "甲")).toBeNull();
    expect(await stateOf(storage, "甲-一")).toBe("withdrawn");
  });

  describe("refuses", () => {
    it("a second proposal on a document, of whatever kind", async () => {
      const storage = await place.open();
      await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
      await proposeDraft(storage, "甲", "二", second(2));
      await storage.knowledge.saveVersion(makeVersion("甲", "三", { publish: false, at: second(3) }));
      for (const overrides of [
        { versionId: versionId("甲-三") },
        { versionId: versionId("甲-二") },
        { kind: "withdraw", documentId: documentId("document-甲") } as const,
      ]) {
        const second_ = makeProposal("second", overrides);
        await expect(storage.workflow.openProposal(second_, second(4), bob)).rejects.toMatchObject(conflict);
      }
      expect(await storage.workflow.listProposals()).toHaveLength(1);
      expect(await stateOf(storage, "甲-三")).toBe("parsed");
    });

    it("what cannot be proposed", async () => {
      const storage = await place.open();
      await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
      const document = { documentId: documentId("document-甲") };
      const attempts = [
        [makeProposal("p", { versionId: versionId("甲-一") }), "conflict"],
        [makeProposal("p", { versionId: versionId("none") }), "not-found"],
        [makeProposal("p", { kind: "rollback", ...document }), "conflict"],
        [makeProposal("p", { kind: "withdraw", ...document, versionId: versionId("甲-零") }), "conflict"],
        [makeProposal("p", { kind: "withdraw", documentId: documentId("none") }), "conflict"],
        [makeProposal("p", { kind: "faq-publish", faqId: "none" }), "not-found"],
        [makeProposal("p", { kind: "faq-withdraw", faqId: "none" }), "conflict"],
        [makeProposal("p"), "unusable-input"],
      ] as const;
      const before = await storage.audit.list();
      for (const [proposal, code] of attempts) {
        await expect(storage.workflow.openProposal(proposal, second(2), alice)).rejects.toMatchObject({
          code,
        });
      }
      expect(await storage.workflow.listProposals()).toEqual([]);
      expect(await storage.audit.list()).toEqual(before);
    });

    it("to publish over what somebody published in the meantime", async () => {
      const storage = await place.open();
      await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
      const { proposalId } = await proposeDraft(storage, "甲", "二", second(2));
      await storage.knowledge.saveVersion(makeVersion("甲", "三", { at: second(3) }));
      const deciding = storage.workflow.decideProposal(proposalId, approve, second(4), bob);
      await expect(deciding).rejects.toMatchObject({
        code: "conflict",
        safeMessage: expect.stringMatching(/有人更改.*重新查看变化/),
      });
      expect(await publishedOf(storage, "甲")).toBe("甲-三");
      expect(await storage.workflow.getProposal(proposalId)).toMatchObject({ state: "open" });
      expect(await storage.audit.list({ action: "proposal.approved" })).toEqual([]);
      await storage.workflow.decideProposal(proposalId, { state: "cancelled", by: "a" }, second(5), alice);
      expect(await stateOf(storage, "甲-二")).toBe("parsed");
    });
  });

  it("stays good when a newer draft is saved", async () => {
    const storage = await place.open();
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    const { proposalId } = await proposeDraft(storage, "甲", "二", second(2));
    await storage.knowledge.saveVersion(makeVersion("甲", "三", { publish: false, at: second(3) }));
    await storage.workflow.decideProposal(proposalId, approve, second(4), bob);
    expect(await publishedOf(storage, "甲")).toBe("甲-二");
    expect(await stateOf(storage, "甲-三")).toBe("parsed");
  });

  it("is decided once, however many decide at the same moment", async () => {
    const storage = await place.open();
    for (const key of ["甲", "乙", "丙", "丁"]) {
      const { proposalId } = await proposeDraft(storage, key, "一", second(1));
      const outcomes = await Promise.allSettled(
        (["approved", "rejected", "approved", "cancelled"] as const).map((state, index) =>
          storage.workflow.decideProposal(proposalId, { state, by: `admin-${index}` }, second(2), bob),
        ),
      );
      const lost = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(lost.map((outcome) => outcome.reason.code)).toEqual(["conflict", "conflict", "conflict"]);
      const won = outcomes.find((outcome) => outcome.status === "fulfilled")?.value;
      expect(await storage.workflow.getProposal(proposalId)).toEqual(won);
      expect(await publishedOf(storage, key)).toBe(won?.state === "approved" ? `${key}-一` : null);
    }
    expect(await storage.audit.verify()).toMatchObject({ intact: true });
  });

  it("is opened once, however many propose at the same moment", async () => {
    const storage = await place.open();
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { publish: false }));
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map((number) =>
        storage.workflow.openProposal(
          makeProposal(`p${number}`, { versionId: versionId("甲-一") }),
          second(1),
          alice,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await storage.workflow.listProposals({ state: "open" })).toHaveLength(1);
  });

  it("lists the newest first, by state and document", async () => {
    const storage = await place.open();
    for (const key of ["甲", "乙", "丙"]) await proposeDraft(storage, key, "一", second(1));
    await storage.workflow.decideProposal("proposal-乙-一", approve, second(2), bob);
    const ids = async (filter?: Parameters<Storage["workflow"]["listProposals"]>[0]) =>
      (await storage.workflow.listProposals(filter)).map((proposal) => proposal.documentId);
    expect(await ids()).toEqual(["document-丙", "document-乙", "document-甲"]);
    expect(await ids({ state: "open" })).toEqual(["document-丙", "document-甲"]);
    expect(await ids({ documentId: documentId("document-乙") })).toEqual(["document-乙"]);
    expect(await ids({ state: "open", limit: 1 })).toEqual(["document-丙"]);
    expect(await storage.workflow.getProposal("none")).toBeUndefined();
  });
});
