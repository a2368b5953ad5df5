import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ReplyBlock } from "../../src/conversation/index.ts";
import { auditPage } from "../support/audit-page.ts";
import { launchBrowser } from "../support/browser.ts";
import { fullMatch, type MatchWorld, openMatchWorld } from "../support/match-world.ts";

let browser: Browser;
let world: MatchWorld;
const complaints: string[] = [];

beforeAll(async () => {
  world = await openMatchWorld();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await world?.remove();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A breach of the content security policy comes as an error.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(world.address);
  await page.locator('#log[aria-busy="false"]').waitFor({ state: "attached" });
  return page;
}

async function ask(page: Page, text: string): Promise<void> {
  const before = await page.locator(".turn .reply").count();
  await page.locator("#question").fill(text);
  await page.locator("#question").press("Enter");
  await page.locator(".turn .reply").nth(before).waitFor();
}

const PHONE = { viewport: { width: 320, height: 640 } };
const LOOKS: readonly [name: string, options: BrowserContextOptions][] = [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["on a phone", PHONE],
  ["dark on a phone", { ...PHONE, colorScheme: "dark" }],
];

describe.each(LOOKS)("nothing is found by axe, %s", (_name, options) => {
  it("on the empty page and in a conversation: answer, verdict table, form, file", async () => {
    world.reply(fullMatch);
    const page = await open(options);
    expect(await auditPage(page)).toEqual([]);
    await ask(page, "园区有哪些目标？");
    await ask(page, "请帮我匹配政策");
    for (const summary of await page.locator(".evidence summary").all()) await summary.click();
    expect(await page.locator("table.verdicts").count()).toBe(3);
    expect(await auditPage(page)).toEqual([]);
    await page.context().close();
  });

  it("in the document reader", async () => {
    const page = await open(options);
    await page.goto(`${world.address}/documents/plan#40-80`);
    await page.locator("mark").first().waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.context().close();
  });
});

describe("nothing is found by axe", () => {
  it("when a person answers, and in the line that only acknowledges", async () => {
    world.reply((reply) => ({
      ...reply,
      kind: "ticket-held",
      headline: "已转给李专员",
      blocks: [],
      quiet: true,
    }));
    const page = await open();
    await ask(page, "请帮我匹配专员");
    const blocks: ReplyBlock[] = [
      { type: "fields", items: [{ label: "工单", value: "20261123-0007", note: "按园区分派表" }] },
      { type: "actions", actions: [{ name: "match.solved", label: "已解决", style: "primary", values: {} }] },
    ];
    const headline = "李专员（科技服务部）：建议先完成认定材料的准备。";
    const common = { language: "zh", plainText: headline, generatedByAi: false } as const;
    await world.tell({ kind: "ticket-answer", headline, blocks, ...common });
    await page.getByRole("article", { name: "专员答复" }).waitFor();
    expect(await auditPage(page)).toEqual([]);
    // The check can fail: words that are too pale are found.
    await page.evaluate("document.querySelector('.reply__headline').style.color = '#bbb'");
    expect((await auditPage(page)).join()).toContain("color-contrast");
    await page.context().close();
  });

  it("in English, in a dialog, with files and their refusal, and after a failed sending", async () => {
    world.reply((reply) => ({ ...reply, language: "en" }));
    const page = await open();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Which policy would you like to know about?" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await ask(page, "请帮我匹配政策");
    await page.getByRole("button", { name: "删除我的数据" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.setInputFiles('input[type="file"]', {
      name: "a.txt",
      mimeType: "text/plain",
      buffer: Buffer.alloc(0),
    });
    await page.route("**/api/v1/chat/messages", (route) => route.abort());
    await page.locator("#question").fill("not sent");
    await page.locator("#question").press("Enter");
    await page.getByText("Not sent: The network").waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.context().close();
  });
});

describe("by keyboard alone", () => {
  /** Presses Tab until what has the focus answers to the name. */
  async function tabTo(page: Page, name: string | RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate<string>(
        "(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '').trim()",
      );
      if (typeof name === "string" ? focused === name : name.test(focused)) return;
    }
    throw new Error(`the tabulator never reached ${name}`);
  }

  it("a question is asked, evidence unfolded, a form filled in, a button pressed and a danger declined", async () => {
    world.reply((reply) => reply);
    const page = await open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement?.id")).toBe("question");
    await page.keyboard.type("请帮我匹配政策");
    await page.keyboard.press("Enter");
    await page.locator(".program").first().waitFor();
    await page.locator("body").evaluate((body) => body.ownerDocument.getSelection()?.removeAllRanges());
    await page.evaluate("document.activeElement.blur()");
    await tabTo(page, /^原文依据/);
    await page.keyboard.press("Enter");
    expect(await page.locator(".evidence[open]").count()).toBe(1);
    for (let presses = 0; presses < 40; presses += 1) {
      if (await page.evaluate("document.activeElement?.getAttribute('name') === 'staff'")) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.type("60");
    await page.keyboard.press("Enter");
    await page
      .getByText(/match\.fill .*"staff":"60"/)
      .first()
      .waitFor();
    await page.evaluate("document.activeElement.blur()");
    await tabTo(page, "删除我的数据");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement?.textContent")).toBe("删除我的数据");
    expect(await page.locator(".turn").count()).toBe(2);
    await page.context().close();
  });

  it("shows where the focus is", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const width = await page.evaluate(
      "parseFloat(getComputedStyle(document.activeElement).outlineWidth) || 0",
    );
    expect(width).toBeGreaterThanOrEqual(2);
    await page.context().close();
  });
});

describe("at 200 % on a small screen", () => {
  it("nothing stands beside the page", async () => {
    world.reply(fullMatch);
    const page = await open({ viewport: { width: 320, height: 640 } });
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    await ask(page, "请帮我匹配政策");
    expect(
      await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
    ).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});
