import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingReply } from "../../src/conversation/index.ts";
import { type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runChannel,
  sampleReply,
} from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function prepare(options: Partial<RunOptions> = {}): Promise<void> {
  running = await runChannel({ domain: server.url, start: false, ...options });
}

const GROUP = { messageId: "om_question", chatId: "oc_park" };
const OTHER = { messageId: "om_other", chatId: "oc_other" };
const outgoing = (outboxId: string, replyTarget: object = GROUP): OutgoingReply => ({
  ...{ outboxId, messageKey: outboxId, replyTarget },
  reply: sampleReply(),
});
const delay = (target: object, priority = 0) => running.channel.delayOf?.(target, priority) ?? -1;

describe("the lane of a target", () => {
  it.each([
    ["a group", GROUP, "oc_park"],
    ["a topic in a group", { ...GROUP, threadId: "omt_1" }, "oc_park"],
    ["a person's direct chat", { chatId: "oc_direct", direct: true, directUserId: "ou_a" }, "ou_a"],
    ["a person", { directUserId: "ou_a" }, "ou_a"],
  ])("is what the platform counts together: %s", async (_name, target, lane) => {
    await prepare();
    expect(running.channel.laneOf?.(target)).toBe(lane);
  });

  it("is none for what is no target", async () => {
    await prepare();
    expect(running.channel.laneOf?.("somewhere")).toBeUndefined();
    expect(running.channel.delayOf?.("somewhere", 0)).toBe(0);
  });
});

describe("what was sent counts", () => {
  it("against its chat, and not against others", async () => {
    await prepare({ clock: () => new Date(1_800_000_000_000) });
    for (let count = 1; count <= 5; count += 1) await running.channel.deliver(outgoing(`reply${count}`));
    expect(delay(GROUP)).toBe(200);
    expect(delay(OTHER)).toBe(0);
  });

  it("also when it is a card that fills", async () => {
    await prepare({ clock: () => new Date(1_800_000_000_000), tuning: { lanePerSecond: 1 } });
    const start = { messageKey: "k", replyTarget: GROUP, reply: sampleReply({ partial: true }) };
    await running.channel.openStream?.(start);
    expect(delay(GROUP)).toBe(1_000);
  });
});

describe("after the platform has refused", () => {
  it("pauses the chat for the time that it names, and no other", async () => {
    await prepare();
    server.failNext("send", { code: 230020, headers: { "x-ogw-ratelimit-reset": "30" } });
    const failed = running.channel.deliver(outgoing("reply1"));
    await expect(failed).rejects.toMatchObject({ retryable: true, retryAfterMs: 30_000 });
    expect(delay(GROUP)).toBeGreaterThan(29_000);
    expect(delay(OTHER)).toBe(0);
  });

  it("pauses the whole app, answers included, and asks the platform nothing meanwhile", async () => {
    await prepare();
    server.failNext("send", { status: 429, code: 99991400, headers: { "x-ogw-ratelimit-reset": "30" } });
    await running.channel.deliver(outgoing("reply1")).catch(() => {});
    expect(delay(OTHER)).toBeGreaterThan(29_000);
    const asked = server.sendRequests.length;
    const held = running.channel.deliver(outgoing("reply2", OTHER));
    await expect(held).rejects.toMatchObject({ retryable: true });
    expect(server.sendRequests).toHaveLength(asked);
    expect(await running.channel.openStream?.({ ...outgoing("reply3", OTHER) })).toBeUndefined();
  });
});

describe("a repeat that the platform refuses because it has the message", () => {
  it("counts as delivered after an answer that was lost", async () => {
    await prepare();
    server.refuseRepeats(() => true);
    server.failNext("send", { lost: true });
    expect((await running.channel.deliver(outgoing("reply1"))).receipt).toMatch(/^uuid:/);
    expect(server.sent).toHaveLength(1);
  });

  it("is an error where nothing was lost", async () => {
    await prepare();
    server.failNext("send", { code: 230001 });
    await expect(running.channel.deliver(outgoing("reply1"))).rejects.toMatchObject({ retryable: false });
  });
});

describe("taking a reply back", () => {
  it("takes all its messages", async () => {
    await prepare();
    const [citation] = sampleReply().blocks;
    if (citation?.type !== "citation") throw new Error("no citation");
    const blocks = Array.from({ length: 12 }, (_, index) => {
      return { ...citation, index: index + 1, quote: `第${index + 1}项。`.repeat(300) };
    });
    const long = { ...outgoing("reply1"), reply: sampleReply({ blocks }) };
    const { receipt } = await running.channel.deliver(long);
    expect(server.sent.length).toBeGreaterThan(1);
    await running.channel.withdraw?.(receipt, GROUP);
    expect(server.recalled.size).toBe(server.sent.length);
  });

  it.each([230011, 230110, 230009, 230050, 232009])(
    "is content when there is nothing to take (%i)",
    async (code) => {
      await prepare();
      const { receipt } = await running.channel.deliver(outgoing("reply1"));
      server.failNext("delete", { code });
      await running.channel.withdraw?.(receipt, GROUP);
    },
  );

  it("asks for nothing where no message was", async () => {
    await prepare();
    for (const receipt of ["reaction:ZCaC-1_", "toast:reply1", "uuid:reply1"])
      await running.channel.withdraw?.(receipt, GROUP);
    expect(server.issuedTokens).toEqual([]);
  });

  it("tells what may work later", async () => {
    await prepare({ tuning: { retryDelaysMs: [] } });
    const { receipt } = await running.channel.deliver(outgoing("reply1"));
    server.failNext("delete", { status: 503, rawBody: "<html>" });
    await expect(running.channel.withdraw?.(receipt, GROUP)).rejects.toMatchObject({ retryable: true });
  });
});
