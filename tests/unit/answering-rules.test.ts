import { describe, expect, it } from "vitest";
import { describeSection } from "../../src/answering/compose/describe-section.ts";
import { findResponsibleBody } from "../../src/answering/compose/write-next-step.ts";
import { detectForeignPlaces } from "../../src/answering/decide/detect-foreign-places.ts";
import { statesCount } from "../../src/answering/decide/states-count.ts";
import { enumerationSizes } from "../../src/answering/evidence/enumeration-sizes.ts";
import { splitComparison } from "../../src/answering/evidence/find-evidence.ts";
import { findAskingParts } from "../../src/answering/question/find-asking-part.ts";
import { findNamedMatters } from "../../src/answering/question/load-matters.ts";
import type { UnderstoodQuestion } from "../../src/answering/question/understand-question.ts";

const question = (normalized: string, form: UnderstoodQuestion["form"] = "open"): UnderstoodQuestion => ({
  text: normalized,
  normalized,
  language: "zh",
  conduct: undefined,
  conductSpan: undefined,
  form,
  attributes: [],
  aboutDocument: undefined,
  matters: [],
  years: [],
});

describe("enumerationSizes", () => {
  it.each([
    ["强化产业链、创新链、要素链和政策链“四链”融合", 4],
    ["东方美谷和张江药谷加大协作", 2],
    ["市级创新型总部、地区总部、贸易型总部、民营总部等", 4],
  ])("%s", (text, size) => {
    expect(enumerationSizes(text)).toContain(size);
  });

  it("finds none in a plain sentence", () => {
    expect(enumerationSizes("提升服务质量。")).toEqual([]);
  });
});

describe("statesCount", () => {
  it.each([
    ["有几家企业", "集合区内30余家企业", true],
    ["一年办几场活动", "集合区内30余家企业", false],
    ["现在有多少家孵化器", "场地内在孵企业不少于20家", false],
    ["至少要多少家在孵企业", "场地内在孵企业不少于20家", true],
    ["要建几个概念验证中心", "建设若干高水平概念验证中心", true],
    ["要建几个基地", "推进产业研发基地、成果转化基地和实训基地", true],
  ])("%s ← %s", (asked, sentence, states) => {
    expect(statesCount(sentence, question(asked))).toBe(states);
  });
});

describe("splitComparison", () => {
  it("finds the two matters", () => {
    expect(splitComparison("产业投资基金和天使引导基金有啥区别")).toEqual(["产业投资基金", "天使引导基金"]);
  });

  it("finds none where nothing is joined", () => {
    expect(splitComparison("孵化器")).toEqual([]);
  });
});

describe("findAskingParts", () => {
  it("leaves the story out", () => {
    expect(findAskingParts("我们做小核酸的，天使轮，有啥基金能对接?").map(({ text }) => text)).toEqual([
      "有啥基金能对接?",
    ]);
  });

  it("has nothing to single out in a plain question", () => {
    expect(findAskingParts("有哪些孵化器")).toEqual([]);
  });
});

describe("findNamedMatters", () => {
  const matters = [
    { say: ["专精特新"], written: ["专精特新"] },
    { say: ["贴息"], written: ["贴息"] },
    { say: ["贷款贴息"], written: ["贷款贴息", "贴息"] },
  ];
  const namesIn = (text: string) => findNamedMatters(text, matters).map(({ named }) => named);

  it("takes the longer of two names", () => {
    expect(namesIn("贷款贴息几个点")).toEqual(["贷款贴息"]);
  });

  it("does not take a part of a longer number", () => {
    const hotline = [{ say: ["12345"], written: ["热线"] }];
    expect(findNamedMatters("打13912345678找我", hotline)).toEqual([]);
    expect(findNamedMatters("12345能投诉吗", hotline)).toHaveLength(1);
  });

  it("does not take what the asker is for what is asked", () => {
    expect(namesIn("我们是专精特新企业，想租厂房")).toEqual([]);
    expect(namesIn("专精特新有什么奖励")).toEqual(["专精特新"]);
  });
});

describe("detectForeignPlaces", () => {
  const facts = {
    findPlaces: (text: string) => ["嘉定区", "奉贤区"].filter((place) => text.includes(place.slice(0, 2))),
    zones: ["临港新片区"],
    coveredPlaces: new Set(["上海市", "奉贤区"]),
    isMentioned: async () => false,
  };

  it("finds another district and a functional area", async () => {
    expect(await detectForeignPlaces("嘉定有什么补贴", facts)).toEqual(["嘉定"]);
    expect(await detectForeignPlaces("临港新片区的人才政策", facts)).toEqual(["临港新片区"]);
  });

  it("leaves the asker's origin and the park's own place alone", async () => {
    expect(await detectForeignPlaces("我们从嘉定搬过来有补贴吗", facts)).toEqual([]);
    expect(await detectForeignPlaces("奉贤有什么补贴", facts)).toEqual([]);
  });

  it("does not call foreign what the clauses mention", async () => {
    expect(
      await detectForeignPlaces("临港新片区的项目", { ...facts, isMentioned: async () => true }),
    ).toEqual([]);
  });
});

describe("findResponsibleBody", () => {
  const metadata = { interpreter: null } as Parameters<typeof findResponsibleBody>[0];

  it("names the body that a clause names, with its words", () => {
    const text = "由区主要领导牵头，区科委具体负责，区科技发展促进中心落实推进园区管理各项事宜";
    expect(findResponsibleBody(metadata, [{ section: "四（一）¶1", text }])).toMatchObject({
      name: "区科技发展促进中心",
      section: "四（一）¶1",
    });
  });

  it("names nobody when the document does not", () => {
    expect(findResponsibleBody(metadata, [{ section: "一", text: "加强组织保障。" }])).toBeUndefined();
  });
});

describe("describeSection", () => {
  it.each([
    ["三（六）¶2", "三（六）第2段"],
    ["二（一）2、", "二（一）第2点"],
    ["标题", "标题"],
    ["第三章第十二条（二）", "第三章第十二条（二）"],
  ])("%s → %s", (section, shown) => {
    expect(describeSection(section)).toBe(shown);
  });
});
