import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../src/access/index.ts";
import { type EnterpriseDesk, openEnterpriseDesk, person } from "../support/enterprise-desk.ts";
import { exactly, holding } from "../support/enterprise-facts.ts";

const li = person("feishu:ou_li_gone");
const wang = person("feishu:ou_wang");
const admin = person("feishu:ou_admin", "admin");
const CODE = "91310120MA1J000145";

/** Planted where people leave things: none of them may be found afterwards. */
const PLANTED = {
  name: "植入甲公司名称",
  words: "植入乙原话三百二十人",
  question: "植入丙提问",
  answer: "植入丁回答",
  dialogue: "植入戊对话状态",
  file: "植入己报告文件",
  reminder: "植入庚提醒",
  message: "植入壬消息",
};

let desk: EnterpriseDesk;
let dataDirectory: string;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "xiance-test-"));
  desk = await openEnterpriseDesk(dataDirectory);
});

afterEach(async () => {
  await desk.storage.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function leaveTraces(by: Actor): Promise<string> {
  const { enterprises, storage, at } = desk;
  const instant = at.toISOString();
  const { enterpriseId } = await enterprises.current(by, null, at);
  await enterprises.rename(enterpriseId, { name: PLANTED.name, creditCode: CODE }, by, at);
  await enterprises.bindChat("feishu:oc_1", enterpriseId, by, at);
  await desk.say(enterpriseId, by, "headcount", exactly(987_001), { words: PLANTED.words });
  await desk.say(enterpriseId, by, "headcount", exactly(987_002));
  await storage.enterprises.saveDialogue({
    sessionKey: "feishu/oc_1/ou_li_gone/",
    account: by.account,
    enterpriseId,
    state: { said: PLANTED.dialogue },
    updatedAt: instant,
  });
  await storage.enterprises.saveFile({
    fileId: "f-1",
    account: by.account,
    enterpriseId: null,
    name: `${PLANTED.file}.docx`,
    mediaType: "application/octet-stream",
    bytes: new TextEncoder().encode(PLANTED.file),
    createdAt: instant,
  });
  await storage.outreach.addReminder({
    reminderId: "r-1",
    account: by.account,
    enterpriseId: null,
    dueOn: "2027-03-01",
    subject: { what: PLANTED.reminder },
    createdAt: instant,
  });
  await storage.outreach.subscribe(
    {
      subscriptionId: "s-1",
      account: by.account,
      enterpriseId,
      kind: "event",
      topic: "event-1",
      cadence: "at-once",
      quietFrom: "20:00",
      quietTo: "08:00",
      weeklyLimit: 3,
      consentedAt: instant,
    },
    { actor: by.account },
  );
  await ask();
  return enterpriseId;
}

async function ask(): Promise<void> {
  const { storage, at } = desk;
  const instant = at.toISOString();
  const asker = {
    channel: "feishu",
    userId: "ou_li_gone",
    chatId: "oc_1",
    chatKind: "group",
    replyTarget: null,
  };
  await storage.conversation.acceptMessage({
    channel: "feishu",
    messageKey: "m-1",
    message: { ...asker, text: PLANTED.message },
    sessionKey: "feishu/oc_1/ou_li_gone/",
    acceptedAt: instant,
  });
  await storage.conversation.claimNextMessage(at);
  await storage.conversation.completeMessage({
    channel: "feishu",
    messageKey: "m-1",
    outbox: {
      outboxId: "o-1",
      channel: "feishu",
      messageKey: "m-1",
      reply: { headline: PLANTED.answer },
      dueAt: instant,
      createdAt: instant,
    },
    turn: {
      turnId: "t-1",
      sessionKey: "feishu/oc_1/ou_li_gone/",
      channel: "feishu",
      messageKey: "m-1",
      question: PLANTED.question,
      resolvedQuestion: PLANTED.question,
      answer: { headline: PLANTED.answer },
      at: instant,
      asker,
    },
  });
  await storage.conversation.markDelivered("o-1", "receipt", at);
}

/** Every byte of the database, free pages and the journal included. */
async function readDatabase(): Promise<Buffer> {
  const names = (await readdir(dataDirectory)).filter((name) => name.startsWith("xiance.sqlite"));
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(dataDirectory, name)))));
}

describe("what somebody has given", () => {
  it("is given back whole, in words", async () => {
    await leaveTraces(li);
    const data = JSON.stringify(await desk.enterprises.exportData(li, desk.at));
    const { message, answer, file, ...given } = PLANTED;
    for (const text of [...Object.values(given), answer, CODE, "职工人数", "987002人"]) {
      expect(data, text).toContain(text);
    }
    expect(data).not.toContain(message);
    expect(data).not.toContain(file);
    expect(JSON.stringify(await desk.enterprises.exportData(wang, desk.at))).not.toMatch(/植入|98/);
  });

  it("is gone when they ask, down to the bytes of the database", async () => {
    const { enterprises, storage, at } = desk;
    const enterpriseId = await leaveTraces(li);
    for (const text of [...Object.values(PLANTED), CODE, "987001"]) {
      expect((await readDatabase()).includes(text), `${text} was planted`).toBe(true);
    }
    expect(await enterprises.deleteData(li, at)).toEqual({ enterprises: 1, facts: 4, turns: 1 });
    expect(await enterprises.find(li, "feishu:oc_1")).toBeUndefined();
    expect(await storage.enterprises.get(enterpriseId)).toBeUndefined();
    expect(await storage.enterprises.getFile("f-1")).toBeUndefined();
    expect(JSON.stringify(await enterprises.exportData(li, at))).not.toMatch(/植入/);
    expect(await enterprises.deleteData(li, at)).toEqual({ enterprises: 0, facts: 0, turns: 0 });
    expect((await storage.audit.verify()).intact).toBe(true);
    await storage.close();
    const bytes = await readDatabase();
    for (const text of [...Object.values(PLANTED), CODE, "987001", "987002"]) {
      expect(bytes.includes(text), `${text} is left`).toBe(false);
    }
  });

  it("stays with an enterprise of others, without their name", async () => {
    const { enterprises, storage, at } = desk;
    const enterpriseId = await leaveTraces(li);
    await enterprises.admit(enterpriseId, wang.account, admin, at);
    await desk.say(enterpriseId, wang, "needs", holding({ id: "plant" }));
    const before = await enterprises.exportData(wang, at);
    expect(JSON.stringify(before)).not.toContain("987");
    expect(await enterprises.deleteData(li, at)).toEqual({ enterprises: 0, facts: 0, turns: 1 });
    const profile = await enterprises.profile(enterpriseId, wang, "2026-11-23");
    expect(profile.facts.get("headcount")).toMatchObject({
      value: exactly(987_002),
      source: { by: "deleted" },
    });
    expect(profile.facts.get("needs")?.source.by).toBe(wang.account);
    expect(await enterprises.membersOf(enterpriseId, wang)).toEqual([wang.account]);
    const record = await storage.enterprises.get(enterpriseId);
    expect(record?.createdBy).toBe("deleted");
    await expect(enterprises.profile(enterpriseId, li, "2026-11-23")).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
