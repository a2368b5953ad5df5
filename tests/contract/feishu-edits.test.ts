import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingReply, Reply, ReplyBlock } from "../../src/conversation/index.ts";
import {
  APP,
  cardActionEvent,
  type FeishuServer,
  judgeContent,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { type RunningChannel, runChannel } from "../support/feishu-server/run-channel.ts";
import { findTagged, findValue, sampleTicket } from "../support/feishu-server/sample-ticket.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

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

let notices = 0;

function outgoing(reply: Partial<Reply> = {}, replyTarget?: unknown): OutgoingReply {
  notices += 1;
  const target = replyTarget ?? running.channel.groupTarget?.("oc_tax");
  return {
    outboxId: `notice-${notices}`,
    messageKey: `k${notices}`,
    replyTarget: target,
    reply: sampleTicket(reply),
  };
}

const LOG = Array.from({ length: 30 }, (_, index) => `第${index + 1}条往来`);

const CLAIMED: Partial<Reply> = { headline: "工单 20261123-0007 · 已由李专员（虚构）认领" };

async function revise(receipt: string, next: OutgoingReply): Promise<string> {
  if (!running.channel.revise) throw new Error("no edits");
  return (await running.channel.revise(receipt, next)).receipt;
}

const press = (value: object, form?: Record<string, unknown>, chatId = "oc_tax") =>
  server.connection.push(
    cardActionEvent(
      { appId: APP.appId, verificationToken: "" },
      { value, chatId, operatorOpenId: "ou_specialist", ...(form && { form }) },
    ),
  );

describe("a card that is edited", () => {
  it("goes to the group first, and then changes in its place for everybody", async () => {
    const { receipt } = await running.channel.deliver(outgoing());
    expect(server.sent).toMatchObject([{ via: "create", target: "oc_tax", msgType: "interactive" }]);
    expect(await revise(receipt, outgoing(CLAIMED))).toBe(receipt);
    expect(server.sent).toHaveLength(1);
    expect(server.sent[0]?.content).toContain("已由李专员");
    expect(JSON.parse(server.edits[0]?.content ?? "").config.update_multi).toBe(true);
    expect(running.channel.capabilities).toMatchObject({ reactions: true });
  });

  it("has buttons that work in its group, and there only", async () => {
    const { receipt } = await running.channel.deliver(outgoing());
    await revise(receipt, outgoing(CLAIMED));
    const value = findValue(server.sent[0]?.content, "ticket.claim");
    expect(await press(value, undefined, "oc_elsewhere")).toMatchObject({
      data: { toast: { type: "info" } },
    });
    expect(await press(value)).toMatchObject({
      data: { toast: { type: "success", content: expect.stringContaining("已收到，正在处理") } },
    });
    expect(running.accepted).toMatchObject([
      { chatKind: "group", chatId: "oc_tax", userId: "ou_specialist", action: { name: "ticket.claim" } },
    ]);
  });

  it("stays one card: what is too long is shortened, and says so", async () => {
    const { receipt } = await running.channel.deliver(outgoing());
    const long = sampleTicket().blocks.map((block): ReplyBlock => {
      if (block.type === "citation") return { ...block, quote: block.quote.repeat(400) };
      if (block.type === "list") return { ...block, items: LOG };
      return block.type === "paragraph" ? { ...block, text: block.text.repeat(300) } : block;
    });
    expect(await revise(receipt, outgoing({ blocks: long }))).toBe(receipt);
    const content = server.sent[0]?.content ?? "";
    expect(server.sent).toHaveLength(1);
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(28 * 1024);
    expect(content).toContain("字从略");
    expect(content).toContain("第30条往来");
    expect(content).not.toContain("第1条往来");
    expect(content).toContain("本卡片有所从略");
    expect(findTagged(content, "button")).toHaveLength(4);
  });

  it("survives a lost answer, and waits when the platform is busy", async () => {
    const { receipt } = await running.channel.deliver(outgoing());
    server.failNext("edit", { lost: true }, { code: 230020 });
    expect(await revise(receipt, outgoing(CLAIMED))).toBe(receipt);
    expect(server.sent).toHaveLength(1);
  });

  it("is tried again later when the platform stays busy", async () => {
    const { receipt } = await running.channel.deliver(outgoing());
    server.failNext("edit", { code: 230020 }, { code: 230020 }, { code: 230020 });
    await expect(revise(receipt, outgoing(CLAIMED))).rejects.toMatchObject({ retryable: true });
    expect(server.sent[0]?.content).not.toContain("李专员");
    expect(server.sent).toHaveLength(1);
  });

  it("keeps to five edits a second of one message", async () => {
    const { receipt } = await running.channel.deliver(outgoing());
    const results = await Promise.allSettled(
      Array.from({ length: 7 }, () => revise(receipt, outgoing(CLAIMED))),
    );
    // What does not fit waits for the outbox; nothing is sent a second time.
    const late = results.filter(({ status }) => status === "rejected");
    for (const each of late) expect(each).toMatchObject({ reason: { retryable: true } });
    expect(server.edits.length).toBe(7 - late.length);
    expect(server.sent).toHaveLength(1);
  });
});

describe("a card that can no longer be edited", () => {
  it.each([
    ["older than 14 days", () => age(15)],
    ["recalled", () => server.recalled.add("om_sent1")],
    ["deleted", () => server.failNext("edit", { code: 230110 })],
    ["refused as a card", () => server.failNext("edit", { code: 230099, msg: "ErrCode: 200621" })],
  ])("because it is %s is sent anew, once, and its new receipt is told", async (_case, plant) => {
    const { receipt } = await running.channel.deliver(outgoing());
    plant();
    const next = outgoing(CLAIMED);
    expect(await revise(receipt, next)).toBe("om_sent2");
    expect(server.sent[1]).toMatchObject({ via: "create", target: "oc_tax", msgType: "interactive" });
    expect(server.sent[1]?.content).toContain("李专员");
    // The outbox may not have learnt of it.
    server.recalled.add("om_sent1");
    expect(await revise(receipt, next)).toBe("om_sent2");
    expect(server.sent).toHaveLength(2);
    expect(running.log()).toContain("sent anew, not edited");
  });

  it("because it was sent as text is sent anew as a card", async () => {
    server.failNext("send", { code: 230099, msg: "ErrCode: 200621" });
    const { receipt } = await running.channel.deliver(outgoing());
    expect(server.sent).toMatchObject([{ msgType: "post" }]);
    expect(await revise(receipt, outgoing(CLAIMED))).toBe("om_sent2");
    expect(server.sent[1]).toMatchObject({ msgType: "interactive" });
  });

  it.each(["uuid:notice-1", "reaction:ZCaC-1_"])("because %s is no message is sent", async (receipt) => {
    expect(await revise(receipt, outgoing(CLAIMED))).toBe("om_sent1");
    expect(server.edits).toEqual([]);
  });

  it.each([
    [230002, "重新把机器人加入"],
    [232009, "已解散"],
    [99991672, "权限"],
  ])("because of %i fails with what to do, and sends nothing", async (code, words) => {
    const { receipt } = await running.channel.deliver(outgoing());
    server.failNext("edit", { code });
    await expect(revise(receipt, outgoing(CLAIMED))).rejects.toMatchObject({
      retryable: false,
      safeMessage: expect.stringContaining(words),
    });
    expect(server.sent).toHaveLength(1);
  });
});

function age(days: number): void {
  const [message] = server.sent;
  if (message) message.sentAt -= days * DAY_MS;
}

describe("a form with several buttons", () => {
  it("is accepted, and each press tells which button it was, with the contents", async () => {
    await running.channel.deliver(outgoing());
    const content = server.sent[0]?.content ?? "";
    const [form] = findTagged(content, "form");
    const buttons = findTagged(form, "button");
    expect(buttons.map(({ name, type }) => [name, type])).toEqual([
      ["reply_submit", "primary"],
      ["reply_submit2", "default"],
      ["reply_submit3", "danger"],
    ]);
    expect(buttons.map(({ form_action_type }) => form_action_type)).toEqual(["submit", "submit", "submit"]);
    expect(buttons[2]).toMatchObject({ confirm: { text: { content: "办结后企业会收到通知，确定？" } } });
    // A required field would keep every button of the form from working, not only the first.
    expect(findTagged(form, "input")[0]).not.toHaveProperty("required");
    await press(findValue(content, "ticket.ask"), { text: "请补充纳税年度。" });
    await press(findValue(content, "ticket.close"), { text: "" });
    expect(running.accepted.map(({ action }) => action)).toEqual([
      { name: "ticket.ask", values: { task: "t1" }, form: { text: "请补充纳税年度。" } },
      { name: "ticket.close", values: { task: "t1" }, form: { text: "" } },
    ]);
  });

  it("may offer more people than a card can name, and leaves out a choice of nothing", async () => {
    const options = Array.from({ length: 200 }, (_, index) => ({
      value: `p${index}`,
      label: `专员${index}`,
    }));
    const form: ReplyBlock = {
      type: "form",
      name: "transfer",
      fields: [
        { name: "to", label: "转给", kind: "select", options },
        { name: "queue", label: "队列", kind: "select", options: [] },
        { name: "reason", label: "原因", kind: "text" },
      ],
      submit: { name: "ticket.transfer", label: "转派", style: "primary", values: {} },
    };
    await running.channel.deliver(outgoing({ blocks: [form] }));
    expect(server.sent).toMatchObject([{ msgType: "interactive" }]);
    const [select, ...others] = findTagged(server.sent[0]?.content, "select_static");
    expect(others).toEqual([]);
    expect(select).toMatchObject({ name: "to", placeholder: { content: "请选择（仅列前 60 项）" } });
    expect(select?.["options"]).toHaveLength(60);
  });

  it("may stand beside another with the same names", async () => {
    const form = sampleTicket().blocks.find(({ type }) => type === "form") as ReplyBlock;
    await running.channel.deliver(outgoing({ blocks: [form, form] }));
    const content = server.sent[0]?.content ?? "";
    expect(server.sent[0]?.msgType).toBe("interactive");
    expect(judgeContent("interactive", content.replaceAll("__2", ""))).toMatchObject({ code: 230099 });
    await press(findValue(content, "ticket.reply"), { text__2: "第二张表单" });
    expect(running.accepted[0]?.action?.form).toEqual({ text: "第二张表单" });
  });
});
