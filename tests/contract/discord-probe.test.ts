import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOT, PERMISSION } from "../support/discord-server/index.ts";
import { type DiscordPlace, openDiscordPlace } from "../support/discord-server/open-place.ts";

let at: DiscordPlace;

beforeEach(async () => {
  at = await openDiscordPlace({}, { start: false });
});

afterEach(() => at.close());

const probe = () => at.running.channel.probe();

describe("what doctor is told", () => {
  it("names the bot and its servers when all is well, and changes nothing", async () => {
    const { healthy, detail } = await probe();
    expect(healthy).toBe(true);
    expect(detail).toMatch(/xiance.*1 个服务器/);
    expect(detail).not.toContain("缺少权限");
    expect(at.server.calls.every(({ method }) => method === "GET")).toBe(true);
    expect(at.server.gateway.counts.connections).toBe(0);
  });

  it("names each permission that is missing, with the channel", async () => {
    at.hands.deny(at.place, "embedLinks", "attachFiles");
    expect((await probe()).detail).toContain(`#${at.place.name}（嵌入链接、附加文件）`);
  });

  it("names what is missing in a whole server", async () => {
    const poor = at.hands.guild("另一服务器（虚构）", { permissions: PERMISSION.viewChannel });
    expect((await probe()).detail).toContain(`服务器“${poor.name}”缺少权限：`);
  });

  it("says how to invite a bot that is in no server", async () => {
    at.hands.removeBot(at.guild);
    const { healthy, detail } = await probe();
    expect(healthy).toBe(false);
    expect(detail).toMatch(new RegExp(`尚未加入.*client_id=${BOT.applicationId}`));
  });

  it("says what to do with a wrong token, without telling it", async () => {
    at.server.resetToken();
    const { healthy, detail } = await probe();
    expect(healthy).toBe(false);
    expect(detail).toMatch(/令牌无效.*DISCORD_TOKEN/);
    expect(detail + at.running.log()).not.toContain("invented-token");
  });

  it("says when the platform is not there, or stumbles", async () => {
    at.server.failNext("me", { refused: true }, { refused: true }, { refused: true });
    expect((await probe()).detail).toMatch(/连不上/);
    at.server.failNext("me", { status: 503 });
    expect((await probe()).healthy).toBe(true);
  });
});
