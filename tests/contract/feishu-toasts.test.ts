import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingReply, Reply } from "../../src/conversation/index.ts";
import {
  APP,
  cardActionEvent,
  createWebhookSender,
  type FeishuServer,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import {
  hostWebhooks,
  type RunningChannel,
  type RunOptions,
  runChannel,
  sampleReply,
  type WebhookHost,
} from "../support/feishu-server/run-channel.ts";
import { findValue } from "../support/feishu-server/sample-ticket.ts";

const SOURCE = { appId: APP.appId, verificationToken: "" };
const WEBHOOK = { transport: "webhook", encryptKey: APP.encryptKey } as const;
const SLOW = { tuning: { toastWaitMs: 2_000 } };

let server: FeishuServer;
let running: RunningChannel;
let host: WebhookHost | undefined;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await host?.close();
  host = undefined;
  await server.close();
});

/** A card with a button in the group, and what its button carries. */
async function start(options: Partial<RunOptions> = {}): Promise<{ value: object; messageId: string }> {
  running = await runChannel({ domain: server.url, ...SLOW, ...options });
  if (options.config?.transport !== "webhook")
    await running.waitUntil(() => running.channel.status().healthy, "a healthy channel");
  const actions = [{ name: "answer.helpful", label: "有帮助", style: "default" as const, values: {} }];
  const reply = sampleReply({ blocks: [{ type: "actions", actions }] });
  const replyTarget = { messageId: "om_question", chatId: "oc_group" };
  const { receipt } = await running.channel.deliver({
    outboxId: "card",
    messageKey: "q",
    replyTarget,
    reply,
  });
  return { value: findValue(server.sent[0]?.content ?? "", "answer.helpful"), messageId: receipt };
}

function answer(overrides: Partial<Reply> = {}): OutgoingReply {
  const message = running.accepted.at(-1);
  if (!message) throw new Error("nothing was pressed");
  const { messageKey, replyTarget } = message;
  const reply = sampleReply({ headline: "谢谢您的评价。", blocks: [], quiet: true, ...overrides });
  return { outboxId: `reply to ${messageKey}`, messageKey, replyTarget, reply };
}

/** Presses, and answers when the press has been taken in. */
async function press(
  card: { value: object; messageId: string },
  work: () => Promise<unknown>,
): Promise<unknown> {
  const event = cardActionEvent(SOURCE, card);
  const callback = server.connection.push(event);
  await running.waitUntil(() => running.accepted.length === 1, "the press");
  await work();
  return (await callback)?.data;
}

describe("what is said to a pressed button", () => {
  it("stands in the toast when it is one line, and is delivered by that", async () => {
    const card = await start();
    let receipt = "";
    const said = await press(card, async () => {
      ({ receipt } = await running.channel.deliver(answer()));
    });
    expect(said).toEqual({ toast: { type: "success", content: "谢谢您的评价。" } });
    expect(receipt).toMatch(/^toast:/);
    expect(server.sent).toHaveLength(1);
    expect(server.reactions).toHaveLength(0);
  });

  it("is not said again when it is delivered again", async () => {
    const card = await start();
    await press(card, async () => {
      const first = await running.channel.deliver(answer());
      expect(await running.channel.deliver(answer())).toEqual(first);
    });
    expect(server.sent).toHaveLength(1);
  });

  it("warns when it went to nobody, and says an error as one", async () => {
    const card = await start();
    const unsent = await press(card, () => running.channel.deliver(answer({ unsent: true })));
    expect(unsent).toMatchObject({ toast: { type: "warning" } });
    const event = cardActionEvent(SOURCE, card);
    const callback = server.connection.push(event);
    await running.waitUntil(() => running.accepted.length === 2, "the second press");
    await running.channel.deliver(answer({ kind: "error", headline: "未能保存。" }));
    expect((await callback)?.data).toEqual({ toast: { type: "error", content: "未能保存。" } });
  });

  it("lets the callback go at once when the answer is a message", async () => {
    const card = await start();
    const { quiet: _quiet, ...message } = answerless();
    const said = await press(card, () =>
      running.channel.deliver({ ...answer(), reply: { ...message, headline: "结果如下。" } }),
    );
    expect(JSON.stringify(said)).toContain("结果会在会话中告知");
    expect(server.sent[1]?.content).toContain("结果如下。");
  });

  it("comes as a line when the callback had to go before", async () => {
    const card = await start({ tuning: { toastWaitMs: 30 } });
    const event = cardActionEvent(SOURCE, card);
    expect(JSON.stringify((await server.connection.push(event))?.data)).toContain("已收到");
    const { receipt } = await running.channel.deliver(answer());
    expect(receipt).toBe(server.sent[1]?.messageId);
    expect(server.sent[1]?.msgType).toBe("post");
  });

  it("is let go when the card itself is changed, which comes after the callback", async () => {
    const card = await start();
    const said = await press(card, async () => {
      const changed = answer();
      const { quiet: _quiet, ...reply } = changed.reply;
      await running.channel.revise?.(card.messageId, { ...changed, messageKey: "another", reply });
    });
    expect(JSON.stringify(said)).toContain("已收到");
    expect(server.edits).toHaveLength(1);
  });

  it("stands in the toast by webhook as well", async () => {
    const card = await start({ config: WEBHOOK });
    host = await hostWebhooks(running.channel);
    const sender = createWebhookSender({ url: host.cardUrl, encryptKey: APP.encryptKey });
    const event = cardActionEvent({ appId: APP.appId, verificationToken: APP.verificationToken }, card);
    const callback = sender.send(event);
    await running.waitUntil(() => running.accepted.length === 1, "the press");
    await running.channel.deliver(answer());
    expect((await callback).body).toEqual({ toast: { type: "success", content: "谢谢您的评价。" } });
  });

  it("is bounded, and one line", async () => {
    const card = await start();
    const said = await press(card, () => running.channel.deliver(answer({ headline: "很\n".repeat(900) })));
    const { content } = (said as { toast: { content: string } }).toast;
    expect([...content].length).toBeLessThanOrEqual(200);
    expect(content).not.toContain("\n");
  });

  it("does not keep a stopping channel waiting", async () => {
    const card = await start({ tuning: { toastWaitMs: 60_000 } });
    const callback = server.connection.push(cardActionEvent(SOURCE, card));
    await running.waitUntil(() => running.accepted.length === 1, "the press");
    await running.channel.stop();
    expect(JSON.stringify((await callback)?.data)).toContain("已收到");
  });
});

function answerless(): Reply {
  return sampleReply({ blocks: [] });
}
