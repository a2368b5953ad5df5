import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { QueryAnalysis } from "../../src/retrieval/types.ts";
import { type AnalyzerOverTexts, createAnalyzerOver } from "../support/query-analyzer.ts";

const CLAUSES = [
  "提升空间承载能力，进一步盘活存量工业用地，作为承接研发成果的中试及生产基地、企业外迁的落户用地。",
  "面向前沿新兴领域，设立天使投资引导基金，引导国有企业资金、民间资金投向创业早中期的创业企业。",
  "加快实施“租购并举”的人才安居工程，增强人才安居政策穿透力。",
  "鼓励凤创谷、汇智天地等孵化器对标行业标杆，推进孵化器高质量发展。",
  "支持企业多渠道上市，包括境内IPO企业、列入区上市后备培育库企业，鼓励企业挂牌和转板上市。",
  "布局基因治疗、细胞治疗、AI药物发现，奉贤园区推动产业集聚。",
  "到2026年，园区产业规模达千亿级以上，集合区内30余家优质企业。",
  "加大设备更新和技改投入，优化公司治理。",
  "对购置设备给予补贴。",
];

let over: AnalyzerOverTexts;
beforeAll(() => {
  over = createAnalyzerOver(CLAUSES);
});

const analyze = (question: string) => over.analyzer.analyze(question);
const wordsOf = (analysis: QueryAnalysis) => analysis.words.map(({ text }) => text);
const alternativesOf = (question: string) => analyze(question).words.flatMap((word) => word.alternatives);

describe("content words", () => {
  test("words of asking are dropped, content is kept in order with its position", () => {
    const analysis = analyze("请问我们公司有没有可能申请设备更新的补贴呢？");
    expect(wordsOf(analysis)).toEqual(["申请", "设备更新", "补贴"]);
    for (const word of analysis.words) {
      expect(analysis.normalized.slice(word.start, word.start + word.text.length)).toBe(word.text);
    }
  });

  test("a phrase of asking inside a longer word is left", () => {
    expect(wordsOf(analyze("有多大学生创业"))).toContain("大学生");
  });

  test("a word of the index is known, another gets the largest idf", () => {
    const [known, unknown] = analyze("孵化器 恐龙").words;
    expect(known).toMatchObject({ text: "孵化器", known: true });
    expect(unknown).toMatchObject({ text: "恐龙", known: false });
    expect(unknown?.idf).toBeGreaterThan(known?.idf ?? Number.POSITIVE_INFINITY);
  });

  test("a polite 公司 weighs little, although it is rare in the documents", () => {
    const [company, incubator] = analyze("公司 孵化器").words;
    expect(company?.idf).toBeLessThan((incubator?.idf ?? 0) / 2);
  });

  test("numerals and years meet the spelling of the documents", () => {
    expect(wordsOf(analyze("二〇二六年"))).toEqual(["2026年"]);
    expect(wordsOf(analyze("26年"))).toEqual(["2026年"]);
    expect(analyze("一千亿").words[0]).toMatchObject({ text: "1000亿", known: true });
    expect(analyze("三十来家").words[0]).toMatchObject({ text: "30家", known: true });
  });

  test("a compound that no document uses falls apart into its words", () => {
    expect(wordsOf(analyze("概念验证中心企业"))).not.toContain("概念验证中心");
  });

  test("a question of nothing but asking is searched by what the documents use", () => {
    expect(wordsOf(analyze("进一步怎么推进以上"))).not.toEqual([]);
    expect(analyze("你好").words).toEqual([]);
  });

  test.each([
    ["孵化器", /^n/],
    ["推进", /^v/],
    ["上海", /^ns/],
    ["天使投资引导基金", /^n/],
    ["incubator", /^eng/],
  ])("%s has a part of speech", (question, expected) => {
    expect(analyze(question).words[0]?.partOfSpeech).toMatch(expected);
  });

  test("a repeated word counts once", () => {
    expect(wordsOf(analyze("孵化器，孵化器，还是孵化器"))).toEqual(["孵化器"]);
  });
});

describe("lexicon", () => {
  test.each([
    ["我想拿地", "存量工业用地"],
    ["能给块地吗", "存量工业用地"],
    ["厂子搬过去", "落户用地"],
    ["天使轮融资", "天使投资"],
    ["VC投不投", "天使投资"],
    ["员工租房", "人才安居"],
    ["想敲钟", "上市"],
    ["科创板", "转板"],
    ["AI制药", "ai药物发现"],
    ["众创空间", "孵化器"],
    ["换设备", "技改"],
    ["incubators", "孵化器"],
    ["angel round", "天使投资引导基金"],
    ["Housing for talents", "租购并举"],
    ["IPO", "上市"],
  ])("%s → %s", (question, expected) => {
    expect(alternativesOf(question)).toContain(expected);
  });

  test("offers only what occurs in the index", () => {
    const { analyzer } = createAnalyzerOver(["种植水稻。"]);
    expect(analyzer.analyze("租房补贴").words.flatMap((word) => word.alternatives)).toEqual([]);
  });

  test("an alternative names its word and never outweighs it", () => {
    const { terms, words } = analyze("企业租房上市");
    const lexicon = terms.filter(({ origin }) => origin === "lexicon");
    expect(lexicon.length).toBeGreaterThan(0);
    for (const term of lexicon) {
      const own = terms.find(({ origin, text }) => origin === "word" && text === term.standsFor);
      expect(own).toBeDefined();
      expect(term.weight).toBeLessThanOrEqual(own?.weight ?? 0);
      expect(words.some(({ text }) => text === term.standsFor)).toBe(true);
    }
  });

  test("a phrase of known words stays apart, with what is written instead offered for the rarest", () => {
    const { words } = analyze("设备补贴");
    expect(words.map(({ text }) => text)).toEqual(["设备", "补贴"]);
    expect(words.flatMap((word) => word.alternatives)).toContain("技改");
  });

  test("two letters inside an English word are no abbreviation", () => {
    expect(alternativesOf("maize")).toEqual([]);
  });
});

describe("typos", () => {
  test.each([
    ["奉闲", "奉贤"],
    ["丰贤", "奉贤"],
    ["浮化器有哪些", "孵化器"],
    ["机因治疗", "基因治疗"],
    ["上世辅导", "上市"],
    ["fuhuaqi", "孵化器"],
    ["fengxian", "奉贤"],
    ["fengxianfuhuaqi", "奉贤"],
    ["fengxianfuhuaqi", "孵化器"],
    ["incubater", "孵化器"],
    ["zufang", "人才安居"],
  ])("%s → %s", (question, expected) => {
    expect(alternativesOf(question)).toContain(expected);
  });

  test.each(["孵化器", "恐龙", "软件园", "上海", "change", "the quick brown fox"])(
    "%s is not mended",
    (question) => {
      expect(analyze(question).terms.filter(({ origin }) => origin === "typo")).toEqual([]);
    },
  );

  test("words that come into the index later are mended to as well", () => {
    const grown = createAnalyzerOver(CLAUSES);
    expect(grown.analyzer.analyze("揭榜挂率").words.flatMap((word) => word.alternatives)).toEqual([]);
    for (let count = 0; count < 5; count += 1) grown.addText("通过揭榜挂帅等机制。");
    expect(grown.analyzer.analyze("揭榜卦帅").words[0]?.alternatives).toContain("揭榜挂帅");
  });
});

describe("any input", () => {
  test.each([
    ["nothing", ""],
    ["blanks", " \n\t "],
    ["emoji", "🙂🙂👩‍👩‍👧🏽"],
    ["control characters", "\u0000\u0001\u001b[31m\u007f"],
    ["a lone surrogate", "\ud800孵化器\udc00"],
    ["100 KB of one ideograph", "一".repeat(100_000)],
    ["100 KB of letters", "a".repeat(100_000)],
    ["100 KB of unknown ideographs", "龘靐齉".repeat(33_000)],
    ["mixed scripts", "Привет مرحبا こんにちは 안녕 孵化器 สวัสดี"],
    ["digits", "9".repeat(50_000)],
    ["characters that unfold", "\ufdfa".repeat(100_000)],
    ["words of patterns", "(((((([[[[[.*+?^$|\\".repeat(500)],
  ])("%s", (_, question) => {
    const analysis = analyze(question);
    expect(analysis.original).toBe(question);
    expect(analysis.normalized.length).toBeLessThanOrEqual(4000);
    expect(analysis.terms.every(({ weight }) => weight >= 0 && Number.isFinite(weight))).toBe(true);
  });

  test("of an overlong question head and tail are kept", () => {
    const words = wordsOf(analyze(`孵化器 ${"，".repeat(50_000)} 上市`));
    expect(words).toEqual(expect.arrayContaining(["孵化器", "上市"]));
  });

  test("an empty index is no trouble", () => {
    const { analyzer } = createAnalyzerOver([]);
    expect(analyzer.analyze("奉闲的浮化器 fuhuaqi").words.every(({ known }) => !known)).toBe(true);
  });

  test("whatever is typed, every word lies where it says", () => {
    const scraps = fc.constantFrom(
      "孵化器",
      "两千万",
      "26年",
      "租房",
      "IPO",
      "a轮",
      "?",
      " ",
      "🙂",
      "奉闲",
      "有没有",
      "v2.0",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(scraps, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 12 }),
        (parts) => {
          const { words, normalized } = analyze(parts.join(""));
          for (const { text, start } of words) {
            if (!/[%万亿家]$/u.test(text)) expect(normalized.slice(start, start + text.length)).toBe(text);
          }
        },
      ),
    );
  });
});
