import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LabelledQuestion } from "../../src/evaluation/index.ts";
import type { Impact } from "../../src/publishing/index.ts";
import type { VersionId } from "../../src/shared/index.ts";
import {
  ADMIN,
  AUDITOR,
  createPublishingWorld,
  type PublishingWorld,
  SECOND,
  writeStatute,
} from "../support/publishing-world.ts";

let world: PublishingWorld;

beforeEach(async () => {
  world = await createPublishingWorld();
});

afterEach(async () => {
  await world.remove();
});

const question = (id: string, text: string, evidence: string[]): LabelledQuestion => ({
  id,
  split: "dev",
  kind: evidence.length > 0 ? "number" : "unanswerable",
  question: text,
  context: [],
  sections: [],
  evidence,
  partial_evidence: false,
});

const AMOUNT = question("G1", "每家企业每年最高能申领多少科技创新券", ["最高申领20万元"]);
const BODY = question("G2", "科技创新券管理办法由谁负责解释", ["由市科技局负责解释"]);
const NOTHING = question("G3", "办事大厅的班车几点发车", []);

async function preview(text: string): Promise<{ versionId: VersionId; impact: Impact }> {
  const { review } = await world.send(text);
  if (!review) throw new Error("not read");
  return {
    versionId: review.versionId,
    impact: await world.publishing.review.assessImpact(review.versionId, ADMIN),
  };
}

describe("the preview of a publication", () => {
  it("of a first document adds all and regresses nothing", async () => {
    world.golden.push(AMOUNT, NOTHING);
    const { impact } = await preview(writeStatute());
    expect(impact).toMatchObject({ blocked: false, golden: { asked: 2 }, askersAffected: 0, faq: [] });
    expect(impact.golden.changed.map(({ question: text }) => text)).toContain(AMOUNT.question);
    expect(impact.golden.changed.some(({ regression }) => regression)).toBe(false);
    expect(impact.diff.changes.every(({ kind }) => kind === "added")).toBe(true);
  });

  it("shows the answers that change and blocks on those that no longer fulfil their label", async () => {
    await world.publish(writeStatute());
    world.golden.push(AMOUNT, BODY, NOTHING);
    const { impact } = await preview(writeStatute({ amount: "50万元" }));
    expect(impact.blocked).toBe(true);
    const [change, ...others] = impact.golden.changed;
    expect(others.some(({ regression }) => regression)).toBe(false);
    expect(impact.golden.changed.map(({ question: text }) => text)).not.toContain(BODY.question);
    expect(change).toMatchObject({ question: AMOUNT.question, regression: true });
    expect(change?.before.conclusion).toContain("20万元");
    expect(change?.after.conclusion).toContain("50万元");
  });

  it("does not touch what is published", async () => {
    const before = await world.publish(writeStatute());
    world.golden.push(AMOUNT);
    await preview(writeStatute({ amount: "50万元" }));
    const answer = await world.answerer.answerQuestion({ question: AMOUNT.question });
    expect(answer.conclusion).toContain("20万元");
    expect(answer.citations[0]?.versionId).toBe(before.versionId);
  });

  it("counts the people who had an answer from the document", async () => {
    await world.publish(writeStatute());
    await world.asks("每家企业每年最高申领多少科技创新券", "ou_1");
    await world.asks("科技创新券申领时间是什么时候", "ou_1");
    await world.asks("每家企业每年最高申领多少科技创新券", "ou_2");
    await world.asks("你好", "ou_3");
    const { impact } = await preview(writeStatute({ amount: "50万元" }));
    expect(impact.askersAffected).toBe(2);
  });

  it("asks the other parts, and a part that fails is no part that sees nothing", async () => {
    world.publishing.addImpactSource({
      name: "政策项目",
      assess: async ({ diff }) => [
        { subject: "科技创新券", change: `条款变化 ${diff.changes.length} 处`, severity: "regression" },
      ],
    });
    world.publishing.addImpactSource({ name: "企业匹配", assess: () => Promise.reject(new Error("down")) });
    const { impact } = await preview(writeStatute());
    expect(impact.blocked).toBe(true);
    expect(impact.others).toMatchObject([
      { name: "政策项目", items: [{ severity: "regression" }] },
      { name: "企业匹配", items: [{ severity: "warning", change: expect.stringContaining("人工核对") }] },
    ]);
    expect(() => world.publishing.addImpactSource({ name: "政策项目", assess: async () => [] })).toThrow();
  });
});

describe("a regression", () => {
  beforeEach(async () => {
    await world.publish(writeStatute());
    world.golden.push(AMOUNT);
  });

  it("lets a proposal wait, and stops its approval unless an admin overrides it with a reason", async () => {
    const desk = world.publishing.review;
    const { versionId } = await preview(writeStatute({ amount: "50万元" }));
    const waiting = await desk.submit(versionId, ADMIN);
    if (waiting.outcome !== "waiting") throw new Error(waiting.outcome);
    const { proposalId, impact } = waiting.proposal;
    expect(impact).toMatchObject({ blocked: true });
    const blocked = await desk.approve(proposalId, SECOND);
    expect(blocked).toMatchObject({ outcome: "blocked", impact: { golden: { asked: 1 } } });
    expect((await desk.getReview(versionId, ADMIN)).state).toBe("in-review");
    await expect(desk.approve(proposalId, SECOND, { override: true })).rejects.toMatchObject({
      code: "usage",
    });
    await desk.approve(proposalId, SECOND, { override: true, reason: "标准已提高，题目随后更新" });
    expect((await desk.getReview(versionId, ADMIN)).state).toBe("published");
    const [override] = await world.publishing.audit.list(AUDITOR, { subject: `proposal:${proposalId}` });
    expect(override).toMatchObject({
      action: "proposal.override",
      actor: SECOND.account,
      reason: "标准已提高，题目随后更新",
      details: { regressions: [AMOUNT.question] },
    });
  });

  it("writes nothing where one admin publishes alone", async () => {
    const alone = world.reopen({ settings: { ...world.settings, secondAdmin: false } });
    const { versionId } = await preview(writeStatute({ amount: "50万元" }));
    expect(await alone.review.submit(versionId, ADMIN)).toMatchObject({ outcome: "blocked" });
    expect(await alone.review.listProposals(ADMIN)).toEqual([]);
    expect((await alone.review.getReview(versionId, ADMIN)).state).toBe("parsed");
    expect(await alone.review.submit(versionId, ADMIN, { override: true, reason: "已核实" })).toMatchObject({
      outcome: "done",
    });
  });
});
