import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { AppError } from "../../src/shared/index.ts";

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.safeMessage;
  }
  throw new Error("it was taken");
}

describe("the configuration of Discord", () => {
  it("is off without a token, and says how to switch it on", () => {
    const config = readConfig({});
    expect(config.discord).toBeUndefined();
    expect(config.notices.join("\n")).toContain("DISCORD_TOKEN");
  });

  it("needs the token only", () => {
    const { discord, notices } = readConfig({ DISCORD_TOKEN: "Bot not.a.token" });
    expect(discord).toEqual({ token: "not.a.token", apiUrl: "https://discord.com/api" });
    expect(notices.join("\n")).not.toContain("DISCORD_TOKEN");
  });

  it("takes another address and one server", () => {
    const environment = {
      DISCORD_TOKEN: "not.a.token",
      DISCORD_API_URL: "http://127.0.0.1:9/api/v10/",
      DISCORD_GUILD_ID: "400000000000000004",
    };
    expect(readConfig(environment).discord).toEqual({
      token: "not.a.token",
      apiUrl: "http://127.0.0.1:9/api",
      guildId: "400000000000000004",
    });
  });

  it("says what is wrong, and never shows the token", () => {
    expect(refusal({ DISCORD_GUILD_ID: "400000000000000004" })).toContain("缺少 DISCORD_TOKEN");
    expect(refusal({ DISCORD_TOKEN: "t", DISCORD_GUILD_ID: "园区" })).toContain("DISCORD_GUILD_ID");
    expect(refusal({ DISCORD_TOKEN: "t", DISCORD_API_URL: "discord.com" })).toContain("DISCORD_API_URL");
    const shown = refusal({ DISCORD_TOKEN: "我的令牌 secret" });
    expect(shown).toContain("DISCORD_TOKEN");
    expect(shown).not.toContain("secret");
  });
});
