import type { Knex } from "knex";
import { expect, it } from "vitest";
import { createConversationStore } from "../../src/storage/conversation/conversation-store.ts";
import { createEmbeddingStore } from "../../src/storage/embedding-store.ts";
import { createEvaluationStore } from "../../src/storage/evaluation-store.ts";
import { createKnowledgeStore } from "../../src/storage/knowledge/knowledge-store.ts";
import { migrateToLatest } from "../../src/storage/migrations/index.ts";
import { connectSqlite } from "../../src/storage/sqlite/connect.ts";
import { sqliteDialect } from "../../src/storage/sqlite/dialect.ts";
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

interface Statement {
  sql: string;
  bindings: Knex.Value[];
}

/** Sorts what is published, which is all that it reads; the log is walked in the order in which it lies. */
const SORTS = [
  /^select `v`.* from `publications`/,
  /^select `d`.* order by `d`\.`document_id`/,
  /from `audit_log` order by `sequence`/,
];

describeOnSqlite("queries", (place) => {
  it("finds every row by an index, in order", async () => {
    const database = await connectSqlite(await place.fresh());
    try {
      await migrateToLatest(database.write, sqliteDialect);
      const statements = new Map<string, Statement>();
      for (const part of [database.read, database.write]) {
        part.on("query", ({ sql, bindings }: Statement) => {
          if (/^(select|update|delete)/.test(sql)) statements.set(sql, { sql, bindings });
        });
      }
      await useEverything(database);
      const asked = [...statements.values()];
      expect(asked.length).toBeGreaterThan(40);
      const scans: string[] = [];
      for (const { sql, bindings } of asked) {
        const plan: { detail: string }[] = await database.read.raw(`explain query plan ${sql}`, bindings);
        const scan = plan.find(
          ({ detail }) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail) || /TEMP B-TREE/.test(detail),
        );
        if (scan && !SORTS.some((expected) => expected.test(sql))) scans.push(`${scan.detail}: ${sql}`);
      }
      expect(scans).toEqual([]);
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
  await conversation.dueReplies(second(9), 10);
  await conversation.markFailed("reply-a", "e", second(10));
  await conversation.markDelivered("reply-a", "r", second(10));
  await conversation.markDelivered("reply-a", "r", second(10));
  await conversation.recentTurns("session", 3);
  await conversation.getTurn("turn-a");
  await conversation.counts();
  await conversation.pruneFinished(second(20));

  const evaluation = createEvaluationStore(database);
  await evaluation.latestRuns(2);
}
