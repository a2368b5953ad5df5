import { Resvg } from "@resvg/resvg-js";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reply, ReplyBlock } from "../../src/conversation/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { type MatchWorld, openMatchWorld } from "../support/match-world.ts";

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
  context = await browser.newContext({ locale: "zh-CN" });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(world.address);
});

afterEach(async () => {
  await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

async function ask(text = "请帮我匹配专员"): Promise<void> {
  await page.getByLabel("您的问题").fill(text);
  await page.getByLabel("您的问题").press("Enter");
}

const reply = (kind: string, headline: string, blocks: ReplyBlock[] = []): Reply => ({
  ...{ kind, language: "zh", headline, blocks, plainText: headline, generatedByAi: false },
});

/** Names are invented. */
const REQUEST = reply("ticket-request", "以下内容将转给专员，请核对后确认：", [
  {
    type: "fields",
    items: [
      { label: "事项", value: "研发费用加计扣除和高企认定，应当先办哪一项？" },
      { label: "受理", value: "科技服务部", note: "按园区分派表" },
    ],
  },
  {
    type: "form",
    name: "request",
    fields: [
      { name: "text", label: "事项", kind: "multiline", required: true, value: "先办哪一项？" },
      { name: "contact", label: "联系方式（选填）", kind: "text", placeholder: "填写即同意提供给专员" },
    ],
    submit: { name: "match.confirm", label: "确认转交", style: "primary", values: { request: "r1" } },
    more: [
      { name: "match.without", label: "转交，不附企业概况", style: "default", values: { request: "r1" } },
      {
        name: "match.drop",
        label: "取消",
        style: "danger",
        values: { request: "r1" },
        confirm: "取消后不会转给专员，确定？",
      },
    ],
  },
]);

describe("a form with several buttons", () => {
  beforeEach(async () => {
    world.reply(() => REQUEST);
    await ask();
    await page.getByRole("button", { name: "确认转交" }).waitFor();
  });

  const outcome = () => page.locator(".turn").nth(1).locator(".reply__headline");

  it("sends with each button what it says, and the contents", async () => {
    await page.getByLabel("联系方式").fill("邮箱留给前台");
    await page.getByRole("button", { name: "转交，不附企业概况" }).click();
    expect(await outcome().textContent()).toBe(
      'match.without {"request":"r1"} {"text":"先办哪一项？","contact":"邮箱留给前台"}',
    );
    expect(await page.locator(".question").last().textContent()).toBe("转交，不附企业概况");
  });

  it("asks for what is required with the first button only, and before what cannot be undone", async () => {
    await page.getByLabel("事项").fill("");
    await page.getByRole("button", { name: "确认转交" }).click();
    expect(await page.locator(".turn").count()).toBe(1);
    await page.getByRole("button", { name: "取消", exact: true }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("取消后不会转给专员");
    await dialog.getByRole("button", { name: "确定" }).click();
    expect(await outcome().textContent()).toContain("match.drop");
  });

  it("takes Enter in a field for the first button", async () => {
    await page.getByLabel("联系方式").press("Enter");
    expect(await outcome().textContent()).toContain("match.confirm");
  });
});

describe("a person on it", () => {
  it("is shown as one, in a bubble of its own, with what was only passed on as a line", async () => {
    world.reply(() => ({ ...reply("ticket-held", "已转给李专员（工单 20261123-0007）"), quiet: true }));
    await ask("匹配一下，已经补充了审计报告");
    const line = page.locator(".reply--quiet");
    await line.waitFor();
    expect(await line.textContent()).toContain("已转给李专员");
    expect(await line.locator("button").count()).toBe(0);
    await world.tell(
      reply("ticket-answer", "李专员（科技服务部）：建议先完成高企认定材料的准备。", [
        { type: "paragraph", text: "两项可以同时推进，加计扣除在汇算清缴时办理。" },
        {
          type: "actions",
          actions: [
            { name: "match.solved", label: "已解决", style: "primary", values: {} },
            { name: "match.more", label: "继续追问", style: "default", values: {} },
          ],
        },
      ]),
    );
    const answer = page.getByRole("article", { name: "专员答复" });
    await answer.waitFor();
    expect(await answer.locator(".reply__person").textContent()).toBe("专员答复");
    const turn = page.locator(".turn").nth(1);
    expect(await turn.locator(".question").count()).toBe(0);
    await page.setViewportSize({ width: 375, height: 740 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    await page.reload();
    await page.getByRole("article", { name: "专员答复" }).waitFor();
    expect(await page.locator(".reply--quiet").count()).toBe(1);
  });
});

describe("a picture", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="360"><rect width="900" height="360" fill="#fff"/>
    <rect x="80" y="120" width="160" height="200" fill="#0b4f8a"/><rect x="360" y="60" width="160" height="260" fill="#1f6b45"/></svg>`;
  const PICTURE = reply("ticket-digest", "本周工单", [
    { type: "picture", fileId: "chart", alt: "本周受理 12 件，办结 9 件。" },
  ]);

  it("is shown to whom it belongs, within the page's width", async () => {
    world.reply((before) => ({ ...before, blocks: [] }));
    await ask();
    await page.locator(".reply").waitFor();
    const bytes = new Resvg(svg).render().asPng();
    world.files.set(`web:${world.session()}/chart`, { name: "chart.png", mediaType: "image/png", bytes });
    await world.tell(PICTURE);
    const image = page.getByRole("img", { name: "本周受理 12 件，办结 9 件。" });
    await image.waitFor();
    await image.scrollIntoViewIfNeeded();
    await page.waitForFunction("document.querySelector('.picture img').naturalWidth > 0");
    await page.setViewportSize({ width: 375, height: 740 });
    expect((await image.boundingBox())?.width).toBeLessThan(345);
  });

  it("of somebody else is said in words", async () => {
    world.files.clear();
    world.reply(() => PICTURE);
    await ask();
    await page.locator(".picture__missing").waitFor();
    expect(await page.locator(".picture").textContent()).toBe("图片未能显示：本周受理 12 件，办结 9 件。");
  });
});
