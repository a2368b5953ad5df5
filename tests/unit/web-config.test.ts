import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";

const FEISHU = { FEISHU_APP_ID: "cli_0123456789abcdef", FEISHU_APP_SECRET: "secret-of-the-test" };

describe("sites that may frame the chat", () => {
  it.each([
    ["", []],
    ["https://www.example.gov.cn", ["https://www.example.gov.cn"]],
    [
      " https://WWW.example.gov.cn/ , https://*.example.cn,http://localhost:8080 ,",
      ["https://www.example.gov.cn", "https://*.example.cn", "http://localhost:8080"],
    ],
  ])("%j", (given, origins) => {
    expect(readConfig({ XIANCE_EMBED_ORIGINS: given }).http.embedOrigins).toEqual(origins);
  });

  it.each([
    "*",
    "https://*",
    "www.example.gov.cn",
    "https://example.cn/path",
    "https://example.cn; script-src *",
    "https://a.example https://b.example",
    "javascript:alert(1)",
    "https://user:password@example.cn",
    "'none'",
  ])("refuses %j, which would widen the policy", (given) => {
    expect(() => readConfig({ XIANCE_EMBED_ORIGINS: given })).toThrow(/XIANCE_EMBED_ORIGINS/);
  });
});

describe("the platform's sign-in pages", () => {
  it.each([
    [{}, "https://accounts.feishu.cn"],
    [{ FEISHU_DOMAIN: "lark" }, "https://accounts.larksuite.com"],
    [{ FEISHU_DOMAIN: "https://open.larksuite.com/" }, "https://accounts.larksuite.com"],
    [{ FEISHU_DOMAIN: "https://feishu.example.cn/" }, "https://feishu.example.cn"],
    [
      { FEISHU_DOMAIN: "https://feishu.example.cn", FEISHU_ACCOUNTS_URL: "https://login.example.cn/" },
      "https://login.example.cn",
    ],
  ])("beside %j are at %s", (environment, accountsUrl) => {
    expect(readConfig({ ...FEISHU, ...environment }).feishu?.accountsUrl).toBe(accountsUrl);
  });

  it("are off without an address of ours, and it is said how to switch them on", () => {
    const hint = (environment: Record<string, string>) =>
      readConfig({ ...FEISHU, ...environment }).notices.filter((notice) => notice.startsWith("账号登录"));
    expect(hint({})[0]).toContain("XIANCE_PUBLIC_URL");
    expect(hint({ XIANCE_PUBLIC_URL: "https://policy.example.cn" })).toEqual([]);
  });

  it("are not half configured", () => {
    expect(() => readConfig({ FEISHU_TENANT_KEY: "t" })).toThrow(/FEISHU_TENANT_KEY|half/);
  });
});
