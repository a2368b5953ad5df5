import { expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { addEnterprise, readEveryTable, tablesWith } from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import {
  ASKER,
  at,
  makeCard,
  makeEffect,
  makeEvent,
  makeNext,
  makeTicket,
  openTicket,
} from "../support/storage-tickets.ts";
import { alice } from "../support/storage-workflow.ts";

/** Invented; stands wherever an asker or an enterprise could have put it. */
const SECRET = "绝密的一句话";

const erase = {
  ticket: (content: unknown) => ({ ...(content as object), text: "", asker: null }),
  event: (content: unknown) => ({ ...(content as object), text: null }),
};

/** A ticket in which the secret stands everywhere, with an answer that has been sent and one that waits. */
async function tellEverything(storage: Storage, ticketId: string, askerAccount: string, secret: string) {
  const asker = { account: askerAccount };
  const content = { revision: 1, text: secret, asker };
  const effects = ["sent", "waits"].map((name) =>
    makeEffect(ticketId, name, 1, { content: { what: { notice: "answer", text: secret } } }),
  );
  const events = [
    makeEvent(ticketId, 1, { by: askerAccount, content: { sequence: 1, text: secret, by: "x" } }),
    makeEvent(ticketId, 2, { by: "feishu:ou_p", content: { sequence: 2, text: secret, by: "x" } }),
  ];
  const sessionKey = `session of ${askerAccount} ${ticketId}`;
  await openTicket(storage, ticketId, { askerAccount, sessionKey, content }, { effects, events });
  await storage.tickets.markEffect(`${ticketId}:sent`, "sent");
  const updatedAt = at(2);
  await storage.tickets.saveDialogue({ sessionKey, account: askerAccount, state: { secret }, updatedAt });
}

describeOnEveryDatabase("forgetting who asked", (place) => {
  it("leaves numbers, states and times, and everything of the others", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { tickets, audit } = storage;
    for (const id of ["t1", "t2"]) await tellEverything(storage, id, ASKER, SECRET);
    await tellEverything(storage, "t3", "feishu:ou_asker2", "别人的话");
    await tickets.addCard(makeCard("c1", "t1", { receipt: "om_c1" }));
    expect(await tablesWith(options, SECRET)).toEqual([
      "ticket_effects",
      "ticket_events",
      "tickets",
      "triage_dialogues",
    ]);
    expect(await tickets.forgetAsker(ASKER, erase, second(9), alice)).toBe(2);
    expect(await tablesWith(options, SECRET)).toEqual([]);
    const named = [...(await readEveryTable(options))].filter(([, rows]) => /ou_asker\b/.test(rows));
    expect(named).toEqual([]);
    expect(await tablesWith(options, "别人的话")).toHaveLength(4);
    const { content: _content, ...rest } = makeTicket("t1", {
      askerAccount: "forgotten:t1",
      sessionKey: "forgotten:t1",
      revision: 2,
    });
    expect(await tickets.get("t1")).toEqual({ ...rest, content: { revision: 2, text: "", asker: null } });
    expect(await tickets.eventsOf("t1")).toMatchObject([
      { sequence: 1, by: "forgotten:t1", key: "forgotten:1", content: { sequence: 1, text: null } },
      { sequence: 2, by: "feishu:ou_p", content: { sequence: 2, text: null } },
    ]);
    expect(await tickets.openTasks({ department: "finance" })).toHaveLength(3);
    expect((await tickets.dueEffects(second(9), 9)).map((effect) => effect.key)).toEqual(["t3:waits"]);
    expect((await tickets.staleCards(9)).map((card) => card.cardId)).toEqual(["c1"]);
    expect(await tickets.getDialogue(`session of ${ASKER} t1`)).toBeUndefined();
    expect((await audit.list({ action: "ticket.forget" })).map((entry) => entry.subject)).toEqual([
      "ticket:t2",
      "ticket:t1",
    ]);
    expect(await tickets.forgetAsker(ASKER, erase, second(9), alice)).toBe(0);
    expect(await tickets.list({ askerAccount: ASKER })).toEqual([]);
  });

  it("keeps what waits when told how to erase it", async () => {
    const storage = await place.open();
    await tellEverything(storage, "t1", ASKER, SECRET);
    const effect = () => ({ what: { notice: "erased" } });
    await storage.tickets.forgetAsker(ASKER, { ...erase, effect }, second(9), alice);
    expect(await storage.tickets.dueEffects(second(9), 9)).toMatchObject([
      { key: "t1:waits", content: { what: { notice: "erased" } } },
    ]);
  });

  it("makes stale what was decided before, so that nothing comes back", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    await tellEverything(storage, "t1", ASKER, SECRET);
    const seen = await storage.tickets.get("t1");
    if (!seen) throw new Error("the ticket is missing");
    await storage.tickets.forgetAsker(ASKER, erase, second(9), alice);
    expect(await storage.tickets.commit(makeNext(seen, "late"), 1, second(9), alice)).toBe("stale");
    expect(await tablesWith(options, SECRET)).toEqual([]);
  });

  it("leaves nothing half done when the rewriting fails", async () => {
    const storage = await place.open();
    await tellEverything(storage, "t1", ASKER, SECRET);
    const event = () => {
      throw new Error("broken");
    };
    const broken = storage.tickets.forgetAsker(ASKER, { ...erase, event }, second(9), alice);
    await expect(broken).rejects.toThrow("broken");
    expect(await storage.tickets.get("t1")).toMatchObject({ revision: 1, askerAccount: ASKER });
    expect(await storage.tickets.getDialogue(`session of ${ASKER} t1`)).toMatchObject({ account: ASKER });
  });
});

describeOnEveryDatabase("dialogues of requests", (place) => {
  it("keep the latest state of a session", async () => {
    const { tickets } = await place.open();
    const save = (state: unknown, second_: number) =>
      tickets.saveDialogue({ sessionKey: "s", account: ASKER, state, updatedAt: at(second_) });
    expect(await tickets.getDialogue("s")).toBeUndefined();
    await save({ step: 1 }, 1);
    await save({ step: 2 }, 2);
    expect(await tickets.getDialogue("s")).toEqual({ account: ASKER, state: { step: 2 }, updatedAt: at(2) });
  });
});

describeOnEveryDatabase("tickets of an enterprise that is deleted", (place) => {
  const content = (enterpriseId: string) => ({
    revision: 1,
    text: "问贷款贴息",
    enterpriseId,
    enterprise: { name: SECRET, lines: [SECRET] },
  });

  it("stay without it, and their cards are drawn anew", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { tickets } = storage;
    for (const id of ["e1", "e2"]) await addEnterprise(storage, id);
    const [seen] = [
      await openTicket(storage, "t1", { enterpriseId: "e1", content: content("e1") }),
      await openTicket(storage, "t2", { enterpriseId: "e2" }),
    ];
    await tickets.addCard(makeCard("c1", "t1", { receipt: "om_c1" }));
    await storage.enterprises.remove("e1", second(5), alice);
    expect(await tickets.get("t1")).toMatchObject({
      revision: 2,
      enterpriseId: null,
      content: { revision: 2, text: "问贷款贴息", enterpriseId: null, enterprise: null },
    });
    expect(await tickets.get("t2")).toMatchObject({ revision: 1, enterpriseId: "e2" });
    expect((await tickets.staleCards(5)).map((card) => card.cardId)).toEqual(["c1"]);
    expect(await tickets.commit(makeNext(seen, "late"), 1, second(6), alice)).toBe("stale");
    expect(await tablesWith(options, SECRET)).toEqual([]);
    const [entry] = await storage.audit.list({ action: "enterprise.remove" });
    expect(entry?.details).toMatchObject({ tickets: 1 });
  });

  it("never bring it back, opened or changed after it has gone", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { tickets } = storage;
    const late = { enterpriseId: "gone", content: content("gone") };
    await openTicket(storage, "t1", late);
    expect(await tickets.get("t1")).toMatchObject({ enterpriseId: null, content: { enterprise: null } });
    const change = makeNext(makeTicket("t1"), "link", { changes: { ...late, revision: 2 } });
    expect(await tickets.commit(change, 1, second(2), alice)).toBe("committed");
    expect(await tickets.get("t1")).toMatchObject({ enterpriseId: null, content: { enterprise: null } });
    expect(await tablesWith(options, SECRET)).toEqual([]);
  });
});
