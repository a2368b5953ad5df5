import { describe, expect, it } from "vitest";
import { isPlatformAddress } from "../../src/channels/discord/fetch-attachment.ts";
import {
  computePermissions,
  listLacking,
  NEEDED_BITS,
  toInviteLink,
} from "../../src/channels/discord/permissions.ts";

const GUILD = "400000000000000004";
const BOT = "100000000000000001";
const ROLE = "410000000000000004";
const EMBED = 1n << 14n;

function standing(everyone: bigint, role: bigint) {
  return {
    guildId: GUILD,
    ownerId: "1",
    roles: new Map([
      [GUILD, everyone],
      [ROLE, role],
    ]),
    userId: BOT,
    memberRoles: [ROLE],
  };
}

const overwrite = (id: string, allow: bigint, deny: bigint) => ({
  id,
  type: 0,
  allow: String(allow),
  deny: String(deny),
});

describe("what the bot may do", () => {
  it("is everyone's and its roles', with a channel's own rules over it: everyone, roles, the bot", () => {
    const all = standing(0n, NEEDED_BITS);
    expect(listLacking(computePermissions(all, {}))).toEqual([]);
    const denied = { permission_overwrites: [overwrite(GUILD, 0n, EMBED)] };
    expect(listLacking(computePermissions(all, denied))).toEqual(["嵌入链接"]);
    const again = { permission_overwrites: [overwrite(GUILD, 0n, EMBED), overwrite(ROLE, EMBED, 0n)] };
    expect(listLacking(computePermissions(all, again))).toEqual([]);
    const own = { permission_overwrites: [overwrite(ROLE, EMBED, 0n), overwrite(BOT, 0n, EMBED)] };
    expect(listLacking(computePermissions(all, own))).toEqual(["嵌入链接"]);
  });

  it("is everything for administrators, and nothing in a channel that it does not see", () => {
    expect(listLacking(computePermissions(standing(0n, 1n << 3n), {}))).toEqual([]);
    expect(listLacking(computePermissions(standing(0n, 1n << 11n), {}))).toEqual(["查看频道"]);
  });

  it("is asked for exactly", () => {
    expect(toInviteLink(BOT)).toBe(
      `https://discord.com/oauth2/authorize?client_id=${BOT}&scope=bot+applications.commands&permissions=309237763136`,
    );
  });
});

describe("where files are fetched from", () => {
  const API = "https://discord.com/api";
  it("is the platform's own hosts, over https", () => {
    expect(isPlatformAddress("https://cdn.discordapp.com/attachments/1/2/a.pdf?ex=1", API)).toBe(true);
    expect(isPlatformAddress("https://media.discordapp.net/a.png", API)).toBe(true);
  });

  it.each([
    "http://cdn.discordapp.com/a",
    "https://cdn.discordapp.com:8443/a",
    "https://cdn.discordapp.com.example.com/a",
    "https://user@cdn.discordapp.com/a",
    "https://discord.com/api/v10/users/@me",
    "http://127.0.0.1/a",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "nonsense",
  ])("is not %s", (url) => {
    expect(isPlatformAddress(url, API)).toBe(false);
  });

  it("is a configured server of another address as well", () => {
    expect(isPlatformAddress("http://127.0.0.1:9/attachments/a", "http://127.0.0.1:9/api")).toBe(true);
    expect(isPlatformAddress("http://127.0.0.1:8/attachments/a", "http://127.0.0.1:9/api")).toBe(false);
  });
});
