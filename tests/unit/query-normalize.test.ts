import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eachGram } from "../../src/retrieval/query/index.ts";
import { normalizeText } from "../../src/retrieval/query/normalize.ts";
import { expandShortYears, unifyNumerals } from "../../src/retrieval/query/numerals.ts";

describe("normalizeText", () => {
  test.each([
    ["ＩＰＯ　２０２６", "ipo 2026"],
    ["沪府办规〔2023〕23号", "沪府办规[2023]23号"],
    ["沪府办规【2023】23号", "沪府办规[2023]23号"],
    ["2024—2026年", "2024-2026年"],
    ["“独角兽”「隐形冠军」", '"独角兽""隐形冠军"'],
    ["張江高新區奉賢園", "张江高新区奉贤园"],
    ["軟體與資訊安全專案", "软件与信息安全项目"],
    ["孵\u200b化\ufeff器\u0007在哪", "孵化器 在哪"],
    ["绿脉•智谷 ‧ 东久", "绿脉·智谷 · 东久"],
    ["  多  个\n空白\t ", "多 个 空白"],
  ])("%j → %j", (text, expected) => {
    expect(normalizeText(text)).toBe(expected);
  });

  test("simplified text with ambiguous characters is left alone", () => {
    expect(normalizeText("乾坤后天里面干净发展着力")).toBe("乾坤后天里面干净发展着力");
  });

  test("is stable: normalising twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
      }),
    );
  });
});

describe("unifyNumerals", () => {
  test.each([
    ["2千万", "2000万"],
    ["两千万元", "2000万元"],
    ["20,000,000元", "2000万元"],
    ["20000000元", "2000万元"],
    ["1.5亿", "1.5亿"],
    ["一亿五千万", "1.5亿"],
    ["15000元", "1.5万元"],
    ["三百来人", "300人"],
    ["30余家", "30家"],
    ["一百多个项目", "100个项目"],
    ["三千五", "3500"],
    ["二〇二六年", "2026年"],
    ["一九七八年", "1978年"],
    ["八家在奉高校", "8家在奉高校"],
    ["三年行动", "3年行动"],
    ["第一百二十条", "第120条"],
    ["千亿级", "1000亿级"],
    ["二十四", "24"],
  ])("%s → %s", (text, expected) => {
    expect(unifyNumerals(text)).toBe(expected);
  });

  test.each([
    "一网通办",
    "一企一策",
    "“百千万”工程",
    "十四五规划",
    "党的二十大",
    "三五个人",
    "第三方",
    "双招双引",
    "千万别错过",
    "万一不行",
    "两三个",
    "零零后",
    "电话 02157180000",
    "编号 12345678901234567",
    "2026年",
  ])("leaves %s", (text) => {
    expect(unifyNumerals(text)).toBe(text);
  });
});

test.each([
  ["26年的目标", "2026年的目标"],
  ["到24年底", "到2024年底"],
  ["满26年", "满26年"],
  ["近30年来", "近30年来"],
  ["20年以上", "20年以上"],
  ["2026年", "2026年"],
])("expandShortYears: %s → %s", (text, expected) => {
  expect(expandShortYears(text)).toBe(expected);
});

test("grams: ideographs singly and in pairs, letters and digits whole, nothing across punctuation", () => {
  const grams: string[] = [];
  eachGram("ai制药,v2.0 𠮷野", (gram) => grams.push(gram));
  expect(grams).toEqual(["ai", "制", "ai制", "药", "制药", "v2", "0", "𠮷", "野", "𠮷野"]);
});
