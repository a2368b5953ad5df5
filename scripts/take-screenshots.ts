/**
 * Takes the pictures of the documentation from a running service.
 *
 *   node scripts/take-screenshots.ts [http://127.0.0.1:3000] [docs/images]
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";

const address = process.argv[2] ?? "http://127.0.0.1:3000";
const directory = resolve(process.argv[3] ?? "docs/images");

const DESKTOP = { viewport: { width: 1200, height: 900 } };
const PHONE = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel("您的问题").fill(question);
  await page.getByRole("button", { name: "发送" }).click();
  await page.locator(".turn").last().locator(".reply").waitFor();
  await page.getByLabel("您的问题").blur();
  await page.mouse.move(0, 0);
}

async function shoot(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
  const page = await context.newPage();
  await prepare(page);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await context.close();
  console.log(`${name}.png`);
}

async function openChat(page: Page): Promise<void> {
  await page.goto(address);
  await page.getByRole("heading", { name: "您好，想了解哪方面的政策？" }).waitFor();
}

async function openCitation(page: Page): Promise<void> {
  await openChat(page);
  await ask(page, "我们做小核酸的，天使轮，有啥基金能对接？");
  const path = await page.locator(".citation__link").first().getAttribute("href");
  await page.goto(new URL(path ?? "/", address).href);
  await page.locator("mark").first().waitFor();
}

await mkdir(directory, { recursive: true });
const browser = await launchBrowser();
const calm = { reducedMotion: "reduce" } as const;
try {
  await shoot(browser, "web-welcome", { ...DESKTOP, ...calm }, openChat);
  const chat = async (page: Page) => {
    await openChat(page);
    await ask(page, "我们做小核酸的，天使轮，有啥基金能对接？");
  };
  await shoot(browser, "web-chat", { ...DESKTOP, ...calm }, chat);
  await shoot(browser, "web-chat-dark", { ...DESKTOP, ...calm, colorScheme: "dark" }, chat);
  await shoot(browser, "web-chat-phone", { ...PHONE, ...calm }, chat);
  await shoot(browser, "document-reader", { ...DESKTOP, ...calm }, openCitation);
  await shoot(browser, "document-reader-phone", { ...PHONE, ...calm }, openCitation);
} finally {
  await browser.close();
}
