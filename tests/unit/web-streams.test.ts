import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createPartials, type PartialReply } from "../../src/channels/web/partials.ts";
import { createStreams, type Streams } from "../../src/channels/web/streams.ts";
import type { Turn } from "../../src/channels/web/turn.ts";
import type { Reply } from "../../src/conversation/index.ts";
import { silentLogger } from "../../src/shared/index.ts";

const replyOf = (headline: string): Reply => ({
  ...{ kind: "answered", language: "zh", headline, blocks: [], plainText: headline, generatedByAi: false },
});
const turnOf = (turnId: string): Turn => ({
  ...{
    turnId,
    clientMessageId: `m-${turnId}`,
    question: "问",
    reply: replyOf(turnId),
    at: "2026-11-23T00:00:00Z",
  },
});

/** A page's connection: what it has read counts, the rest piles up. */
class FakeResponse extends EventEmitter {
  text = "";
  unread = 0;
  reads = true;
  destroyed = false;
  writableEnded = false;
  get writableLength(): number {
    return this.unread;
  }
  get writableNeedDrain(): boolean {
    return this.unread > 0;
  }
  write(text: string): boolean {
    this.text += text;
    if (!this.reads) this.unread += text.length;
    return this.reads;
  }
  readAll(): void {
    this.reads = true;
    this.unread = 0;
    this.emit("drain");
  }
  end(): void {
    this.writableEnded = true;
    this.emit("close");
  }
  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
}

function openPage(streams: Streams, session = "s1", account?: string): FakeResponse {
  const response = new FakeResponse();
  streams.open({ session, account }, response as unknown as ServerResponse, undefined);
  return response;
}

let streams: Streams | undefined;
afterEach(() => streams?.close());

const quick = { heartbeatMs: 20, stalledBeats: 3, lastBeat: 1_000 };
function open(turns: Turn[], more: { partials?: PartialReply[]; lastBeat?: number } = {}): Streams {
  streams = createStreams({
    readTurns: async () => [...turns],
    readPartials: () => more.partials ?? [],
    logger: silentLogger,
    tuning: { ...quick, ...(more.lastBeat !== undefined && { lastBeat: more.lastBeat }) },
  });
  return streams;
}

describe("a page that listens", () => {
  it("gets what is stored, then ready, then the reply that is being made", async () => {
    const page = openPage(
      open([turnOf("t1")], { partials: [{ clientMessageId: "m2", reply: replyOf("正在") }] }),
    );
    await expect.poll(() => page.text).toContain("event: partial");
    const order = [...page.text.matchAll(/^event: (\w+)$/gm)].map((match) => match[1]);
    expect(order).toEqual(["turn", "ready", "partial"]);
    // A partial reply is nothing to go on from.
    expect(page.text.match(/^id: .*$/gm)).toEqual(["id: t1"]);
  });

  it("has one turn in memory while it does not read, and is cut off when it goes on not reading", async () => {
    const turns = Array.from({ length: 50 }, (_, at) => turnOf(`t${at}`));
    const all = open(turns);
    const response = new FakeResponse();
    response.reads = false;
    all.open({ session: "s1" }, response as unknown as ServerResponse, undefined);
    await sleep(30);
    expect(response.text.match(/^event: turn$/gm)).toHaveLength(1);
    await expect.poll(() => response.destroyed).toBe(true);
    expect(all.size).toBe(0);
  });

  it("that reads slowly gets everything", async () => {
    const turns = [turnOf("t1"), turnOf("t2"), turnOf("t3")];
    const page = new FakeResponse();
    page.reads = false;
    open(turns).open({ session: "s1" }, page as unknown as ServerResponse, undefined);
    for (let reads = 0; reads < 6; reads += 1) {
      await sleep(5);
      page.unread = 0;
      page.emit("drain");
    }
    await expect.poll(() => page.text).toContain("event: ready");
    expect(page.text.match(/^id: .*$/gm)).toEqual(["id: t1", "id: t2", "id: t3"]);
  });

  it("is ended after its time, and when its account signs out", async () => {
    const all = open([], { lastBeat: 2 });
    const aged = openPage(all);
    await expect.poll(() => aged.writableEnded).toBe(true);
    const [mine, other] = [openPage(all, "s1", "feishu:ou_1"), openPage(all, "s2", "feishu:ou_2")];
    all.endWhere(({ account }) => account === "feishu:ou_1");
    expect([mine.writableEnded, other.writableEnded]).toEqual([true, false]);
  });

  it("gets partial replies of its own session only, and none while it is behind", async () => {
    const all = open([]);
    const [mine, slow, other] = [openPage(all), openPage(all), openPage(all, "s2")];
    await expect.poll(() => [mine, slow, other].every(({ text }) => text.includes("ready"))).toBe(true);
    slow.reads = false;
    slow.unread = 10;
    all.sendPartial("s1", { clientMessageId: "m1", reply: replyOf("甲") });
    expect(mine.text).toContain('"clientMessageId":"m1"');
    expect(slow.text).not.toContain("partial");
    expect(other.text).not.toContain("partial");
  });
});

describe("a reply that is being made", () => {
  const message = { session: "s1", messageKey: "s1:m1", clientMessageId: "m1" };

  it("is shown at once, then no more often than the pace, the latest in the end", async () => {
    const sent: string[] = [];
    const partials = createPartials((_session, { reply }) => sent.push(reply.headline), 40);
    const stream = partials.open(message);
    for (let at = 0; at <= 20; at += 1) stream.show(replyOf(String(at)));
    expect(sent).toEqual(["0"]);
    await expect.poll(() => sent).toEqual(["0", "20"]);
    partials.close();
  });

  it("is over when the reply is delivered, whatever comes late", async () => {
    const sent: string[] = [];
    const partials = createPartials((_session, { reply }) => sent.push(reply.headline), 5);
    const stream = partials.open(message);
    stream.show(replyOf("一"));
    stream.show(replyOf("二"));
    partials.end(message.messageKey);
    stream.show(replyOf("三"));
    await sleep(20);
    expect(sent).toEqual(["一"]);
    expect(partials.of("s1")).toEqual([]);
  });

  it("is there for a page that comes in the middle, until it is delivered, and is one for one message", async () => {
    const partials = createPartials(() => undefined);
    partials.open(message).show(replyOf("一"));
    const again = partials.open(message);
    again.show(replyOf("二"));
    expect(partials.of("s1")).toEqual([{ clientMessageId: "m1", reply: replyOf("二") }]);
    expect(partials.of("s2")).toEqual([]);
    await again.settle();
    again.show(replyOf("三"));
    expect(partials.of("s1")).toHaveLength(1);
    expect(partials.of("s1")[0]?.reply.headline).toBe("二");
    partials.end(message.messageKey);
    expect(partials.of("s1")).toEqual([]);
  });
});
