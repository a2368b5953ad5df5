import { describe, expect, it } from "vitest";
import { writeQuestions } from "../../src/conversation/matching/write-questions.ts";
import type { ProfileField, ProfileLexicon } from "../../src/enterprises/index.ts";
import type { NextQuestion } from "../../src/matching/index.ts";

const FLAG = { id: "listed", label: "已上市", labelEn: "Listed", kind: "flag" } as ProfileField;
const lexicon = { fields: new Map([[FLAG.id, FLAG]]) } as unknown as ProfileLexicon;

function ask(question: string): NextQuestion {
  return { field: FLAG.id, question, settles: 0, programs: [], why: "" };
}

function labelsOf(questions: readonly NextQuestion[], language: "zh" | "en" = "zh"): string[] {
  const blocks = writeQuestions(questions, lexicon, language);
  return blocks.flatMap((block) => (block.type === "actions" ? block.actions.map(({ label }) => label) : []));
}

describe("the buttons under the questions of a match", () => {
  it("say which question they answer, where there are two", () => {
    const two = [ask("贵企业是否已上市？"), ask("职工多少人？")];
    expect(labelsOf(two)).toEqual(["是（第1问）", "否（第1问）", "不知道（第1问）"]);
    expect(labelsOf(two, "en")[0]).toBe("Yes (question 1)");
  });

  it("are bare under the only question", () => {
    expect(labelsOf([ask("贵企业是否已上市？")])).toEqual(["是", "否", "不知道"]);
  });
});
