import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Sidecar } from "../../src/knowledge/index.ts";
import type { Decision } from "../../src/publishing/index.ts";
import type { ReadDocument } from "../../src/readers/index.ts";
import { AppError, type VersionId } from "../../src/shared/index.ts";
import {
  ADMIN,
  AUDITOR,
  createPublishingWorld,
  type PublishingWorld,
  SECOND,
  SPECIALIST,
  STAFF,
  writeStatute,
} from "../support/publishing-world.ts";

let world: PublishingWorld;

beforeEach(async () => {
  world = await createPublishingWorld();
});

afterEach(async () => {
  await world.remove();
});

describe("a file that comes in", () => {
  it("is kept, read and shown for review", async () => {
    const { submission, review, duplicate } = await world.send(writeStatute());
    expect(duplicate).toBe(false);
    expect(submission).toMatchObject({ state: "parsed", submittedBy: ADMIN.account, fileName: "办法.txt" });
    expect(await world.storage.workflow.getOriginal(submission.originalHash)).toHaveLength(submission.bytes);
    expect(review).toMatchObject({
      number: 1,
      state: "parsed",
      title: "云泽市科技创新券管理办法",
      format: "txt",
      match: { kind: "new" },
      submittedBy: ADMIN.account,
      openProposal: null,
      visibility: { kind: "public" },
    });
    expect(review?.clauses).toBeGreaterThan(8);
    expect(fieldOf(review, "文号")).toEqual(["云泽科规〔2025〕8号", "stated"]);
    expect(fieldOf(review, "施行日期")).toEqual(["2025-06-01", "stated"]);
    expect(fieldOf(review, "有效期至")?.[1]).toBe("computed");
    expect(fieldOf(review, "废止文件")).toEqual(["未载明", "none"]);
  });

  it("is nothing new when it was there already", async () => {
    const first = await world.send(writeStatute());
    const again = await world.send(writeStatute(), "又一份.txt");
    expect(again).toMatchObject({ duplicate: true, review: { versionId: first.review?.versionId } });
    const reworded = await world.send(`${writeStatute()}\n\n`);
    expect(reworded).toMatchObject({ duplicate: true, submission: { state: "discarded" } });
    expect(reworded.submission.failure).toContain("逐字相同");
    expect(await world.publishing.review.listDocuments(ADMIN)).toHaveLength(1);
    expect((await world.storage.knowledge.listVersions(idOf(first))).length).toBe(1);
  });

  it("is read once when it is sent twice at a time", async () => {
    const [left, right] = await Promise.all([world.send(writeStatute()), world.send(writeStatute())]);
    expect(left.review?.versionId).toBe(right.review?.versionId);
    expect([left.duplicate, right.duplicate]).toEqual([false, true]);
  });

  it("is a new version of the document that it changes", async () => {
    const first = await world.publish(writeStatute());
    const { review } = await world.send(writeStatute({ amount: "50万元" }));
    expect(review).toMatchObject({ documentId: first.documentId, number: 2, match: { kind: "new-version" } });
    const diff = await world.publishing.review.diff(first.versionId, review?.versionId as VersionId, ADMIN);
    expect(diff.changes).toMatchObject([{ kind: "changed", section: "第二章第四条" }]);
  });

  it("leaves a failed submission with its original when it cannot be read, and is read when sent again", async () => {
    world.failing.with = new AppError({ code: "unusable-input", message: "x", safeMessage: "文件已加密。" });
    const { submission, review } = await world.send(writeStatute());
    expect(review).toBeUndefined();
    expect(submission).toMatchObject({ state: "failed", failure: "文件已加密。" });
    expect(await world.storage.workflow.getOriginal(submission.originalHash)).toBeDefined();
    delete world.failing.with;
    expect(await world.send(writeStatute())).toMatchObject({ duplicate: false, review: { number: 1 } });
  });

  it("is taken up after a crash, three times at most", async () => {
    const bytes = new TextEncoder().encode(writeStatute());
    const receive = (submissionId: string, hash: string) =>
      world.storage.workflow.receive(
        {
          submissionId,
          originalHash: hash,
          fileName: "办法.txt",
          bytes: bytes.byteLength,
          submittedBy: ADMIN.account,
          source: "chat",
          createdAt: world.clock.now().toISOString(),
        },
        bytes,
        { actor: ADMIN.account },
      );
    await receive("s-1", "hash-1");
    expect(await world.publishing.review.resumeSubmissions()).toBe(1);
    expect(await world.storage.workflow.getSubmission("s-1")).toMatchObject({ state: "parsed" });
    expect(await world.publishing.review.resumeSubmissions()).toBe(0);

    await receive("s-2", "hash-2");
    const crash = new AppError({ code: "storage", message: "as if killed", safeMessage: "" });
    const dying = world.reopen({ reader: { read: () => Promise.reject(crash) } });
    await expect(dying.review.resumeSubmissions()).rejects.toThrow("as if killed");
    await expect(dying.review.resumeSubmissions()).rejects.toThrow("as if killed");
    expect(await dying.review.resumeSubmissions()).toBe(1);
    const given = await world.storage.workflow.getSubmission("s-2");
    expect(given).toMatchObject({ state: "failed" });
    expect(given?.failure).toContain("3 次中断");
  });

  it("is refused before it is kept when it is larger than can be read, and loses its path", async () => {
    const bytes = new Uint8Array(51 * 1024 * 1024);
    const desk = world.publishing.review;
    await expect(
      desk.receiveFile({ bytes, fileName: "大.pdf", source: "chat" }, ADMIN),
    ).rejects.toMatchObject({
      code: "unusable-input",
    });
    expect(await world.storage.workflow.listSubmissions()).toEqual([]);
    const { submission } = await world.send(writeStatute(), "../../etc/办法.txt");
    expect(submission.fileName).toBe("办法.txt");
  });

  it("that is being read is not taken up by another", async () => {
    const held = Promise.withResolvers<ReadDocument>();
    const busy = world.reopen({ reader: { read: () => held.promise } });
    const bytes = new TextEncoder().encode(writeStatute());
    const sending = busy.review.receiveFile({ bytes, fileName: "办法.txt", source: "chat" }, ADMIN);
    await vi.waitUntil(async () => (await world.storage.workflow.listSubmissions()).length === 1);
    expect(await busy.review.resumeSubmissions()).toBe(0);
    held.reject(new AppError({ code: "unusable-input", message: "x", safeMessage: "读不出。" }));
    expect((await sending).submission.state).toBe("failed");
  });

  it("comes by a link to an allowed host only", async () => {
    const outcome = await world.publishing.review.receiveLink("https://www.gov.example/a.html", ADMIN);
    expect(outcome).toMatchObject({
      submission: { source: "https://www.gov.example/a.html", state: "parsed" },
    });
    await expect(world.publishing.review.receiveLink("https://evil.example/a", ADMIN)).rejects.toMatchObject({
      code: "untrusted",
    });
  });

  it("is refused politely from everybody but admins, and not kept", async () => {
    for (const actor of [STAFF, SPECIALIST, AUDITOR]) {
      await expect(world.send(writeStatute(), "办法.txt", actor)).rejects.toMatchObject({
        code: "forbidden",
        safeMessage: expect.stringContaining("管理员"),
      });
    }
    expect(await world.storage.workflow.listSubmissions()).toEqual([]);
  });
});

describe("metadata", () => {
  it("are corrected in a new version of the same text, marked as stated by an admin", async () => {
    const published = await world.publish(writeStatute());
    const { review } = world.publishing;
    const corrected = await review.correctMetadata(
      published.versionId,
      { expiresOn: "2027-12-31", issuers: ["云泽市科学技术局"] },
      ADMIN,
      "按印发通知更正",
    );
    expect(corrected).toMatchObject({ documentId: published.documentId, number: 2, state: "parsed" });
    expect(fieldOf(corrected, "有效期至")).toEqual(["2027-12-31", "admin"]);
    expect(fieldOf(corrected, "文号")?.[1]).toBe("stated");
    const [old, fresh] = await Promise.all(
      [published, corrected].map(({ versionId }) => world.storage.knowledge.getVersion(versionId)),
    );
    expect(fresh?.text).toBe(old?.text);
    expect((await review.getStatus(published.documentId, ADMIN)).published?.versionId).toBe(
      published.versionId,
    );
    const diff = await review.diff(published.versionId, corrected.versionId, ADMIN);
    expect(diff.changes).toEqual([]);
    expect(diff.metadata.map(({ field }) => field)).toEqual(["发文机关", "有效期至"]);
    const again = await review.correctMetadata(corrected.versionId, { interpreter: null }, ADMIN);
    expect(fieldOf(again, "有效期至")).toEqual(["2027-12-31", "admin"]);
  });

  it("need a change, a right, and no open proposal", async () => {
    const { review } = await world.send(writeStatute());
    const versionId = review?.versionId as VersionId;
    const desk = world.publishing.review;
    await expect(desk.correctMetadata(versionId, {}, ADMIN)).rejects.toMatchObject({ code: "usage" });
    for (const damaged of [{ expiresOn: "明年" }, { reading: {} }] as unknown as Sidecar[]) {
      await expect(desk.correctMetadata(versionId, damaged, ADMIN)).rejects.toMatchObject({
        code: "unusable-input",
      });
    }
    await expect(desk.correctMetadata(versionId, { title: "x" }, AUDITOR)).rejects.toMatchObject({
      code: "forbidden",
    });
    await desk.submit(versionId, ADMIN);
    await expect(desk.correctMetadata(versionId, { title: "x" }, ADMIN)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a text under the wrong document", () => {
  it("is put under the right one, and out of it again", async () => {
    const first = await world.publish(writeStatute());
    const other = await world.send(
      writeStatute({ amount: "5万元" }).replace("科技创新券管理办法", "孵化器细则").replace("8号", "9号"),
    );
    expect(other.review?.documentId).not.toBe(first.documentId);
    expect(other.review?.match).toMatchObject({ kind: "alike", documentId: first.documentId });
    const desk = world.publishing.review;
    const moved = await desk.assignDocument(other.review?.versionId as VersionId, first.documentId, ADMIN);
    expect(moved).toMatchObject({ documentId: first.documentId, number: 2 });
    expect((await desk.getReview(other.review?.versionId as VersionId, ADMIN)).state).toBe("withdrawn");
    const alone = await desk.assignDocument(moved.versionId, null, ADMIN);
    expect(alone.documentId).not.toBe(first.documentId);
    await expect(desk.assignDocument(first.versionId, null, ADMIN)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("publishing", () => {
  it("needs another admin than the one who proposed", async () => {
    const { review } = await world.send(writeStatute());
    const desk = world.publishing.review;
    const waiting = await desk.submit(review?.versionId as VersionId, ADMIN, { reason: "新办法" });
    expect(waiting).toMatchObject({ outcome: "waiting", proposal: { state: "open", reason: "新办法" } });
    const { proposalId } = proposalOf(waiting);
    expect((await desk.getReview(review?.versionId as VersionId, ADMIN)).openProposal?.proposalId).toBe(
      proposalId,
    );
    await expect(desk.approve(proposalId, ADMIN)).rejects.toMatchObject({
      code: "forbidden",
      safeMessage: expect.stringContaining("另一位管理员"),
    });
    await expect(desk.approve(proposalId, AUDITOR)).rejects.toMatchObject({ code: "forbidden" });
    expect(await desk.approve(proposalId, SECOND)).toMatchObject({
      outcome: "done",
      proposal: { decidedBy: SECOND.account },
    });
    expect(await desk.approve(proposalId, SECOND)).toMatchObject({ outcome: "done" });
    const third = { ...SECOND, account: "feishu:ou_third" };
    await expect(desk.approve(proposalId, third)).rejects.toMatchObject({ code: "conflict" });
    const answer = await world.answerer.answerQuestion({ question: "科技创新券每家企业每年最高申领多少" });
    expect(answer.conclusion).toContain("20万元");
  });

  it("goes at once with one admin", async () => {
    const alone = world.reopen({ settings: { ...world.settings, secondAdmin: false } });
    const { review } = await world.send(writeStatute());
    expect(await alone.review.submit(review?.versionId as VersionId, ADMIN)).toMatchObject({
      outcome: "done",
      proposal: { state: "approved", proposedBy: ADMIN.account, decidedBy: ADMIN.account },
    });
  });

  it("goes back once for one request, however often a crash repeats it", async () => {
    const alone = world.reopen({ settings: { ...world.settings, secondAdmin: false } });
    await world.publish(writeStatute());
    const second = await world.publish(writeStatute({ amount: "50万元" }));
    await world.publish(writeStatute({ amount: "70万元" }));
    const request = { requestKey: "feishu:m-1", reason: "数额有误" };
    const first = await alone.review.rollback(second.documentId, ADMIN, request);
    expect(first).toMatchObject({ outcome: "done" });
    expect(await alone.review.rollback(second.documentId, ADMIN, request)).toEqual(first);
    expect(await publishedOf(second.documentId)).toBe(second.versionId);
  });

  it("is sent back with a reason, or cancelled", async () => {
    const { review } = await world.send(writeStatute());
    const versionId = review?.versionId as VersionId;
    const desk = world.publishing.review;
    const first = proposalOf(await desk.submit(versionId, ADMIN));
    await expect(desk.reject(first.proposalId, SECOND, "  ")).rejects.toMatchObject({ code: "usage" });
    expect(await desk.reject(first.proposalId, SECOND, "文号有误")).toMatchObject({
      state: "rejected",
      decisionReason: "文号有误",
    });
    expect((await desk.getReview(versionId, ADMIN)).state).toBe("returned");
    const second = proposalOf(await desk.submit(versionId, ADMIN));
    expect(await desk.listProposals(AUDITOR)).toHaveLength(1);
    expect(await desk.cancel(second.proposalId, ADMIN)).toMatchObject({ state: "cancelled" });
    expect(await desk.listProposals(AUDITOR)).toEqual([]);
  });

  it("is taken back and rolled back the same way", async () => {
    const first = await world.publish(writeStatute());
    const second = await world.publish(writeStatute({ amount: "50万元" }));
    const desk = world.publishing.review;
    const back = proposalOf(await desk.rollback(first.documentId, ADMIN, { reason: "数额有误" }));
    expect(back).toMatchObject({ kind: "rollback", versionId: first.versionId });
    await expect(desk.withdraw(first.documentId, ADMIN)).rejects.toMatchObject({ code: "conflict" });
    await desk.approve(back.proposalId, SECOND);
    expect(await publishedOf(first.documentId)).toBe(first.versionId);
    await expect(desk.rollback(first.documentId, ADMIN)).rejects.toMatchObject({ code: "not-found" });
    const gone = proposalOf(await desk.withdraw(first.documentId, ADMIN));
    await desk.approve(gone.proposalId, SECOND);
    expect(await publishedOf(first.documentId)).toBeUndefined();
    expect((await desk.getReview(second.versionId, ADMIN)).state).toBe("superseded");
    await expect(desk.withdraw(first.documentId, ADMIN)).rejects.toMatchObject({ code: "not-found" });
  });

  it("is written to the log with who, why and what, and the chain holds", async () => {
    const published = await world.publish(writeStatute());
    const { audit } = world.publishing;
    const entries = await audit.list(AUDITOR, { subject: `document:${published.documentId}` });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ["version.published", SECOND.account],
      ["proposal.approved", SECOND.account],
      ["proposal.opened", ADMIN.account],
      ["version.parsed", ADMIN.account],
    ]);
    expect(await audit.verify(AUDITOR)).toMatchObject({ intact: true });
    await expect(audit.list(STAFF)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("lists", () => {
  it("find documents by title and by state, with what is expired today", async () => {
    const published = await world.publish(writeStatute({ validity: "有效期至2026年10月31日" }));
    await world.send(writeStatute().replaceAll("科技创新券", "孵化器").replace("8号", "9号"), "孵化器.txt");
    const desk = world.publishing.review;
    expect(await desk.listDocuments(SPECIALIST)).toHaveLength(2);
    const [found] = await desk.listDocuments(SPECIALIST, { search: "创新券" });
    expect(found).toMatchObject({
      documentId: published.documentId,
      published: { number: 1, statusToday: "已到期", expired: true },
    });
    expect(await desk.listDocuments(ADMIN, { state: "expired" })).toHaveLength(1);
    expect(await desk.listDocuments(ADMIN, { state: "parsed" })).toHaveLength(1);
    await expect(desk.listDocuments(STAFF)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("show who may see a document", async () => {
    const { documentId } = await world.publish(writeStatute());
    const desk = world.publishing.review;
    await expect(desk.setVisibility(documentId, { kind: "internal" }, SPECIALIST)).rejects.toMatchObject({
      code: "forbidden",
    });
    const nobody = { kind: "groups", chats: [] } as const;
    await expect(desk.setVisibility(documentId, nobody, ADMIN)).rejects.toMatchObject({ code: "usage" });
    expect(await desk.setVisibility(documentId, { kind: "internal" }, ADMIN, "仅供内部")).toMatchObject({
      visibility: { kind: "internal" },
    });
    const answer = await world.answerer.answerQuestion({ question: "科技创新券每年最高申领多少" });
    expect(answer.citations).toEqual([]);
  });
});

function fieldOf(
  review: { fields: { label: string; value: string; basis: string }[] } | undefined,
  label: string,
) {
  const field = review?.fields.find((each) => each.label === label);
  return field && [field.value, field.basis];
}

function proposalOf(decision: Decision) {
  if (decision.outcome === "blocked") throw new Error("blocked");
  return decision.proposal;
}

function idOf({ review }: Awaited<ReturnType<PublishingWorld["send"]>>) {
  if (!review) throw new Error("not read");
  return review.documentId;
}

async function publishedOf(documentId: ReturnType<typeof idOf>): Promise<VersionId | undefined> {
  return (await world.publishing.review.getStatus(documentId, ADMIN)).published?.versionId;
}
