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
const TALL = { viewport: { width: 1200, height: 1180 } };
const PHONE = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const CALM = { reducedMotion: "reduce" } as const;

const QUESTION = "一站式服务包括哪些环节？";
/** An invented enterprise. */
const ENTERPRISE = "请帮我匹配政策：我们是奉贤区的生物医药企业，成立3年，职工60人，研发人员30人，天使轮";

async function openChat(page: Page): Promise<void> {
  await page.goto(address);
  await page.locator(".examples__button").first().waitFor();
  await page.locator(".library").waitFor();
}

async function ask(page: Page, question: string): Promise<void> {
  await openChat(page);
  await page.getByLabel("您的问题").fill(question);
  await page.getByRole("button", { name: "发送" }).click();
  await page.locator(".turn").last().locator(".reply__time").waitFor();
  await page.getByLabel("您的问题").blur();
  await page.mouse.move(0, 0);
}

async function openMatch(page: Page): Promise<void> {
  await ask(page, ENTERPRISE);
  await page.locator(".program summary").first().click();
  await page
    .locator(".program")
    .first()
    .evaluate((card) => card.scrollIntoView());
}

async function openCitation(page: Page): Promise<void> {
  await ask(page, QUESTION);
  const path = await page.locator(".citation__link").first().getAttribute("href");
  await page.goto(new URL(path ?? "/", address).href);
  await page.locator("mark").first().waitFor();
}

async function shoot(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const surroundings = { locale: "zh-CN", timezoneId: "Asia/Shanghai", ...CALM, ...options };
  const context = await browser.newContext(surroundings);
  const page = await context.newPage();
  await prepare(page);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await context.close();
  console.log(`${name}.png`);
}

await mkdir(directory, { recursive: true });
const browser = await launchBrowser();
const chat = (page: Page) => ask(page, QUESTION);
try {
  await shoot(browser, "web-welcome", DESKTOP, openChat);
  await shoot(browser, "web-chat", DESKTOP, chat);
  await shoot(browser, "web-chat-dark", { ...DESKTOP, colorScheme: "dark" }, chat);
  await shoot(browser, "web-chat-phone", { ...PHONE, colorScheme: "dark" }, chat);
  await shoot(browser, "web-match", TALL, openMatch);
  await shoot(browser, "web-match-phone", PHONE, openMatch);
  await shoot(browser, "document-reader", DESKTOP, openCitation);
  await shoot(browser, "document-reader-phone", PHONE, openCitation);
} finally {
  await browser.close();
}
