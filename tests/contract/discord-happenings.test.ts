import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChannelSignal } from "../../src/conversation/index.ts";
import { type DiscordServer, startDiscordServer } from "../support/discord-server/index.ts";
import { type RunningChannel, runDiscordChannel } from "../support/discord-server/run-channel.ts";
import { waitUntil } from "../support/discord-server/wait.ts";

let server: DiscordServer;
let running: RunningChannel;
let signals: ChannelSignal[];
let followed: readonly string[][];

beforeEach(async () => {
  server = await startDiscordServer();
  signals = [];
  followed = [];
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function open(follows: (ids: readonly string[]) => boolean = () => false) {
  const guild = server.hands.guild();
  const place = server.hands.channel(guild);
  const person = server.hands.person();
  server.hands.join(guild, person);
  running = await runDiscordChannel(server, {
    hooks: {
      onSignal: async (signal) => {
        signals.push(signal);
      },
      follows: async ({ messageIds }) => {
        followed = [...followed, [...messageIds]];
        return follows(messageIds);
      },
    },
  });
  await running.ready();
  return { guild, place, person };
}

/** Events come in order: what was sent before this has been dealt with. */
async function settled(userId: string): Promise<void> {
  await running.arrived(server.hands.tell(userId, "到此为止").id);
}

describe("what happens besides questions", () => {
  it("an edit is no new question; an edit that names the bot for the first time is one", async () => {
    const { place, person } = await open();
    const asked = server.hands.say(person.id, place, "创新券怎么用？", { mention: true });
    await running.arrived(asked.id);
    server.hands.edit(asked, `${asked.content} 有多少金额？`);
    const unasked = server.hands.say(person.id, place, "基金怎么申请？");
    await settled(person.id);
    expect(running.accepted.map(({ text }) => text)).toEqual(["创新券怎么用？", "到此为止"]);
    server.hands.edit(unasked, `${asked.content.split(" ")[0]} 基金怎么申请？`);
    expect((await running.arrived(unasked.id)).text).toBe("基金怎么申请？");
    expect(running.accepted.length).toBe(3);
  });

  it("a deleted question is told by its key, in a channel and in a direct chat", async () => {
    const { guild, place, person } = await open();
    const asked = server.hands.say(person.id, place, "创新券怎么用？", { mention: true });
    const told = server.hands.tell(person.id, "基金怎么申请？");
    await running.arrived(told.id);
    server.hands.remove(asked);
    server.hands.remove(told);
    await waitUntil(() => signals.length === 2, "two signals");
    expect(signals).toMatchObject([
      { kind: "message-recalled", messageKey: `${guild.id}:${asked.id}`, chatId: place.id },
      { kind: "message-recalled", messageKey: `dm:${told.id}`, chatId: person.id },
    ]);
  });

  it("a channel or a whole server that is gone", async () => {
    const { guild, place, person } = await open();
    const other = server.hands.channel(guild, "别处");
    await settled(person.id);
    server.hands.removeChannel(other);
    await waitUntil(() => signals.length === 1, "the channel");
    server.hands.removeBot(guild);
    await waitUntil(() => signals.length === 2, "the server");
    expect(signals).toMatchObject([
      { kind: "removed-from-chat", chatId: other.id },
      { kind: "removed-from-chat", chatId: place.id },
    ]);
  });

  it("a reply that pings the bot is for it; one without ping is overheard only where it is followed", async () => {
    const { place, person } = await open();
    const asked = server.hands.say(person.id, place, "创新券怎么用？", { mention: true });
    const { messageKey, replyTarget } = await running.arrived(asked.id);
    const reply = {
      kind: "answered",
      language: "zh" as const,
      headline: "文件载明如下。",
      blocks: [],
      plainText: "文件载明如下。",
      generatedByAi: false,
    };
    const { receipt } = await running.channel.deliver({ outboxId: "o1", messageKey, replyTarget, reply });
    const pinged = server.hands.say(person.id, place, "那金额呢？", { replyTo: receipt });
    expect(await running.arrived(pinged.id)).toMatchObject({ text: "那金额呢？", repliesTo: [receipt] });
    server.hands.say(person.id, place, "谢谢", { replyTo: receipt, ping: false });
    await settled(person.id);
    expect(followed).toEqual([[receipt]]);
    expect(running.accepted.length).toBe(3);
  });

  it("what Discord keeps back under a ticket is said, once", async () => {
    const { place, person } = await open(() => true);
    const first = server.hands.say(person.id, place, "创新券怎么用？", { mention: true });
    await running.arrived(first.id);
    const thread = server.hands.thread(place, first.id, "工单");
    server.hands.say(person.id, thread, "补充一点");
    server.hands.say(person.id, thread, "再补充一点");
    await settled(person.id);
    await waitUntil(() => server.sent.some(({ channelId }) => channelId === thread.id), "a word");
    expect(server.sent.filter(({ channelId }) => channelId === thread.id).length).toBe(1);
    expect(running.accepted.map(({ text }) => text)).toEqual(["创新券怎么用？", "到此为止"]);
  });
});
