import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { VersionReview } from "../../src/publishing/index.ts";
import { createManualClock, randomIds, silentLogger } from "../../src/shared/index.ts";

const NAME = "张江高新区奉贤园改革创新发展行动方案（2024-2026年）.txt";
const PLAN = readFileSync(resolve(import.meta.dirname, "../../knowledge/plans", NAME), "utf8");
const FIRST: Actor = { account: "feishu:ou_1", roles: new Set(["staff", "admin"]) };
const SECOND: Actor = { account: "feishu:ou_2", roles: new Set(["staff", "admin"]) };
const QUESTION = "三大特色产业总规模占全区多少";

let data: string;
let application: Application;

const open = () =>
  openApplication(readConfig({}, { data }), {
    mode: "write",
    clock: createManualClock(new Date("2026-11-23T04:00:00Z")).now,
    ids: randomIds,
    logger: silentLogger,
  });

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-plan-"));
  application = await open();
});

afterAll(async () => {
  await application.close();
  await rm(data, { recursive: true });
});

const send = (text: string, fileName = NAME) =>
  application.publishing.review.receiveFile(
    { bytes: new TextEncoder().encode(text), fileName, source: "upload" },
    FIRST,
  );

const ask = async () => (await application.answerer.answerQuestion({ question: QUESTION })).conclusion;

describe("the shipped plan", () => {
  let review: VersionReview;

  it("is there already", async () => {
    expect(await send(PLAN, "方案.txt")).toMatchObject({
      duplicate: true,
      submission: { state: "discarded" },
    });
  });

  it("changed by a figure is a new version, whose preview names the answers that hang on it", async () => {
    const outcome = await send(PLAN.replace("占全区70%以上", "占全区80%以上"));
    expect(outcome.submission.failure).toBeNull();
    review = outcome.review as VersionReview;
    expect(review).toMatchObject({ number: 2, match: { kind: "new-version" } });
    const impact = await application.publishing.review.assessImpact(review.versionId, FIRST);
    expect(impact.diff.changes.map(({ kind, section }) => [kind, section])).toEqual([
      ["changed", "一（三）1、"],
    ]);
    expect(impact.golden.asked).toBeGreaterThan(10);
    const regressions = impact.golden.changed.filter(({ regression }) => regression);
    expect(regressions).toHaveLength(1);
    expect(regressions[0]?.before.conclusion).toContain("占全区70%");
    expect(impact.blocked).toBe(true);
    expect(await ask()).toContain("占全区70%");
  });

  it("published stays so when the service starts again over the old file", async () => {
    const desk = application.publishing.review;
    const decision = await desk.submit(review.versionId, FIRST);
    if (decision.outcome !== "waiting") throw new Error(decision.outcome);
    const forced = { override: true, reason: "目标已调整" };
    expect(await desk.approve(decision.proposal.proposalId, SECOND, forced)).toMatchObject({
      outcome: "done",
    });
    expect(await ask()).toContain("占全区80%");
    await application.close();
    application = await open();
    expect(await ask()).toContain("占全区80%");
  });

  it("is rolled back, and that too outlives a start", async () => {
    const desk = application.publishing.review;
    const decision = await desk.rollback(review.documentId, FIRST);
    if (decision.outcome !== "waiting") throw new Error(decision.outcome);
    await desk.approve(decision.proposal.proposalId, SECOND, { override: true, reason: "数额有误" });
    expect(await ask()).toContain("占全区70%");
    await application.close();
    application = await open();
    expect(await ask()).toContain("占全区70%");
  });
});
