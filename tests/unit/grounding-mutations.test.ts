import { describe, expect, test } from "vitest";
import { checkStatement } from "../../src/answering/grounding/index.ts";
import { readNumerics } from "../../src/answering/grounding/read-figures.ts";
import { clausesOf, planClause, planParagraphs } from "./grounding-sources.ts";

/**
 * Every sentence of the plan and of the invented measure is true of its own clause; every mutation of it is false.
 * Wrong figures, units, dates, quotes and names must all be found.
 */
const invented = ["对象", "禁止", "申请", "鼓励", "补助", "联系", "施行"];
const sources = [
  ...planParagraphs.map((text) => ({ text, clauses: [planClause(text)] })),
  ...invented.map((key) => ({ text: clausesOf(key)[0]?.text ?? "", clauses: clausesOf(key) })),
];
const sentences = sources.flatMap(({ text, clauses }) =>
  text
    .split(/(?<=[。；])/)
    .filter((sentence) => sentence.trim().length > 8)
    .map((sentence) => ({ sentence: sentence.trim(), clauses })),
);

type Source = (typeof sentences)[number];
interface Mutant {
  from: string;
  statement: string;
  clauses: Source["clauses"];
}

function accepted(mutants: readonly Mutant[]): string[] {
  return mutants
    .filter(({ statement, clauses }) => checkStatement(statement, clauses, "").ok)
    .map(({ from, statement }) => `${from} → ${statement}`);
}

function mutate(change: (source: Source) => string[]): Mutant[] {
  return sentences.flatMap((source) =>
    change(source)
      .filter((statement) => statement !== source.sentence)
      .map((statement) => ({ from: source.sentence, statement, clauses: source.clauses })),
  );
}

function replaceAt(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

const PLAN_NAMES = [
  ...[
    "产业投资基金",
    "天使投资引导基金",
    "概念验证中心",
    "医企联盟",
    "保税研发设计中心",
    "区科技发展促进中心",
  ],
  ...["华东理工大学", "上海应用技术大学", "复旦大学", "上海交通大学", "华东师范大学", "盛虹先进材料研究院"],
  ...[
    "临港未来产业园",
    "区财政局",
    "区人社局",
    "区科委",
    "区经委",
    "区发改委",
    "全球创新创业大赛",
    "国际化妆品大会",
  ],
  ...["东方美谷化妆品注册备案服务站", "东方美谷生物医药产品注册指导服务站", "东方美谷质量品牌发展服务中心"],
  ...["杭发核酸技术中心", "生命信使生物医药产业基地", "上海市工业综合开发区", "奉贤化工新材料产业园"],
];
const UNITS = /(?<=[\d万亿三八])(个月|个工作日|万元|家|次|年|月|日|元|%)/g;
const OTHER_UNIT: Record<string, string> = {
  个月: "年",
  个工作日: "天",
  万元: "亿元",
  家: "个",
  次: "家",
  年: "月",
  月: "年",
  日: "年",
  元: "美元",
  "%": "‰",
};

describe("grounding of mutated sentences", () => {
  test("every sentence itself passes, plain and quoted", () => {
    expect(sentences.length).toBeGreaterThan(110);
    const failed = sentences.filter(
      ({ sentence, clauses }) =>
        !checkStatement(sentence, clauses, "").ok ||
        !checkStatement(`文件提出：“${sentence}”`, clauses, "").ok,
    );
    expect(failed.map(({ sentence }) => sentence)).toEqual([]);
  });

  test("another number", () => {
    const mutants = mutate(({ sentence }) =>
      [...sentence.matchAll(/\d+(?:\.\d+)?/g)].flatMap(({ 0: digits, index }) =>
        [
          String(Number(digits) + 1),
          String(Number(digits) * 10),
          `${digits}5`,
          String(Number(digits) - 1),
        ].map((by) => replaceAt(sentence, index, index + digits.length, by)),
      ),
    );
    expect(mutants.length).toBeGreaterThan(120);
    expect(accepted(mutants)).toEqual([]);
  });

  test("another number in Chinese numerals", () => {
    const mutants = mutate(({ sentence }) =>
      readNumerics(sentence)
        .figures.filter((figure) => /^[三八五两十二]/.test(sentence.slice(figure.start)))
        .map((figure) => replaceAt(sentence, figure.start, figure.start + 1, "九")),
    );
    expect(mutants.length).toBeGreaterThan(12);
    expect(accepted(mutants)).toEqual([]);
  });

  test("another unit", () => {
    const mutants = mutate(({ sentence }) =>
      [...sentence.matchAll(UNITS)].map(({ 0: unit, index }) =>
        replaceAt(sentence, index, index + unit.length, OTHER_UNIT[unit] ?? ""),
      ),
    );
    expect(mutants.length).toBeGreaterThan(25);
    expect(accepted(mutants)).toEqual([]);
  });

  test("a qualifier dropped", () => {
    const mutants = mutate(({ sentence }) =>
      [
        ...sentence.matchAll(
          /力争|超过|以上(?!海)|余(?=家)|不超过|最高不超过|日均|新增(?=科技企业3)|每年(?=申请)/g,
        ),
      ].map(({ 0: word, index }) => replaceAt(sentence, index, index + word.length, "")),
    );
    expect(mutants.length).toBeGreaterThan(12);
    expect(accepted(mutants)).toEqual([]);
  });

  test("a quote altered by one character", () => {
    const mutants = mutate(({ sentence }) => {
      const positions = [...sentence.matchAll(/[\u4e00-\u9fff]/g)].map(({ index }) => index);
      return positions
        .filter((_, rank) => rank % 7 === 3)
        .map(
          (index) =>
            `文件提出：“${replaceAt(sentence, index, index + 1, sentence[index] === "的" ? "之" : "的")}”`,
        );
    });
    expect(mutants.length).toBeGreaterThan(500);
    expect(accepted(mutants)).toEqual([]);
  });

  test("a name put in another's place", () => {
    const mutants = mutate(({ sentence, clauses }) =>
      PLAN_NAMES.filter((name) => sentence.includes(name)).flatMap((name) =>
        PLAN_NAMES.filter((other) => !clauses[0]?.text.includes(other)).map((other) =>
          sentence.replace(name, other),
        ),
      ),
    );
    expect(mutants.length).toBeGreaterThan(400);
    expect(accepted(mutants)).toEqual([]);
  });

  test("two names of one sentence exchanged, where that is false", () => {
    const mutants = mutate(({ sentence }) => {
      const duties = ["区主要领导", "区科委", "区科技发展促进中心"];
      return duties.flatMap((one) =>
        duties
          .filter((other) => other !== one && sentence.includes(one) && sentence.includes(other))
          .map((other) => sentence.replace(one, "〇").replace(other, one).replace("〇", other)),
      );
    });
    expect(mutants.length).toBeGreaterThan(3);
    expect(accepted(mutants)).toEqual([]);
  });

  test("a verb made stronger", () => {
    const stronger: readonly (readonly [RegExp, string])[] = [
      [/鼓励(?!和)/g, "支持"],
      [/争取/g, ""],
      [/力争/g, ""],
      [/努力(?=打造)/g, ""],
      [/推进(?=.{2,40}建设。)/g, "已建成"],
      [/探索(?=设立)/g, ""],
      [/设立/g, "已设立"],
      [/设立/g, "设立了"],
      [/搭建/g, "已搭建"],
      [/(?<!鼓励和)支持(?=企业|区内|引进)/g, "保证"],
      [/布局建设/g, "建成"],
    ];
    const mutants = mutate(({ sentence }) =>
      stronger.flatMap(([pattern, by]) =>
        [...sentence.matchAll(pattern)].map(({ 0: word, index }) =>
          replaceAt(sentence, index, index + word.length, by),
        ),
      ),
    );
    expect(mutants.length).toBeGreaterThan(28);
    expect(accepted(mutants)).toEqual([]);
  });

  test("a negation put in or left out", () => {
    const mutants = mutate(({ sentence }) => [
      ...[...sentence.matchAll(/支持|鼓励|设立|推进|建设|举办|给予|引进|提交/g)].flatMap(({ index }) =>
        ["不", "不再", "未"].map((negation) => replaceAt(sentence, index, index, negation)),
      ),
      ...[...sentence.matchAll(/不得(?!超过)|不予/g)].map(({ 0: word, index }) =>
        replaceAt(sentence, index, index + word.length, ""),
      ),
    ]);
    expect(mutants.length).toBeGreaterThan(280);
    expect(accepted(mutants)).toEqual([]);
  });

  test("an invented benefit, contact or promise added", () => {
    const additions = [
      "最高补贴50万元",
      "企业可享受租金减免",
      "咨询电话021-12345678",
      "详见https://policy.example.com",
      "符合条件的企业一定能获得支持",
      "申报截止时间为2026年12月31日",
      "联系人为张老师",
      "目前已有100家企业入驻",
      "由市科委负责解释",
    ];
    const mutants = mutate(({ sentence }) =>
      additions.map((addition) => `${sentence.replace(/[。；]$/, "")}，${addition}。`),
    );
    expect(mutants.length).toBeGreaterThan(900);
    expect(accepted(mutants)).toEqual([]);
  });
});
