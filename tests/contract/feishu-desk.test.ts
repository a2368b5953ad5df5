import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply, ReplyBlock } from "../../src/conversation/index.ts";
import { AppError } from "../../src/shared/index.ts";
import {
  APP,
  cardActionEvent,
  type FeishuServer,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { type RunningChannel, runChannel, sampleReply } from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startFeishuServer();
  running = await runChannel({ domain: server.url });
  await running.waitUntil(() => running.channel.status().healthy, "a healthy channel");
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

const BLOCKS: ReplyBlock[] = [
  { type: "heading", text: "发布影响" },
  { type: "fields", items: [{ label: "文号", value: "云科规〔2025〕9号", note: "管理员填写" }] },
  {
    type: "changes",
    items: [
      {
        kind: "changed",
        section: "第四条",
        runs: [
          { text: "每年最高" },
          { text: "20万元", mark: "removed" },
          { text: "30万元<at id=all>", mark: "added" },
        ],
      },
    ],
    more: 2,
  },
  {
    type: "form",
    name: "correct",
    fields: [
      { name: "title", label: "标题", kind: "text", value: "办法", required: true },
      {
        name: "status",
        label: "状态",
        kind: "select",
        value: "正式",
        options: [{ value: "正式", label: "正式" }],
      },
      { name: "expiresOn", label: "有效期至", kind: "date", value: "2027-01-01" },
      { name: "reason", label: "说明", kind: "multiline" },
    ],
    submit: { name: "kb.correct", label: "保存修改", style: "default", values: { version: "v1" } },
  },
  {
    type: "actions",
    actions: [
      {
        name: "kb.submit",
        label: "提交复核",
        style: "primary",
        values: { version: "v1" },
        confirm: "确定？",
        command: "提交复核 v1",
      },
    ],
  },
];

async function deliver(replyTarget: unknown, reply: Partial<Reply> = { blocks: BLOCKS }) {
  const outboxId = `outbox-${Math.abs(JSON.stringify(replyTarget).length)}-${server.sent.length}`;
  await running.channel.deliver({ outboxId, messageKey: "k", replyTarget, reply: sampleReply(reply) });
  return server.sent.at(-1);
}

interface Tagged {
  tag?: string;
  behaviors?: { value: { name: string; values: Record<string, string> } }[];
  [key: string]: unknown;
}

function findButtons(value: unknown): Tagged[] {
  if (Array.isArray(value)) return value.flatMap(findButtons);
  if (typeof value !== "object" || value === null) return [];
  const own = (value as Tagged).tag === "button" ? [value as Tagged] : [];
  return [...own, ...Object.values(value).flatMap(findButtons)];
}

function buttonValue(content: string | undefined, name: string): object {
  const buttons = findButtons(JSON.parse(content ?? "{}"));
  const value = buttons.flatMap(({ behaviors }) => behaviors ?? []).find((each) => each.value.name === name);
  if (!value) throw new Error(`no button ${name}`);
  return value.value;
}

const press = (spec: Parameters<typeof cardActionEvent>[1]) =>
  server.connection.push(cardActionEvent({ appId: APP.appId, verificationToken: "" }, spec));

describe("a card of the desk", () => {
  it("is accepted by the platform, with facts, marked words, form and button", async () => {
    const sent = await deliver({ directUserId: "ou_admin" });
    expect(sent).toMatchObject({ via: "create", target: "ou_admin", msgType: "interactive" });
    expect(sent?.content).toContain("文号：云科规〔2025〕9号（管理员填写）");
    expect(sent?.content).toContain("~~20万元~~");
    expect(sent?.content).not.toContain("<at id=all>");
    expect(findButtons(JSON.parse(sent?.content ?? "{}"))).toHaveLength(2);
  });

  it("brings a press back as an action, for the person it was sent to", async () => {
    const sent = await deliver({
      messageId: "om_1",
      chatId: "oc_p2p",
      direct: true,
      directUserId: "ou_admin",
    });
    const value = buttonValue(sent?.content, "kb.correct");
    const form = { title: "新标题", expiresOn: "2027-01-01 +0800", list: ["no text"] };
    const ack = await press({ value, form, operatorOpenId: "ou_admin", chatId: "oc_p2p" });
    expect(ack).toMatchObject({ code: 200, data: { toast: { type: "success" } } });
    expect(running.accepted).toMatchObject([
      {
        chatKind: "direct",
        userId: "ou_admin",
        text: "",
        action: {
          name: "kb.correct",
          values: { version: "v1" },
          form: { title: "新标题", expiresOn: "2027-01-01 +0800" },
        },
        replyTarget: { messageId: "om_card", chatId: "oc_p2p", directUserId: "ou_admin" },
      },
    ]);
  });

  it("works for nobody else, in no other chat, and not with other values", async () => {
    const direct = await deliver({
      messageId: "om_1",
      chatId: "oc_p2p",
      direct: true,
      directUserId: "ou_admin",
    });
    const value = buttonValue(direct?.content, "kb.submit") as { values: object };
    const grouped = await deliver({ messageId: "om_2", chatId: "oc_group" });
    const inGroup = buttonValue(grouped?.content, "kb.submit");
    const refused = [
      await press({ value, operatorOpenId: "ou_other", chatId: "oc_p2p" }),
      await press({ value: inGroup, operatorOpenId: "ou_admin", chatId: "oc_elsewhere" }),
      await press({ value: { ...value, values: { version: "v2" } }, operatorOpenId: "ou_admin" }),
      await press({ value: { ...value, xc: "" }, operatorOpenId: "ou_admin" }),
    ];
    for (const ack of refused) expect(ack).toMatchObject({ code: 200, data: { toast: { type: "info" } } });
    expect(running.accepted).toEqual([]);
    await press({ value: inGroup, operatorOpenId: "ou_anybody", chatId: "oc_group" });
    expect(running.accepted).toMatchObject([{ chatKind: "group", chatId: "oc_group", userId: "ou_anybody" }]);
  });

  it("says that an action was not stored", async () => {
    const sent = await deliver({ messageId: "om_1", chatId: "oc_group" });
    running.beforeAccept(async () => {
      throw new AppError({ code: "storage", message: "full", safeMessage: "满了" });
    });
    const ack = await press({ value: buttonValue(sent?.content, "kb.submit"), chatId: "oc_group" });
    expect(ack).toMatchObject({
      code: 200,
      data: { toast: { type: "error", content: expect.stringContaining("错误编号") } },
    });
  });
});

describe("a file sent to the bot", () => {
  async function send(messageType: string, content: object) {
    const event = server.messageEvent({ messageType, content, chatType: "p2p", messageId: "om_file" });
    await server.connection.push(event);
    const message = running.accepted.at(-1);
    const attachment = message?.attachments?.[0];
    if (!message || !attachment) throw new Error("no attachment");
    return { message, attachment };
  }

  it("comes with its name, and its bytes can be fetched", async () => {
    const bytes = Buffer.from("文件内容".repeat(1_000));
    server.resources.set("om_file/file_v3_1", bytes);
    const { message, attachment } = await send("file", { file_key: "file_v3_1", file_name: "办法.docx" });
    expect(message).toMatchObject({ unsupported: "文件", text: "" });
    expect(attachment).toMatchObject({ kind: "file", name: "办法.docx" });
    const fetched = await running.channel.fetchAttachment?.(message, attachment, 1_000_000);
    expect(Buffer.from(fetched ?? []).equals(bytes)).toBe(true);
  });

  it("is refused beyond the limit, when it is gone, and when the app may not read it, each with what to do", async () => {
    server.resources.set("om_file/img_1", Buffer.alloc(3_000_000));
    const { message, attachment } = await send("image", { image_key: "img_1" });
    const fetch = (maxBytes: number) => running.channel.fetchAttachment?.(message, attachment, maxBytes);
    await expect(fetch(1_048_576)).rejects.toMatchObject({
      code: "unusable-input",
      safeMessage: expect.stringContaining("超过 1 MB"),
    });
    server.resources.clear();
    await expect(fetch(1_048_576)).rejects.toMatchObject({
      safeMessage: expect.stringContaining("重新发送"),
    });
    server.failNext("resource", { code: 99991672, msg: "no scope" });
    await expect(fetch(1_048_576)).rejects.toMatchObject({
      safeMessage: expect.stringContaining("im:resource"),
    });
  });
});
