import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AnswerRequest } from "../../src/answering/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { makeAnswer } from "../support/test-answerer.ts";
import { CITED, openWebService, type WebService } from "../support/web-service.ts";

const FOLLOW_UP = "人才安居有哪些支持举措？";

let browser: Browser;
let service: WebService;
let context: BrowserContext;
let page: Page;
/** Lets the answer that waits be finished. */
let finish: () => void = () => undefined;
let waits = false;
const asked: AnswerRequest[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  service = await openWebService(async (request) => {
    asked.push(request);
    if (!request.question.includes("逐句")) return { followUps: [FOLLOW_UP] };
    for (const sentence of ["第一句。", "第一句。第二句。"])
      request.onPartial?.(makeAnswer(sentence, request));
    await new Promise<void>((resolve) => {
      finish = resolve;
      waits = true;
    });
    return { conclusion: "第一句。第二句。第三句。" };
  });
});

afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

beforeEach(async () => {
  context = await browser.newContext({ locale: "zh-CN" });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(service.address);
  await page.locator('#log[aria-busy="false"]').waitFor({ state: "attached" });
});

afterEach(async () => {
  await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

const reply = () => page.locator(".turn .outcome .reply");

async function ask(text: string): Promise<void> {
  await page.locator("#question").fill(text);
  await page.locator("#question").press("Enter");
}

describe("an answer that is being made", () => {
  it("fills in its place, is told to screen readers once, and cannot be pressed before it is whole", async () => {
    await page.evaluate(`{
      globalThis.said = [];
      const region = document.querySelector("[data-announcer]");
      new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, subtree: true, characterData: true });
    }`);
    await ask("请逐句回答");
    await page.getByText("正在整理答复…").waitFor();
    await expect.poll(() => page.locator(".reply__headline").textContent()).toBe("第一句。第二句。");
    expect(await reply().getByRole("button").count()).toBe(0);
    expect(await page.evaluate("said.length")).toBe(0);
    await expect.poll(() => waits).toBe(true);
    finish();
    await expect.poll(() => page.locator(".reply__headline").textContent()).toBe("第一句。第二句。第三句。");
    expect(await reply().count()).toBe(1);
    expect(await page.getByText("正在整理答复…").count()).toBe(0);
    expect(await page.evaluate("said")).toEqual(["已答复：第一句。第二句。第三句。 附依据 1 条。"]);
  });
});

describe("what can be done with an answer", () => {
  beforeEach(async () => {
    await ask("园区有哪些目标？");
    await page.getByRole("button", { name: "有帮助", exact: true }).waitFor();
  });

  it("is judged in its place, also after a reload", async () => {
    await page.getByRole("button", { name: "没帮助" }).click();
    const judgement = page.locator(".turn").first().locator(".judgement");
    await judgement.getByLabel("哪里不好").selectOption({ index: 1 });
    await judgement.getByLabel("具体说明").fill("没有说明时间");
    await judgement.getByRole("button", { name: "提交" }).click();
    await judgement.getByText("意见已记下").waitFor();
    expect(await page.locator(".turn").count()).toBe(1);
    await page.reload();
    await judgement.getByText("意见已记下").waitFor();
    expect(await page.locator(".turn").count()).toBe(1);
  });

  it("is copied word for word with its source, and said to be", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "复制原文" }).click();
    await page.getByRole("button", { name: "已复制" }).waitFor();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied).toContain(
      `${CITED}\n——《张江高新区奉贤园改革创新发展行动方案（2024-2026年）》（征求意见稿）`,
    );
  });

  it("is selected to be copied where the browser lets no page copy", async () => {
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.getByRole("button", { name: "复制原文" }).click();
    await page.getByRole("button", { name: "已选中" }).waitFor();
    expect(await page.evaluate("getSelection().toString()")).toContain(CITED);
  });

  it("leads on to a question that was suggested", async () => {
    await page.getByRole("button", { name: FOLLOW_UP }).first().click();
    await reply().nth(1).waitFor();
    expect(await page.locator(".question").last().textContent()).toBe(FOLLOW_UP);
    expect(asked.at(-1)?.question).toBe(FOLLOW_UP);
  });
});

describe("the composer", () => {
  it("sends nothing while an input method composes", async () => {
    await page.locator("#question").fill("hezuo");
    await page
      .locator("#question")
      .dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
    expect(await page.locator(".turn").count()).toBe(0);
    await page.locator("#question").press("Enter");
    await page.locator(".turn").waitFor();
  });

  it("grows with what is written, and shrinks when it is sent", async () => {
    const height = async () => (await page.locator("#question").boundingBox())?.height ?? 0;
    const before = await height();
    await page.locator("#question").fill("一\n二\n三");
    expect(await height()).toBeGreaterThan(before * 2);
    await page.locator("#question").press("Enter");
    await expect.poll(height).toBe(before);
  });

  it("takes files, shows them, lets them go again, and refuses what is too large or empty", async () => {
    const file = (name: string, size: number) => ({
      name,
      mimeType: "text/plain",
      buffer: Buffer.alloc(size, "政"),
    });
    const input = page.locator('input[type="file"]');
    await input.setInputFiles([file("甲.txt", 300), file("乙.txt", 300)]);
    await page.getByRole("button", { name: "移除 乙.txt" }).click();
    expect(await page.getByRole("list", { name: "待发送的附件" }).getByRole("listitem").count()).toBe(1);
    await input.setInputFiles([file("空.txt", 0)]);
    await page.getByRole("alert").getByText("是空文件").waitFor();
    await input.setInputFiles([file("大.txt", 31 * 1024 * 1024)]);
    await page.getByRole("alert").getByText("超过 30.0 MB").waitFor();
    await page.locator("#question").fill("请看附件");
    await page.getByRole("button", { name: "发送" }).click();
    await reply().waitFor();
    expect(await page.locator(".asked__files").textContent()).toBe("甲.txt");
    expect(await page.locator(".attached").count()).toBe(0);
  });
});

describe("the language", () => {
  it("is chosen for page and answers, and remembered", async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "What does the one-stop service include?" }).waitFor();
    await page.reload();
    await page.getByLabel("Your question").fill("园区目标");
    await page.getByLabel("Your question").press("Enter");
    await reply().waitFor();
    expect(asked.at(-1)?.language).toBe("en");
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByLabel("您的问题").waitFor();
  });
});

describe("what the page loads", () => {
  it("comes from here, is kept for ever, compressed, and no inline script or style is let in", async () => {
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    const response = await page.goto(service.address);
    await page.locator("#question").waitFor();
    expect([...hosts]).toEqual([new URL(service.address).host]);
    const headers = response?.headers() ?? {};
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers["content-security-policy"]).toMatch(/script-src 'self';/);
    expect(headers["content-security-policy"]).toMatch(/style-src 'self' 'nonce-[\w+/=]{24}';/);
    expect(headers["content-security-policy"]).not.toContain("unsafe-inline");
    const script = /src="(\/assets\/chat-[\w-]+\.js)"/.exec((await response?.text()) ?? "")?.[1] ?? "";
    const asset = await fetch(service.address + script, { headers: { "accept-encoding": "br" } });
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("content-encoding")).toBe("br");
    expect((await fetch(`${service.address}/assets/..%2f..%2fpackage.json`)).status).toBe(404);
  });
});
