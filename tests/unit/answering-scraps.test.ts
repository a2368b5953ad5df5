import { describe, expect, it } from "vitest";
import { writeConduct } from "../../src/answering/compose/write-conduct.ts";
import { loadAnsweringLexicon } from "../../src/answering/question/load-lexicon.ts";
import { understandQuestion } from "../../src/answering/question/understand-question.ts";
import { NO_HAND_OVER } from "../support/policy-words.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";

const lexicon = await loadAnsweringLexicon(`${KNOWLEDGE_DIRECTORY}/lexicon`);
const conductOf = (text: string) =>
  understandQuestion(text, text.normalize("NFKC").toLowerCase(), lexicon).conduct;
const SCRAPS: readonly unknown[] = ["abuse", "urging", "particles"];

describe("scraps without a matter", () => {
  it.each([
    ["垃圾", "abuse"],
    ["你个破机器人有什么用", "abuse"],
    ["你真是太笨了！", "abuse"],
    ["这什么破系统啊", "abuse"],
    ["useless bot", "abuse"],
    ["搞快点嘛 急死了", "urging"],
    ["能不能快点", "urging"],
    ["赶紧的吧，急死我了", "urging"],
    ["人呢？", "urging"],
    ["还是要吧", "particles"],
    ["随便吧", "particles"],
    ["唉……", "particles"],
    ["got it, thanks", "thanks"],
  ])("%s → %s", (text, conduct) => expect(conductOf(text)).toBe(conduct));

  it.each([
    "垃圾处理有补贴吗",
    "机器人",
    "机器人产业有什么政策",
    "创新券有什么用",
    "急需用钱有什么贷款",
    "赶紧办高企要什么条件",
    "快速维权中心",
    "加快审批",
    "然后呢",
    "还有呢",
    "为什么",
    "要吗？",
  ])("a question: %s", (text) => expect(SCRAPS).not.toContain(conductOf(text)));

  it("are no question about policy", () => {
    const swallowed = NO_HAND_OVER.split("\n").filter((text) => SCRAPS.includes(conductOf(text)));
    expect(swallowed).toEqual([]);
  });

  it("are recognised in time that does not run away", () => {
    for (const text of ["你这个的是真".repeat(400), "快点赶紧急".repeat(400), "吧".repeat(2_000)]) {
      expect(conductOf(`${text}哪些政策`)).toBeUndefined();
    }
  });

  it.each(["abuse", "urging", "particles"] as const)("%s: says how to reach a person", (reply) => {
    expect(writeConduct(reply, "zh").nextStep).toContain("找专员");
    expect(writeConduct(reply, "en").nextStep).toContain("find a specialist");
  });
});
