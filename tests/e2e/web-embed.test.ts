import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { openWebService, type WebService } from "../support/web-service.ts";

/** A government site's page: no inline scripts or styles, nothing from elsewhere but our launcher and our frame. */
interface HostSite {
  origin: string;
  /** Attributes of the script element. */
  attributes: string;
  /** More of its content security policy. */
  policy: string;
  close(): Promise<void>;
}

let browser: Browser;
let service: WebService;
let allowed: HostSite;
let forbidden: HostSite;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  allowed = await openHostSite();
  forbidden = await openHostSite();
  service = await openWebService(undefined, {
    XIANCE_EMBED_ORIGINS: `https://www.example.gov.cn, ${allowed.origin}`,
  });
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([allowed?.close(), forbidden?.close(), service?.remove()]);
});

beforeEach(async () => {
  allowed.attributes = "";
  context = await browser.newContext({ locale: "zh-CN" });
  page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load"))
      complaints.push(message.text());
  });
});

afterEach(async () => {
  await context.close();
  complaints.length = 0;
});

async function openHostSite(): Promise<HostSite> {
  const server: Server = createServer((_request, response) => {
    const policy = `default-src 'none'; script-src ${service.address}; frame-src ${service.address}${site.policy}`;
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy })
      .end(
        `<!doctype html><html lang="zh-CN"><title>样例政务网站</title><h1>样例政务网站</h1>
       <a href="#before">前面的链接</a><script src="${service.address}/embed.js" async ${site.attributes}></script>
       <p><a href="#after">后面的链接</a></p></html>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const site: HostSite = {
    // Another site than the service, which is at 127.0.0.1.
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    attributes: "",
    policy: "",
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

const launcher = () => page.getByRole("button", { name: "政策咨询" });

async function openChat(): Promise<Frame> {
  await page.goto(allowed.origin);
  await launcher().click();
  await expect.poll(() => page.frames().length).toBe(2);
  const frame = page.frames()[1] as Frame;
  await frame.getByRole("textbox").waitFor();
  return frame;
}

async function ask(frame: Frame, text: string): Promise<void> {
  await frame.getByRole("textbox").fill(text);
  await frame.getByRole("textbox").press("Enter");
  await frame.getByText(`答：${text}`).first().waitFor();
}

describe("the chat on another site's page", () => {
  it("opens by its button, answers, and is there again after a reload", async () => {
    const frame = await openChat();
    await ask(frame, "园区有哪些目标？");
    const cookies = await context.cookies(service.address);
    expect(
      cookies.map(({ name, sameSite, secure, httpOnly }) => ({ name, sameSite, secure, httpOnly })),
    ).toEqual([{ name: "xiance_embed", sameSite: "None", secure: true, httpOnly: true }]);
    expect((await openChat()).url()).toBe(`${service.address}/embed?language=zh`);
    await page.frames()[1]?.getByText("答：园区有哪些目标？").first().waitFor();
    expect(complaints).toEqual([]);
  });

  it("keeps its conversation apart from the one at our own address", async () => {
    await ask(await openChat(), "只在框中问的问题");
    const own = await context.newPage();
    await own.goto(service.address);
    await own.getByRole("textbox").waitFor();
    const turns = await own.evaluate(async () => (await fetch("/api/v1/chat/messages")).json());
    expect(turns).toEqual({ turns: [] });
    const names = (await context.cookies(service.address)).map(({ name }) => name).sort();
    expect(names).toEqual(["xiance_embed", "xiance_session"]);
  });

  it("works by keyboard: the focus goes in, and Escape brings it back", async () => {
    await page.goto(allowed.origin);
    await launcher().focus();
    await page.keyboard.press("Enter");
    expect(await launcher().getAttribute("aria-expanded")).toBe("true");
    await page.frames()[1]?.getByRole("textbox").waitFor();
    await expect.poll(() => page.locator("xiance-chat:focus-within").count()).toBe(1);
    const dialog = page.getByRole("dialog", { name: "贤策政策助手" });
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole("button", { name: "关闭" }).focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.isVisible()).toBe(false);
    expect(await launcher().getAttribute("aria-expanded")).toBe("false");
    // Enter on what has the focus opens it again: it was given back to the button.
    await page.keyboard.press("Enter");
    await expect.poll(() => dialog.isVisible()).toBe(true);
  });

  it("closes from inside the frame", async () => {
    const frame = await openChat();
    await frame.getByRole("textbox").focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").isVisible()).toBe(false);
  });

  it("covers a phone's screen and holds the focus there", async () => {
    await page.setViewportSize({ width: 375, height: 667 });
    await openChat();
    const dialog = page.getByRole("dialog", { name: "贤策政策助手" });
    expect(await dialog.getAttribute("aria-modal")).toBe("true");
    expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 });
    await dialog.getByRole("link", { name: "在新窗口打开" }).focus();
    await page.keyboard.press("Shift+Tab");
    await expect.poll(() => page.locator("xiance-chat:focus-within").count()).toBe(1);
    expect(await page.locator("html").evaluate((node) => node.scrollWidth)).toBeLessThanOrEqual(375);
  });

  it("speaks English, stands on the left and is named as the site wants it", async () => {
    allowed.attributes = 'data-language="en" data-position="left" data-label="Policy &lt;b&gt;help"';
    await page.goto(allowed.origin);
    const button = page.getByRole("button", { name: "Policy <b>help" });
    expect((await button.boundingBox())?.x).toBe(20);
    await button.click();
    await expect.poll(() => page.frames()[1]?.url()).toContain("/embed?language=en");
    expect(await page.getByRole("dialog", { name: "Xiance policy assistant" }).isVisible()).toBe(true);
  });

  it("stays blank on a site that is not on the list", async () => {
    await page.goto(forbidden.origin);
    await launcher().click();
    await expect.poll(() => complaints.join("\n")).toContain("frame-ancestors");
    const frame = page.frames()[1];
    expect(
      await frame
        ?.locator("body")
        .textContent({ timeout: 500 })
        .catch(() => ""),
    ).toBe("");
    // It can be closed all the same.
    await page.getByRole("button", { name: "关闭" }).click();
    await expect.poll(() => page.getByRole("dialog").isVisible()).toBe(false);
  });

  it("is not read or written by the page around it", async () => {
    allowed.policy = "; connect-src *";
    const frame = await openChat();
    const outcome = await page.evaluate(async (address) => {
      const interfaceOf = `${address}/api/v1/chat/messages`;
      const read = await fetch(interfaceOf, { credentials: "include" }).then(() => "read", String);
      const body = JSON.stringify({ clientMessageId: "from-outside", text: "来自外部" });
      const send = { method: "POST", mode: "no-cors", credentials: "include", body } as const;
      await fetch(interfaceOf, send).catch(String);
      return read;
    }, service.address);
    expect(outcome).toContain("Failed to fetch");
    await ask(frame, "来自框内");
    expect(await frame.getByText("来自外部").count()).toBe(0);
  });
});

describe("what may be framed", () => {
  it("is the chat alone", async () => {
    const framed = await fetch(`${service.address}/embed`);
    expect(framed.headers.get("content-security-policy")).toContain(
      `frame-ancestors https://www.example.gov.cn ${allowed.origin}`,
    );
    expect(framed.headers.get("x-frame-options")).toBeNull();
    for (const path of ["/", "/documents/plan", "/auth/feishu/start", "/api/v1/chat/me", "/embed.js"]) {
      const { headers } = await fetch(service.address + path, { redirect: "manual" });
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
      expect(headers.get("x-frame-options"), path).toBe("DENY");
    }
  });

  it("is nothing where no site is listed", async () => {
    const closed = await openWebService();
    try {
      expect((await fetch(`${closed.address}/embed`)).status).toBe(404);
      expect((await fetch(`${closed.address}/embed.js`)).status).toBe(404);
    } finally {
      await closed.remove();
    }
  });
});
