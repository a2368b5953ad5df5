import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeFact,
  type FactValue,
  foldProfile,
  loadProfileLexicon,
  profileForm,
} from "../../src/enterprises/index.ts";
import { writeAmount } from "../../src/enterprises/words/describe-number.ts";
import { between, exactly, holding, makeFactRecord } from "../support/enterprise-facts.ts";

const lexicon = await loadProfileLexicon(join(import.meta.dirname, "../../knowledge"));

function say(
  field: string,
  value: FactValue,
  {
    period = null,
    words,
    language = "zh",
  }: { period?: string | null; words?: string; language?: "zh" | "en" } = {},
): string {
  const source = words === undefined ? {} : { source: { words } };
  return describeFact({ value, period, ...source }, lexicon.fields.get(field), language, lexicon);
}

describe("a fact in words", () => {
  it.each([
    ["headcount", exactly(320), {}, "320人"],
    ["headcount", between(270, 330), { words: "三百来人" }, "约300人（270–330人）"],
    ["headcount", between(270, 330), { words: "270到330人" }, "270–330人"],
    ["headcount", between(270, 330), {}, "270–330人"],
    ["headcount", between(300, 399), { words: "三百多人" }, "300–399人"],
    ["headcount", between(500, null), {}, "不少于500人"],
    ["headcount", { kind: "number", min: null, max: 50, maxOpen: true }, {}, "不足50人"],
    ["headcount", { kind: "number", min: 50, max: null, minOpen: true }, {}, "超过50人"],
    ["revenue", between(4e8, 5e8), { period: "2025", words: "四个多亿" }, "4亿–5亿元（2025年）"],
    ["revenue", between(8e7, 1.2e8), {}, "8000万–1.2亿元"],
    ["revenue", exactly(12_345_678), {}, "1234.5678万元"],
    ["revenue", exactly(9_999), {}, "9999元"],
    ["net-profit", exactly(-5e6), {}, "-500万元"],
    ["rd-share", exactly(5.5), {}, "5.5%"],
    ["space-area", exactly(3000), {}, "3000平方米"],
    ["founded-on", { kind: "date", from: "2021-01-01", to: "2022-01-01" }, {}, "2021年"],
    ["founded-on", { kind: "date", from: "2021-12-01", to: "2022-01-01" }, {}, "2021年12月"],
    ["founded-on", { kind: "date", from: "2021-03-05", to: "2021-03-06" }, {}, "2021年3月5日"],
    ["founded-on", { kind: "date", from: "2021-01-01", to: "2021-07-01" }, {}, "2021年1月1日至2021年6月30日"],
    ["stage", { kind: "choice", oneOf: ["seed", "angel"] }, {}, "种子期或天使期"],
    ["relocation-intent", { kind: "flag", value: false }, {}, "否"],
    ["district", { kind: "place", path: ["上海市", "奉贤区"] }, {}, "上海市奉贤区"],
    ["headcount", { kind: "declined" }, {}, "暂不清楚"],
    ["qualifications", holding({ id: "high-tech-enterprise" }), {}, "高新技术企业（证书号未提供，待确认）"],
    [
      "qualifications",
      holding({ id: "high-tech-enterprise", certificate: "GR000", validTo: "2028-01-01" }),
      {},
      "高新技术企业（证书号GR000，有效期至2027年12月31日）",
    ],
    ["qualifications", { kind: "terms", has: [], lacks: [], closed: true }, {}, "无"],
    [
      "qualifications",
      { kind: "terms", has: [], lacks: ["high-tech-enterprise"], closed: false },
      {},
      "未取得高新技术企业",
    ],
    ["needs", holding({ id: "equity-finance" }, { id: "plant" }), {}, "股权融资、生产厂房"],
  ] as [string, FactValue, { period?: string; words?: string }, string][])(
    "%s %j %j → %s",
    (field, value, rest, text) => {
      expect(say(field, value, rest)).toBe(text);
    },
  );

  it("is English when asked", () => {
    expect(say("headcount", exactly(320), { language: "en" })).toBe("320 people");
    expect(say("revenue", between(4e8, 5e8), { language: "en", period: "2025" })).toBe(
      "CNY 400 million to CNY 500 million (2025)",
    );
    expect(say("revenue", between(1e9, null), { language: "en" })).toBe("at least CNY 1 billion");
  });

  it("loses nothing of an amount", () => {
    const scale: Readonly<Record<string, number>> = { 亿: 1e8, 万: 1e4 };
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
        const [, figure = "", unit = ""] = /^(-?[\d.]+)(亿|万)?元$/.exec(writeAmount(amount, "元")) ?? [];
        expect(Math.round(Number(figure) * (scale[unit] ?? 1))).toBe(amount);
      }),
    );
  });
});

describe("the form of a profile", () => {
  it("shows what is known, with lists to choose from", () => {
    const profile = foldProfile(
      [
        makeFactRecord("headcount", between(270, 330), { words: "三百来人" }),
        makeFactRecord("stage", { kind: "choice", oneOf: ["growth"] }),
        makeFactRecord("qualifications", holding({ id: "high-tech-enterprise", certificate: "GR000" })),
      ],
      lexicon.fields,
      "2026-02-01",
    );
    const form = profileForm(profile, lexicon, [
      "headcount",
      "stage",
      "qualifications",
      "relocation-intent",
      "no-such",
    ]);
    expect(form).toMatchObject([
      { name: "headcount", label: "职工人数", kind: "text", value: "270–330人" },
      { name: "stage", kind: "select", value: "growth" },
      { name: "qualifications", kind: "text", value: "高新技术企业" },
      { name: "relocation-intent", kind: "select" },
    ]);
    expect(form[1]?.options).toContainEqual({ value: "unknown", label: "不清楚" });
    expect(form[3]).not.toHaveProperty("value");
  });
});
