import { describe, expect, it } from "vitest";
import { isForMatching, isQuestion } from "../../src/conversation/matching/understand-words.ts";
import type { ReadFact, Understanding } from "../../src/enterprises/index.ts";

const fact = (field: string, correction = false): ReadFact => ({
  field,
  value: { kind: "number", min: 30, max: 30 },
  period: null,
  words: "30",
  start: 0,
  end: 2,
  correction,
});
const understood = (more: Partial<Understanding> = {}): Understanding => ({
  facts: [],
  problems: [],
  declined: [],
  aboutSelf: false,
  wishesMatch: false,
  ...more,
});
const closed = { asked: [], isKnown: false };
const open = { asked: ["headcount"], isKnown: true };

describe("questions", () => {
  it.each([
    "天使基金是什么？",
    "孵化器有哪些优惠",
    "我们能不能申请",
    "多少人才够",
    "有没有补贴",
    "how many people?",
  ])("%s", (text) => expect(isQuestion(text)).toBe(true));
  it.each(["三百来人，去年四个多亿", "几百万吧", "在奉贤", "想扩产", "天使轮"])("not %s", (text) =>
    expect(isQuestion(text)).toBe(false),
  );
});

describe("what is for the matching part", () => {
  it("takes a wish of one's own, and a description of oneself", () => {
    expect(isForMatching("我们能拿什么？", understood({ wishesMatch: true }), closed)).toBe(true);
    expect(
      isForMatching("我们30人", understood({ aboutSelf: true, facts: [fact("headcount")] }), closed),
    ).toBe(true);
  });

  it("leaves a wish of others, a figure alone, and what is no statement", () => {
    expect(isForMatching("初创企业能申请什么？", understood({ wishesMatch: true }), closed)).toBe(false);
    expect(isForMatching("30人", understood({ facts: [fact("headcount")] }), closed)).toBe(false);
    expect(isForMatching("我们想了解一下政策", understood({ aboutSelf: true }), closed)).toBe(false);
    const asked = understood({ aboutSelf: true, facts: [fact("headcount")] });
    expect(isForMatching("我们30人，孵化器有什么要求？", asked, closed)).toBe(false);
  });

  it("takes answers while something is asked, and leaves questions in between", () => {
    expect(isForMatching("30", understood({ facts: [fact("headcount")] }), open)).toBe(true);
    expect(isForMatching("不知道", understood({ declined: ["headcount"] }), open)).toBe(true);
    const general = understood({ facts: [fact("headcount")] });
    expect(isForMatching("30人以上的企业有什么要求？", general, open)).toBe(false);
    const problem = { field: "headcount", words: "-5", kind: "impossible" as const, message: "" };
    expect(isForMatching("-5", understood({ problems: [problem] }), open)).toBe(true);
    expect(isForMatching("谢谢", understood(), open)).toBe(false);
  });

  it("takes a correction of what is known, asked or not", () => {
    const correction = understood({ facts: [fact("headcount", true)] });
    expect(isForMatching("人数改成30", correction, { asked: [], isKnown: true })).toBe(true);
    expect(isForMatching("人数改成30", correction, closed)).toBe(false);
  });

  it("lists nothing to somebody in danger", () => {
    const told = understood({ aboutSelf: true, facts: [fact("district")] });
    expect(isForMatching("我们在奉贤的仓库着火了", told, open)).toBe(false);
  });
});
