import { beforeAll, describe, expect, test } from "vitest";
import type { MatchResult } from "../../src/matching/index.ts";
import {
  loadRecommendWorld,
  makeProfile,
  type RecommendWorld,
  type SaidValue,
} from "../support/recommend-world.ts";

const AS_OF = "2026-11-23";
const HERE = "上海市/奉贤区";

interface Expected {
  /** Invented enterprise. */
  who: string;
  said: Record<string, SaidValue>;
  must?: string[];
  mustNot?: string[];
  first?: string[];
  /** Asked within two turns. */
  ask?: string[];
  outside?: RegExp;
  none?: true;
}

const ENTERPRISES: Expected[] = [
  {
    who: "小核酸药，天使轮，找投资",
    said: { industries: "nucleic-acid", stage: "angel", needs: "equity-finance" },
    first: ["P02", "P01"],
    must: ["P02", "P01"],
    mustNot: ["P33", "P30", "P03", "P04", "P06", "P46"],
    ask: ["financing-amount", "district"],
  },
  {
    who: "化妆品工厂，要备案和检测",
    said: { industries: "cosmetics", district: HERE, needs: ["cosmetics-filing", "testing"] },
    must: ["P33", "P28", "P40"],
    mustNot: ["P32", "P46", "P03", "P42"],
    ask: ["cosmetics-class", "stage"],
  },
  {
    who: "化妆品品牌被仿冒",
    said: { industries: "cosmetics", needs: "ip-protection", stage: "mature" },
    first: ["P30"],
    must: ["P30"],
    mustNot: ["P16", "P02", "P32"],
  },
  {
    who: "小吃摊连锁，要贷款",
    said: { industries: "catering", needs: "loan" },
    must: ["P05"],
    mustNot: ["P01", "P02", "P15", "P33", "P40", "P03"],
    ask: ["research-business"],
    outside: /没有直接对应“餐饮”/u,
  },
  {
    who: "小吃店，找门面",
    said: { industries: "catering", needs: "retail-premises" },
    none: true,
    outside: /没有直接对应/u,
  },
  {
    who: "杭州的电商，想融资",
    said: { industries: "e-commerce", district: "浙江省/杭州市", needs: "equity-finance" },
    mustNot: ["P01", "P02", "P03", "P04", "P33"],
    ask: ["relocation-intent"],
    outside: /电子商务/u,
  },
  {
    who: "医院，未说需求",
    said: { "subject-type": "hospital", industries: "medical-services" },
    must: ["P18"],
    mustNot: ["P02", "P03", "P06", "P32", "P33", "P16"],
    ask: ["needs"],
  },
  {
    who: "央企研究院，考虑总部功能迁入",
    said: { "subject-type": "central-soe", industries: "special-equipment", needs: "hq-relocation" },
    first: ["P07"],
    must: ["P07", "P06"],
    mustNot: ["P02", "P16", "P33", "P04"],
    ask: ["district"],
  },
  {
    who: "海外博士，想回国创业",
    said: {
      "subject-type": "individual",
      industries: "gene-cell-therapy",
      needs: ["startup", "overseas-talent"],
    },
    must: ["P16", "P20", "P23"],
    mustNot: ["P03", "P04", "P06", "P07", "P47", "P33"],
    ask: ["district"],
  },
  {
    who: "高校团队，膜材料成果转化",
    said: { "subject-type": "team", industries: "membrane", stage: "idea", needs: "technology-transfer" },
    first: ["P15"],
    must: ["P15", "P46", "P17"],
    mustNot: ["P03", "P06", "P08", "P45"],
    ask: ["ip"],
  },
  {
    who: "高校，想与企业合作",
    said: { "subject-type": "university", industries: "education", needs: "university-collaboration" },
    must: ["P17", "P25"],
    mustNot: ["P02", "P03", "P06", "P47"],
  },
  {
    who: "孵化器运营方",
    said: { "subject-type": "incubator-operator", industries: "park-operation" },
    must: ["P16"],
    mustNot: ["P02", "P03", "P33", "P06"],
    ask: ["needs", "incubator-facts"],
  },
  {
    who: "想认定孵化器，未说是谁",
    said: { needs: "incubator-upgrade" },
    first: ["P16"],
    must: ["P16"],
    mustNot: ["P02", "P03"],
  },
  {
    who: "苏州上市汽配企业，想把总部迁来",
    said: {
      industries: "auto-parts",
      stage: "listed",
      district: "江苏省/苏州市",
      "relocation-intent": true,
      needs: "hq-relocation",
    },
    must: ["P04", "P06"],
    mustNot: ["P02", "P16", "P33", "P07"],
  },
  {
    who: "个体户，开小店",
    said: { "subject-type": "individual", industries: "retail", needs: "retail-premises" },
    none: true,
    outside: /零售/u,
  },
  {
    who: "膜材料初创，联合攻关",
    said: { industries: "membrane", stage: "seed", needs: "joint-research" },
    first: ["P46"],
    must: ["P46", "P10", "P17", "P25"],
    mustNot: ["P45", "P48", "P33", "P06"],
    ask: ["research-topic"],
  },
  {
    who: "机器人，B轮，未说需求",
    said: { industries: "robotics", stage: "growth" },
    must: ["P01"],
    mustNot: ["P16", "P33", "P43", "P07"],
    ask: ["needs", "district"],
  },
  {
    who: "机器人，B轮，融资并要厂房",
    said: { industries: "robotics", stage: "growth", needs: ["equity-finance", "plant"] },
    must: ["P01", "P11"],
    mustNot: ["P42", "P48", "P33"],
    ask: ["district"],
  },
  {
    who: "茶饮品牌，想上市",
    said: { industries: "catering", stage: "mature", needs: "listing" },
    must: ["P03", "P04", "P05"],
    mustNot: ["P01", "P02", "P16"],
    outside: /餐饮/u,
  },
  {
    who: "游戏工作室，种子期，融资",
    said: { industries: "games-animation", stage: "seed", needs: "equity-finance" },
    mustNot: ["P43", "P33", "P03", "P06", "P46"],
    outside: /游戏动漫/u,
  },
  {
    who: "芯片设计，A轮，融资和招人",
    said: { industries: "semiconductors", stage: "early", needs: ["equity-finance", "talent-recruitment"] },
    must: ["P25", "P21"],
    mustNot: ["P33", "P03", "P43"],
    outside: /用语未明确/u,
  },
  {
    who: "南京小核酸，不打算落户",
    said: {
      industries: "nucleic-acid",
      district: "江苏省/南京市",
      "relocation-intent": false,
      needs: ["equity-finance", "rd-space"],
    },
    mustNot: ["P11", "P16", "P27", "P42", "P08"],
    outside: /南京市.*未写明须在本区注册/u,
  },
  {
    who: "南京小核酸，未说是否落户",
    said: { industries: "nucleic-acid", district: "江苏省/南京市", needs: "equity-finance" },
    must: ["P01", "P02"],
    ask: ["relocation-intent"],
  },
  {
    who: "本区拟上市药企",
    said: {
      industries: "chemical-drug",
      stage: "pre-ipo",
      district: HERE,
      revenue: 600_000_000,
      needs: "listing",
    },
    must: ["P03", "P04", "P05"],
    mustNot: ["P02", "P16", "P33"],
    ask: ["listing-reserve"],
  },
  {
    who: "大型高分子材料企业，技改",
    said: { industries: "polymers", headcount: 2000, district: HERE, needs: "technical-upgrade" },
    first: ["P47"],
    must: ["P47"],
    mustNot: ["P02", "P16", "P45"],
    ask: ["equipment-plan"],
  },
  {
    who: "热管理零件，扩产",
    said: { industries: "auto-parts", headcount: 300, revenue: 420_000_000, needs: "plant" },
    must: ["P11"],
    mustNot: ["P02", "P16", "P42", "P48"],
    ask: ["district"],
  },
  {
    who: "体外诊断，人才住房和子女入学",
    said: { industries: "in-vitro-diagnostics", needs: ["talent-housing", "child-education"] },
    first: ["P24"],
    must: ["P24", "P26"],
    mustNot: ["P33", "P03"],
    ask: ["talent-facts"],
  },
  {
    who: "医疗器械，注册指导和医企合作",
    said: {
      industries: "medical-device",
      needs: ["drug-device-registration", "clinical-collaboration"],
      stage: "early",
    },
    must: ["P32", "P18"],
    mustNot: ["P33", "P30", "P37", "P06"],
    ask: ["registration-product"],
  },
  {
    who: "合成生物，找实验室",
    said: { industries: "synthetic-biology", stage: "angel", needs: "rd-space" },
    must: ["P42"],
    first: ["P42"],
    mustNot: ["P33", "P48", "P03"],
  },
  {
    who: "中药饮片厂，成果转化基地",
    said: { industries: "tcm", district: HERE, needs: ["technology-transfer", "rd-platform"] },
    first: ["P41"],
    must: ["P41", "P15"],
    mustNot: ["P33", "P30", "P43"],
  },
  {
    who: "智能网联汽车，要测试场景",
    said: { industries: "connected-vehicle", needs: "test-scenario", stage: "early" },
    first: ["P43"],
    must: ["P43"],
    mustNot: ["P18", "P33", "P46"],
  },
  {
    who: "光刻胶，供应链对接",
    said: { industries: "electronic-chemicals", needs: "supply-chain", stage: "growth" },
    first: ["P45"],
    must: ["P45", "P09"],
    mustNot: ["P46", "P33", "P38"],
  },
  {
    who: "美妆科技项目，参赛",
    said: { industries: "cosmetics", stage: "seed", needs: "competition" },
    must: ["P37", "P23"],
    mustNot: ["P03", "P06", "P32"],
  },
  {
    who: "工业软件企业，要算力",
    said: { industries: "industrial-software", needs: "computing-infrastructure" },
    must: ["P44"],
    first: ["P44"],
    mustNot: ["P33", "P18"],
  },
  {
    who: "只问有什么补贴",
    said: { needs: "policy-advice" },
    none: true,
    ask: ["industries", "name", "stage", "district"],
  },
  {
    who: "只说做人工智能",
    said: { industries: "artificial-intelligence" },
    none: true,
    ask: ["industries", "stage", "district"],
  },
  { who: "什么都没说", said: {}, none: true, ask: ["industries", "name", "stage", "district"] },
  {
    who: "已在谈上市，行业未说",
    said: { needs: "listing" },
    must: ["P03", "P04", "P05"],
    mustNot: ["P33", "P07"],
    ask: ["industries"],
  },
];

let world: RecommendWorld;

beforeAll(async () => {
  world = await loadRecommendWorld();
});

function match(said: Record<string, SaidValue>, asked: string[] = []): MatchResult {
  return world.engine.match(makeProfile(said), { asOf: AS_OF, asked });
}

describe("invented enterprises against the catalogue", () => {
  test.each(ENTERPRISES)("$who", ({ said, must, mustNot, first, ask, outside, none }) => {
    const result = match(said);
    const listed = result.matches.map(({ programId }) => programId);
    if (first) expect(listed.slice(0, first.length)).toEqual(first);
    expect(listed).toEqual(expect.arrayContaining(must ?? []));
    expect(listed.filter((id) => mustNot?.includes(id))).toEqual([]);
    if (none) expect(listed).toEqual([]);
    if (outside) {
      expect(`${result.outside?.why}`).toMatch(outside);
      expect(result.package).toBeNull();
      expect(listed).toEqual(expect.arrayContaining(result.outside?.mayServe ?? []));
    } else expect(result.outside).toBeNull();
    const turnOne = result.ask.map(({ field }) => field);
    const turnTwo = match(said, turnOne).ask.map(({ field }) => field);
    expect([...turnOne, ...turnTwo]).toEqual(expect.arrayContaining(ask ?? []));
  });
});

describe("whatever the enterprise", () => {
  test.each(ENTERPRISES)("$who: every promise of the list", ({ said }) => {
    const result = match(said);
    const programs = new Map(world.entries.map(({ program }) => [program.id, program]));
    const listed = result.matches.map(({ programId }) => programId);
    expect(result.matches.map(({ score }) => score)).toEqual(
      result.matches.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    for (const one of result.matches) {
      expect(one.verdict).not.toBe("not-eligible");
      expect(one.quotes.length).toBeGreaterThan(0);
      expect(one.ranking.reduce((sum, { points }) => sum + points, 0)).toBe(one.score);
      expect(one.nextStep).not.toMatch(/保证|一定能|最高可/u);
      const industry = one.ranking.find(({ name }) => name === "industry");
      if (programs.get(one.programId)?.industryBound) expect(industry?.because).not.toMatch(/其他行业/u);
    }
    const accounted = [
      ...listed,
      ...result.leftOut.map(({ programId }) => programId),
      ...result.nearMisses.map(({ match: { programId } }) => programId),
    ];
    expect(accounted.toSorted()).toEqual([...programs.keys()].toSorted());
    for (const part of result.package?.parts ?? []) expect(programs.has(part.programId)).toBe(true);
    expect(result.package === null || result.package.parts.length >= 2).toBe(true);
    expect(result.ask.length).toBeLessThanOrEqual(2);
    expect(match(said)).toEqual(result);
  });

  test.each(ENTERPRISES)("$who: nothing known or asked before is asked, and asking ends", ({ said }) => {
    const asked: string[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      const fields = match(said, asked).ask.map(({ field }) => field);
      if (fields.length === 0) return;
      for (const field of fields) {
        expect(asked).not.toContain(field);
        const isVague =
          field === "needs" || (field === "industries" && said["industries"] === "artificial-intelligence");
        if (!isVague) expect(Object.keys(said)).not.toContain(field);
      }
      asked.push(...fields);
    }
    expect.fail("asks without end");
  });
});
