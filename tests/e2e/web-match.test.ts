import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/conversation/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { fullMatch, type MatchWorld, openMatchWorld } from "../support/match-world.ts";
import { CITED } from "../support/web-service.ts";

let browser: Browser;
let world: MatchWorld;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  world = await openMatchWorld();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await world?.remove();
});

beforeEach(async () => {
  world.reply((reply) => reply);
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
    // A breach of the content security policy comes as an error.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await opened.goto(world.address);
  return opened;
}

async function match(on = page): Promise<void> {
  await on.getByLabel("您的问题").fill("请帮我匹配政策");
  await on.getByLabel("您的问题").press("Enter");
  await on.locator(".program").first().waitFor();
}

const headline = (index: number, on = page) => on.locator(".reply__headline").nth(index);
const questions = (on = page) => on.locator(".question").allTextContents();

interface Posted {
  status: number;
  body: { status?: string; error?: { message: string } };
}

/** From the page itself, with its cookie. */
async function postAction(action: object, on = page): Promise<Posted> {
  const sent = { clientMessageId: crypto.randomUUID(), block: 0, action: 0, name: "match.basis", ...action };
  return on.evaluate(async (body) => {
    const response = await fetch("/api/v1/chat/actions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Posted["body"] };
  }, sent);
}

/** Where the buttons of the shown match stand. */
async function findPlace(name: "actions" | "form", on = page) {
  const { turns } = await on.evaluate(async () => {
    const response = await fetch("/api/v1/chat/messages");
    return (await response.json()) as { turns: { turnId: string; reply: Reply }[] };
  });
  const turn = turns.find(({ reply }) => reply.kind === "match");
  if (!turn) throw new Error("no match");
  return { turnId: turn.turnId, block: turn.reply.blocks.findIndex(({ type }) => type === name) };
}

describe("a program", () => {
  it("is a labelled card with its verdict in words and a table that can be read out", async () => {
    await match();
    const card = page.getByRole("region", { name: "1. 青岚成果转化基金" });
    expect(await card.locator(".chip").first().textContent()).toBe("可能符合，待确认");
    const table = card.getByRole("table", { name: /逐条结论.*青岚成果转化基金/ });
    expect(await table.getByRole("columnheader").allTextContents()).toEqual([
      "条件",
      "结论",
      "贵企业",
      "要求",
      "条款",
    ]);
    const row = table.getByRole("row", { name: "上年度营业收入不低于1亿元" });
    expect(await row.getByRole("cell").allTextContents()).toEqual([
      "不满足",
      "8800万元还差1200万元",
      "不低于1亿元",
      "第六条第一款（查看原文，新窗口）",
    ]);
    expect(await table.getByRole("rowheader").count()).toBe(3);
    const text = await card.textContent();
    for (const part of ["基金 · 拟设立 · 征求意见稿", "申报时间", "尚未正式印发", "下一步"])
      expect(text).toContain(part);
  });

  it("in compact form says its state and reason only", async () => {
    await match();
    const card = page.getByRole("region", { name: "2. 青岚生物医药孵化器" });
    const shown = (await card.innerText()).split(/\n+/);
    expect(shown).toEqual([
      "2. 青岚生物医药孵化器",
      "文中未写条件，需确认",
      "孵化 · 已有 · 现行有效",
      "面向生物医药初创团队，文件没有写明入驻条件。",
      "原文依据（1 处）",
    ]);
  });

  it("shows its evidence by keyboard, and leads to the marked sentence", async () => {
    await match();
    const summary = page.locator(".evidence summary").first();
    expect(await page.getByText(CITED).first().isVisible()).toBe(false);
    await summary.focus();
    await page.keyboard.press("Enter");
    expect(await page.getByText(CITED).first().isVisible()).toBe(true);
    const link = page.locator(".evidence").first().getByRole("link", { name: "查看原文" }).first();
    const [reader] = await Promise.all([context.waitForEvent("page"), link.click()]);
    await reader.locator("mark").first().waitFor();
    expect((await reader.locator("mark").allTextContents()).join("")).toBe(CITED);
  });

  it("has English labels in an English reply", async () => {
    world.reply((reply) => ({ ...reply, language: "en" }));
    await match();
    const text = await page.locator(".reply").innerText();
    for (const word of ["Verdicts by condition", "Your company", "Evidence (4)", "Next step", "47 KB"])
      expect(text).toContain(word);
    expect(text).not.toContain("逐条结论");
  });

  it("shows hostile names as text", async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    world.reply((reply) => ({
      ...reply,
      blocks: reply.blocks.map((block) =>
        block.type === "program"
          ? { ...block, name: hostile, reason: hostile, verdictLabel: hostile }
          : block,
      ),
    }));
    await match();
    expect(await page.locator(".program__name").first().textContent()).toBe(`1. ${hostile}`);
    expect(await page.locator("#log img").count()).toBe(0);
  });

  it("fits a phone, three programs and a form, without scrolling sideways", async () => {
    world.reply(fullMatch);
    await page.setViewportSize({ width: 320, height: 640 });
    await match();
    expect(await page.locator(".program").count()).toBe(3);
    for (const summary of await page.locator(".evidence summary").all()) await summary.click();
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    expect(await page.getByRole("rowheader", { name: "成立满2年" }).first().isVisible()).toBe(true);
  });
});

describe("buttons and forms", () => {
  it("do what they say, once, and stand in the history with their words", async () => {
    await match();
    await page.getByRole("button", { name: "查看依据" }).focus();
    await page.keyboard.press("Enter");
    await headline(1).waitFor();
    expect(await headline(1).textContent()).toBe('match.basis {"program":"P91"} null');
    await page.reload();
    await headline(1).waitFor();
    expect(await questions()).toEqual(["请帮我匹配政策", "查看依据"]);
  });

  it("send what was filled in, when all is there that must be", async () => {
    await match();
    const submit = page.getByRole("button", { name: "提交信息" });
    await submit.click();
    // The browser asks for the required field.
    expect(await page.locator(".form__control:invalid").count()).toBe(1);
    await page.getByLabel("职工人数").fill("三百来人");
    await page.getByLabel("发展阶段").selectOption({ label: "成长期" });
    await page.getByLabel("成立日期").fill("2021-03-01");
    await submit.click();
    await headline(1).waitFor();
    expect(await headline(1).textContent()).toBe(
      'match.fill {"round":"1"} {"staff":"三百来人","founded":"2021-03-01","stage":"growth","need":""}',
    );
    expect((await questions()).join()).not.toContain("三百来人");
  });

  it("ask before what cannot be undone", async () => {
    await match();
    const forget = page.getByRole("button", { name: "删除我的数据" });
    await forget.click();
    const dialog = page.getByRole("dialog", { name: "删除后不能恢复，确定删除吗？" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await page.locator(".turn").count()).toBe(1);
    await forget.click();
    await dialog.getByRole("button", { name: "确定" }).click();
    await headline(1).waitFor();
    expect(await headline(1).textContent()).toBe("match.forget {} null");
  });

  it("are sent again when the answer to the sending was lost, and done once", async () => {
    await match();
    let lost = 0;
    await page.route("**/api/v1/chat/actions", async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort();
    });
    await page.getByRole("button", { name: "找专员" }).click();
    await headline(1).waitFor();
    await page.unroute("**/api/v1/chat/actions");
    await page.reload();
    await headline(1).waitFor();
    expect(lost).toBe(1);
    expect(await page.locator(".turn").count()).toBe(2);
  });

  it("of somebody else or of long ago say that they no longer work", async () => {
    await match();
    const mine = await findPlace("actions");
    const stranger = await browser.newContext({ locale: "zh-CN" });
    const strange = await openPage(stranger);
    expect(await postAction(mine, strange)).toMatchObject({ status: 202 });
    await headline(0, strange).waitFor();
    expect(await headline(0, strange).textContent()).toContain("这张卡片上的操作已失效");
    await stranger.close();
    expect(await page.locator(".turn").count()).toBe(1);

    for (const wrong of [{ turnId: "gone" }, { block: 0 }, { action: 9 }, { name: "match.forget" }]) {
      expect(await postAction({ ...mine, ...wrong })).toMatchObject({ status: 202 });
    }
    await headline(4).waitFor();
    const said = await page.locator(".reply__headline").allTextContents();
    expect(said.filter((text) => text.includes("已失效"))).toHaveLength(4);
  });

  it("take their values from the stored reply, and of a form only what it asks for", async () => {
    await match();
    const place = await findPlace("form");
    const fill = (form: object) => postAction({ ...place, name: "match.fill", form });
    expect((await fill({ staff: "5", stage: "none of these", owner: "me", __proto__: "x" })).status).toBe(
      202,
    );
    await headline(1).waitFor();
    expect(await headline(1).textContent()).toBe(
      'match.fill {"round":"1"} {"staff":"5","founded":"","need":""}',
    );
    expect((await fill({ staff: " " })).body.error?.message).toContain("请填写：职工人数");
    expect((await postAction({ ...place, values: { program: "P1" } })).status).toBe(400);
  });
});

describe("a file", () => {
  const bytes = Buffer.from([80, 75, 3, 4, 255, 0, 10]);
  const offer = (name = "一企一策报告（青岚智造）.docx", mediaType = "application/pdf") =>
    world.files.set(`web:${world.session()}/file-1`, { name, mediaType, bytes });

  it("is downloaded under its name, byte for byte", async () => {
    await match();
    offer();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "下载 一企一策报告.docx" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("一企一策报告（青岚智造）.docx");
    expect((await readFile(await download.path())).equals(bytes)).toBe(true);
  });

  it("is never shown in the page, kept by nobody in between, and its name cannot break out", async () => {
    await match();
    offer('a"\r\nx-evil: 1/..\\%00'.concat("文.html"), "text/html\r\nx-evil: 1");
    const response = await context.request.get(`${world.address}/files/file-1`);
    expect(response.headers()).toMatchObject({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect(response.headers()["x-evil"]).toBeUndefined();
    const disposition = response.headers()["content-disposition"] ?? "";
    expect(disposition).toMatch(/^attachment; filename="[^"\r\n/\\]+\.html"; filename\*=UTF-8''[\w.%~!-]+$/);
  });

  it("is there for the session that it belongs to, and for nobody else", async () => {
    await match();
    offer();
    const stranger = await browser.newContext();
    const strange = await openPage(stranger);
    await strange.locator('#log[aria-busy="false"]').waitFor({ state: "attached" });
    const refused = await stranger.request.get(`${world.address}/files/file-1`);
    expect(refused.status()).toBe(404);
    expect(await refused.text()).toContain("不属于当前会话");
    await stranger.close();
    const without = await fetch(`${world.address}/files/file-1`);
    expect([without.status, (await without.text()).includes("PK")]).toEqual([401, false]);
    const foreign = await context.request.get(`${world.address}/files/file-1`, {
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(foreign.status()).toBe(401);
  });
});

function overflow(): number {
  const { documentElement } = (
    globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
  ).document;
  return documentElement.scrollWidth - documentElement.clientWidth;
}
