import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Service, startService } from "../../src/service.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { launchBrowser } from "../support/browser.ts";

/** Invented; both amounts have the same length, so that offsets alone cannot tell the versions apart. */
const rules = (amount: string) => `青岚区孵化器管理办法

青科规〔2026〕5号

第一条 为支持孵化器发展，制定本办法。
第二条 对新认定的孵化器，一次性奖励${amount}。
第三条 本办法自2026年1月1日起施行，有效期3年。
`;

let data: string;
let app: Application;
let service: Service;
let browser: Browser;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-web-correction-"));
  const surroundings = { clock: systemClock, ids: randomIds, logger: silentLogger };
  const config = readConfig({ XIANCE_HTTP_PORT: "0" }, { data });
  app = await openApplication(config, { mode: "write", ...surroundings });
  const { publishing, access } = app;
  const stewardship = { publishing, access, digestAt: "23:59" };
  service = await startService({ ...app, stewardship }, surroundings);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await service.stop();
  await app.close();
  await rm(data, { recursive: true });
});

async function publish(amount: string): Promise<void> {
  const { review } = app.publishing;
  const file = { bytes: Buffer.from(rules(amount)), fileName: "办法.txt", source: "api" };
  const received = await review.receiveFile(file, operatorOf("one"));
  if (!received.review) throw new Error("not read");
  const decision = await review.submit(received.review.versionId, operatorOf("one"));
  if (decision.outcome !== "waiting") throw new Error(decision.outcome);
  await review.approve(decision.proposal.proposalId, operatorOf("two"));
}

it("shows a correction in the open page, and the earlier answer still leads to the text that it quoted", async () => {
  await publish("30万元");
  const page = await browser.newPage();
  await page.goto(service.address);
  await page.getByLabel("您的问题").fill("孵化器一次性奖励多少");
  await page.getByRole("button", { name: "发送" }).click();
  await page.locator(".turn .reply").first().waitFor();
  await publish("50万元");
  const correction = page.locator(".turn").nth(1);
  await correction.locator(".reply").waitFor({ timeout: 15_000 });
  expect(await correction.innerText()).toContain("50万元");
  expect(await correction.locator(".question").count()).toBe(0);

  const link = page.locator(".turn").first().getByText("查看原文").first();
  await page.goto(new URL((await link.getAttribute("href")) ?? "", service.address).href);
  await page.locator("mark").waitFor();
  expect(await page.locator("mark").innerText()).toContain("30万元");
  expect(await page.getByRole("note").innerText()).toContain("现已由新版本替换");
});
