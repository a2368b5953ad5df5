import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { CITED, openWebService, type WebService } from "../support/web-service.ts";

let browser: Browser;
let service: WebService;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  service = await openWebService(async ({ question }) => {
    if (question.includes("出错")) throw new Error("planted");
    if (question.includes("<img")) return { conclusion: `<b>${question}</b>` };
    return {};
  });
});

afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

beforeEach(async () => {
  context = await browser.newContext({ locale: "zh-CN" });
  page = await openPage(context);
});

afterEach(async () => {
  await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

async function openPage(from: BrowserContext): Promise<Page> {
  const opened = await from.newPage();
  opened.on("pageerror", (error) => complaints.push(error.message));
  opened.on("console", (message) => {
    // The browser itself reports refused and failed requests; those are part of what is tested.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  await opened.goto(service.address);
  return opened;
}

const input = (on = page) => on.getByLabel("您的问题");
const replies = (on = page) => on.locator(".reply");
const questions = (on = page) => on.locator(".question");

async function ask(text: string): Promise<void> {
  await input().fill(text);
  await input().press("Enter");
}

async function expectReplies(count: number, on = page): Promise<void> {
  await replies(on)
    .nth(count - 1)
    .waitFor();
  expect(await replies(on).count()).toBe(count);
}

describe("asking", () => {
  it("shows conclusion, citation, what is not stated, notice and next step", async () => {
    await ask("到2026年园区要达到什么目标？");
    await expectReplies(1);
    const text = await replies().textContent();
    for (const part of [
      "答：到2026年园区要达到什么目标？",
      "《张江高新区奉贤园改革创新发展行动方案（2024-2026年）》",
      "征求意见稿",
      "一、总体要求 › （三）行动目标",
      CITED,
      "文件未载明",
      "申报时间",
      "该文件为征求意见稿，尚未正式印发。",
      "请以正式印发文件为准。",
    ]) {
      expect(text).toContain(part);
    }
    expect(await page.locator("#welcome").isVisible()).toBe(false);
  });

  it("opens the document at the cited sentence, marked", async () => {
    await ask("目标？");
    await expectReplies(1);
    const [reader] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "查看原文" }).click(),
    ]);
    await reader.locator("mark").first().waitFor();
    expect((await reader.locator("mark").allTextContents()).join("")).toBe(CITED);
    await expect.poll(() => reader.locator("mark").evaluate(isInView)).toBe(true);
    expect(await reader.locator(".is-current").textContent()).toBe("（三）行动目标");
    expect(await reader.locator(".facts").textContent()).toContain("奉贤区人民政府");
  });

  it("takes suggested questions, and works by keyboard alone", async () => {
    await page.getByRole("button", { name: "合成生物有哪些布局？" }).focus();
    await page.keyboard.press("Enter");
    await expectReplies(1);
    await input().focus();
    await page.keyboard.type("第一行");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("第二行");
    await page.keyboard.press("Enter");
    await expectReplies(2);
    expect(await questions().nth(1).textContent()).toBe("第一行\n第二行");
    expect(await input().inputValue()).toBe("");
    expect(await input().evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
  });

  it("shows data as text, never as markup", async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    await ask(hostile);
    await expectReplies(1);
    expect(await questions().textContent()).toBe(hostile);
    expect(await page.locator(".reply__headline").textContent()).toBe(`<b>${hostile}</b>`);
    expect(await page.locator("#log img, #log script, #log b").count()).toBe(0);
    expect(await page.title()).toContain("贤策");
  });

  it("offers to ask again after an error", async () => {
    await ask("会出错的问题");
    await expectReplies(1);
    expect(await replies().textContent()).toMatch(/错误编号：[0-9a-f]{8}/);
    await page.getByRole("button", { name: "重新提问" }).click();
    await expectReplies(2);
  });
});

describe("the session", () => {
  it("is there again after a reload, and nobody else sees it", async () => {
    await ask("只有我知道的问题");
    await expectReplies(1);
    await page.reload();
    await expectReplies(1);
    const stranger = await browser.newContext();
    const strange = await openPage(stranger);
    await strange.getByRole("heading", { name: "您好，想了解哪方面的政策？" }).waitFor();
    const seen = await strange.evaluate(async () => (await fetch("/api/v1/chat/messages")).json());
    expect(seen).toEqual({ turns: [] });
    await stranger.close();
    const cookie = (await context.cookies()).find(({ name }) => name === "xiance_session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(cookie?.value).toMatch(/^[\w-]{43}$/);
  });

  it("shows a reply on every page of the same asker", async () => {
    const second = await openPage(context);
    await ask("两个页面");
    await expectReplies(1, second);
    expect(await questions(second).textContent()).toBe("两个页面");
  });

  it("ends with a new conversation", async () => {
    await ask("旧对话");
    await expectReplies(1);
    await page.getByRole("button", { name: "新对话" }).click();
    await page.locator("#welcome").waitFor();
    await page.reload();
    await page.locator("#welcome").waitFor();
    expect(await questions().count()).toBe(0);
  });

  it("survives a restart of the service: what was sent meanwhile is answered once", async () => {
    await ask("重启之前");
    await expectReplies(1);
    await service.end();
    await page.getByText("连接已断开").waitFor();
    await ask("停机期间");
    await page.getByText("未能发送").waitFor();
    await service.begin();
    await expectReplies(2);
    expect(await page.getByText("未能发送").count()).toBe(0);
    await page.reload();
    await expectReplies(2);
    expect(await questions().allTextContents()).toEqual(["重启之前", "停机期间"]);
  });

  it("resends after a reload what had no reply", async () => {
    await page.locator('#log[aria-busy="false"]').waitFor({ state: "attached" });
    await page.route("**/api/v1/chat/messages", (route) => route.abort());
    await ask("没有送达");
    await page.getByText("未能发送").waitFor();
    await page.unroute("**/api/v1/chat/messages");
    await page.reload();
    await expectReplies(1);
    expect(await questions().textContent()).toBe("没有送达");
  });
});

describe("the page", () => {
  it("fits a phone without scrolling sideways, chat and reader", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await ask("手机上的一个没有空格的长词abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz？");
    await expectReplies(1);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    await page.goto(`${service.address}/documents/plan`);
    await page.locator("h1", { hasText: "行动方案" }).waitFor();
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
  });

  it("says so when a document or a cited place is gone", async () => {
    await page.goto(`${service.address}/documents/nowhere`);
    await page.getByText("没有找到该文件").waitFor();
    await page.goto(`${service.address}/documents/plan#5-99999999`);
    await page.getByText("引文位置与现行文本不符").waitFor();
  });

  it("has landmarks and a log, and draws Chinese characters", async () => {
    await page.getByRole("banner").waitFor();
    await page.getByRole("main").waitFor();
    await page.getByRole("contentinfo").waitFor();
    await page.getByRole("log", { name: "问答记录" }).waitFor({ state: "attached" });
    const [one, other] = await Promise.all([drawCharacter("张"), drawCharacter("江")]);
    expect(one.equals(other)).toBe(false);
  });
});

/** A character without a glyph is drawn as the same box as any other. */
async function drawCharacter(character: string): Promise<Buffer> {
  const other = await context.newPage();
  await other.setContent(`<p style="font: 40px sans-serif">${character}</p>`);
  return other.locator("p").screenshot();
}

// These run in the browser; the types are spelled out because the project's own code has no DOM types.
function overflow(): number {
  const { documentElement } = (
    globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
  ).document;
  return documentElement.scrollWidth - documentElement.clientWidth;
}

function isInView(node: { getBoundingClientRect(): { top: number; bottom: number } }): boolean {
  const { top, bottom } = node.getBoundingClientRect();
  const { innerHeight } = globalThis as unknown as { innerHeight: number };
  return top >= 0 && bottom <= innerHeight;
}
