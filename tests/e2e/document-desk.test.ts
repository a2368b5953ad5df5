import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Document, HeadingLevel, Packer, Paragraph } from "docx";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Application, openApplication } from "../../src/app.ts";
import { type BackgroundWork, createBackgroundWork } from "../../src/background-work.ts";
import { readConfig } from "../../src/config.ts";
import {
  type Conversation,
  createConversation,
  createDocumentDesk,
  type DocumentDesk,
  type InboundMessage,
  type OutgoingReply,
  type Reply,
  type ReplyAction,
} from "../../src/conversation/index.ts";
import {
  createManualClock,
  type ManualClock,
  randomIds,
  silentLogger,
  type VersionId,
} from "../../src/shared/index.ts";

const ADMIN_A = "ou_a";
const ADMIN_B = "ou_b";

const rules = (amount: string, title = "青岚区孵化器管理办法") => `${title}

青科规〔2026〕5号

第一条 为支持孵化器发展，制定本办法。
第二条 对新认定的孵化器，一次性奖励${amount}。
第三条 本办法自2026年1月1日起施行，有效期3年。

青岚区科学技术局
2025年12月20日
`;

let data: string;
let app: Application;
let clock: ManualClock;
let conversation: Conversation;
let background: BackgroundWork;
let desk: DocumentDesk;
let sent: OutgoingReply[];
let files: Map<string, Uint8Array>;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-desk-"));
  clock = createManualClock(new Date("2026-11-23T04:00:00Z"));
  app = await openApplication(readConfig({}, { data }), {
    mode: "write",
    clock: clock.now,
    ids: randomIds,
    logger: silentLogger,
  });
  const operator = { account: "cli:test", roles: new Set(["admin" as const]) };
  await app.access.grant(`test:${ADMIN_A}`, "admin", operator);
  await app.access.grant(`test:${ADMIN_B}`, "admin", operator);
  sent = [];
  files = new Map();
  const channel = {
    name: "test",
    capabilities: { maxTextBytes: 1e6, maxCardBytes: 1e6, foldableCitations: true, threads: true },
    start: async () => {},
    stop: async () => {},
    status: () => ({ healthy: true, detail: "" }),
    deliver: async (reply: OutgoingReply) => {
      sent.push(reply);
      return { receipt: `r${sent.length}` };
    },
    fetchAttachment: async (_message: InboundMessage, { name }: { name: string }) =>
      files.get(name) ?? new Uint8Array(),
    directTarget: (userId: string) => ({ to: userId }),
  };
  const channels = new Map([["test", channel]]);
  const parts = { store: app.storage.conversation, clock: clock.now, ids: randomIds, logger: silentLogger };
  desk = createDocumentDesk({
    publishing: app.publishing,
    listAdmins: () => background.listAdmins(),
    notify: (account, key, reply) => background.notifyPerson(account, key, reply),
    logger: silentLogger,
  });
  conversation = createConversation({
    ...parts,
    answerer: app.answerer,
    channels,
    actorOf: app.access.actorOf,
    rateLimit: { burst: 1000, perMinute: 1000 },
    skills: [desk],
  });
  background = createBackgroundWork({
    publishing: app.publishing,
    access: app.access,
    conversation,
    channels,
    reportReading: desk.report,
    digestAt: "09:00",
    citationUrl: ({ documentId }) => `/documents/${documentId}`,
    clock: clock.now,
    logger: silentLogger,
  });
  await conversation.start();
});

afterEach(async () => {
  await background.stop();
  await conversation.stop();
  await app.close();
  await rm(data, { recursive: true });
});

async function send(userId: string, more: Partial<InboundMessage>): Promise<Reply> {
  clock.advance(1_000);
  const before = sent.length;
  const messageKey = randomIds();
  await conversation.accept({
    channel: "test",
    messageKey,
    chatId: `direct-${userId}`,
    chatKind: "direct",
    userId,
    text: "",
    replyTarget: { to: userId },
    sentAt: clock.now().toISOString(),
    ...more,
  });
  await conversation.drain();
  const own = sent.slice(before).find((reply) => reply.messageKey === messageKey);
  if (!own) throw new Error("no reply");
  return own.reply;
}

function upload(userId: string, name: string, content: string | Uint8Array): Promise<Reply> {
  files.set(name, typeof content === "string" ? Buffer.from(content) : content);
  return send(userId, { unsupported: "文件", attachments: [{ kind: "file", name, reference: {} }] });
}

function actionsOf(reply: Reply): ReplyAction[] {
  return reply.blocks.flatMap((block) =>
    block.type === "actions" ? block.actions : block.type === "form" ? [block.submit] : [],
  );
}

function press(
  userId: string,
  reply: Reply | undefined,
  name: string,
  form?: Record<string, string>,
): Promise<Reply> {
  const action = reply && actionsOf(reply).find((each) => each.name === name);
  if (!action) throw new Error(`no button ${name} in ${reply?.headline}`);
  return send(userId, { action: { name, values: action.values, ...(form && { form }) } });
}

const lastTo = (userId: string, kind: string) =>
  sent.findLast((each) => (each.replyTarget as { to: string }).to === userId && each.reply.kind === kind)
    ?.reply;

const ask = (userId: string, text: string) => send(userId, { text });

/** Through upload, proposal and the second administrator's approval. */
async function publish(text: string, name = "办法.txt"): Promise<Reply> {
  await press(ADMIN_A, await upload(ADMIN_A, name, text), "kb.submit");
  return press(ADMIN_B, lastTo(ADMIN_B, "desk-review"), "kb.approve");
}

describe("a document by chat", () => {
  it("goes from a file to an answer through two administrators", async () => {
    const card = await upload(ADMIN_A, "办法.txt", rules("30万元"));
    expect(card.kind).toBe("desk-review");
    expect(card.plainText).toContain("文号：青科规〔2026〕5号");
    expect(card.plainText).toContain("有效期至：2028-12-31（推算）");
    expect((await ask("ou_x", "孵化器一次性奖励多少")).plainText).not.toContain("30万元");

    const waiting = await press(ADMIN_A, card, "kb.submit");
    expect(waiting.kind).toBe("desk-waiting");
    const request = lastTo(ADMIN_B, "desk-review");
    expect((await press(ADMIN_A, request, "kb.approve")).kind).toBe("desk-refused");
    const done = await press(ADMIN_B, request, "kb.approve");
    expect(done.kind).toBe("desk-done");
    expect(lastTo(ADMIN_A, "desk-done")?.headline).toContain("已复核通过");
    expect((await ask("ou_x", "孵化器一次性奖励多少")).plainText).toContain("30万元");
    // A second press on the same card says the same and does nothing more.
    expect((await press(ADMIN_B, request, "kb.approve")).kind).toBe("desk-done");
    const told = sent.filter(({ reply }) => reply.headline.includes("已复核通过"));
    expect(told).toHaveLength(1);
    const published = await app.storage.audit.list({ action: "version.published", limit: 10 });
    expect(published.filter(({ actor }) => actor === `test:${ADMIN_B}`)).toHaveLength(1);
  });

  it("reads a Word file in its own process", async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph({ text: "青岚区人才公寓管理办法", heading: HeadingLevel.TITLE }),
            new Paragraph("第一条 人才公寓由青岚区人才服务中心管理。"),
            new Paragraph("第二条 本办法自2026年3月1日起施行。"),
          ],
        },
      ],
    });
    const card = await upload(ADMIN_A, "公寓.docx", await Packer.toBuffer(document));
    expect(card.headline).toContain("青岚区人才公寓管理办法");
    expect(card.plainText).toContain("施行日期：2026-03-01");
  });

  it("can be corrected on the card before it goes on", async () => {
    const card = await upload(ADMIN_A, "办法.txt", rules("30万元"));
    const wrong = await press(ADMIN_A, card, "kb.correct", { expiresOn: "2027-13-40" });
    expect(wrong).toMatchObject({ kind: "desk-refused", headline: expect.stringContaining("不是有效日期") });
    const corrected = await press(ADMIN_A, card, "kb.correct", { expiresOn: "2027-06-30 +0800" });
    expect(corrected.plainText).toContain("有效期至：2027-06-30（管理员填写）");
    expect(actionsOf(corrected).map(({ name }) => name)).toContain("kb.submit");
  });

  it("goes back with a reason, and its sender is told", async () => {
    await press(ADMIN_A, await upload(ADMIN_A, "办法.txt", rules("30万元")), "kb.submit");
    const request = lastTo(ADMIN_B, "desk-review");
    expect((await press(ADMIN_B, request, "kb.reject", { reason: "缺附件" })).kind).toBe("desk-done");
    expect(lastTo(ADMIN_A, "desk-done")?.plainText).toContain("缺附件");
  });

  it("comes back once more as the same file, and as a new version when it has changed", async () => {
    await publish(rules("30万元"));
    expect((await upload(ADMIN_B, "另名.txt", rules("30万元"))).kind).toBe("desk-duplicate");
    const changed = await upload(ADMIN_B, "办法（修订）.txt", rules("50万元"));
    expect(changed.headline).toContain("第2版");
    expect(changed.plainText).toContain("识别为库内文件的新版本");
    expect(changed.blocks.find(({ type }) => type === "changes")).toMatchObject({
      items: [
        {
          kind: "changed",
          section: "第二条",
          runs: expect.arrayContaining([
            { text: "30万元", mark: "removed" },
            { text: "50万元", mark: "added" },
          ]),
        },
      ],
    });
  });
});

describe("a card", () => {
  it("names what it decides: taking back is not called publishing", async () => {
    await publish(rules("30万元"));
    await ask(ADMIN_A, "撤下文件 孵化器 已有新文件");
    const request = lastTo(ADMIN_B, "desk-review");
    const approve = request && actionsOf(request).find(({ name }) => name === "kb.approve");
    expect(approve).toMatchObject({ label: "同意撤下", confirm: expect.stringContaining("撤下") });
    expect(request?.plainText).toContain("撤下《青岚区孵化器管理办法》");
    const pending = await ask(ADMIN_B, "待复核");
    const opened = await press(ADMIN_B, pending, "kb.proposal");
    expect(actionsOf(opened).map(({ label }) => label)).toEqual(["同意撤下", "退回"]);
  });

  it("of one version decides nothing about another", async () => {
    await publish(rules("30万元"));
    const second = await upload(ADMIN_A, "二.txt", rules("50万元"));
    const third = await upload(ADMIN_A, "三.txt", rules("70万元"));
    await press(ADMIN_A, second, "kb.submit");
    const version = actionsOf(third).find(({ name }) => name === "kb.submit")?.values["version"];
    const shown = await ask(ADMIN_B, `查看版本 ${version}`);
    expect(shown.plainText).toContain("另有一项待复核的申请");
    expect(actionsOf(shown)).toEqual([]);
  });

  it("comes again when the file is sent again before it was published", async () => {
    const first = await upload(ADMIN_A, "办法.txt", rules("30万元"));
    expect(await upload(ADMIN_A, "办法.txt", rules("30万元"))).toMatchObject({
      kind: "desk-review",
      headline: first.headline,
    });
  });
});

describe("a process that ended", () => {
  it("reports the file whose reading it had promised to report", async () => {
    const bytes = Buffer.from(rules("30万元"));
    await app.storage.workflow.receive(
      {
        submissionId: "s-1",
        originalHash: "hash-1",
        fileName: "办法.txt",
        bytes: bytes.byteLength,
        submittedBy: `test:${ADMIN_A}`,
        source: "chat",
        createdAt: clock.now().toISOString(),
      },
      bytes,
      { actor: `test:${ADMIN_A}` },
    );
    background.start();
    await expect.poll(() => lastTo(ADMIN_A, "desk-review")?.headline, { timeout: 5_000 }).toContain("孵化器");
  });

  it("left a decision whose message is taken up again: it is made once, and everybody is told once", async () => {
    const card = await upload(ADMIN_A, "办法.txt", rules("30万元"));
    const submit = actionsOf(card).find(({ name }) => name === "kb.submit");
    const version = submit?.values["version"] as VersionId;
    const handle = (userId: string, messageKey: string, action: InboundMessage["action"]) =>
      desk.handle(
        {
          channel: "test",
          messageKey,
          chatId: `direct-${userId}`,
          chatKind: "direct",
          userId,
          text: "",
          ...(action && { action }),
          replyTarget: {},
          sentAt: clock.now().toISOString(),
        },
        {
          actor: { account: `test:${userId}`, roles: new Set(["staff", "admin"]) },
          language: "zh",
          at: clock.now().toISOString(),
          fetchAttachment: () => Promise.reject(new Error("no attachment")),
        },
      );
    const submitting = { name: "kb.submit", values: { version } };
    const first = await handle(ADMIN_A, "m-1", submitting);
    // The process ended before the reply was stored; the message is handled anew.
    const again = await handle(ADMIN_A, "m-1", submitting);
    expect(first?.plainText).toContain("已通知另外 1 位管理员");
    expect(again).toEqual(first);
    const [proposal] = await app.storage.workflow.listProposals({ state: "open" });
    const approving = { name: "kb.approve", values: { proposal: proposal?.proposalId ?? "" } };
    expect((await handle(ADMIN_B, "m-2", approving))?.kind).toBe("desk-done");
    expect((await handle(ADMIN_B, "m-2", approving))?.kind).toBe("desk-done");
    await conversation.drain();
    expect(sent.filter(({ reply }) => reply.headline.includes("已复核通过"))).toHaveLength(1);
    expect(await app.storage.workflow.listProposals()).toHaveLength(1);
  });
});

describe("corrections", () => {
  it("tell an asker once, in the same place, when a publication changed the answer", async () => {
    await publish(rules("30万元"));
    const first = await ask("ou_x", "孵化器一次性奖励多少");
    expect(first.plainText).toContain("30万元");
    await ask("ou_y", "人才安居有哪些支持举措？");
    await publish(rules("50万元"), "新办法.txt");
    background.start();
    await expect.poll(() => lastTo("ou_x", "correction")?.plainText, { timeout: 5_000 }).toContain("50万元");
    await background.stop();
    background.start();
    await background.stop();
    await conversation.drain();
    const corrections = sent.filter(({ reply }) => reply.kind === "correction");
    expect(corrections).toHaveLength(1);
    expect(
      corrections[0]?.reply.blocks.some(
        (block) => block.type === "citation" && block.quote.includes("50万元"),
      ),
    ).toBe(true);
  });
});

describe("roll back and withdraw", () => {
  it("need a second administrator, and take effect at once", async () => {
    await publish(rules("30万元"));
    await publish(rules("50万元"), "新办法.txt");
    const status = await ask(ADMIN_A, "文件状态 孵化器");
    expect(status.plainText).toContain("第2版：已发布");
    const waiting = await press(ADMIN_A, status, "kb.rollback", { reason: "金额有误" });
    expect(waiting.kind).toBe("desk-waiting");
    await press(ADMIN_B, lastTo(ADMIN_B, "desk-review"), "kb.approve");
    expect((await ask("ou_x", "孵化器一次性奖励多少")).plainText).toContain("30万元");
    await ask(ADMIN_A, "撤下文件 孵化器 已有新文件");
    await press(ADMIN_B, lastTo(ADMIN_B, "desk-review"), "kb.approve");
    expect((await ask("ou_x", "孵化器一次性奖励多少")).plainText).not.toContain("30万元");
  });
});

describe("who may", () => {
  it("refuses politely those who are no administrators, and work in groups", async () => {
    expect((await upload("ou_x", "我的.txt", rules("1万元"))).kind).toBe("desk-refused");
    expect((await ask("ou_x", "文件列表")).kind).toBe("desk-refused");
    await ask("ou_x", "What does the one-stop service include?");
    expect((await upload("ou_x", "mine.txt", rules("1万元"))).headline).toMatch(
      /^I cannot answer from a file/,
    );
    expect((await ask("ou_x", "/kb list")).headline).toMatch(/^Only administrators/);
    const inGroup = await send(ADMIN_A, { text: "文件列表", chatKind: "group", chatId: "g" });
    expect(inGroup).toMatchObject({ kind: "desk-refused", headline: expect.stringContaining("私聊") });
    expect((await ask(ADMIN_A, "文件列表")).plainText).toContain("奉贤园");
    expect(await app.storage.workflow.listSubmissions()).toEqual([]);
  });

  it("lets questions of administrators be questions", async () => {
    expect((await ask(ADMIN_A, "人才安居有哪些支持举措？")).kind).toMatch(/answered|partial/);
  });

  it("says what is wrong with a file that cannot be read, and keeps it", async () => {
    const refused = await upload(
      ADMIN_A,
      "程序.docx",
      Buffer.from("MZ\u0090\u0000\u0003".padEnd(400, "\u0000"), "latin1"),
    );
    expect(refused.kind).toBe("desk-refused");
    expect(refused.plainText).toContain("原件已保存");
    expect(await app.storage.workflow.listSubmissions()).toMatchObject([{ state: "failed" }]);
  });
});

describe("the digest", () => {
  it("goes to every administrator once a day", async () => {
    background.start();
    await expect
      .poll(() => sent.filter(({ reply }) => reply.kind === "digest").length, { timeout: 5_000 })
      .toBe(2);
    await background.stop();
    background.start();
    await background.stop();
    await conversation.drain();
    expect(sent.filter(({ reply }) => reply.kind === "digest")).toHaveLength(2);
    expect(lastTo(ADMIN_B, "digest")?.plainText).toContain("征求意见稿");
  });
});
