import { expect, it } from "vitest";
import type { OutreachItem, Storage } from "../../src/storage/index.ts";
import {
  ANN,
  addEnterprise,
  BEN,
  makeItem,
  makeReminder,
  makeSubscription,
} from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { alice } from "../support/storage-workflow.ts";

const ids = (records: readonly { subscriptionId: string }[]) =>
  records.map((record) => record.subscriptionId);
const idsOf = (items: readonly OutreachItem[]) => items.map((item) => item.itemId);
const tell = (items: readonly OutreachItem[]) =>
  items.map((item) => `${item.account === ANN ? "ann" : "ben"} ${item.enterpriseId} ${item.programId}`);

async function openRun({ outreach }: Storage, trigger = "program:P01@1", runId = "run") {
  return outreach.openRun({ runId, trigger, programs: ["P01"] }, second(1));
}

const step = (
  items: Omit<OutreachItem, "itemId" | "sentAt">[],
  cursor: string | null = "e2",
  done = false,
) => ({
  cursor,
  seen: 2,
  items,
  done,
});

describeOnEveryDatabase("outreach", (place) => {
  async function openWithEnterprises() {
    const storage = await place.open();
    for (const id of ["e1", "e2"]) await addEnterprise(storage, id);
    return storage;
  }

  it("knows who wishes it: once for a wish, with the latest settings", async () => {
    const { outreach, audit } = await openWithEnterprises();
    const wish = makeSubscription("s1", { enterpriseId: "e1" });
    expect(await outreach.subscribe(wish, alice)).toEqual({ ...wish, endedAt: null });
    const again = { ...wish, subscriptionId: "s2", consentedAt: second(2).toISOString() };
    expect(await outreach.subscribe(again, alice)).toEqual({ ...wish, endedAt: null });
    const weekly = await outreach.subscribe({ ...again, cadence: "weekly", weeklyLimit: 1 }, alice);
    expect(weekly).toMatchObject({ subscriptionId: "s1", cadence: "weekly", weeklyLimit: 1 });
    await outreach.subscribe(makeSubscription("s3", { enterpriseId: "e2" }), alice);
    await outreach.subscribe(makeSubscription("s4", { kind: "event", topic: "E01" }), alice);
    expect(await outreach.subscriptionsOf(ANN)).toMatchObject([
      weekly,
      { subscriptionId: "s3" },
      { topic: "E01" },
    ]);
    expect(await outreach.subscriptionsOf(BEN)).toEqual([]);
    expect((await audit.list()).map(({ action, subject }) => `${action} ${subject}`).slice(0, 4)).toEqual([
      "subscription.start subscription:s4",
      "subscription.start subscription:s3",
      "subscription.change subscription:s1",
      "subscription.start subscription:s1",
    ]);
    const gone = makeSubscription("s5", { enterpriseId: "deleted" });
    await expect(outreach.subscribe(gone, alice)).rejects.toMatchObject({ code: "not-found" });
  });

  it("finds the subscribers of many enterprises, of a topic, of a kind", async () => {
    const { outreach } = await openWithEnterprises();
    await outreach.subscribe(makeSubscription("a1", { enterpriseId: "e1" }), alice);
    await outreach.subscribe(makeSubscription("b1", { enterpriseId: "e1", account: BEN }), alice);
    await outreach.subscribe(makeSubscription("b2", { enterpriseId: "e2", account: BEN }), alice);
    await outreach.subscribe(makeSubscription("b0", { account: BEN }), alice);
    await outreach.subscribe(makeSubscription("t1", { kind: "event", topic: "E01" }), alice);
    await outreach.subscribe(makeSubscription("t2", { kind: "event", topic: "E02" }), alice);
    const many = ["e1", "e1", "e2", ...Array.from({ length: 40_000 }, (_, number) => `none-${number}`)];
    const found = await outreach.subscribersOf({ kind: "programs", enterpriseIds: many });
    expect(ids(found)).toEqual(["a1", "b1", "b2"]);
    expect(await outreach.subscribersOf({ kind: "programs", enterpriseIds: [] })).toEqual([]);
    expect(ids(await outreach.subscribersOf({ kind: "programs" }))).toEqual(["a1", "b1", "b2", "b0"]);
    expect(ids(await outreach.subscribersOf({ kind: "event", topic: "E02" }))).toEqual(["t2"]);
    await outreach.unsubscribe(BEN, { subscriptionId: "b1" }, second(2), alice);
    const left = await outreach.subscribersOf({ kind: "programs", enterpriseIds: ["e1"] });
    expect(ids(left)).toEqual(["a1"]);
  });

  it("ends a wish, and what was found for it does not go out any more", async () => {
    const storage = await openWithEnterprises();
    const { outreach, audit } = storage;
    for (const id of ["e1", "e2"]) {
      await outreach.subscribe(makeSubscription(`s-${id}`, { enterpriseId: id }), alice);
    }
    await outreach.subscribe(makeSubscription("s-event", { kind: "event", topic: "E01" }), alice);
    await openRun(storage);
    const items = [makeItem("e1", "P01"), makeItem("e2", "P01"), makeItem("e1", "P01", { account: BEN })];
    await outreach.advanceRun("run", step(items), second(2));
    expect(await outreach.unsubscribe(BEN, { subscriptionId: "s-e1" }, second(3), alice)).toBe(0);
    expect(await outreach.unsubscribe(ANN, { kind: "event", topic: "E02" }, second(3), alice)).toBe(0);
    expect(await outreach.unsubscribe(ANN, { subscriptionId: "s-e1" }, second(3), alice)).toBe(1);
    expect(tell(await outreach.dueItems(second(9), 10))).toEqual(["ann e2 P01", "ben e1 P01"]);
    expect(await outreach.unsubscribe(ANN, {}, second(4), alice)).toBe(2);
    expect(await outreach.unsubscribe(ANN, {}, second(4), alice)).toBe(0);
    expect(tell(await outreach.dueItems(second(9), 10))).toEqual(["ben e1 P01"]);
    expect(await audit.list({ action: "subscription.end" })).toHaveLength(3);
    const anew = await outreach.subscribe(makeSubscription("s-anew", { enterpriseId: "e1" }), alice);
    expect(anew.subscriptionId).toBe("s-anew");
  });

  it("runs a trigger once, and goes on behind the last enterprise", async () => {
    const storage = await openWithEnterprises();
    const { outreach } = storage;
    const run = await openRun(storage);
    expect(run).toEqual({
      runId: "run",
      trigger: "program:P01@1",
      programs: ["P01"],
      cursor: null,
      state: "running",
      startedAt: second(1).toISOString(),
      finishedAt: null,
      seen: 0,
      found: 0,
    });
    const items = [makeItem("e1", "P01"), makeItem("e2", "P01")];
    await outreach.advanceRun("run", step(items), second(2));
    await outreach.advanceRun("run", step([...items, makeItem("e2", "P02")], "e3"), second(2));
    const resumed = await openRun(storage, "program:P01@1", "another");
    expect(resumed).toEqual({ ...run, cursor: "e3", seen: 4, found: 3 });
    expect(await outreach.unfinishedRuns()).toEqual([resumed]);
    await outreach.advanceRun("run", step([], null, true), second(3));
    expect(await openRun(storage)).toMatchObject({
      state: "done",
      finishedAt: second(3).toISOString(),
      seen: 6,
    });
    expect(await outreach.unfinishedRuns()).toEqual([]);
    await expect(outreach.advanceRun("run", step([]), second(4))).rejects.toMatchObject({ code: "conflict" });
    await expect(outreach.advanceRun("none", step([]), second(4))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("takes thousands of items in a step, and none of an enterprise that was deleted meanwhile", async () => {
    const storage = await openWithEnterprises();
    const { outreach } = storage;
    await openRun(storage);
    const items = Array.from({ length: 3000 }, (_, number) => makeItem("e1", `P${number}`));
    await outreach.advanceRun("run", step([...items, makeItem("deleted", "P01")]), second(2));
    expect((await openRun(storage)).found).toBe(3000);
    const due = await outreach.dueItems(second(9), 5000);
    expect(due).toHaveLength(3000);
    await outreach.markItems(idsOf(due), { state: "sent" }, second(6));
    expect(await outreach.dueItems(second(9), 10)).toEqual([]);
    expect(await outreach.sentSince(ANN, second(0))).toBe(1);
  });

  it("hands out what is due, by account, and puts off", async () => {
    const storage = await openWithEnterprises();
    const { outreach } = storage;
    await openRun(storage);
    const later = { dueAt: second(30).toISOString() };
    const items = [
      makeItem("e2", "P01", { account: BEN }),
      makeItem("e1", "P01"),
      makeItem("e1", "P02", later),
      makeItem("e2", "P03", { account: BEN }),
      makeItem("e1", "P03"),
    ];
    await outreach.advanceRun("run", step(items), second(2));
    expect(await outreach.dueItems(second(4), 10)).toEqual([]);
    const due = await outreach.dueItems(second(5), 10);
    expect(tell(due)).toEqual(["ann e1 P01", "ann e1 P03", "ben e2 P01", "ben e2 P03"]);
    expect(due[0]).toEqual({ ...makeItem("e1", "P01"), itemId: expect.any(Number), sentAt: null });
    expect(tell(await outreach.dueItems(second(5), 3))).toHaveLength(3);
    await outreach.markItems(idsOf(due).slice(0, 2), { state: "waiting", ...later }, second(5));
    expect(tell(await outreach.dueItems(second(5), 10))).toEqual(["ben e2 P01", "ben e2 P03"]);
    expect(tell(await outreach.dueItems(second(30), 10))).toHaveLength(5);
  });

  it("counts messages and not items, and knows what to take back", async () => {
    const storage = await openWithEnterprises();
    const { outreach } = storage;
    await openRun(storage);
    const items = ["P01", "P02", "P03"].flatMap((program) => [
      makeItem("e1", program),
      makeItem("e2", program, { account: BEN }),
    ]);
    await outreach.advanceRun("run", step(items), second(2));
    const [first, second_, third] = (await outreach.dueItems(second(5), 10)).filter(
      (item) => item.account === ANN,
    );
    const itemIds = idsOf([first, second_, third].filter((item) => item !== undefined));
    await outreach.markItems(itemIds.slice(0, 2), { state: "sent" }, second(6));
    await outreach.markItems(itemIds.slice(2), { state: "sent" }, second(6));
    expect(await outreach.sentSince(ANN, second(6))).toBe(2);
    expect(await outreach.sentSince(ANN, second(7))).toBe(0);
    expect(await outreach.sentSince(BEN, second(0))).toBe(0);
    expect(await outreach.sentItemsOf("P01")).toMatchObject([
      { itemId: itemIds[0], state: "sent", sentAt: second(6).toISOString() },
    ]);
    await outreach.markItems(itemIds, { state: "sent" }, second(8));
    await outreach.markItems(itemIds, { state: "dropped" }, second(8));
    expect(await outreach.sentItemsOf("P02")).toMatchObject([{ sentAt: second(6).toISOString() }]);
    await outreach.markItems(itemIds.slice(0, 1), { state: "withdrawn" }, second(9));
    expect(await outreach.sentItemsOf("P01")).toEqual([]);
    expect(await outreach.sentSince(ANN, second(6))).toBe(2);
    const waiting = await outreach.dueItems(second(9), 10);
    await outreach.markItems(idsOf(waiting), { state: "withdrawn" }, second(9));
    expect(await outreach.dueItems(second(9), 10)).toEqual(waiting);
    await outreach.markItems([], { state: "sent" }, second(9));
  });

  it("reminds on the day, once", async () => {
    const { outreach } = await openWithEnterprises();
    const reminder = makeReminder("r1", { enterpriseId: "e1" });
    expect(await outreach.addReminder(reminder)).toBe(true);
    expect(await outreach.addReminder({ ...reminder, dueOn: "2027-01-01" })).toBe(false);
    await outreach.addReminder(makeReminder("r2", { dueOn: "2026-12-01" }));
    await outreach.addReminder(makeReminder("r3", { account: BEN }));
    expect(await outreach.dueReminders("2026-11-30", 10)).toEqual([]);
    const due = await outreach.dueReminders("2027-03-01", 10);
    expect(due.map((each) => each.reminderId)).toEqual(["r2", "r1", "r3"]);
    expect(due[1]).toEqual({ ...reminder, state: "waiting" });
    expect(await outreach.dueReminders("2027-03-01", 1)).toHaveLength(1);
    await outreach.markReminder("r2", "sent");
    await outreach.markReminder("r1", "cancelled");
    expect((await outreach.dueReminders("2027-03-01", 10)).map((each) => each.reminderId)).toEqual(["r3"]);
    expect((await outreach.remindersOf(ANN)).map((each) => each.state)).toEqual(["sent", "cancelled"]);
    await expect(outreach.markReminder("none", "sent")).rejects.toMatchObject({ code: "not-found" });
  });

  it("forgets an account", async () => {
    const storage = await openWithEnterprises();
    const { outreach, audit } = storage;
    await openRun(storage);
    await outreach.advanceRun(
      "run",
      step([makeItem("e1", "P01"), makeItem("e1", "P01", { account: BEN })]),
      second(2),
    );
    await outreach.subscribe(makeSubscription("s1"), alice);
    await outreach.unsubscribe(ANN, {}, second(2), alice);
    await outreach.subscribe(makeSubscription("s2"), alice);
    await outreach.addReminder(makeReminder("r1"));
    expect(await outreach.removeAccount(ANN, second(3), alice)).toBe(4);
    expect(await outreach.removeAccount(ANN, second(3), alice)).toBe(0);
    expect(await outreach.subscriptionsOf(ANN)).toEqual([]);
    expect(await outreach.remindersOf(ANN)).toEqual([]);
    expect(tell(await outreach.dueItems(second(9), 10))).toEqual(["ben e1 P01"]);
    expect((await audit.list({ subject: `account:${ANN}` }))[0]).toMatchObject({
      action: "outreach.erase",
      details: { removed: { subscriptions: 2, outreach_items: 1, reminders: 1 } },
    });
  });
});
