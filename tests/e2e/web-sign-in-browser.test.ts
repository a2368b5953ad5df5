import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { openSignInWorld, type SignInWorld } from "../support/sign-in-world.ts";

let browser: Browser;
let world: SignInWorld;

beforeAll(async () => {
  [browser, world] = await Promise.all([launchBrowser(), openSignInWorld()]);
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe("signing in with a real browser, the platform being another site", () => {
  it("comes back signed in, with a cookie that the browser keeps for us alone", async () => {
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto(world.address);
    await page.getByRole("textbox").first().waitFor();
    const before = (await context.cookies(world.address))[0]?.value;
    await page.goto(`${world.address}/auth/feishu/start?return=${encodeURIComponent("/?from=sign-in")}`);
    expect(page.url()).toBe(`${world.address}/?from=sign-in`);
    const me = await page.evaluate(async () => (await fetch("/api/v1/chat/me")).json());
    expect(me).toMatchObject({ signedIn: true, name: "测试员甲" });
    const cookies = await context.cookies(world.address);
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: "Lax" }]);
    expect(cookies[0]?.value).not.toBe(before);
    // The console's interface, from our own page.
    const status = await page.evaluate(async () => (await fetch("/api/v1/admin/roles")).status);
    expect(status).toBe(403);
    await context.close();
  });

  it("says in plain words why it did not work, under our content security policy", async () => {
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load"))
        complaints.push(message.text());
    });
    world.oauth.refuses = true;
    await page.goto(`${world.address}/auth/feishu/start`);
    await page.getByRole("heading", { name: "登录已取消" }).waitFor();
    world.oauth.refuses = false;
    await page.getByRole("link", { name: "重新登录" }).click();
    await page.waitForURL(`${world.address}/`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
