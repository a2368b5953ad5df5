import { expect, it } from "vitest";
import { createConversationStore } from "../../src/storage/conversation/conversation-store.ts";
import type { Database } from "../../src/storage/dialect.ts";
import { createEnterpriseStore } from "../../src/storage/enterprises/enterprise-store.ts";
import { migrateToLatest } from "../../src/storage/migrations/index.ts";
import { createOutreachStore } from "../../src/storage/outreach/outreach-store.ts";
import { createProgramStore } from "../../src/storage/programs/program-store.ts";
import { connectSqlite } from "../../src/storage/sqlite/connect.ts";
import { sqliteDialect } from "../../src/storage/sqlite/dialect.ts";
import { collectStatements } from "../support/explain-statements.ts";
import { ANN, BEN, makeFact, makeItem, makeReminder, makeSubscription } from "../support/storage-matching.ts";
import { describeOnSqlite } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { alice } from "../support/storage-workflow.ts";

/**
 * The log is read from its end. A start compares all programs with all files. What a person gets in a week is few. Who goes
 * is looked for in everything that anybody said.
 */
const EXPECTED = [
  /^select `sequence`, `hash` from `audit_log` order by `sequence` desc limit \?$/,
  /^select \* from `programs` order by `program_id` asc, `revision` asc$/,
  /^select count\(distinct `sent_with`\)/,
  /^select `fact_id`, `source` from `enterprise_facts` where source like/,
  /^update `enterprises` set `created_by` = \? where `created_by` = \?$/,
];

describeOnSqlite("queries of matching", (place) => {
  it("find every row by an index, in order", async () => {
    const database = await connectSqlite(await place.fresh());
    try {
      await migrateToLatest(database.write, sqliteDialect);
      const explain = collectStatements(database);
      await useEnterprises(database);
      await usePrograms(database);
      await useOutreach(database);
      const { asked, scans } = await explain();
      expect(asked).toBeGreaterThan(80);
      expect(scans.filter(({ sql }) => !EXPECTED.some((expected) => expected.test(sql)))).toEqual([]);
    } finally {
      await database.close();
    }
  });
});

async function useEnterprises(database: Database): Promise<void> {
  const enterprises = createEnterpriseStore(database);
  for (const id of ["e1", "e2"]) {
    await enterprises.create({ enterpriseId: id, name: id, creditCode: id }, ANN, second(1), alice);
  }
  await enterprises.get("e1");
  await enterprises.findByCreditCode("e1");
  await enterprises.list();
  await enterprises.list({ search: "e", limit: 2 });
  await enterprises.eachBatch(null, 5);
  await enterprises.eachBatch("e1", 5);
  await enterprises.rename("e1", { name: "新" }, second(2), alice);
  await enterprises.addMember("e1", BEN, second(2), alice);
  await enterprises.removeMember("e1", BEN, second(2), alice);
  await enterprises.assignSpecialist("e1", BEN, second(2), alice);
  await enterprises.unassignSpecialist("e1", BEN, second(2), alice);
  await enterprises.enterprisesOf(ANN);
  await enterprises.membersOf("e1");
  await enterprises.assignedTo(BEN);
  await enterprises.specialistsOf("e1");
  await enterprises.addFacts("e1", [makeFact("a", 1, "m1"), makeFact("b", 1, "m1")], second(2), alice);
  await enterprises.addFacts("e1", [makeFact("a", 2, "m2")], second(2), alice, ["a"]);
  await enterprises.confirmFacts("e1", second(3), alice);
  await enterprises.factsOf("e1");
  await enterprises.factsOfMany(["e1", "e2"]);
  await enterprises.removeField("e1", "b", second(3), alice);
  await enterprises.bindChat("chat", "e1", second(3), alice);
  await enterprises.boundTo("chat");
  await enterprises.chatsOf("e1");
  await enterprises.unbindChat("chat", second(3), alice);
  await enterprises.getDialogue("s");
  await enterprises.removeDialogues(ANN);
  await enterprises.getFile("f");
  await enterprises.pruneFiles(second(3));
  await enterprises.removeFiles(ANN);
  await enterprises.forgetAccount(BEN, "deleted", second(4), alice);
  await enterprises.remove("e2", second(4), alice);
  await createConversationStore(database).eraseUser("web", "u1");
}

async function usePrograms(database: Database): Promise<void> {
  const programs = createProgramStore(database);
  const file = { programId: "P01", content: {}, contentHash: "h" };
  await programs.revision();
  await programs.syncFiles([file], second(1), alice);
  await programs.syncFiles([], second(2), alice);
  for (const decision of ["publish", "reject"] as const) {
    await programs.propose({ ...file, origin: "desk" }, second(3), alice);
    await programs.decide("P01", decision, second(3), alice);
  }
  await programs.withdraw("P01", second(4), alice);
  await programs.listPrograms();
  await programs.listPrograms({ state: "published" });
  await programs.getPublished("P01");
  await programs.history("P01");
  const events = await programs.pendingEvents(5);
  await programs.markHandled(
    events.map((event) => event.eventId),
    second(5),
  );
  const entry = { entryId: "S1", list: "space" as const, content: {}, contentHash: "h" };
  await programs.syncListFiles([entry], second(1), alice);
  await programs.syncListFiles([], second(1), alice);
  await programs.saveListEntry(entry, second(2), alice);
  await programs.removeListEntry("S1", second(2), alice);
  await programs.listEntries();
  await programs.listEntries("space");
}

async function useOutreach(database: Database): Promise<void> {
  const outreach = createOutreachStore(database);
  const wish = makeSubscription("s1", { enterpriseId: "e1" });
  await outreach.subscribe(wish, alice);
  await outreach.subscribe({ ...wish, cadence: "weekly" }, alice);
  await outreach.subscriptionsOf(ANN);
  await outreach.subscribersOf({ kind: "programs" });
  await outreach.subscribersOf({ kind: "event", topic: "E01" });
  await outreach.subscribersOf({ kind: "programs", enterpriseIds: ["e1", "e2"] });
  await outreach.openRun({ runId: "run", trigger: "t", programs: [] }, second(1));
  await outreach.unfinishedRuns();
  const items = ["P01", "P02", "P03"].map((program) => makeItem("e1", program));
  await outreach.advanceRun("run", { cursor: "e1", seen: 1, items, done: true }, second(2));
  const [first = 0, second_ = 0] = (await outreach.dueItems(second(5), 5)).map((item) => item.itemId);
  await outreach.markItems([first], { state: "sent" }, second(6));
  await outreach.markItems([second_], { state: "waiting", dueAt: "2027" }, second(6));
  await outreach.markItems([first], { state: "withdrawn" }, second(6));
  await outreach.sentSince(ANN, second(1));
  await outreach.sentItemsOf("P01");
  await outreach.unsubscribe(ANN, {}, second(7), alice);
  await outreach.unsubscribe(ANN, { subscriptionId: "s1", kind: "event", topic: "E01" }, second(7), alice);
  await outreach.addReminder(makeReminder("r1"));
  await outreach.dueReminders("2027-03-01", 5);
  await outreach.remindersOf(ANN);
  await outreach.markReminder("r1", "sent");
  await outreach.removeAccount(ANN, second(8), alice);
}
