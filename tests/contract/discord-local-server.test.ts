import {
  ChannelType,
  Client,
  type DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  MessageFlags,
  Partials,
} from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  BOT,
  type DiscordServer,
  type StoredMessage,
  startDiscordServer,
} from "../support/discord-server/index.ts";
import { waitUntil } from "../support/discord-server/wait.ts";

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

let server: DiscordServer;
let client: Client;
let heard: Message[];

beforeEach(async () => {
  server = await startDiscordServer();
});

afterEach(async () => {
  await client?.destroy();
  await server.close();
});

/** A bare client of the vendor's library, ready. */
async function connect(intents: number[] = INTENTS): Promise<Client<true>> {
  client = new Client({ intents, partials: [Partials.Channel], rest: { api: server.apiUrl, retries: 0 } });
  heard = [];
  client.on(Events.Error, () => undefined);
  client.on(Events.MessageCreate, (message) => heard.push(message));
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(BOT.token);
  await ready;
  return client as Client<true>;
}

function populate() {
  const { hands } = server;
  const guild = hands.guild();
  const channel = hands.channel(guild);
  const asker = hands.person("提问者（虚构）");
  hands.join(guild, asker);
  return { guild, channel, asker };
}

async function refusalOf(call: Promise<unknown>): Promise<DiscordAPIError> {
  return call.then(
    () => {
      throw new Error("was taken");
    },
    (error: DiscordAPIError) => error,
  );
}

async function sendTo(id: string, body: object): Promise<void> {
  await client.rest.post(`/channels/${id}/messages`, { body });
}

describe("the local server, by the vendor's own client", () => {
  it("greets, brings what is said to the bot whole and what is not without its words", async () => {
    const { channel, asker, guild } = populate();
    await connect();
    expect(client.guilds.cache.get(guild.id)?.name).toBe(guild.name);
    server.hands.say(asker.id, channel, "有什么基金？", { mention: true });
    server.hands.say(asker.id, channel, "大家好");
    server.hands.tell(asker.id, "私下问一句");
    await waitUntil(() => heard.length === 3, "three messages");
    expect(heard.map(({ content }) => content)).toEqual([`<@${BOT.userId}> 有什么基金？`, "", "私下问一句"]);
    expect(heard[0]?.mentions.users.has(BOT.userId)).toBe(true);
    expect(heard[2]?.channel.type).toBe(ChannelType.DM);
  });

  it("takes messages, edits, deletions, marks, threads and files", async () => {
    const { channel, asker } = populate();
    await connect();
    server.hands.say(asker.id, channel, "在吗", { mention: true });
    await waitUntil(() => heard.length === 1, "the message");
    const files = [{ attachment: Buffer.from("正文"), name: "报告.txt" }];
    const reply = await heard[0]?.reply({ content: "在", files, allowedMentions: { parse: [] } });
    expect(reply?.attachments.first()?.name).toBe("报告.txt");
    const bytes = await fetch(String(reply?.attachments.first()?.url)).then((answer) => answer.text());
    expect(bytes).toBe("正文");
    await reply?.edit("还在");
    await heard[0]?.react("✅");
    const thread = await reply?.startThread({ name: "工单" });
    await thread?.send("串里");
    expect(server.sent.map(({ content }) => content)).toEqual(["还在", "串里"]);
    await reply?.delete();
    expect(server.sent.map(({ content }) => content)).toEqual(["串里"]);
    await expect(heard[0]?.channel.messages.fetch(reply?.id ?? "")).rejects.toMatchObject({ code: 10008 });
  });

  it("says what is wrong with a message, at its place", async () => {
    const { channel } = populate();
    await connect();
    const button = { type: 2, style: 1, label: "一", custom_id: "same" };
    const wrong: [object, RegExp][] = [
      [{ content: "长".repeat(2_001) }, /content\[BASE_TYPE_MAX_LENGTH\]/],
      [{ embeds: [{ description: "长".repeat(4_097) }] }, /embeds\[0\]\.description/],
      [{ embeds: [{ title: "题".repeat(257) }] }, /embeds\[0\]\.title/],
      [{ embeds: [{ footer: { text: "注".repeat(2_049) }, title: "x" }] }, /footer\.text/],
      [{ embeds: [{ description: "长".repeat(4_000) }, { description: "长".repeat(2_001) }] }, /6000/],
      [{ embeds: [{ title: "x", url: "/documents/plan" }] }, /embeds\[0\]\.url/],
      [{ embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: "a", value: "b" })) }] }, /fields/],
      [{ embeds: [{ fields: [{ name: "a", value: "长".repeat(1_025) }] }] }, /fields\[0\]\.value/],
      [{ embeds: [{ fields: [{ name: "", value: "b" }] }] }, /fields\[0\]\.name/],
      [{ components: [{ type: 1, components: [button, button] }] }, /DUPLICATED/],
      [{ components: [{ type: 1, components: [{ ...button, label: "长".repeat(81) }] }] }, /label/],
      [{ components: [{ type: 1, components: [{ ...button, custom_id: "c".repeat(101) }] }] }, /custom_id/],
      [{ components: Array.from({ length: 6 }, () => ({ type: 1, components: [] })) }, /components/],
      [{ content: "x", nonce: "n".repeat(26), enforce_nonce: true }, /nonce/],
      [{ content: "x", allowed_mentions: { parse: ["all"] } }, /allowed_mentions/],
      [{ content: "x", message_reference: { message_id: "100000000000000777" } }, /REPLIES_UNKNOWN_MESSAGE/],
    ];
    for (const [body, says] of wrong) {
      const refusal = await refusalOf(sendTo(channel.id, body));
      expect(refusal, String(says)).toMatchObject({ code: 50035, status: 400 });
      expect(refusal.message).toMatch(says);
    }
    expect(await refusalOf(sendTo(channel.id, { content: "" }))).toMatchObject({ code: 50006 });
    expect(await refusalOf(sendTo("100000000000000777", { content: "x" }))).toMatchObject({ code: 10003 });
    expect(server.sent).toEqual([]);
  });

  it("suppresses what comes twice under one nonce, and answers with the first", async () => {
    const { channel } = populate();
    await connect();
    const body = { content: "一次", nonce: "outbox-1", enforce_nonce: true };
    server.failNext("create-message", { lost: true });
    await expect(sendTo(channel.id, body)).rejects.toThrow();
    await sendTo(channel.id, body);
    expect(server.sent).toHaveLength(1);
    await sendTo(channel.id, { ...body, enforce_nonce: false });
    expect(server.sent).toHaveLength(2);
  });

  it("holds to permissions and blocks", async () => {
    const { channel, guild, asker } = populate();
    const hidden = server.hands.channel(guild, "看不见");
    server.hands.deny(hidden, "viewChannel");
    server.hands.deny(channel, "sendMessages");
    asker.blocksDirect = true;
    await connect();
    expect(await refusalOf(sendTo(hidden.id, { content: "x" }))).toMatchObject({ code: 50001, status: 403 });
    expect(await refusalOf(sendTo(channel.id, { content: "x" }))).toMatchObject({ code: 50013, status: 403 });
    const direct = server.hands.directWith(asker.id);
    expect(await refusalOf(sendTo(direct.id, { content: "x" }))).toMatchObject({ code: 50007, status: 403 });
    server.hands.say(asker.id, hidden, "听得见吗", { mention: true });
    server.hands.say(asker.id, channel, "这里", { mention: true });
    await waitUntil(() => heard.length > 0, "what can be seen");
    expect(heard.map(({ channelId }) => channelId)).toEqual([channel.id]);
  });
});

describe("interactions", () => {
  const commands = [
    {
      name: "ask",
      description: "提问",
      options: [{ type: 3, name: "question", description: "问题", required: true, autocomplete: true }],
    },
  ];

  async function onInteraction(handle: (interaction: Interaction) => Promise<unknown>): Promise<void> {
    client.on(Events.InteractionCreate, (interaction) => void handle(interaction).catch(() => undefined));
  }

  it("fixes at the deferral who sees the answer, and fills it by the first edit", async () => {
    const { channel, asker } = populate();
    const other = server.hands.person();
    const ready = await connect();
    await ready.application.commands.set(commands);
    await onInteraction(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply("只给您");
      await interaction.followUp("也只给他？");
    });
    const used = server.hands.slash(asker.id, channel, "ask", { question: "人才" });
    await waitUntil(() => used.messageIds.length === 2, "both");
    expect(server.hands.broughtBy(used).map(({ content, onlyFor }) => [content, onlyFor])).toEqual([
      ["只给您", asker.id],
      ["也只给他？", null],
    ]);
    expect(server.hands.sees(other.id, channel).map(({ content }) => content)).not.toContain("只给您");
  });

  it("refuses what is late, what is twice, a modal after a deferral, and an old token", async () => {
    const { channel, asker } = populate();
    const ready = await connect();
    await ready.application.commands.set(commands);
    const codes: unknown[] = [];
    const attempt = (call: Promise<unknown>) =>
      call.catch((error: DiscordAPIError) => codes.push(error.code));
    let seen = 0;
    await onInteraction(async ({ id, token, applicationId }) => {
      const callback = (body: object) =>
        client.rest.post(`/interactions/${id}/${token}/callback`, { body, auth: false });
      seen += 1;
      if (seen === 1) {
        server.advance(3_100);
        await attempt(callback({ type: 5 }));
        return;
      }
      await callback({ type: 5 });
      await attempt(callback({ type: 4, data: { content: "再答" } }));
      await attempt(callback({ type: 9, data: { title: "表", custom_id: "m", components: [] } }));
      server.advance(16 * 60_000);
      await attempt(
        client.rest.post(`/webhooks/${applicationId}/${token}`, { body: { content: "晚" }, auth: false }),
      );
    });
    server.hands.slash(asker.id, channel, "ask", { question: "一" });
    await waitUntil(() => codes.length === 1, "the late one");
    server.hands.slash(asker.id, channel, "ask", { question: "二" });
    await waitUntil(() => codes.length === 4, "the rest");
    expect(codes).toEqual([10062, 40060, 40060, 50027]);
  });

  it("carries buttons, selects, modals and suggestions", async () => {
    const { channel, asker } = populate();
    const ready = await connect();
    await ready.application.commands.set(commands);
    const log: unknown[] = [];
    await onInteraction(async (interaction) => {
      if (interaction.isAutocomplete())
        await interaction.respond([{ name: interaction.options.getFocused(), value: "甲" }]);
      if (interaction.isButton())
        await interaction.showModal({
          title: "反馈",
          customId: "reason",
          components: [
            { type: 1, components: [{ type: 4, customId: "why", label: "原因", style: 2, required: true }] },
          ],
        });
      if (interaction.isStringSelectMenu()) {
        log.push(interaction.values);
        await interaction.deferUpdate();
      }
      if (interaction.isModalSubmit()) log.push(interaction.fields.getTextInputValue("why"));
    });
    await sendTo(channel.id, {
      content: "请选",
      components: [
        { type: 1, components: [{ type: 2, style: 1, label: "没帮助", custom_id: "no" }] },
        { type: 1, components: [{ type: 3, custom_id: "s", options: [{ label: "甲", value: "a" }] }] },
      ],
    });
    const message = server.sent[0] as StoredMessage;
    const pressed = server.hands.press(asker.id, message, "没帮助");
    await waitUntil(() => pressed.modal !== undefined, "the modal");
    server.hands.submit(pressed, { 原因: "答非所问" });
    server.hands.choose(asker.id, message, ["甲"]);
    const typed = server.hands.complete(asker.id, channel, "ask", "question", "人才");
    await waitUntil(() => typed.choices !== undefined && log.length === 2, "all");
    expect(typed.choices).toMatchObject([{ name: "人才", value: "甲" }]);
    expect(log).toEqual(expect.arrayContaining(["答非所问", ["a"]]));
    expect(() => server.hands.submit(pressed, { 原因: "" })).toThrow(/required/);
  });

  it("keeps commands as the platform does: checked, ids kept, translations only when asked for", async () => {
    populate();
    const ready = await connect();
    await ready.application.commands.set(commands);
    const [first] = server.commands;
    await ready.application.commands.set([
      { ...commands[0], description: "提一个问题" } as (typeof commands)[0],
    ]);
    expect(server.commands).toMatchObject([{ id: first?.id, description: "提一个问题" }]);
    const wrong = { name: "Ask", description: "x" };
    expect(await refusalOf(ready.application.commands.set([wrong]))).toMatchObject({ code: 50035 });
    const found = await ready.application.commands.fetch({ withLocalizations: true });
    expect(found.first()?.options).toMatchObject([{ name: "question", required: true }]);
  });
});
