import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChannelHooks, ChannelSignal } from "../../src/conversation/index.ts";
import {
  APP,
  BOT_MENTION,
  botAddedEvent,
  cardActionEvent,
  chatEnteredEvent,
  type EventEnvelope,
  type FeishuServer,
  menuEvent,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { type RunningChannel, type RunOptions, runChannel } from "../support/feishu-server/run-channel.ts";

const SOURCE = { appId: APP.appId, verificationToken: "" };
const TENANT = "tenant0001";

let server: FeishuServer;
let running: RunningChannel;
let signals: ChannelSignal[];

const hooks: ChannelHooks = {
  onSignal: async (signal) => {
    signals.push(signal);
  },
  follows: async () => false,
};

beforeEach(async () => {
  signals = [];
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function start(options: Partial<RunOptions> = {}): Promise<void> {
  running = await runChannel({ domain: server.url, hooks, ...options });
  await running.waitUntil(() => running.channel.status().healthy, "a healthy channel");
}

const push = (event: EventEnvelope) => server.connection.push(event);

describe("meeting people", () => {
  it("tells that the bot was added to a group, under a key of its own", async () => {
    await start();
    expect(await push(botAddedEvent(SOURCE, "oc_new", "evt_once"))).toMatchObject({ code: 200 });
    await push(botAddedEvent(SOURCE, "oc_new", "evt_once"));
    const signal = {
      ...{ kind: "added-to-chat", channel: "feishu", chatId: "oc_new", key: "evt_once" },
      at: new Date(1763900000456).toISOString(),
    };
    expect(signals).toEqual([signal, signal]);
  });

  it("tells that somebody opened their direct chat", async () => {
    await start();
    await push(chatEnteredEvent(SOURCE, "ou_newcomer"));
    expect(signals).toMatchObject([{ kind: "direct-chat-opened", userId: "ou_newcomer" }]);
  });

  it("says that it greets", async () => {
    await start();
    expect(running.channel.capabilities.greets).toBe(true);
  });
});

describe("an entry of the bot's menu", () => {
  it("is what its person would have typed in their direct chat, once", async () => {
    await start();
    const event = menuEvent(SOURCE, {
      key: "match",
      openId: "ou_owner",
      eventId: "evt_menu",
      name: "王某（虚构）",
    });
    await push(event);
    await push(event);
    expect(running.accepted).toMatchObject([
      {
        messageKey: `${TENANT}:menu:evt_menu`,
        ...{ chatKind: "direct", chatId: "ou_owner", userId: "ou_owner", userName: "王某（虚构）" },
        ...{ text: "匹配", replyTarget: { direct: true, directUserId: "ou_owner" } },
      },
    ]);
    expect(running.offers()).toBe(2);
  });

  it("shows what there is when nobody knows its key", async () => {
    await start();
    await push(menuEvent(SOURCE, { key: "something-of-theirs" }));
    expect(running.accepted).toMatchObject([{ text: "帮助" }]);
  });

  it("comes again when it could not be stored", async () => {
    await start();
    running.beforeAccept(async () => {
      throw new Error("the database is away");
    });
    expect(await push(menuEvent(SOURCE, { key: "match" }))).toMatchObject({ code: 500 });
  });
});

describe("events of others", () => {
  const of = (event: EventEnvelope, header: Partial<EventEnvelope["header"]>): EventEnvelope => ({
    ...event,
    header: { ...event.header, ...header },
  });
  const message = () => server.messageEvent({ text: "@_user_1 园区的目标？", mentions: [BOT_MENTION] });

  it("are acknowledged and not taken in when they name another app", async () => {
    await start();
    expect(await push(of(message(), { app_id: "cli_ffffffffffffffff" }))).toMatchObject({ code: 200 });
    await push(of(menuEvent(SOURCE, { key: "match" }), { app_id: "cli_ffffffffffffffff" }));
    await push(of(botAddedEvent(SOURCE, "oc_new"), { app_id: "cli_ffffffffffffffff" }));
    const press = await push(of(cardActionEvent(SOURCE), { app_id: "cli_ffffffffffffffff" }));
    expect(JSON.stringify(press?.data)).toContain("不属于本应用");
    expect(running.accepted).toEqual([]);
    expect(signals).toEqual([]);
  });

  it("are not taken in when they come from another organisation than the one that is set", async () => {
    await start({ config: { tenantKey: "our_tenant" } });
    await push(message());
    expect(running.accepted).toEqual([]);
    await push(of(message(), { tenant_key: "our_tenant" }));
    expect(running.accepted).toHaveLength(1);
  });

  it("are not taken in either when the platform has told which organisation ours is", async () => {
    server.setTenantKey("our_tenant");
    await start();
    await running.waitUntil(() => server.issuedTokens.length > 0, "a token");
    let refused = 0;
    for (let tries = 0; refused === 0 && tries < 50; tries += 1) {
      const before = running.accepted.length;
      await push(message());
      if (running.accepted.length === before) refused += 1;
    }
    expect(refused).toBe(1);
  });

  it("are served where the organisation is not known", async () => {
    await start();
    await push(message());
    expect(running.accepted).toHaveLength(1);
  });

  it("keep somebody of another organisation in a group with us apart by the key of our own", async () => {
    await start({ config: { tenantKey: TENANT } });
    const event = message();
    const { sender } = event.event as { sender: { tenant_key: string } };
    sender.tenant_key = "their_tenant";
    await push(event);
    expect(running.accepted).toHaveLength(1);
    expect(running.accepted[0]?.messageKey.startsWith(`${TENANT}:`)).toBe(true);
  });
});
