import { expect, it } from "vitest";
import type { EffectRecord, Storage } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { at, makeCard, makeEffect, makeNext, makeTask, openTicket } from "../support/storage-tickets.ts";
import { alice } from "../support/storage-workflow.ts";

const keysOf = (effects: readonly EffectRecord[]) => effects.map((effect) => effect.key).join(" ");

describeOnEveryDatabase("what tickets have to tell", (place) => {
  it("comes in the order of insertion, when it is due", async () => {
    const storage = await place.open();
    const effects = [makeEffect("t1", "b", 5), makeEffect("t1", "a", 3), makeEffect("t1", "c", 20)];
    await openTicket(storage, "t1", {}, { effects });
    await openTicket(storage, "t2", {}, { effects: [makeEffect("t2", "a", 1)] });
    const due = async (now: number, limit = 9) =>
      keysOf(await storage.tickets.dueEffects(second(now), limit));
    expect(await due(9)).toBe("t1:b t1:a t2:a");
    expect(await due(9, 2)).toBe("t1:b t1:a");
    // Written when the clock was ahead: what follows in the ticket does not overtake it.
    expect(await due(3)).toBe("t2:a");
    expect(await due(20)).toBe("t1:b t1:a t1:c t2:a");
    const [first] = await storage.tickets.dueEffects(second(9), 1);
    expect(first).toEqual({ ...effects[0], state: "pending", attempts: 0 });
  });

  it("waits behind what has to be tried again in the same ticket, and ends once", async () => {
    const storage = await place.open();
    const effects = ["a", "b", "c"].map((name) => makeEffect("t1", name));
    await openTicket(storage, "t1", {}, { effects });
    await openTicket(storage, "t2", {}, { effects: [makeEffect("t2", "a")] });
    const { tickets } = storage;
    const due = async (now: number) => keysOf(await tickets.dueEffects(second(now), 9));
    await tickets.markEffect("t1:b", "pending", second(30));
    expect(await due(9)).toBe("t1:a t2:a");
    await tickets.markEffect("t1:a", "sent");
    expect(await due(9)).toBe("t2:a");
    expect(await due(30)).toBe("t1:b t1:c t2:a");
    expect((await tickets.dueEffects(second(30), 1))[0]).toMatchObject({ attempts: 1, dueAt: at(30) });
    await tickets.markEffect("t1:b", "unreachable");
    expect(await due(9)).toBe("t1:c t2:a");
    for (const key of ["t1:a", "t1:b"]) await tickets.markEffect(key, "pending", second(5));
    expect(await due(9)).toBe("t1:c t2:a");
    await expect(tickets.markEffect("t9:a", "sent")).rejects.toMatchObject({ code: "not-found" });
  });

  it("stays to be told when its ticket is finished", async () => {
    const storage = await place.open();
    const ticket = await openTicket(storage, "t1");
    const effects = [makeEffect("t1", "closed")];
    const closing = makeNext(ticket, "close", { effects, changes: { status: "已办结", closedAt: at(2) } });
    await storage.tickets.commit(closing, 1, second(2), alice);
    expect(keysOf(await storage.tickets.dueEffects(second(9), 9))).toBe("t1:closed");
  });
});

describeOnEveryDatabase("cards of tickets", (place) => {
  const stale = async ({ tickets }: Storage, limit = 9) =>
    (await tickets.staleCards(limit)).map((card) => card.cardId).join(" ");

  it("are stale until delivered, and whenever the ticket moves on", async () => {
    const storage = await place.open();
    const { tickets } = storage;
    const ticket = await openTicket(storage, "t1");
    await openTicket(storage, "t2");
    const cards = [makeCard("c1", "t1"), makeCard("c2", "t1"), makeCard("c3", "t2")];
    for (const card of cards) await tickets.addCard(card);
    expect(await stale(storage)).toBe("c1 c2 c3");
    expect(await stale(storage, 2)).toBe("c1 c2");
    for (const id of ["c1", "c2", "c3"]) await tickets.updateCard(id, { receipt: `om_${id}` });
    expect(await stale(storage)).toBe("");
    await tickets.commit(makeNext(ticket, "claim"), 1, second(2), alice);
    expect(await stale(storage)).toBe("c1 c2");
    await tickets.updateCard("c1", { noticeKey: "edit", shownRevision: 2 });
    await tickets.updateCard("c2", { state: "gone" });
    expect(await stale(storage)).toBe("");
    expect(await tickets.cardsOf("t1")).toEqual([
      { ...cards[0], receipt: "om_c1", noticeKey: "edit", shownRevision: 2 },
      { ...cards[1], receipt: "om_c2", state: "gone" },
    ]);
    await tickets.addCard(makeCard("c4", "t1", { receipt: "om_c4" }));
    expect(await stale(storage)).toBe("c4");
  });

  it("of open tasks are listed where they still stand", async () => {
    const storage = await place.open();
    const { tickets } = storage;
    const ended = makeTask("t2", { state: "closed" });
    await openTicket(storage, "t1", {}, { tasks: [makeTask("t1")] });
    await openTicket(storage, "t2", {}, { tasks: [ended] });
    const { taskId } = makeTask("t1");
    await tickets.addCard(makeCard("c1", "t1", { taskId, chatId: "oc_1" }));
    await tickets.addCard(makeCard("c2", "t1", { taskId, chatId: "oc_2", state: "gone" }));
    await tickets.addCard(makeCard("c3", "t2", { taskId: ended.taskId }));
    const { channel } = makeCard("c1", "t1");
    expect(await tickets.liveCardsOfOpenTasks()).toEqual([{ taskId, channel, chatId: "oc_1" }]);
  });

  it("are there once under an id", async () => {
    const storage = await place.open();
    await openTicket(storage, "t1");
    const twice = ["group", "direct"] as const;
    await Promise.all(
      twice.map((chatKind) => storage.tickets.addCard(makeCard("c1", "t1", { chatKind, receipt: "r" }))),
    );
    const [card] = await storage.tickets.cardsOf("t1");
    await storage.tickets.addCard(makeCard("c1", "t1", { receipt: "other" }));
    expect(await storage.tickets.cardsOf("t1")).toEqual([card]);
    await storage.tickets.updateCard("c1", {});
    await expect(storage.tickets.updateCard("c9", { state: "gone" })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(storage.tickets.addCard(makeCard("c2", "t9"))).rejects.toMatchObject({ code: "not-found" });
  });

  it("are found by the message that shows them, in their channel", async () => {
    const storage = await place.open();
    const { tickets } = storage;
    await openTicket(storage, "t1");
    await tickets.addCard(makeCard("c1", "t1", { receipt: "om_root" }));
    await tickets.addCard(makeCard("c2", "t1", { receipt: "om_parent", state: "gone" }));
    await tickets.addCard(makeCard("c3", "t1", { receipt: "om_root", channel: "web" }));
    const find = async (channel: string, ...receipts: string[]) =>
      (await tickets.findCard(channel, receipts))?.cardId;
    expect(await find("feishu", "om_none", "om_root", "om_parent")).toBe("c1");
    expect(await find("feishu", "om_parent", "om_root")).toBe("c2");
    expect(await find("web", "om_parent", "om_root")).toBe("c3");
    expect(await find("feishu", "om_none")).toBeUndefined();
    expect(await find("feishu")).toBeUndefined();
  });

  it("never miss a change that passes while they are added", async () => {
    const storage = await place.open();
    for (let round = 0; round < 10; round += 1) {
      const ticket = await openTicket(storage, `t${round}`);
      await Promise.all([
        storage.tickets.commit(makeNext(ticket, "claim"), 1, second(2), alice),
        storage.tickets.addCard(makeCard(`c${round}`, ticket.ticketId, { receipt: "om" })),
      ]);
    }
    expect((await stale(storage, 20)).split(" ")).toHaveLength(10);
  });
});
