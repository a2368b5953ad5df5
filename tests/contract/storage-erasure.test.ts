import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { fillTurnUsers } from "../../src/storage/migrations/fill-turn-users.ts";
import {
  ANN,
  addEnterprise,
  BEN,
  makeFact,
  makeItem,
  makeReminder,
  makeSubscription,
  readEveryTable,
  tablesWith,
} from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { openRawDatabase } from "../support/storage-raw.ts";
import { makeCompletion, makeMessage, makeTurn, second } from "../support/storage-samples.ts";
import { alice } from "../support/storage-workflow.ts";

/** Invented; stands wherever an enterprise or a person could have put it. */
const SECRET = "绝密营收柒仟贰佰万";

/** An enterprise that has said the secret in every way in which it can. */
async function tellEverything(storage: Storage, enterpriseId: string, secret: string): Promise<void> {
  const { enterprises, outreach } = storage;
  await addEnterprise(storage, enterpriseId, { name: secret, creditCode: `code ${secret}`, member: ANN });
  const said = { value: { kind: "text", text: secret }, source: { words: secret } };
  await enterprises.addFacts(enterpriseId, [makeFact("revenue", 1, `${secret} 1`, said)], second(2), alice);
  await enterprises.addFacts(
    enterpriseId,
    [makeFact("revenue", 2, `${secret} 2`, { ...said, period: secret })],
    second(3),
    alice,
  );
  await enterprises.confirmFacts(enterpriseId, second(3), alice);
  await enterprises.rename(enterpriseId, { name: `${secret}集团` }, second(4), alice);
  await enterprises.assignSpecialist(enterpriseId, BEN, second(4), alice);
  await enterprises.bindChat(`chat-${enterpriseId}`, enterpriseId, second(4), alice);
  await enterprises.saveDialogue({
    sessionKey: `session-${enterpriseId}`,
    account: ANN,
    enterpriseId,
    state: { said: secret },
    updatedAt: second(4).toISOString(),
  });
  await enterprises.saveFile({
    fileId: `file-${enterpriseId}`,
    account: ANN,
    enterpriseId,
    name: `${secret}.docx`,
    mediaType: "application/pdf",
    bytes: Buffer.from(secret),
    createdAt: second(4).toISOString(),
  });
  await outreach.subscribe(makeSubscription(`s-${enterpriseId}`, { enterpriseId }), alice);
  await outreach.openRun({ runId: "run", trigger: "program:P01@1", programs: [] }, second(4));
  const item = makeItem(enterpriseId, "P01", { reason: { said: secret } });
  await outreach.advanceRun("run", { cursor: enterpriseId, seen: 1, items: [item], done: false }, second(4));
  await outreach.addReminder(makeReminder(`r-${enterpriseId}`, { enterpriseId, subject: { said: secret } }));
}

describeOnEveryDatabase("deleting an enterprise", (place) => {
  it("leaves no value of it in any table, the log included, and everything of the others", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { enterprises, outreach, audit } = storage;
    await tellEverything(storage, "e1", SECRET);
    await tellEverything(storage, "e2", "另一家的秘密");
    expect(await tablesWith(options, SECRET)).toEqual([
      "dialogues",
      "enterprise_facts",
      "enterprises",
      "outreach_items",
      "reminders",
      "stored_files",
    ]);
    expect(await enterprises.remove("e1", second(9), alice)).toEqual({ facts: 2 });
    expect(await tablesWith(options, SECRET)).toEqual([]);
    const rest = [...(await readEveryTable(options))].filter(([, rows]) => /\be1\b/.test(rows));
    expect(rest.map(([table]) => table)).toEqual(["audit_log"]);
    expect(await enterprises.get("e1")).toBeUndefined();
    expect(await enterprises.boundTo("chat-e1")).toBeUndefined();
    expect(await enterprises.factsOf("e2")).toHaveLength(1);
    expect(await enterprises.chatsOf("e2")).toEqual(["chat-e2"]);
    expect(await outreach.dueItems(second(9), 10)).toMatchObject([{ enterpriseId: "e2" }]);
    expect(await enterprises.getFile("file-e2")).toBeDefined();
    expect(await audit.verify()).toMatchObject({ intact: true });
    expect((await audit.list({ limit: 1 }))[0]).toMatchObject({
      action: "enterprise.remove",
      subject: "enterprise:e1",
    });
    await expect(enterprises.remove("e1", second(9), alice)).rejects.toMatchObject({ code: "not-found" });
    if (place.dialect !== "sqlite") return;
    await storage.close();
    for (const file of await readdir(options.dataDirectory)) {
      const bytes = await readFile(join(options.dataDirectory, file));
      expect(`${file} ${bytes.includes(SECRET)}`).toBe(`${file} false`);
    }
  });

  it("counts every table that refers to enterprises", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    await tellEverything(storage, "e1", SECRET);
    await storage.enterprises.remove("e1", second(9), alice);
    const entries = await storage.audit.list({ action: "enterprise.remove" });
    const [removed = {}] = entries.map(
      ({ details }) => (details as { removed: Record<string, number> }).removed,
    );
    expect(Object.values(removed).every((count) => count > 0)).toBe(true);
    expect(Object.keys(removed)).toHaveLength(9);
  });
});

describeOnEveryDatabase("forgetting a person", (place) => {
  it("leaves what they said to an enterprise of others, without their name", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { enterprises } = storage;
    await tellEverything(storage, "e1", SECRET);
    await enterprises.addMember("e1", BEN, second(5), alice);
    const said = (by: string) => ({ source: { kind: "chat", by, words: "三十人" } });
    await enterprises.addFacts("e1", [makeFact("headcount", 30, "m1", said(ANN))], second(5), alice);
    await enterprises.addFacts("e1", [makeFact("patents", 2, "m1", said(`${ANN}_2`))], second(5), alice);
    expect(await enterprises.forgetAccount(ANN, "deleted", second(6), alice)).toEqual({ facts: 1 });
    const facts = await enterprises.factsOf("e1");
    const sources = facts.map(({ field, source }) => `${field} ${(source as { by?: string }).by}`);
    expect(sources.slice(0, 2)).toEqual([`patents ${ANN}_2`, "headcount deleted"]);
    expect((await enterprises.membersOf("e1")).map((member) => member.account)).toEqual([BEN]);
    expect(await enterprises.getDialogue("session-e1")).toBeUndefined();
    expect(await enterprises.getFile("file-e1")).toBeUndefined();
    expect(await storage.audit.verify()).toMatchObject({ intact: true });
  });
});

const session = (user: string, chat: string, thread = "") =>
  ["web", chat, user, thread].map(encodeURIComponent).join("/");

/** A message of a user and the answer to it, as the conversation stores them. */
async function converse(
  { conversation }: Storage,
  key: string,
  user: string,
  chat: string,
  text: string,
): Promise<void> {
  const sessionKey = session(user, chat);
  await conversation.acceptMessage(makeMessage(key, { sessionKey, message: { userId: user, text } }));
  await conversation.claimNextMessage(second(1));
  const completion = makeCompletion(key, {
    turn: makeTurn(key, { sessionKey, question: text, asker: { channel: "web", userId: user } }),
  });
  completion.outbox.reply = { headline: text };
  await conversation.completeMessage(completion);
}

describeOnEveryDatabase("erasing what a person said", (place) => {
  it("leaves nothing of it and everything of the others", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { conversation } = storage;
    await converse(storage, "m1", "u_1", "group", SECRET);
    await converse(storage, "m2", "uX1", "group", "别人的话");
    await converse(storage, "m3", "U_1", "group", "大写的别人");
    await converse(storage, "m4", "u_1", "u_1", SECRET);
    await conversation.enqueueNotice({
      ...makeCompletion("digest"),
      sessionKey: session("u_1", "u_1"),
      outbox: { ...makeCompletion("digest").outbox, reply: { headline: SECRET } },
      turn: makeTurn("digest", { sessionKey: session("u_1", "u_1"), question: SECRET, asker: null }),
    });
    for (const key of ["m1", "m2", "m3", "m4", "digest"]) {
      await conversation.markDelivered(`reply-${key}`, "r", second(3));
    }
    expect(await tablesWith(options, SECRET)).toEqual(["inbox", "outbox", "turns"]);
    expect(await conversation.eraseUser("web", "u_1")).toBe(3);
    expect(await tablesWith(options, SECRET)).toEqual([]);
    expect(await tablesWith(options, "别人的话")).toEqual(["inbox", "outbox", "turns"]);
    expect(await tablesWith(options, "大写的别人")).toEqual(["inbox", "outbox", "turns"]);
    expect(await conversation.recentTurns(session("u_1", "group"), 5)).toEqual([]);
    expect(await conversation.eraseUser("web", "u_1")).toBe(0);
    expect(await conversation.eraseUser("feishu", "uX1")).toBe(0);
    expect(await conversation.counts()).toEqual({ inbox: { done: 5 }, outbox: { delivered: 5 } });
  });

  it("keeps known what was answered, so that nothing is answered twice", async () => {
    const storage = await place.open();
    const { conversation } = storage;
    await converse(storage, "m1", "u1", "u1", SECRET);
    await conversation.markDelivered("reply-m1", "r", second(3));
    const notice = { ...makeCompletion("digest"), sessionKey: session("u1", "u1") };
    await conversation.enqueueNotice(notice);
    await conversation.markDelivered("reply-digest", "r", second(3));
    await conversation.eraseUser("web", "u1");
    expect(await conversation.acceptMessage(makeMessage("m1"))).toBe("duplicate");
    expect(await conversation.enqueueNotice(notice)).toBe("duplicate");
    expect(await conversation.claimNextMessage(second(4))).toBeUndefined();
    expect(await conversation.dueReplies(second(9), 5)).toEqual([]);
    expect(await conversation.pruneFinished(second(9))).toBe(4);
  });

  it("loses no message that waits and no reply that is on its way", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const { conversation } = storage;
    const sessionKey = session("u1", "u1");
    await converse(storage, "m1", "u1", "u1", "待送达");
    const message = { userId: "u1", text: "待回答" };
    for (const key of ["m2", "m3"])
      await conversation.acceptMessage(makeMessage(key, { sessionKey, message }));
    await conversation.claimNextMessage(second(2));
    expect(await conversation.eraseUser("web", "u1")).toBe(1);
    expect(await conversation.dueReplies(second(9), 5)).toMatchObject([{ reply: { headline: "待送达" } }]);
    await conversation.completeMessage(makeCompletion("m2"));
    expect(await conversation.claimNextMessage(second(3))).toMatchObject({ messageKey: "m3", message });
    await conversation.markDelivered("reply-m1", "r", second(4));
    expect(await conversation.eraseUser("web", "u1")).toBe(0);
    expect(await tablesWith(options, "待送达")).toEqual([]);
  });

  it("finds turns that were kept before turns knew whose they are", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    await converse(storage, "m1", "u1", "group", SECRET);
    await storage.conversation.markDelivered("reply-m1", "r", second(3));
    await converse(storage, "m2", "u2", "group", "别人的话");
    await storage.conversation.enqueueNotice({
      ...makeCompletion("digest"),
      sessionKey: "s",
      turn: makeTurn("digest", { asker: null }),
    });
    const database = openRawDatabase(options);
    try {
      await database("turns").update({ user_id: null, session_key: "of an older layout" });
      await fillTurnUsers(database);
      expect(await database("turns").orderBy("sequence").pluck("user_id")).toEqual(["u1", "u2", null]);
    } finally {
      await database.destroy();
    }
    expect(await storage.conversation.eraseUser("web", "u1")).toBe(1);
    expect(await tablesWith(options, SECRET)).toEqual([]);
    expect(await tablesWith(options, "别人的话")).toContain("turns");
  });

  it("finds people whose ids are odd", async () => {
    const storage = await place.open();
    for (const [index, user] of ["a/b", 'say "hi" 100%', "访客\\1"].entries()) {
      await converse(storage, `m${index}`, user, "group/1", SECRET);
      expect(await storage.conversation.eraseUser("web", user)).toBe(1);
    }
  });
});
