import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FEISHU_EVENTS, FEISHU_SCOPES } from "../../src/channels/feishu/scopes.ts";
import { MENU_COMMANDS } from "../../src/conversation/index.ts";
import { APP, type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import { type RunningChannel, runChannel } from "../support/feishu-server/run-channel.ts";

const REQUIRED = FEISHU_SCOPES.filter(({ required }) => required).map(({ scope }) => scope);

describe("what doctor says of the app's rights", () => {
  let server: FeishuServer;
  let running: RunningChannel;

  beforeEach(async () => {
    server = await startFeishuServer();
    running = await runChannel({ domain: server.url, start: false });
  });

  afterEach(async () => {
    await running.channel.stop();
    await server.close();
  });

  const grant = (...scopes: string[]) => {
    for (const scope of scopes) server.scopes.set(scope, true);
  };
  const examine = async (prefix: string) =>
    (await running.channel.examine()).filter(({ name }) => name.startsWith(prefix));

  it("names each that is missing, what it is for and where it is switched on", async () => {
    grant(...REQUIRED.slice(1));
    server.scopes.set(REQUIRED[0] ?? "", false);
    const findings = await examine("飞书权限");
    expect(findings[0]).toEqual({
      name: "飞书权限 im:message:send_as_bot",
      state: "failed",
      detail: `缺少，用于发送回复、更新和撤回自己发送的消息。开通：${server.url}/app/${APP.appId}/auth?q=im:message:send_as_bot，开通后须发布新版本。`,
    });
    const optional = findings.find(({ name }) => name.endsWith("cardkit:card:write"));
    expect(optional).toMatchObject({ state: "off", detail: expect.stringContaining("一次显示") });
    expect(findings).toHaveLength(1 + FEISHU_SCOPES.length - REQUIRED.length);
  });

  it("is content with the least set, and with wider rights that include it", async () => {
    grant("im:message", "im:message.p2p_msg", "im:message.group_at_msg", "im:resource");
    const findings = await examine("飞书权限");
    expect(findings[0]).toMatchObject({ state: "ok" });
    expect(findings.map(({ state }) => state)).not.toContain("failed");
    expect(findings.map(({ name }) => name)).not.toContain("飞书权限 im:message:readonly");
  });

  it("names what the app may do and does not need", async () => {
    grant(...REQUIRED, "contact:user.phone:readonly", "docs:doc");
    expect(await examine("飞书多余权限")).toMatchObject([
      { state: "off", detail: expect.stringContaining("contact:user.phone:readonly、docs:doc") },
    ]);
  });

  it("says so when the platform does not tell", async () => {
    server.failNext("scopes", { code: 212100, msg: "app not install" }, { code: 99991672 });
    const findings = await running.channel.examine();
    expect(findings).toMatchObject([
      { name: "飞书权限", state: "warning" },
      { name: "飞书事件订阅", state: "off", detail: expect.stringContaining("im.message.receive_v1") },
    ]);
  });

  it("names events that nobody subscribed to", async () => {
    server.setEvents(FEISHU_EVENTS.slice(1).map(({ event }) => event));
    expect(await examine("飞书事件订阅")).toMatchObject([
      {
        name: "飞书事件订阅 im.message.receive_v1",
        state: "failed",
        detail: expect.stringContaining("/event"),
      },
    ]);
    server.setEvents(FEISHU_EVENTS.map(({ event }) => event));
    expect(await examine("飞书事件订阅")).toMatchObject([{ state: "ok" }]);
  });
});

describe("the set-up guide", () => {
  it("lists exactly the scopes, events and callbacks that the code knows, in both languages", async () => {
    const readme = await readFile(new URL("../../src/channels/feishu/README.md", import.meta.url), "utf8");
    const [english = "", chinese = ""] = readme.split("\n# 中文接入步骤");
    const known = new Set(FEISHU_SCOPES.map(({ scope }) => scope));
    for (const part of [english, chinese]) {
      for (const scope of known) expect(part).toContain(`\`${scope}\``);
      for (const { event } of FEISHU_EVENTS) expect(part).toContain(`\`${event}\``);
      expect(part).toContain("`card.action.trigger`");
      const rows = part.split("\n").filter((line) => line.startsWith("| `"));
      const listed = rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? "");
      for (const [key, command] of Object.entries(MENU_COMMANDS)) {
        expect(listed).toContain(key);
        if (part === chinese) expect(rows).toContain(`| \`${key}\` | ${command} |`);
      }
      const scopes = listed.filter((name) => name.includes(":"));
      expect(scopes.sort()).toEqual([...known].sort());
    }
  });
});
