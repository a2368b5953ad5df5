import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FaqContent } from "../../src/publishing/index.ts";
import type { DocumentId } from "../../src/shared/index.ts";
import {
  ADMIN,
  AUDITOR,
  createPublishingWorld,
  type PublishingWorld,
  SECOND,
  SPECIALIST,
  STAFF,
  writeStatute,
} from "../support/publishing-world.ts";

let world: PublishingWorld;
let documentId: DocumentId;

beforeEach(async () => {
  world = await createPublishingWorld();
  ({ documentId } = await world.publish(writeStatute()));
});

afterEach(async () => {
  await world.remove();
});

const QUESTION = "创新券一年能领多少钱";

function content(changes: Partial<FaqContent> = {}): FaqContent {
  return {
    questions: [QUESTION, "科技创新券的额度是多少"],
    answer: "每家企业每年最高申领20万元。",
    sources: [{ documentId, section: "第二章第四条", quote: "每家企业每年最高申领20万元" }],
    validUntil: null,
    owner: "市科技局",
    ...changes,
  };
}

async function publishFaq(changes: Partial<FaqContent> = {}): Promise<string> {
  const { record, problems } = await world.publishing.faq.save(content(changes), SPECIALIST);
  expect(problems).toEqual([]);
  const decision = await world.publishing.faq.submit(record.faqId, SPECIALIST);
  if (decision.outcome !== "waiting") throw new Error(decision.outcome);
  await world.publishing.review.approve(decision.proposal.proposalId, ADMIN);
  return record.faqId;
}

describe("a FAQ entry", () => {
  it("answers before the search, with its source, once published", async () => {
    const { record } = await world.publishing.faq.save(content(), SPECIALIST);
    expect((await world.answerer.answerQuestion({ question: QUESTION })).faqId).toBeUndefined();
    const decision = await world.publishing.faq.submit(record.faqId, SPECIALIST);
    if (decision.outcome !== "waiting") throw new Error(decision.outcome);
    await world.publishing.review.approve(decision.proposal.proposalId, SECOND);
    const answer = await world.answerer.answerQuestion({ question: "请问创新券一年能领多少钱？" });
    expect(answer).toMatchObject({
      faqId: record.faqId,
      conclusion: "每家企业每年最高申领20万元。",
      citations: [{ documentId, section: "第二章第四条", quote: "每家企业每年最高申领20万元" }],
    });
  });

  it("keeps a draft with its problems, and does not go to review with them", async () => {
    const cases: [Partial<FaqContent>, string, RegExp][] = [
      [{ answer: "每家企业每年最高申领50万元。" }, "answer", /没有出处支持/],
      [{ answer: "每家企业每年最高申领20万元。保证三天内到账。" }, "answer", /三天/],
      [
        { sources: [{ documentId, section: "第二章第四条", quote: "每家企业最高申领二十万元" }] },
        "sources",
        /找不到这句原文/,
      ],
      [
        { sources: [{ documentId, section: "第二章第五条", quote: "每家企业每年最高申领20万元" }] },
        "sources",
        /而在第二章第四条/,
      ],
      [
        { sources: [{ documentId: "nothing" as DocumentId, section: "一", quote: "每家企业" }] },
        "sources",
        /没有已发布的版本/,
      ],
      [{ sources: [] }, "sources", /至少给出一处/],
      [{ questions: [] }, "questions", /问法/],
      [{ validUntil: "2026-11-22" }, "validUntil", /已经过去/],
    ];
    for (const [changes, where, message] of cases) {
      const { record, problems } = await world.publishing.faq.save(content(changes), SPECIALIST);
      expect(
        problems.map((problem) => problem.where),
        JSON.stringify(changes),
      ).toContain(where);
      expect(problems.map((problem) => problem.message).join("")).toMatch(message);
      await expect(world.publishing.faq.submit(record.faqId, SPECIALIST)).rejects.toMatchObject({
        code: "unusable-input",
      });
    }
    expect(await world.publishing.faq.list(ADMIN)).toHaveLength(cases.length);
  });

  it("is a new revision when it is saved again; the published one answers until then", async () => {
    const faqId = await publishFaq();
    const { record } = await world.publishing.faq.save(content({ answer: "最高申领20万元。" }), ADMIN, faqId);
    expect(record).toMatchObject({ faqId, revision: 2, state: "draft" });
    expect((await world.answerer.answerQuestion({ question: QUESTION })).conclusion).toContain("每家企业");
    await expect(world.publishing.faq.save(content(), ADMIN, "unknown")).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("loses its say when its source changes, is shown before and named after", async () => {
    const faqId = await publishFaq();
    const { review } = await world.send(writeStatute({ amount: "50万元" }));
    if (!review) throw new Error("not read");
    const impact = await world.publishing.review.assessImpact(review.versionId, ADMIN);
    expect(impact.faq).toMatchObject([{ subject: QUESTION, severity: "warning" }]);
    await world.publish(writeStatute({ amount: "60万元" }));
    const answer = await world.answerer.answerQuestion({ question: QUESTION });
    expect(answer.faqId).toBeUndefined();
    const findings = await world.publishing.watch();
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: "quote-vanished", subject: `faq:${faqId}`, title: QUESTION }),
    );
  });

  it("ends with its last day, and is taken back by two", async () => {
    const faqId = await publishFaq({ validUntil: "2026-11-30" });
    expect((await world.answerer.answerQuestion({ question: QUESTION })).faqId).toBe(faqId);
    const later = { question: QUESTION, asOf: "2026-12-01" };
    expect((await world.answerer.answerQuestion(later)).faqId).toBeUndefined();
    const decision = await world.publishing.faq.withdraw(faqId, ADMIN);
    if (decision.outcome !== "waiting") throw new Error(decision.outcome);
    await expect(world.publishing.review.approve(decision.proposal.proposalId, ADMIN)).rejects.toMatchObject({
      code: "forbidden",
    });
    await world.publishing.review.approve(decision.proposal.proposalId, SECOND);
    expect((await world.answerer.answerQuestion({ question: QUESTION })).faqId).toBeUndefined();
  });

  it("is for specialists and admins", async () => {
    await expect(world.publishing.faq.save(content(), STAFF)).rejects.toMatchObject({ code: "forbidden" });
    await expect(world.publishing.faq.save(content(), AUDITOR)).rejects.toMatchObject({ code: "forbidden" });
    await expect(world.publishing.faq.list(STAFF)).rejects.toMatchObject({ code: "forbidden" });
    expect(await world.publishing.faq.list(AUDITOR)).toEqual([]);
    const alone = world.reopen({ settings: { ...world.settings, secondAdmin: false } });
    const { record } = await alone.faq.save(content(), SPECIALIST);
    await expect(alone.faq.submit(record.faqId, SPECIALIST)).rejects.toMatchObject({ code: "forbidden" });
    expect(await alone.faq.submit(record.faqId, ADMIN)).toMatchObject({ outcome: "done" });
  });

  it("is refused when it is none", async () => {
    const damaged = { questions: "?" } as unknown as FaqContent;
    await expect(world.publishing.faq.save(damaged, ADMIN)).rejects.toMatchObject({ code: "usage" });
  });
});
