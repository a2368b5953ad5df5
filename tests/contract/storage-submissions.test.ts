import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { makeVersion, second } from "../support/storage-samples.ts";
import { alice, bob, makeSubmission, sha256 } from "../support/storage-workflow.ts";

const bytes = new TextEncoder().encode("原文 \0 bytes");

describeOnEveryDatabase("submissions", (place) => {
  it("keeps the file and what is known of it", async () => {
    const options = await place.fresh();
    const first = await place.open(options);
    await first.workflow.receive(makeSubmission("s1", bytes), bytes, alice);
    await first.close();
    const { workflow, audit } = await place.open(options);
    expect(await workflow.getSubmission("s1")).toEqual({
      ...makeSubmission("s1", bytes),
      state: "received",
      documentId: null,
      versionId: null,
      failure: null,
      updatedAt: second(0).toISOString(),
    });
    expect(await workflow.getOriginal(sha256(bytes))).toEqual(bytes);
    expect(await workflow.getOriginal("none")).toBeUndefined();
    expect(await workflow.getSubmission("none")).toBeUndefined();
    expect(await audit.list()).toMatchObject([
      {
        action: "submission.received",
        subject: "submission:s1",
        actor: alice.actor,
        details: { originalHash: sha256(bytes), fileName: "s1.docx", bytes: bytes.length, source: "chat" },
      },
    ]);
  });

  it("keeps the same bytes once, also when they come at the same moment", async () => {
    const { workflow } = await place.open();
    const part = new Uint8Array(randomBytes(300_000)).subarray(1000, 299_000);
    await Promise.all(["a", "b", "c"].map((id) => workflow.receive(makeSubmission(id, part), part, alice)));
    expect(await workflow.getOriginal(sha256(part))).toEqual(part);
    expect(await workflow.listSubmissions({ originalHash: sha256(part) })).toHaveLength(3);
    const again = workflow.receive(makeSubmission("a", bytes), bytes, alice);
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    expect(await workflow.getOriginal(sha256(bytes))).toBeUndefined();
  });

  it("keeps an empty file and one of several megabytes", async () => {
    const { workflow } = await place.open();
    for (const size of [0, 1, 6_000_000]) {
      const content = new Uint8Array(randomBytes(size));
      await workflow.receive(makeSubmission(`s${size}`, content), content, alice);
      const kept = await workflow.getOriginal(sha256(content));
      expect(kept && sha256(kept)).toBe(sha256(content));
      expect(await workflow.getSubmission(`s${size}`)).toMatchObject({ bytes: size });
    }
  });

  it("becomes parsed together with its version", async () => {
    const { workflow, knowledge, audit } = await place.open();
    await workflow.receive(makeSubmission("s1", bytes), bytes, alice);
    const draft = { publish: false, submissionId: "s1", originalHash: sha256(bytes), origin: alice };
    const saved = await knowledge.saveVersion(makeVersion("甲", "一", { ...draft, at: second(1) }));
    expect(await workflow.getSubmission("s1")).toMatchObject({
      state: "parsed",
      documentId: saved.documentId,
      versionId: saved.versionId,
      updatedAt: second(1).toISOString(),
    });
    expect(await knowledge.getVersion(saved.versionId)).toMatchObject({ originalHash: sha256(bytes) });
    expect(await knowledge.listVersions(saved.documentId)).toMatchObject([{ originalHash: sha256(bytes) }]);
    expect((await audit.list({ action: "version.parsed" }))[0]).toMatchObject({
      actor: alice.actor,
      details: { versionId: "甲-一", number: 1, submissionId: "s1" },
    });
    // The same file once more: no new version, and still this submission is done.
    await workflow.receive(makeSubmission("s2", bytes), bytes, bob);
    const same = await knowledge.saveVersion(makeVersion("甲", "一", { ...draft, submissionId: "s2" }));
    expect(same.outcome).toBe("unchanged");
    expect(await workflow.getSubmission("s2")).toMatchObject({ state: "parsed", versionId: "甲-一" });
  });

  it("saves no version for a submission that was discarded or never came", async () => {
    const { workflow, knowledge } = await place.open();
    await workflow.receive(makeSubmission("s1", bytes), bytes, alice);
    await workflow.closeSubmission("s1", { state: "discarded" }, second(1), bob);
    for (const [submissionId, code] of [
      ["s1", "conflict"],
      ["none", "not-found"],
    ] as const) {
      const saving = knowledge.saveVersion(makeVersion("甲", "一", { submissionId }));
      await expect(saving).rejects.toMatchObject({ code });
    }
    expect(await knowledge.listDocuments()).toEqual([]);
  });

  it("refuses a version of a file that was never received", async () => {
    const { knowledge } = await place.open();
    const saving = knowledge.saveVersion(makeVersion("甲", "一", { originalHash: sha256(bytes) }));
    await expect(saving).rejects.toMatchObject({ code: "conflict" });
    expect(await knowledge.listDocuments()).toEqual([]);
  });

  it("fails, may be read after all, and is discarded for good", async () => {
    const { workflow, knowledge, audit } = await place.open();
    await workflow.receive(makeSubmission("s1", bytes), bytes, alice);
    const fail = { state: "failed", failure: "文件已加密，请去除密码后重新提交。" } as const;
    await workflow.closeSubmission("s1", fail, second(1), alice);
    expect(await workflow.getSubmission("s1")).toMatchObject({ ...fail, updatedAt: second(1).toISOString() });
    await workflow.closeSubmission("s1", { state: "failed", failure: "另一原因" }, second(2), alice);
    await knowledge.saveVersion(makeVersion("甲", "一", { submissionId: "s1", publish: false }));
    expect(await workflow.getSubmission("s1")).toMatchObject({ state: "parsed", failure: null });
    const close = (state: "failed" | "discarded") =>
      workflow.closeSubmission("s1", { state }, second(3), bob);
    await expect(close("failed")).rejects.toMatchObject({ code: "conflict" });
    await close("discarded");
    await expect(close("discarded")).rejects.toMatchObject({ code: "conflict" });
    const missing = workflow.closeSubmission("none", { state: "failed" }, second(3), bob);
    await expect(missing).rejects.toMatchObject({ code: "not-found" });
    const log = await audit.list({ subject: "submission:s1" });
    expect(log.map((entry) => entry.action)).toEqual([
      "submission.discarded",
      "submission.failed",
      "submission.failed",
      "submission.received",
    ]);
  });

  it("lists the newest first, by state and file", async () => {
    const { workflow } = await place.open();
    const other = new Uint8Array([1]);
    await workflow.receive(makeSubmission("a", bytes), bytes, alice);
    await workflow.receive(makeSubmission("b", other), other, alice);
    await workflow.receive(makeSubmission("c", bytes), bytes, alice);
    await workflow.closeSubmission("c", { state: "failed" }, second(1), alice);
    const ids = async (filter?: Parameters<typeof workflow.listSubmissions>[0]) =>
      (await workflow.listSubmissions(filter)).map((submission) => submission.submissionId);
    expect(await ids()).toEqual(["c", "b", "a"]);
    expect(await ids({ state: "received" })).toEqual(["b", "a"]);
    expect(await ids({ originalHash: sha256(bytes) })).toEqual(["c", "a"]);
    expect(await ids({ originalHash: sha256(bytes), state: "failed" })).toEqual(["c"]);
    expect(await ids({ limit: 2 })).toEqual(["c", "b"]);
  });
});
