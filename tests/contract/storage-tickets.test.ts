import { expect, it } from "vitest";
import type { Storage, TicketRecord } from "../../src/storage/index.ts";
import { readEveryTable } from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import {
  makeEffect,
  makeEvent,
  makeNext,
  makeOpening,
  makeTask,
  makeTicket,
  openTicket,
} from "../support/storage-tickets.ts";
import { alice, bob } from "../support/storage-workflow.ts";

const tally = (outcomes: readonly string[]) => outcomes.toSorted().join(" ");

async function actionsOf({ audit }: Storage, ticketId: string): Promise<string[]> {
  const entries = await audit.list({ subject: `ticket:${ticketId}` });
  return entries.map((entry) => entry.action).toReversed();
}

describeOnEveryDatabase("tickets", (place) => {
  it("numbers by day, never twice, however many ask at once", async () => {
    const options = await place.fresh();
    const { tickets, close } = await place.open(options);
    const numbers = await Promise.all(Array.from({ length: 30 }, () => tickets.nextNumber("2026-11-23")));
    expect(new Set(numbers).size).toBe(30);
    expect(numbers.toSorted().at(0)).toBe("20261123-0001");
    expect(numbers.toSorted().at(-1)).toBe("20261123-0030");
    expect(await tickets.nextNumber("2026-11-24")).toBe("20261124-0001");
    await close();
    const again = await place.open(options);
    expect(await again.tickets.nextNumber("2026-11-23")).toBe("20261123-0031");
  });

  it("gives a ticket back as it came, by id and by number", async () => {
    const storage = await place.open();
    const content = { revision: 1, text: "emoji 🏗️ \0 \uD800", nested: { list: [1, null] } };
    const ticket = makeTicket("t1", { content, closedAt: "2026-01-06T00:00:00.000Z" });
    const change = makeOpening(ticket, { events: [makeEvent("t1", 1), makeEvent("t1", 2)] });
    const outcome = await storage.tickets.create(change, "request", second(1), alice);
    expect(outcome).toEqual({ outcome: "created", ticketId: "t1" });
    expect(await storage.tickets.get("t1")).toEqual(ticket);
    expect(await storage.tickets.getByNumber(ticket.number)).toEqual(ticket);
    expect(await storage.tickets.eventsOf("t1")).toEqual(change.events);
    expect(await storage.tickets.openTasks()).toEqual(change.tasks);
    expect(await storage.tickets.hasEvent("t1", "t1-event-2")).toBe(true);
    expect(await storage.tickets.hasEvent("t1", "t1-event-3")).toBe(false);
    expect(await storage.tickets.hasEvent("t2", "t1-event-2")).toBe(false);
    expect(await storage.tickets.get("t2")).toBeUndefined();
    expect(await storage.tickets.getByNumber("20260105-t2")).toBeUndefined();
  });

  it("opens one ticket for a request, however often it comes and at once", async () => {
    const storage = await place.open();
    const openings = Array.from({ length: 8 }, (_, index) =>
      storage.tickets.create(makeOpening(makeTicket(`t${index}`)), "request", second(1), alice),
    );
    const outcomes = await Promise.all(openings);
    const [created] = outcomes.filter((each) => each.outcome === "created");
    expect(outcomes.filter((each) => each.outcome === "duplicate")).toHaveLength(7);
    expect(new Set(outcomes.map((each) => each.ticketId))).toEqual(new Set([created?.ticketId]));
    expect(await storage.tickets.count()).toBe(1);
    expect(await storage.tickets.openTasks()).toHaveLength(1);
    expect(await storage.audit.list({ action: "ticket.open" })).toHaveLength(1);
  });

  it("takes one of two changes from the same state", async () => {
    const storage = await place.open();
    const ticket = await openTicket(storage, "t1");
    const outcomes = await Promise.all([
      storage.tickets.commit(makeNext(ticket, "click-a"), 1, second(2), alice),
      storage.tickets.commit(makeNext(ticket, "click-b"), 1, second(2), bob),
    ]);
    expect(tally(outcomes)).toBe("committed stale");
    const events = await storage.tickets.eventsOf("t1");
    expect(events.map((event) => event.key)).toEqual([
      "t1-event-1",
      outcomes[0] === "committed" ? "click-a" : "click-b",
    ]);
    expect((await storage.tickets.get("t1"))?.revision).toBe(2);
    expect(await actionsOf(storage, "t1")).toEqual(["ticket.open", "ticket.noted"]);
  });

  it("knows a click that comes again, from whatever state", async () => {
    const storage = await place.open();
    const ticket = await openTicket(storage, "t1");
    const click = makeNext(ticket, "click");
    const twice = [click, click].map((change) => storage.tickets.commit(change, 1, second(2), alice));
    expect(tally(await Promise.all(twice))).toBe("committed repeated");
    const later = makeNext(click.ticket, "click");
    expect(await storage.tickets.commit(later, 2, second(3), alice)).toBe("repeated");
    expect((await storage.tickets.get("t1"))?.revision).toBe(2);
    const other = await openTicket(storage, "t2");
    expect(await storage.tickets.commit(makeNext(other, "click"), 1, second(3), alice)).toBe("committed");
  });

  it("refuses a change that would not be noticed, and one of no ticket", async () => {
    const storage = await place.open();
    const ticket = await openTicket(storage, "t1");
    const standing = { ...makeNext(ticket, "a"), ticket };
    await expect(storage.tickets.commit(standing, 1, second(2), alice)).rejects.toMatchObject({
      code: "internal",
    });
    const missing = makeNext(makeTicket("t9"), "a");
    await expect(storage.tickets.commit(missing, 1, second(2), alice)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("moves tasks with the ticket, and leaves those that are not named", async () => {
    const storage = await place.open();
    const tasks = [makeTask("t1"), makeTask("t1", { taskId: "t1-b", department: "talent" })];
    const ticket = await openTicket(storage, "t1", {}, { tasks });
    const claimed = makeTask("t1", { assignee: "feishu:ou_p", state: "claimed", checkAt: null });
    await storage.tickets.commit(makeNext(ticket, "a", { tasks: [claimed] }), 1, second(2), alice);
    expect(await storage.tickets.openTasks()).toEqual([claimed, tasks[1]]);
    expect(await storage.tickets.openTasks({ department: "talent" })).toEqual([tasks[1]]);
    expect(await storage.tickets.openTasks({ assignee: "feishu:ou_p" })).toEqual([claimed]);
    expect(await storage.tickets.dueTickets(second(9), 5)).toEqual([]);
  });

  it("writes all of a change or nothing", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const effects = [makeEffect("t1", "one")];
    const ticket = await openTicket(storage, "t1", {}, { effects });
    const before = await readEveryTable(options);
    const broken = [
      makeNext(ticket, "a", { effects: [makeEffect("t1", "two"), makeEffect("t1", "one")] }),
      makeNext(ticket, "a", { events: [makeEvent("t1", 2), makeEvent("t1", 1, { key: "b" })] }),
      makeNext(ticket, "a", { tasks: [makeTask("t1"), makeTask("nowhere")] }),
    ];
    for (const change of broken) {
      await expect(storage.tickets.commit(change, 1, second(2), alice)).rejects.toMatchObject({
        code: "conflict",
      });
    }
    const opening = makeOpening(makeTicket("t2"), { effects: [makeEffect("t1", "one")] });
    await expect(storage.tickets.create(opening, "r2", second(2), alice)).rejects.toMatchObject({
      code: "conflict",
    });
    const sameNumber = makeOpening(makeTicket("t3", { number: ticket.number }));
    await expect(storage.tickets.create(sameNumber, "r3", second(2), alice)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await readEveryTable(options)).toEqual(before);
    expect(await storage.audit.verify()).toMatchObject({ intact: true });
  });

  it("logs ids and kinds, never a text or a reason", async () => {
    const storage = await place.open();
    const ticket = await openTicket(storage, "t1");
    const told = { ...alice, reason: "绝密的理由", details: { phone: "绝密的电话" } };
    const events = [
      makeEvent("t1", 2, { kind: "transferred", taskId: "t1-a" }),
      makeEvent("t1", 3, { kind: "noted" }),
    ];
    await storage.tickets.commit(makeNext(ticket, "a", { events }), 1, second(2), told);
    const entries = await storage.audit.list({ subject: "ticket:t1" });
    expect(entries.map(({ action, details }) => [action, details])).toEqual([
      ["ticket.noted", { sequence: 3, taskId: null }],
      ["ticket.transferred", { sequence: 2, taskId: "t1-a" }],
      [
        "ticket.open",
        {
          number: "20260105-t1",
          category: "融资",
          tasks: [{ taskId: "t1-a", department: "finance" }],
        },
      ],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/绝密|问贷款|第 \d 条/);
    expect(await storage.audit.verify()).toMatchObject({ intact: true, entries: 3 });
  });

  it("logs a change without an event as well", async () => {
    const storage = await place.open();
    const ticket = await openTicket(storage, "t1");
    const change = makeNext(ticket, "", { events: [] });
    expect(await storage.tickets.commit(change, 1, second(2), alice)).toBe("committed");
    expect(await actionsOf(storage, "t1")).toEqual(["ticket.open", "ticket.change"]);
  });
});

describeOnEveryDatabase("merging tickets", (place) => {
  const merge = (first: TicketRecord, second_: TicketRecord) =>
    [
      { change: makeNext(first, "merge", { changes: { status: "已合并" } }), expectedRevision: 1 },
      { change: makeNext(second_, "absorb"), expectedRevision: 1 },
    ] as const;

  it("changes both", async () => {
    const storage = await place.open();
    const [one, two] = [await openTicket(storage, "t1"), await openTicket(storage, "t2")];
    expect(await storage.tickets.commitBoth(...merge(one, two), second(2), alice)).toBe("committed");
    expect(await storage.tickets.get("t1")).toMatchObject({ revision: 2, status: "已合并" });
    expect((await storage.tickets.get("t2"))?.revision).toBe(2);
    expect(await actionsOf(storage, "t1")).toEqual(["ticket.open", "ticket.noted", "ticket.merge"]);
    expect(await actionsOf(storage, "t2")).toEqual(["ticket.open", "ticket.noted"]);
    expect(await storage.tickets.commitBoth(...merge(one, two), second(3), alice)).toBe("repeated");
  });

  it("changes none when one of them has moved on, or knows the click", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const [one, two] = [await openTicket(storage, "t1"), await openTicket(storage, "t2")];
    await storage.tickets.commit(makeNext(two, "other"), 1, second(2), alice);
    const before = await readEveryTable(options);
    expect(await storage.tickets.commitBoth(...merge(one, two), second(3), alice)).toBe("stale");
    const [first] = merge(one, two);
    const known = { change: makeNext({ ...two, revision: 2 }, "other"), expectedRevision: 2 };
    expect(await storage.tickets.commitBoth(first, known, second(3), alice)).toBe("repeated");
    expect(await readEveryTable(options)).toEqual(before);
  });

  it("lets two merges in opposite directions not both happen", async () => {
    const storage = await place.open();
    const [one, two] = [await openTicket(storage, "t1"), await openTicket(storage, "t2")];
    const back = (["b1", "b2"] as const).map((key, index) => ({
      change: makeNext(index === 0 ? two : one, key),
      expectedRevision: 1,
    }));
    const [there, here] = back;
    if (!there || !here) throw new Error("two changes are needed");
    const outcomes = await Promise.all([
      storage.tickets.commitBoth(...merge(one, two), second(2), alice),
      storage.tickets.commitBoth(there, here, second(2), bob),
    ]);
    expect(tally(outcomes)).toBe("committed stale");
  });
});
