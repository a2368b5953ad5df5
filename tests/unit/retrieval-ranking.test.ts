import { describe, expect, test } from "vitest";
import { measureRanking } from "../../scripts/measure-ranking/measures.ts";
import { expectAnswerKind, holdsAnswerKind } from "../../src/retrieval/ranking/answer-kinds.ts";
import { findDocumentNumbers, isSameNumber } from "../../src/retrieval/ranking/document-names.ts";
import { createPlaceScope } from "../../src/retrieval/ranking/place-agreement.ts";

describe("document numbers", () => {
  test.each([
    ["沪科创办[2023]41号"],
    ["沪科创办(2023)41号"],
    ["沪科创办2023 41号"],
    ["沪科创办2023-41"],
    ["沪科创办2023年第41号"],
    ["请问沪科创办[2023]041号文"],
  ])("are the same in any spelling: %s", (spelling) => {
    const [found] = findDocumentNumbers(spelling);
    const own = { issuer: "沪科创办", year: "2023", serial: "41" };
    expect(found && isSameNumber(found, own)).toBe(true);
  });

  test("of other issuers, years or serials are others", () => {
    const own = { issuer: "沪科创办", year: "2023", serial: "41" };
    for (const other of ["沪府办规[2023]41号", "沪科创办[2022]41号", "沪科创办[2023]14号"]) {
      expect(findDocumentNumbers(other).some((number) => isSameNumber(number, own))).toBe(false);
    }
    expect(findDocumentNumbers("到2026年，人才规模达到6万，新增30家")).toEqual([]);
  });
});

describe("what a question asks for", () => {
  test.each([
    ["最多能拿多少钱", "money", "最高不超过60万元", "对符合条件的给予奖励"],
    ["研发费用占比要多少", "share", "比例不低于5%", "研发费用按规定归集"],
    ["证书能管几年", "span", "有效期为3年", "证书由认定机构颁发"],
    ["什么时候截止", "date", "2026年4月15日前", "逾期不予受理"],
    ["场地要多大", "extent", "不低于3000平方米", "场地证明"],
    ["要有多少家在孵企业", "count", "不少于25家", "在孵企业清单"],
    ["咨询电话是多少", "phone", "联系电话:021-12345678", "请致电咨询"],
    ["哪个部门负责", "body", "由区科委具体负责", "按程序办理"],
  ])("%s: %s", (question, name, holding, lacking) => {
    const kind = expectAnswerKind(question);
    expect(kind?.name).toBe(name);
    expect(holdsAnswerKind(kind, holding)).toBe(1);
    expect(holdsAnswerKind(kind, lacking)).toBe(0);
  });

  test("may be nothing of a kind", () => {
    expect(expectAnswerKind("有没有产业基金")).toBeUndefined();
    expect(holdsAnswerKind(undefined, "10万元")).toBe(0);
  });
});

describe("places", () => {
  const home = ["上海市", "奉贤区"];
  const chains = [home, ["上海市", "浦东新区"], ["广东省", "东莞市"], ["上海市"]];
  const agree = (questions: string[], places: string[]) =>
    createPlaceScope(questions, home, chains).agreementOf(places);

  test.each([
    [["有什么补贴"], home, "home"],
    [["有什么补贴"], ["上海市"], "neutral"],
    [["有什么补贴"], [], "neutral"],
    [["有什么补贴"], ["上海市", "浦东新区"], "other"],
    [["浦东的企业有什么补贴"], ["上海市", "浦东新区"], "asked"],
    [["浦东的企业有什么补贴"], ["上海市"], "neutral"],
    [["浦东的企业有什么补贴"], home, "other"],
    [["上海市浦东新区有什么补贴"], home, "other"],
    [["上海有什么补贴"], home, "asked"],
    [["最多多少", "东莞有什么补贴"], ["广东省", "东莞市"], "asked"],
    [["奉贤呢", "东莞有什么补贴"], ["广东省", "东莞市"], "other"],
  ])("%j and a document of %j: %s", (questions, places, expected) => {
    expect(agree(questions, places)).toBe(expected);
  });
});

test("ranking measures are those of the textbooks", () => {
  const measures = measureRanking([
    { found: ["a", "b", "c"], relevant: new Set(["a"]) },
    { found: ["x", "a", "b"], relevant: new Set(["a", "b"]) },
    { found: [], relevant: new Set(["z"]) },
    { found: ["q"], relevant: new Set() },
  ]);
  const dcg = 1 / Math.log2(3) + 1 / Math.log2(4);
  const ideal = 1 + 1 / Math.log2(3);
  expect(measures).toEqual({
    queries: 3,
    hitAt1: 0.3333,
    hitAt3: 0.6667,
    mrr: 0.5,
    ndcgAt10: Math.round(((1 + dcg / ideal) / 3) * 10_000) / 10_000,
    recallAt100: 0.6667,
  });
});
