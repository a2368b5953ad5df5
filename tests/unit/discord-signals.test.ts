import { describe, expect, it } from "vitest";
import { receiveSignals } from "../../src/channels/discord/receive-signal.ts";

const BOT = "100000000000000001";
const GUILD = "400000000000000004";
const SYSTEM = "300000000000000003";
const ROLE = "410000000000000004";
const WRITE = (1n << 10n) | (1n << 11n);

function joined(more: object = {}, deny = 0n) {
  return {
    id: GUILD,
    joined_at: "2026-11-23T07:59:58.000Z",
    owner_id: "200000000000000002",
    system_channel_id: SYSTEM,
    channels: [
      {
        id: SYSTEM,
        type: 0,
        name: "通知",
        permission_overwrites: [{ id: ROLE, type: 0, allow: "0", deny: String(deny) }],
      },
    ],
    roles: [
      { id: GUILD, permissions: "0" },
      { id: ROLE, permissions: String(WRITE) },
    ],
    members: [{ user: { id: BOT }, roles: [ROLE] }],
    ...more,
  };
}

function receive(type: string, data: unknown, known: readonly string[] = []) {
  return receiveSignals(type, data, {
    botUserId: BOT,
    now: new Date("2026-11-23T08:00:00.000Z"),
    directUserOf: () => undefined,
    parentOf: () => undefined,
    channelsOf: () => [SYSTEM],
    isKnownGuild: (id) => known.includes(id),
  });
}

describe("a server that the bot is added to", () => {
  it("is greeted in its channel for notices, once", () => {
    const key = `${GUILD}:${Date.parse("2026-11-23T07:59:58.000Z")}`;
    expect(receive("GUILD_CREATE", joined())).toMatchObject([{ kind: "added-to-chat", chatId: SYSTEM, key }]);
    // The event comes again at every connection.
    expect(receive("GUILD_CREATE", joined(), [GUILD])).toEqual([]);
  });

  it("is left in peace where the bot may not write, or where there is no such channel", () => {
    expect(receive("GUILD_CREATE", joined({}, 1n << 11n))).toEqual([]);
    expect(receive("GUILD_CREATE", joined({ system_channel_id: null }))).toEqual([]);
  });
});

describe("a server that is gone", () => {
  it("is left; an outage is not", () => {
    expect(receive("GUILD_DELETE", { id: GUILD })).toMatchObject([
      { kind: "removed-from-chat", chatId: SYSTEM },
    ]);
    expect(receive("GUILD_DELETE", { id: GUILD, unavailable: true })).toEqual([]);
  });
});

it("what is malformed or of no concern says nothing", () => {
  expect(receive("MESSAGE_DELETE", { id: "x" })).toEqual([]);
  expect(receive("PRESENCE_UPDATE", {})).toEqual([]);
  expect(receive("CHANNEL_DELETE", null)).toEqual([]);
});
