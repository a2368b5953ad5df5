import type { Knex } from "knex";
import { expect, it } from "vitest";
import type { Database } from "../../src/storage/dialect.ts";
import { createEnterpriseStore } from "../../src/storage/enterprises/enterprise-store.ts";
import { migrateToLatest } from "../../src/storage/migrations/index.ts";
import { connectSqlite } from "../../src/storage/sqlite/connect.ts";
import { sqliteDialect } from "../../src/storage/sqlite/dialect.ts";
import { createTicketStore } from "../../src/storage/tickets/ticket-store.ts";
import { collectStatements } from "../support/explain-statements.ts";
import { describeOnSqlite } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import {
  ASKER,
  at,
  makeCard,
  makeEffect,
  makeEvent,
  makeNext,
  makeTask,
  openTicket,
} from "../support/storage-tickets.ts";
import { alice } from "../support/storage-workflow.ts";

/**
 * The log is read from its end. Figures that count by what stands in every ticket look at every ticket, and so does a search.
 * What one person or one enterprise has asked is few.
 */
const EXPECTED = [
  /^select `sequence`, `hash` from `audit_log` order by `sequence` desc limit \?$/,
  /^select count\(\*\) as `count` from `tickets` where (`status` in|`category` =|\(number like)/,
  /^select `tickets`.\* from `tickets` where `(asker_account|enterprise_id)` = \? and `ticket_id` > \?/,
];

describeOnSqlite("queries of tickets", (place) => {
  it("find every row by an index, in order", async () => {
    const database = await connectSqlite(await place.fresh());
    try {
      await migrateToLatest(database.write, sqliteDialect);
      const explain = collectStatements(database);
      await useTickets(database);
      await useMessages(database);
      await useDesk(database);
      const { asked, scans } = await explain();
      expect(asked).toBeGreaterThan(60);
      expect(scans.filter(({ sql }) => !EXPECTED.some((expected) => expected.test(sql)))).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it("that are asked every few seconds use the index made for them", async () => {
    const database = await connectSqlite(await place.fresh());
    try {
      await migrateToLatest(database.write, sqliteDialect);
      const asked: { sql: string; bindings: Knex.Value[] }[] = [];
      database.read.on("query", (statement) => asked.push(statement));
      const tickets = createTicketStore(database);
      await tickets.dueTickets(second(9), 5);
      await tickets.dueEffects(second(9), 5);
      await tickets.staleCards(5);
      await tickets.findCard("feishu", ["om"]);
      await tickets.openTasks({ department: "finance" });
      await tickets.openTasks({ assignee: "p" });
      await tickets.list({ open: true });
      await tickets.ticketsWithEvent("request");
      await tickets.liveCardsOfOpenTasks();
      const plans: string[] = [];
      for (const { sql, bindings } of [...asked]) {
        const plan: { detail: string }[] = await database.write.raw(`explain query plan ${sql}`, [
          ...bindings,
        ]);
        plans.push(plan.map(({ detail }) => /USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1]).join(" "));
      }
      expect(plans.map((plan) => plan.trim().split(" ")[0])).toEqual([
        "ticket_tasks_due",
        "ticket_effects_pending",
        "ticket_cards_stale",
        "ticket_cards_channel_receipt_sequence_index",
        "ticket_tasks_of_department",
        "ticket_tasks_of_assignee",
        "tickets_open",
        "ticket_events_keys",
        "ticket_tasks_open",
      ]);
    } finally {
      await database.close();
    }
  });
});

async function useTickets(database: Database): Promise<void> {
  const tickets = createTicketStore(database);
  await tickets.nextNumber("2026-01-05");
  await createEnterpriseStore(database).create(
    { enterpriseId: "e1", name: null, creditCode: null },
    null,
    second(1),
    alice,
  );
  const one = await openTicket({ tickets }, "t1", { enterpriseId: "e1" });
  const two = await openTicket({ tickets }, "t2");
  await tickets.commit(makeNext(one, "a", { tasks: [makeTask("t1")] }), 1, second(2), alice);
  await tickets.commit(makeNext(one, "b"), 1, second(2), alice);
  const both = [one, two].map((ticket, index) => ({
    change: makeNext({ ...ticket, revision: 2 - index }, "merge", {
      events: [makeEvent(ticket.ticketId, 3, { key: "merge" })],
    }),
    expectedRevision: 2 - index,
  }));
  const [first, second_] = both;
  if (first && second_) expect(await tickets.commitBoth(first, second_, second(3), alice)).toBe("committed");
  await tickets.get("t1");
  await tickets.getByNumber("20260105-t1");
  await tickets.eventsOf("t1");
  await tickets.hasEvent("t1", "a");
  await tickets.ticketsWithEvent("a");
  await tickets.liveCardsOfOpenTasks();
  const filters = [
    {},
    { open: true },
    { statuses: ["处理中"] },
    { department: "finance", assignee: "p" },
    { departments: ["finance", "talent"] },
    { askerAccount: ASKER },
    { enterpriseId: "e1" },
    { category: "融资", urgency: "普通" },
    { openedFrom: at(1), openedTo: at(5) },
    { search: "贴息" },
  ];
  for (const filter of filters) {
    await tickets.list(filter);
    await tickets.list({ ...filter, before: { openedAt: at(9), ticketId: "t9" } });
    await tickets.count(filter);
    await tickets.eachBatch("t0", 5, filter);
  }
  await tickets.dueTickets(second(20), 5);
  await tickets.openTasks();
  await tickets.openTasks({ department: "finance" });
  await tickets.openTasks({ assignee: "p" });
  await tickets.openTasks({ department: "finance", assignee: "p" });
}

async function useMessages(database: Database): Promise<void> {
  const tickets = createTicketStore(database);
  const effects = ["a", "b"].map((name) => makeEffect("t3", name));
  await openTicket({ tickets }, "t3", {}, { effects });
  await tickets.dueEffects(second(9), 5);
  await tickets.markEffect("t3:a", "pending", second(10));
  await tickets.markEffect("t3:b", "sent");
  await tickets.markEffect("t3:b", "sent");
  await tickets.addCard(makeCard("c1", "t3"));
  await tickets.updateCard("c1", { receipt: "om", state: "gone" });
  await tickets.cardsOf("t3");
  await tickets.staleCards(5);
  await tickets.findCard("feishu", ["om"]);
}

async function useDesk(database: Database): Promise<void> {
  const tickets = createTicketStore(database);
  const settings = { part: "sla", content: 1, origin: "desk" as const, contentHash: "h" };
  await tickets.saveSettings({ ...settings, by: "a", at: at(1), reason: null }, 0, alice);
  await tickets.settings();
  await tickets.settingsHistory("sla");
  const absence = { absenceId: "a1", account: "p", from: at(1), to: at(9), deputy: null, note: null };
  await tickets.addAbsence(absence, alice);
  await tickets.absences(second(2));
  await tickets.cancelAbsence("a1", second(3), alice);
  await tickets.saveDialogue({ sessionKey: "s", account: ASKER, state: 1, updatedAt: at(1) });
  await tickets.getDialogue("s");
  await tickets.gaps();
  await tickets.gaps({ state: "open", limit: 5 });
  await tickets.saveGaps([], at(1));
  await tickets.gapsReadUntil();
  await tickets.decideGap("g", "dismissed", second(1), alice);
  const keep = (content: unknown) => content;
  await tickets.forgetAsker(ASKER, { ticket: keep, event: keep, effect: keep }, second(9), alice);
  await openTicket({ tickets }, "t4", { enterpriseId: "e1" }, { effects: [makeEffect("t4", "a")] });
  await tickets.forgetAsker(ASKER, { ticket: keep, event: keep }, second(9), alice);
  await createEnterpriseStore(database).remove("e1", second(9), alice);
}
