import { expect, it } from "vitest";
import { createAccessStore } from "../../src/storage/access/access-store.ts";
import { createAuditStore } from "../../src/storage/audit/audit-store.ts";
import { createConversationStore } from "../../src/storage/conversation/conversation-store.ts";
import { createEmbeddingStore } from "../../src/storage/embedding-store.ts";
import { createEvaluationStore } from "../../src/storage/evaluation-store.ts";
import { createFaqStore } from "../../src/storage/faq/faq-store.ts";
import { createKnowledgeStore } from "../../src/storage/knowledge/knowledge-store.ts";
import { migrateToLatest } from "../../src/storage/migrations/index.ts";
import { connectSqlite } from "../../src/storage/sqlite/connect.ts";
import { sqliteDialect } from "../../src/storage/sqlite/dialect.ts";
import { createWorkflowStore } from "../../src/storage/workflow/workflow-store.ts";
import { collectStatements } from "../support/explain-statements.ts";
import { describeOnSqlite } from "../support/storage-places.ts";
import {
  documentId,
  makeCompletion,
  makeMessage,
  makeTurn,
  makeVersion,
  second,
  versionId,
} from "../support/storage-samples.ts";
import { alice, makeProposal, makeSubmission, sha256 } from "../support/storage-workflow.ts";

/** Sorts what is published, which is all that it reads; the log and whole lists are walked in the order in which they lie. */
const SORTS = [
  /^select `v`.* from `publications`/,
  /^select `d`.* order by `d`\.`document_id`/,
  /from `audit_log` (where `actor` = \? and `action` = \? )?order by `sequence`/,
  /^select \* from `(submissions|proposals)` order by `sequence` desc$/,
];

describeOnSqlite("queries", (place) => {
  it("finds every row by an index, in order", async () => {
    const database = await connectSqlite(await place.fresh());
    try {
      await migrateToLatest(database.write, sqliteDialect);
      const explain = collectStatements(database);
      await useEverything(database);
      await useWorkflow(database);
      const { asked, scans } = await explain();
      expect(asked).toBeGreaterThan(90);
      expect(scans.filter(({ sql }) => !SORTS.some((expected) => expected.test(sql)))).toEqual([]);
    } finally {
      await database.close();
    }
  });
});

async function useEverything(database: Awaited<ReturnType<typeof connectSqlite>>): Promise<void> {
  const knowledge = createKnowledgeStore(database);
  for (const content of ["一", "一", "二", "三"]) await knowledge.saveVersion(makeVersion("甲", content));
  await knowledge.saveVersion(makeVersion("乙", "一"));
  await knowledge.rollbackDocument(documentId("document-甲"), second(1));
  await knowledge.publishVersion(versionId("甲-一"), second(2));
  await knowledge.unpublishDocument(documentId("document-甲"), second(3));
  await knowledge.revision();
  await knowledge.listDocuments({ collection: "plans" });
  await knowledge.listDocuments();
  await knowledge.getDocument(documentId("document-甲"));
  await knowledge.findDocument("plans", "甲.txt");
  await knowledge.getVersion(versionId("甲-一"));
  await knowledge.listVersions(documentId("document-甲"));
  await knowledge.publishedVersions();
  await knowledge.publishedVersions(second(2));
  await knowledge.publishedHeads();
  await knowledge.clausesOf(versionId("甲-一"));
  await knowledge.eachPublishedClause(2, () => undefined);
  await knowledge.eachPublishedClause(200, () => undefined);
  await knowledge.withdrawMissing("plans", new Set(), second(4));

  const embeddings = createEmbeddingStore(database);
  await embeddings.put("model", new Map([["hash", new Float32Array(2)]]));
  await embeddings.get("model", ["hash"]);

  const conversation = createConversationStore(database);
  for (const key of ["a", "b"]) {
    await conversation.acceptMessage(makeMessage(key));
    await conversation.claimNextMessage(second(1));
    await conversation.completeMessage(makeCompletion(key, { turn: makeTurn(key) }));
  }
  await conversation.releaseClaims();
  await conversation.noteStream("web", "a", "card");
  await conversation.dueReplies(second(9), 10);
  await conversation.dueReplies(second(9), 10, ["web:a", "web:b"]);
  await conversation.deadReplies(10);
  await conversation.turnOf("web", "a");
  await conversation.keysOf("web", ["r"]);
  await conversation.markFailed("reply-a", "e", second(10));
  await conversation.markDelivered("reply-a", "r", second(10));
  await conversation.markDelivered("reply-a", "r", second(10));
  for (const key of ["a", "b"]) await conversation.withdrawMessage("web", key, second(11));
  await conversation.recentTurns("session", 3);
  await conversation.getTurn("turn-a");
  await conversation.counts();
  await conversation.pruneFinished(second(20));

  const evaluation = createEvaluationStore(database);
  await evaluation.latestRuns(2);
}

async function useWorkflow(database: Awaited<ReturnType<typeof connectSqlite>>): Promise<void> {
  const knowledge = createKnowledgeStore(database);
  const workflow = createWorkflowStore(database);
  const bytes = new Uint8Array(3);
  const document = documentId("document-丙");
  await workflow.receive(makeSubmission("s1", bytes), bytes, alice);
  await workflow.receive(makeSubmission("s2", bytes), bytes, alice);
  await workflow.closeSubmission("s2", { state: "failed" }, second(1), alice);
  await workflow.getSubmission("s1");
  await workflow.listSubmissions();
  await workflow.listSubmissions({ state: "received", limit: 2 });
  await workflow.listSubmissions({ originalHash: "h", limit: 2 });
  await workflow.getOriginal("h");
  const fingerprint = { textHash: "t", titleKey: "k", numberKey: "n", sketch: [1] };
  const read = { fingerprint, submissionId: "s1", originalHash: sha256(bytes), publish: false };
  await knowledge.saveVersion(makeVersion("丙", "一", read));
  await knowledge.findFingerprints({ textHash: "t", titleKey: "k", numberKey: "n" });
  await knowledge.eachFingerprint(1, () => undefined);
  for (const state of ["rejected", "approved"] as const) {
    await workflow.openProposal(makeProposal(state, { versionId: versionId("丙-一") }), second(1), alice);
    await workflow.decideProposal(state, { state, by: "b" }, second(2), alice);
  }
  await knowledge.saveVersion(makeVersion("丙", "二"));
  await knowledge.saveVersion(makeVersion("丙", "三", { publish: false }));
  await knowledge.discardDraft(versionId("丙-三"), second(2), alice);
  await knowledge.rollbackTarget(document);
  await workflow.openProposal(
    makeProposal("r", { kind: "rollback", documentId: document }),
    second(1),
    alice,
  );
  await workflow.getProposal("r");
  await workflow.decideProposal("r", { state: "approved", by: "b" }, second(2), alice);
  await workflow.listProposals();
  await workflow.listProposals({ state: "open", limit: 3 });
  await workflow.listProposals({ state: "open", documentId: document });
  await knowledge.setVisibility(document, { kind: "internal" }, second(3), alice);
  const pending = await knowledge.pendingPublicationEvents(5);
  await knowledge.publicationHistory(document);
  await knowledge.markCorrected(
    pending.map((event) => event.eventId),
    second(4),
  );
  await useRightsAndFaq(database);
}

async function useRightsAndFaq(database: Awaited<ReturnType<typeof connectSqlite>>): Promise<void> {
  const workflow = createWorkflowStore(database);
  const faq = createFaqStore(database);
  for (const text of ["一", "二"]) {
    await faq.saveDraft("a", { text }, second(1), alice);
    await workflow.openProposal(makeProposal(text, { kind: "faq-publish", faqId: "a" }), second(1), alice);
    await workflow.decideProposal(text, { state: "approved", by: "b" }, second(2), alice);
  }
  await workflow.openProposal(makeProposal("w", { kind: "faq-withdraw", faqId: "a" }), second(1), alice);
  await workflow.decideProposal("w", { state: "approved", by: "b" }, second(2), alice);
  await faq.revision();
  await faq.get("a");
  await faq.get("a", 1);
  await faq.list();
  await faq.list({ state: "published" });
  await faq.published();
  await faq.published(second(2));

  const access = createAccessStore(database);
  for (const account of ["a", "b"]) await access.grantRole(account, "admin", second(1), alice);
  await access.revokeRole("a", "admin", second(2), alice);
  await access.rolesOf("b");
  await access.listBindings();
  await access.listBindings("admin");
  await access.addToken("t", "b", second(1), alice);
  await access.accountOfToken("t");
  await access.revokeTokens("b", second(2), alice);

  const audit = createAuditStore(database);
  await audit.list({ subject: "faq:a", before: 9 });
  await audit.list({ actor: "a", action: "b" });
  await audit.verify();

  const conversation = createConversationStore(database);
  const notice = { ...makeCompletion("n"), sessionKey: "s", turn: makeTurn("n") };
  await conversation.enqueueNotice(notice);
  await conversation.enqueueNotice(notice);
  await conversation.eachTurnSince(second(0), 1, () => undefined);
}
