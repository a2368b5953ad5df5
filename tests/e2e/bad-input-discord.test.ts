import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type BadInputWorld,
  findUnsound,
  MARKUP,
  openBadInputWorld,
  PLANTED,
} from "../support/bad-input-world.ts";
import { componentsOf, labelsOf } from "../support/discord-server/hands.ts";
import {
  BOT,
  type DiscordServer,
  type StoredInteraction,
  type StoredMessage,
  startDiscordServer,
} from "../support/discord-server/index.ts";
import { callsThatMayPing } from "../support/discord-server/open-place.ts";
import { readShown } from "../support/discord-server/read-shown.ts";
import { waitUntil } from "../support/discord-server/wait.ts";
import type { Guild, Person, Place } from "../support/discord-server/world.ts";
import { packZip } from "../support/pack-zip.ts";

const QUESTION = "天使轮项目有什么基金可以对接？";
const FUND = "设立天使投资引导基金";
const MEGABYTE = 1024 * 1024;
const WAIT_MS = 15_000;

let server: DiscordServer;
let world: BadInputWorld;
let guild: Guild;

beforeAll(async () => {
  server = await startDiscordServer({ maxFileBytes: 100 * MEGABYTE });
  guild = server.hands.guild();
  world = await openBadInputWorld({ DISCORD_TOKEN: BOT.token, DISCORD_API_URL: server.apiUrl });
  await waitUntil(
    () => world.service.channels.get("discord")?.status().healthy === true,
    "the channel",
    WAIT_MS,
  );
  await waitUntil(() => server.commands.length > 0, "the commands", WAIT_MS);
}, 120_000);

afterAll(async () => {
  await world?.close();
  await server?.close();
});

afterEach(() => {
  expect(callsThatMayPing(server)).toEqual([]);
  for (const message of server.sent) {
    const { mentions, links } = readShown(message);
    expect(mentions.filter((id) => id === "everyone" || id === "1")).toEqual([]);
    expect(links.filter((link) => !link.startsWith("https://xiance.example.cn/"))).toEqual([]);
    expect(findUnsound([message.content, message.embeds, message.components])).toEqual([]);
  }
  const lines = world.log().split("\n");
  for (const secret of [PLANTED, BOT.token])
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
});

function fresh(name?: string): { place: Place; person: Person } {
  const place = server.hands.channel(guild, "另一频道");
  const person = server.hands.person(name);
  server.hands.join(guild, person);
  return { place, person };
}

const textOf = (message: StoredMessage) => readShown(message).text;
const sentIn = (place: { id: string }) => server.sent.filter(({ channelId }) => channelId === place.id);

/** The one reply to what was just said there. */
async function theReplyIn(place: { id: string }, before = 0): Promise<string> {
  await waitUntil(() => sentIn(place).length > before, "the reply", WAIT_MS);
  await world.service.conversation.drain();
  const replies = sentIn(place).slice(before);
  expect(replies.map(textOf)).toHaveLength(1);
  return textOf(replies[0] as StoredMessage);
}

async function tell(text: string, spec: Parameters<DiscordServer["hands"]["tell"]>[2] = {}): Promise<string> {
  const { person } = fresh();
  server.hands.tell(person.id, text, spec);
  return theReplyIn(server.hands.directWith(person.id));
}

async function expectService(): Promise<void> {
  expect(await tell(QUESTION)).toContain(FUND);
}

async function whenAnswered(used: StoredInteraction): Promise<string> {
  await waitUntil(() => used.state !== "open", "the first answer", WAIT_MS);
  const said = () => server.hands.broughtBy(used).map(textOf).join("\n");
  await waitUntil(() => said() !== "", "the answer", WAIT_MS).catch(() => undefined);
  await world.service.conversation.drain();
  return said();
}

describe("words that are none", () => {
  it.each<[string, string, RegExp]>([
    ["4,000 characters", `${PLANTED}${"策".repeat(3_990)}`, /超过 2000 字/],
    ["150 KB", "人才基金政策".repeat(8_500), /超过 2000 字/],
    ["white space", " \n\t　", /没有看到问题/],
    ["zero-width characters", "\u200b\u200d\ufeff\u2060", /用文字/],
    ["lone surrogates", "\ud83d\udc00\ud83d", /用文字/],
    ["a question among lone surrogates", "天使轮\ud83d有什么基金\udc00可以对接？", /天使投资引导基金/],
    ["900 emojis", "😀".repeat(900), /用文字/],
    ["a custom emoji", "<:xiance:123456789012345678>", /./],
    ["markup", MARKUP, /./],
    ["a question with markup", `天使轮有什么基金？${MARKUP}`, /基金/],
    ["markup for a specialist", `找专员 ${MARKUP}`, /./],
    ["a company of markup", `我们公司叫${MARKUP}，做生物医药的，员工30人，能申请什么？`, /./],
  ])("%s: one polite reply", async (_what, text, says) => {
    expect(await tell(text)).toMatch(says);
  });

  it("English gets English", async () => {
    expect(await tell("Which fund supports start-ups? ".repeat(100))).toMatch(/longer than 2000/);
  });
});

describe("files that are none", () => {
  const bomb = packZip([{ name: "word/document.xml", content: Buffer.alloc(120 * MEGABYTE) }]);
  it.each<[string, string, Uint8Array, string | undefined, RegExp]>([
    ["empty", "空.pdf", new Uint8Array(0), undefined, /未能读取/],
    ["30 MB", "大.pdf", Buffer.alloc(30 * MEGABYTE, "%PDF-1.7 "), undefined, /未能读取/],
    ["a zip bomb with the name of a PDF", "炸弹.pdf", bomb, undefined, /未能读取/],
    ["no picture", "图.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), "image/png", /未能读取/],
    ["named with markup", `${MARKUP}.pdf`, Buffer.from([0, 1, 2, 255]), undefined, /未能读取/],
    [
      "named with 300 characters",
      `../../${"长".repeat(300)}.pdf`,
      Buffer.from([0, 1, 2, 255]),
      undefined,
      /未能读取/,
    ],
  ])("%s: says why in one reply", async (_what, name, bytes, type, says) => {
    const text = await tell("", { files: [{ name, bytes, ...(type && { type }) }] });
    expect(text).toMatch(says);
    expect(text.length).toBeLessThan(600);
  });
});

describe("buttons and forms that were tampered with", () => {
  async function answered() {
    const { place, person } = fresh();
    server.hands.say(person.id, place, QUESTION, { mention: true });
    expect(await theReplyIn(place)).toContain(FUND);
    return { place, person, answer: sentIn(place)[0] as StoredMessage };
  }

  /** The same message with another id on its button. */
  function withButton(message: StoredMessage, label: string, customId: string): StoredMessage {
    const components = structuredClone(message.components);
    const copy = { ...message, components };
    const button = componentsOf(copy).find((part) => part["label"] === label);
    if (!button) throw new Error(`no button ${label} among ${labelsOf(copy).join()}`);
    button["custom_id"] = customId;
    return copy;
  }

  it("with other contents or from another place: said so to who pressed alone", async () => {
    const { place, person, answer } = await answered();
    const label = labelsOf(answer).find((each) => each.includes("有帮助")) ?? "";
    const own = String(componentsOf(answer).find((part) => part["label"] === label)?.["custom_id"]);
    const other = await answered();
    const foreign = String(componentsOf(other.answer).find((part) => part["label"] === label)?.["custom_id"]);
    const before = sentIn(place).length;
    for (const customId of [
      `${own}x`,
      `A${own.slice(1)}`,
      foreign,
      "x",
      PLANTED,
      own.slice(0, 16),
      "a".repeat(100),
    ]) {
      const used = server.hands.press(person.id, withButton(answer, label, customId), label);
      await waitUntil(() => used.state !== "open", "the answer", WAIT_MS);
      const said = server.hands.broughtBy(used);
      expect(said.every(({ onlyFor }) => onlyFor === person.id)).toBe(true);
      expect(said.map(textOf).join()).toMatch(/失效|其他/);
    }
    expect(sentIn(place).filter(({ onlyFor }) => onlyFor === null)).toHaveLength(before);
    expect(await world.app.storage.feedback.list({})).toEqual([]);
  });

  it("pressed 20 times at once it counts once", async () => {
    const { place, person, answer } = await answered();
    const label = labelsOf(answer).find((each) => each.includes("有帮助")) ?? "";
    const used = Array.from({ length: 20 }, () => server.hands.press(person.id, answer, label));
    await waitUntil(() => used.every(({ state }) => state !== "open"), "the answers", WAIT_MS);
    await world.service.conversation.drain();
    expect(await world.app.storage.feedback.list({})).toHaveLength(1);
    expect(sentIn(place).filter(({ onlyFor }) => onlyFor === null).length).toBeLessThanOrEqual(2);
    await expectService();
  });

  it("a name of 500 characters to complete: an empty list at once", async () => {
    const { place, person } = fresh();
    for (const words of ["基".repeat(500), MARKUP.repeat(4), "\ud83d", "%_\\"]) {
      const typed = server.hands.complete(person.id, place, "match", "program", words);
      await waitUntil(() => typed.choices !== undefined, "the names", WAIT_MS);
      expect(typed.answeredAfterMs).toBeLessThan(3_000);
    }
  });

  it("commands with markup and nothing in them are answered", async () => {
    const { place, person } = fresh("</at>@everyone **<@&1>** [x](javascript:alert(1))");
    for (const question of [MARKUP, " ", `${PLANTED} ${QUESTION}`])
      expect(await whenAnswered(server.hands.slash(person.id, place, "ask", { question }))).not.toBe("");
    const matter = { text: `融资对接，请帮忙 ${MARKUP}` };
    expect(await whenAnswered(server.hands.slash(person.id, place, "ticket", matter, "new"))).not.toBe("");
  });
});

describe("interactions that are too late", () => {
  it("taken in after 3 s: the platform refuses, and who asked is answered in the channel", async () => {
    const { place, person } = fresh();
    server.failNext("callback", { delayMs: 3_300 });
    server.hands.slash(person.id, place, "ask", { question: QUESTION });
    const reached = () => sentIn(place).some((message) => textOf(message).includes(FUND));
    await waitUntil(reached, "the answer in the channel", 30_000);
    await world.service.conversation.drain();
    expect(sentIn(place).filter((message) => textOf(message).includes(FUND))).toHaveLength(1);
    await expectService();
  }, 60_000);

  it("answered after 15 minutes: not lost, and the next one works", async () => {
    const { place, person } = fresh();
    server.failNext("edit-original", ...Array.from({ length: 3 }, () => ({ refused: true as const })));
    const used = server.hands.slash(person.id, place, "ask", { question: QUESTION });
    await waitUntil(() => used.state !== "open", "the deferral", WAIT_MS);
    server.advance(16 * 60_000);
    const reached = () => sentIn(place).some((message) => textOf(message).includes(FUND));
    await waitUntil(reached, "the answer in the channel", 30_000);
    await expectService();
  }, 60_000);
});

describe("too many, and those who are nobody", () => {
  it("one floods: told once; the others are answered", async () => {
    const { place, person } = fresh();
    const others = Array.from({ length: 4 }, () => fresh());
    for (let index = 0; index < 150; index += 1)
      server.hands.say(person.id, place, `问题${index}：有什么基金？`, { mention: true });
    for (const other of others) server.hands.say(other.person.id, other.place, QUESTION, { mention: true });
    for (const other of others) expect(await theReplyIn(other.place)).toContain(FUND);
    const told = () => sentIn(place).filter((message) => textOf(message).includes("频繁"));
    await waitUntil(() => told().length > 0, "the notice", 30_000);
    await expectService();
    expect(told()).toHaveLength(1);
    expect(sentIn(place)).toHaveLength(16);
  }, 90_000);

  it("bots, webhooks and the platform's notices are left alone", async () => {
    const { place } = fresh();
    const bot = server.hands.person("别的机器人", { bot: true });
    server.hands.join(guild, bot);
    server.hands.say(bot.id, place, QUESTION, { mention: true });
    const { person } = fresh();
    server.hands.say(person.id, place, "", { mention: true, type: 7 });
    server.hands.say(person.id, place, `@everyone ${QUESTION}`);
    await expectService();
    expect(sentIn(place)).toEqual([]);
  });

  it("@everyone beside the bot, and a reply to what is not there, are answered", async () => {
    const both = fresh();
    server.hands.say(both.person.id, both.place, `@everyone ${QUESTION}`, { mention: true });
    expect(await theReplyIn(both.place)).toContain(FUND);
    const lost = fresh();
    const gone = server.hands.say(both.person.id, lost.place, "没了");
    server.hands.remove(gone);
    server.hands.say(lost.person.id, lost.place, QUESTION, { mention: true, replyTo: gone.id });
    expect(await theReplyIn(lost.place)).toContain(FUND);
  });

  it("a question taken back after its answer takes the answer with it", async () => {
    const { place, person } = fresh();
    const said = server.hands.say(person.id, place, QUESTION, { mention: true });
    await theReplyIn(place);
    server.hands.remove(said);
    await waitUntil(() => sentIn(place).length === 0, "the answer to be taken back", WAIT_MS);
  });

  it("the bot removed before the answer: noted once, and the others are served", async () => {
    const left = server.hands.guild("要离开的服务器");
    const place = server.hands.channel(left, "频道");
    const person = server.hands.person();
    server.hands.join(left, person);
    server.hands.say(person.id, place, `${QUESTION}${PLANTED}`, { mention: true });
    server.hands.removeBot(left);
    await waitUntil(() => world.log().includes("undelivered-reply"), "the alert", 30_000);
    await expectService();
    expect(sentIn(place)).toEqual([]);
    const metrics = await (await fetch(`${world.service.address}/metrics`)).text();
    expect(metrics).toMatch(/xiance_outbox_replies\{[^}]*dead[^}]*\} 1/);
  }, 60_000);
});
