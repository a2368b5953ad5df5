import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import {
  createFeishuHands,
  openTicketService,
  SCIENCE_GROUP,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";

/** Set to keep pictures of the page, for looking at. */
const PICTURES = process.env["XIANCE_TEST_PICTURES"];
const inGroup = { chat: SCIENCE_GROUP };

let world: TicketService;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [world, browser] = await Promise.all([openTicketService(), launchBrowser()]);
  context = await browser.newContext({ locale: "zh-CN", viewport: { width: 375, height: 740 } });
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** In the log, not in what is told to screen readers. */
const said = (words: string) => page.getByRole("log").getByText(words);

async function look(name: string): Promise<void> {
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

it("carries a ticket from the form to the rating on the width of a phone", async () => {
  const hands = createFeishuHands(world);
  await page.goto(world.service.address);
  await page
    .getByLabel("您的问题")
    .fill("能不能找个人对接一下，我们天使轮融资想找投资机构，另外新招的博士想申请人才公寓");
  await page.getByLabel("您的问题").press("Enter");
  await page.getByRole("button", { name: "提交", exact: true }).waitFor();
  await look("1-form");
  await page.getByRole("button", { name: "提交", exact: true }).scrollIntoViewIfNeeded();
  await look("2-form-end");
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await said("已为您提交工单").waitFor();
  await said("已为您提交工单").scrollIntoViewIfNeeded();
  await look("3-opened");
  const card = await hands.next("the card", ({ target }) => target === SCIENCE_GROUP);
  await whenKnown(world, card.messageId);
  await hands.press(card, "认领", "ou_zhang", inGroup);
  await hands.shows(card, "处理中");
  await hands.press(card, "回复", "ou_zhang", {
    ...inGroup,
    form: { text: "已约好周四下午与两家投资机构见面，请带上商业计划书。" },
  });
  const answer = page.getByRole("article", { name: "专员答复" });
  await answer.waitFor();
  await answer.scrollIntoViewIfNeeded();
  await look("4-answer");
  await page.getByLabel("您的问题").fill("好的，需要几个人到场？");
  await page.getByLabel("您的问题").press("Enter");
  await said("已转给").waitFor();
  await look("5-held");
  await hands.press(card, "办结", "ou_zhang", { ...inGroup, form: { text: "已对接" } });
  await said("其余事项继续办理").waitFor();
  const other = await hands.next("the other card", ({ target }) => target === "oc_center");
  await hands.press(other, "认领", "ou_wang", { chat: "oc_center" });
  await hands.shows(other, "处理中 · ");
  await hands.press(other, "办结", "ou_wang", { chat: "oc_center", form: { text: "已登记" } });
  const best = page.getByRole("button", { name: "5 非常满意" });
  await best.waitFor();
  await best.scrollIntoViewIfNeeded();
  await look("6-rating");
  await best.click();
  await said("谢谢").waitFor();
  await look("7-rated");
});
