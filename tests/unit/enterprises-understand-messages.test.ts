import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProfileReader, loadProfileLexicon, profileFromFacts } from "../../src/enterprises/index.ts";
import { loadPlaces } from "../../src/knowledge/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";

const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const places = await loadPlaces(KNOWLEDGE_DIRECTORY);
const reader = createProfileReader({ lexicon, findPlaces: places.find });
const today = "2026-11-23";

const read = async (text: string, asked: string[] = []) => {
  const understood = await reader.read(text, { today, asked });
  return {
    ...understood,
    values: Object.fromEntries(understood.facts.map(({ field, value }) => [field, value])),
  };
};
const number = (min: number | null, max: number | null, open: object = {}) => ({
  kind: "number",
  min,
  max,
  ...open,
});
const ids = (value: unknown) => (value as { has: { id: string }[] }).has.map(({ id }) => id);

describe("figures", () => {
  it.each([
    ["我们三百来人", "headcount", number(270, 330)],
    ["公司五十多号人", "headcount", number(50, 60, { maxOpen: true })],
    ["我们有不到100人", "headcount", number(0, 100, { maxOpen: true })],
    ["我们50-60人左右", "headcount", number(50, 60)],
    ["去年营收四个多亿", "revenue", number(4e8, 5e8, { maxOpen: true })],
    ["年销售额1.2亿", "revenue", number(1.2e8, 1.2e8)],
    ["目前还没有营收", "revenue", number(0, 0)],
    ["研发投入占营收的8%", "rd-share", number(8, 8)],
    ["注册资本1000万", "registered-capital", number(1e7, 1e7)],
    ["这轮想融2000万", "financing-amount", number(2e7, 2e7)],
    ["想租五百平的实验室", "space-area", number(500, 500)],
    ["我们净利润去年亏了300万", "net-profit", number(-3e6, -3e6)],
  ])("%s", async (text, field, value) => {
    expect((await read(text)).values[field]).toEqual(value);
  });

  it("tells staff from part of the staff, and what is said from what is denied", async () => {
    const { values } = await read("我们员工86人研发30人");
    expect(values["headcount"]).toEqual(number(86, 86));
    expect(values["rd-headcount"]).toEqual(number(30, 30));
    expect((await read("更正一下，研发人员是28个不是18个")).values["rd-headcount"]).toEqual(number(28, 28));
  });

  it("asks what a figure is that could be several", async () => {
    const { facts, problems } = await read("我们有3000万");
    expect(facts.some(({ value }) => value.kind === "number")).toBe(false);
    expect(problems).toEqual([
      expect.objectContaining({ kind: "unclear", words: expect.stringContaining("3000万") }),
    ]);
  });

  it.each(["我们有负三百人", "公司2099年成立"])("refuses the impossible: %s", async (text) => {
    const { facts, problems } = await read(text);
    expect(facts).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toContain("impossible");
  });

  it("does not choose between two values", async () => {
    const { values, problems } = await read("我们有30人，公司一共80人");
    expect(values["headcount"]).toBeUndefined();
    expect(problems.map(({ kind }) => kind)).toEqual(["contradiction"]);
  });
});

describe("who and where", () => {
  it.each([
    ["我司在宝山", ["上海市", "宝山区"]],
    ["深圳南山的机器人公司，想来奉贤", ["广东省", "深圳市", "南山区"]],
    ["我们在奉贤，去年刚过来", ["上海市", "奉贤区"]],
  ])("%s", async (text, path) => {
    expect((await read(text)).values["district"]).toEqual({ kind: "place", path });
  });

  it("takes no certificate for held that is only wished for", async () => {
    expect((await read("我们想评专精特新")).values["qualifications"]).toBeUndefined();
    expect(ids((await read("我们想评专精特新")).values["needs"])).toContain("qualification");
    expect((await read("我们不是高企")).values["qualifications"]).toMatchObject({
      has: [],
      lacks: ["high-tech-enterprise"],
    });
    const { values } = await read("我们是高企，证书号GR202631000123，2029年10月到期");
    expect(values["qualifications"]).toMatchObject({
      has: [{ id: "high-tech-enterprise", certificate: "GR202631000123", validTo: "2029-11-01" }],
    });
  });

  it("gives a trader not the industry of the goods", async () => {
    expect(ids((await read("我们跨境电商卖面膜的")).values["industries"])).toEqual([
      "cross-border-e-commerce",
    ]);
    expect(ids((await read("我们做面膜的")).values["industries"])).toEqual(["cosmetics"]);
  });

  it("does not take ten people for a person", async () => {
    expect((await read("我们18个人")).values["subject-type"]).toBeUndefined();
  });
});

describe("whose matter it is", () => {
  it.each([
    "隔壁那家公司去年卖了三个亿",
    "听说有家公司A轮融了一亿",
    "专精特新和小巨人有什么区别",
    "天使轮有什么基金可以对接",
    "上市后备库是什么意思",
    "你好",
  ])("not the sender's: %s", async (text) => {
    expect((await read(text)).aboutSelf).toBe(false);
  });

  it.each(["我们做小核酸的，天使轮，有啥基金能对接？", "做光刻胶的，想找下游对接", "80人，A轮，在奉贤"])(
    "the sender's: %s",
    async (text) => {
      expect((await read(text)).aboutSelf).toBe(true);
    },
  );
});

describe("answers and corrections", () => {
  it("reads a bare answer as the asked field", async () => {
    expect((await read("30", ["headcount"])).values["headcount"]).toEqual(number(30, 30));
    expect((await read("还没", ["listing-reserve"])).values["listing-reserve"]).toEqual({
      kind: "flag",
      value: false,
    });
    expect((await read("A轮", ["stage"])).values["stage"]).toEqual({ kind: "choice", oneOf: ["early"] });
    expect((await read("不清楚", ["revenue", "headcount"])).declined).toEqual(["revenue", "headcount"]);
  });

  it("changes what was said last: 不对，是去年; 人数改成50", async () => {
    const before = await reader.read("我们前年成立的，有30人", { today });
    const profile = profileFromFacts(before.facts, { at: "2026-11-23T00:00:00Z", by: "t", reference: "m" });
    const date = await reader.read("不对，是去年", { today, asked: ["founded-on"], profile });
    expect(date.facts).toEqual([
      expect.objectContaining({
        field: "founded-on",
        value: { kind: "date", from: "2025-01-01", to: "2026-01-01" },
      }),
    ]);
    const people = await reader.read("人数改成50", { today, profile });
    expect(people.facts).toEqual([
      expect.objectContaining({ field: "headcount", value: number(50, 50), correction: true }),
    ]);
  });
});

describe("whatever is written", () => {
  const words = fc.constantFrom(
    "我们",
    "三百",
    "人",
    "亿",
    "去年",
    "不",
    "奉贤",
    "，",
    "天使轮",
    "做",
    "想",
    "A",
    "，是",
    "不对",
    "高企",
  );
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(words, { maxLength: 20 }).map((parts) => parts.join("")),
  );

  it("reads without an error, and only words that stand there", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { facts } = await reader.read(text, { today });
        for (const { words: said, start, end } of facts) expect(text.slice(start, end)).toBe(said);
      }),
      { numRuns: 300 },
    );
  });
});

it("those whom a company works with, and where its people come from, are not the company", async () => {
  const { values } = await read(
    "公司主营护肤品，团队来自高校和行业头部企业，具有十年以上研发经验，与多家医院、美妆品牌建立了合作。",
  );
  expect(JSON.stringify(values)).not.toMatch(/university|medical-services|chain-leader/);
  expect(JSON.stringify(values)).toContain("cosmetics");
});

it.each(["我们是来自青岚大学的课题组", "我们来自青岚大学，是个课题组"])(
  "%s: no name begins with where from",
  async (text) => {
    expect(JSON.stringify((await read(text)).values)).not.toContain("来自");
  },
);
