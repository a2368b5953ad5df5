import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProfileReader, loadProfileLexicon } from "../../src/enterprises/index.ts";
import { loadPlaces } from "../../src/knowledge/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";

const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const places = await loadPlaces(KNOWLEDGE_DIRECTORY);
const reader = createProfileReader({ lexicon, findPlaces: places.find });

const read = (text: string, asked: string[] = []) => reader.read(text, { today: "2026-11-23", asked });
const stated = async (text: string, field: string, asked?: string[]) =>
  (await read(text, asked)).facts.find((fact) => fact.field === field)?.value;

/** All sentences are made up for these tests. */
describe("terms that a message states", () => {
  it.each([
    ["我们想贷800万周转", "needs", "loan"],
    ["能不能帮我们找点投资", "needs", "equity-finance"],
    ["下一轮打算融五千万", "needs", "equity-finance"],
    ["我们要找一块工业用地建厂", "needs", "industrial-land"],
    ["我们缺一个三千平的标准厂房", "needs", "plant"],
    ["我们想租间办公室", "needs", "rd-space"],
    ["我们想在街边找个门面", "needs", "retail-premises"],
    ["我们想做中试放大", "needs", "pilot-production"],
    ["我们想和高校合作", "needs", "university-collaboration"],
    ["我们想找三甲医院做临床试验", "needs", "clinical-collaboration"],
    ["我们的样品想送检", "needs", "testing"],
    ["我们急需算力", "needs", "computing-infrastructure"],
    ["我们想对接下游客户", "needs", "supply-chain"],
    ["我们想做技术改造", "needs", "technical-upgrade"],
    ["我们的面膜要备案", "needs", "cosmetics-filing"],
    ["我们的包装被仿冒了", "needs", "ip-protection"],
    ["我们想申请专利", "needs", "ip-application"],
    ["我们招不到人", "needs", "talent-recruitment"],
    ["我们想引进海外人才", "needs", "overseas-talent"],
    ["我们员工想申请人才公寓", "needs", "talent-housing"],
    ["我们想给员工办居转户", "needs", "household-registration"],
    ["我们员工的孩子上学怎么办", "needs", "child-education"],
    ["我们想去科创板上市", "needs", "listing"],
    ["我们想申报总部企业", "needs", "hq-recognition"],
    ["我们想参加创业大赛", "needs", "competition"],
    ["我们的环评不知道怎么办", "needs", "environmental-approval"],
    ["我们做小核酸药物", "industries", "nucleic-acid"],
    ["我们做手术机器人", "industries", "medical-device"],
    ["我们研发固态电池", "industries", "energy-storage"],
    ["我们生产碳纤维", "industries", "polymers"],
    ["我们是做火锅连锁的", "industries", "catering"],
    ["我们做自动驾驶", "industries", "connected-vehicle"],
    ["我们做五轴数控机床", "industries", "machine-tools"],
    ["我们开宠物医院", "industries", "pet-care"],
    ["我们做跨境电商卖护肤品", "industries", "cross-border-e-commerce"],
    ["我们是高企", "qualifications", "high-tech-enterprise"],
    ["我们有三件发明专利", "ip", "invention-patent"],
    ["我们二类证已经拿到", "ip", "device-registration"],
  ])("%s: %s has %s", async (text, field, id) => {
    const understood = await read(text);
    expect(understood.aboutSelf).toBe(true);
    const value = understood.facts.find((fact) => fact.field === field)?.value;
    expect(value?.kind === "terms" ? value.has.map((one) => one.id) : value).toContain(id);
  });

  it.each([
    ["我们暂时不考虑上市", "needs", "listing"],
    ["我们不需要厂房", "needs", "plant"],
    ["我们不缺人才", "needs", "talent-recruitment"],
    ["我们还没评高企", "qualifications", "high-tech-enterprise"],
    ["我们没有发明专利", "ip", "invention-patent"],
    ["专精特新还没拿到，我们明年再看", "qualifications", "specialized-sme"],
  ])("%s: %s lacks %s", async (text, field, id) => {
    const value = await stated(text, field);
    expect(value?.kind === "terms" ? value.lacks : value).toContain(id);
    expect(value?.kind === "terms" ? value.has.map((one) => one.id) : value).not.toContain(id);
  });

  it.each([
    ["我们需要一批芯片", "industries", "semiconductors"],
    ["我们已经申请专利5件", "needs", "ip-application"],
    ["我们刚融完资", "needs", "equity-finance"],
    ["我们想找地方测自动驾驶", "needs", "industrial-land"],
  ])("%s: %s holds no %s", async (text, field, id) => {
    const value = await stated(text, field);
    expect(value?.kind === "terms" ? value.has.map((one) => one.id) : []).not.toContain(id);
  });
});

describe("figures, places and answers", () => {
  it.each([
    ["人数应该是95", "headcount", { kind: "number", min: 95, max: 95 }],
    ["研发人员是12个不是21个", "rd-headcount", { kind: "number", min: 12, max: 12 }],
    ["我们80-90人左右", "headcount", { kind: "number", min: 80, max: 90 }],
    ["我们想要四千平左右的厂房", "space-area", { kind: "number", min: 3600, max: 4400 }],
    ["公司在上海松江", "district", { kind: "place", path: ["上海市", "松江区"] }],
    ["公司位于深圳南山", "district", { kind: "place", path: ["广东省", "深圳市", "南山区"] }],
    [
      "我们是2021年在奉贤注册的上海青禾（虚构）公司",
      "district",
      { kind: "place", path: ["上海市", "奉贤区"] },
    ],
    ["上海青禾（虚构）公司，注册在金山", "district", { kind: "place", path: ["上海市", "金山区"] }],
    ["我们是专注医疗的创投机构", "subject-type", { kind: "choice", oneOf: ["investor"] }],
    ["我们有自己的研发和生产", "research-business", { kind: "flag", value: true }],
    ["我们没进上市后备库", "listing-reserve", { kind: "flag", value: false }],
  ])("%s: %s", async (text, field, expected) => {
    expect(await stated(text, field)).toEqual(expected);
  });

  it.each([
    ["四十来个", "headcount", { kind: "number", min: 36, max: 44 }],
    ["六亩", "space-area", { kind: "number", min: 4000.02, max: 4000.02 }],
    ["2019", "founded-on", { kind: "date", from: "2019-01-01", to: "2020-01-01" }],
  ])("%s answers %s", async (text, field, expected) => {
    expect(await stated(text, field, [field])).toEqual(expected);
  });

  it("takes a refusal for no answer", async () => {
    const { facts, declined } = await read("这个保密", ["revenue"]);
    expect(facts).toEqual([]);
    expect(declined).toEqual(["revenue"]);
  });

  it.each(["我朋友的公司有300人", "专精特新是什么意思", "研发占比一般要多少", "哪个部门管孵化器"])(
    "%s: is not about the sender",
    async (text) => {
      const { aboutSelf, facts } = await read(text);
      expect(aboutSelf && facts.length > 0).toBe(false);
    },
  );
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    ..."我们公司在奉贤深圳南山位于想贷融一二三十百千万亿多几人平亩元%，。？不没还已2026.-~到左右研发营收专利高企厂房".split(
      "",
    ),
    "负",
    "应该是",
    "不是",
    "IND",
    "🙂",
    "１２",
    "營收",
    "\n",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.array(pieces, { maxLength: 50 }).map((all) => all.join("")),
  );

  it("is read without a throw, and the words of a fact stand where it says", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        fc.subarray(["headcount", "district", "needs", "revenue"]),
        async (text, asked) => {
          for (const { words, start, end } of (await read(text, asked)).facts) {
            expect(text.slice(start, end)).toBe(words);
            expect(end).toBeGreaterThan(start);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is read in time that grows with its length, not faster", async () => {
    const cost = async (count: number) => {
      const text = "我们想贷款三百万买设备在深圳南山要厂房".repeat(count);
      const from = process.cpuUsage();
      await read(text);
      const { user, system } = process.cpuUsage(from);
      return user + system;
    };
    await cost(50);
    const [short, long] = [await cost(100), await cost(1600)];
    expect(long).toBeLessThan(Math.max(short, 20_000) * 96);
  });
});

describe("a day that is only mentioned", () => {
  it.each(["语音 abc 今天天气", "今天天气不错", "昨天开会去了"])("%s: answers no date", async (text) => {
    expect(await stated(text, "founded-on", ["founded-on"])).toBeUndefined();
  });

  it.each(["昨天", "今天刚成立", "前几天刚拿到执照"])("%s: does, where it is the answer", async (text) => {
    expect(await stated(text, "founded-on", ["founded-on"])).toMatchObject({ kind: "date" });
  });
});
