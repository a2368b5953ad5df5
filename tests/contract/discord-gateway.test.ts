import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  CHANNEL_TYPE,
  type DiscordServer,
  type DiscordServerOptions,
  startDiscordServer,
} from "../support/discord-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runDiscordChannel,
} from "../support/discord-server/run-channel.ts";
import { waitUntil } from "../support/discord-server/wait.ts";

type Hands = DiscordServer["hands"];

let server: DiscordServer;
let running: RunningChannel;
let asker: ReturnType<Hands["person"]>;
let place: ReturnType<Hands["channel"]>;
let guild: ReturnType<Hands["guild"]>;

beforeEach(async () => {
  await open();
});

afterEach(async () => {
  await close();
});

async function close(): Promise<void> {
  await running.channel.stop();
  await server.close();
}

async function open(options: DiscordServerOptions = {}, run: RunOptions = {}): Promise<void> {
  server = await startDiscordServer(options);
  const { hands } = server;
  guild = hands.guild();
  place = hands.channel(guild);
  asker = hands.person("提问者（虚构）");
  hands.join(guild, asker);
  running = await runDiscordChannel(server, run);
  await running.ready();
}

const ask = (text: string) => server.hands.say(asker.id, place, text, { mention: true });
const texts = () => running.accepted.map(({ text }) => text);

/** A last message proves that nothing is on its way any more. */
async function settle(): Promise<void> {
  await running.arrived(server.hands.tell(asker.id, "完了").id);
}

describe("what is taken in", () => {
  it("is a mention in a channel and in a thread, and every direct message", async () => {
    const said = ask("有什么基金？");
    const message = await running.arrived(said.id);
    expect(message).toMatchObject({
      channel: "discord",
      chatKind: "group",
      chatId: place.id,
      userId: asker.id,
      userName: "提问者（虚构）",
      text: "有什么基金？",
    });
    const thread = server.hands.thread(place, said.id, "追问");
    const inside = await running.arrived(
      server.hands.say(asker.id, thread, "那成熟期的呢？", { mention: true }).id,
    );
    expect(inside).toMatchObject({ chatId: place.id, threadId: thread.id, repliesTo: [said.id] });
    const direct = await running.arrived(server.hands.tell(asker.id, "私下问").id);
    expect(direct).toMatchObject({ chatKind: "direct", text: "私下问" });
    expect(new Set(running.accepted.map(({ messageKey }) => messageKey)).size).toBe(3);
  });

  it("brings along what a reply quotes", async () => {
    const first = server.hands.say(server.hands.person().id, place, "创新券不得转让。");
    const reply = server.hands.say(asker.id, place, "这是什么意思？", { mention: true, replyTo: first.id });
    const message = await running.arrived(reply.id);
    expect(message.repliesTo).toEqual([first.id]);
    expect(message.quoted).toContain("创新券不得转让");
  });

  it("is nothing that bots say, the platform says, or everybody and others are called with", async () => {
    const bot = server.hands.person("别的机器人（虚构）", { bot: true });
    const other = server.hands.person();
    server.hands.say(bot.id, place, "你好", { mention: true });
    server.hands.tell(bot.id, "你好");
    server.hands.say(asker.id, place, "@everyone 你好");
    server.hands.say(asker.id, place, `<@${other.id}> 你好`);
    server.hands.say(asker.id, place, `<@&${guild.roles[1]?.id}> 你好`);
    server.hands.say(asker.id, place, "没有叫谁");
    server.hands.say(asker.id, place, "", { mention: true, type: 7 });
    await settle();
    expect(texts()).toEqual(["完了"]);
    expect(server.sent).toEqual([]);
  });

  it("is what stands under a message of a ticket, though nobody is called", async () => {
    await close();
    const asked: string[] = [];
    await open(
      {},
      {
        hooks: {
          onSignal: async () => {},
          follows: async ({ messageIds }) => {
            asked.push(...messageIds);
            return true;
          },
        },
      },
    );
    const card = server.hands.say(server.hands.person().id, place, "工单卡片");
    const under = server.hands.say(asker.id, place, "补充一点", { replyTo: card.id });
    server.hands.say(asker.id, place, "与工单无关");
    // Without the intent for contents its words do not come along; the bot may fetch them.
    await waitUntil(() => asked.includes(card.id), "the question whether it follows");
    await settle();
    const message = running.accepted.find(({ messageKey }) => messageKey.includes(under.id));
    if (message) expect(message).toMatchObject({ overheard: true, repliesTo: [card.id] });
  });
});

describe("the connection", () => {
  it("loses nothing in a drop: what was said meanwhile comes at the resumption, once and in order", async () => {
    await running.arrived(ask("一").id);
    server.gateway.drop();
    ask("二");
    ask("三");
    await waitUntil(() => running.accepted.length === 3, "what was missed");
    expect(texts()).toEqual(["一", "二", "三"]);
    expect(server.gateway.counts).toMatchObject({ identifies: 1, resumed: 1 });
    await running.ready();
  });

  it("knows what is brought twice at the resumption", async () => {
    await running.arrived(ask("一").id);
    await running.arrived(ask("二").id);
    server.gateway.repeatAtResume(2);
    server.gateway.drop();
    await waitUntil(() => running.offers() >= 4, "both again");
    await settle();
    expect(texts()).toEqual(["一", "二", "完了"]);
  });

  it("takes what comes out of order", async () => {
    server.gateway.hold();
    ask("一");
    ask("二");
    server.gateway.release("reversed");
    await waitUntil(() => running.accepted.length === 2, "both");
    expect(texts().toSorted()).toEqual(["一", "二"].toSorted());
  });

  it.each([
    ["op 7", () => server.gateway.askToReconnect()],
    ["close 4000", () => server.gateway.close(4000)],
    ["close 1006", () => server.gateway.drop()],
  ])("resumes after %s", async (_name, disturb) => {
    disturb();
    await waitUntil(() => server.gateway.counts.resumed === 1, "the resumption");
    await running.arrived(ask("还在吗").id);
    expect(server.gateway.counts.identifies).toBe(1);
  });

  it.each([
    ["op 9", () => server.gateway.drop()],
    ["close 4009", () => server.gateway.close(4009)],
  ])("begins a new session after %s", async (_name, disturb) => {
    server.gateway.refuseResume();
    disturb();
    await waitUntil(() => server.gateway.counts.identifies === 2, "a new session", 10_000);
    await waitUntil(() => server.gateway.connected() === 1, "the connection");
    await running.arrived(ask("还在吗").id);
  });

  it("notices a half-open connection by the missing acknowledgement, and loses nothing", async () => {
    await close();
    await open({ heartbeatIntervalMs: 150 });
    server.gateway.freeze();
    ask("没人听见？");
    await waitUntil(() => server.gateway.counts.resumed === 1, "the resumption");
    await waitUntil(() => texts().includes("没人听见？"), "the message");
  });

  it.each([
    [4004, /令牌/],
    [4013, /意图/],
    [4014, /特权意图/],
  ])("says what to do when it is refused with %i, and is not healthy", async (code, says) => {
    await close();
    server = await startDiscordServer();
    server.gateway.refuseIdentify(code);
    running = await runDiscordChannel(server, { tuning: { operatorBackoffMs: 600 } });
    await waitUntil(() => says.test(running.channel.status().detail), "the words");
    expect(running.channel.status().healthy).toBe(false);
    const before = server.gateway.counts.identifies;
    // Once it was put right it comes by itself, and has not knocked all the time.
    await running.ready();
    expect(server.gateway.counts.identifies - before).toBeLessThanOrEqual(1);
  });

  it("says that the token is wrong when the first call is refused", async () => {
    await close();
    server = await startDiscordServer();
    server.resetToken();
    running = await runDiscordChannel(server);
    await waitUntil(() => /DISCORD_TOKEN/.test(running.channel.status().detail), "the words");
    expect(running.channel.status().healthy).toBe(false);
    expect(running.log()).not.toContain("invented-token");
  });

  it("keeps trying while the platform does not answer", async () => {
    await close();
    server = await startDiscordServer();
    server.failNext(
      "gateway-bot",
      { status: 503 },
      { refused: true },
      { status: 502, rawBody: "bad gateway" },
    );
    running = await runDiscordChannel(server);
    await running.ready();
  });

  it("does not let the process or other messages suffer from one that cannot be stored", async () => {
    running.beforeAccept(async ({ text }) => {
      if (text === "坏") throw new Error("the disk is full");
    });
    ask("坏");
    await running.arrived(ask("好").id);
    expect(texts()).toEqual(["好"]);
    expect(running.log()).toContain("not stored");
    expect(running.channel.status().healthy).toBe(true);
  });

  it("stops for good", async () => {
    await running.channel.stop();
    ask("还在吗");
    expect(running.channel.status().healthy).toBe(false);
    expect(server.gateway.connected()).toBe(0);
  });
});

it("keeps words of the platform's markup out of the names and texts that it hands in", async () => {
  const odd = server.hands.person("**@everyone** <@1>");
  server.hands.join(guild, odd);
  const message = await running.arrived(server.hands.tell(odd.id, "有什么基金？").id);
  expect(message.userName).toBeDefined();
  expect(server.world.places.get(server.hands.directWith(odd.id).id)?.type).toBe(CHANNEL_TYPE.direct);
});
