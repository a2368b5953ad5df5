import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadPlaces, openSource, parseDocument, readSource } from "../../src/knowledge/index.ts";

const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");
const fileName = readdirSync(join(KNOWLEDGE, "plans")).find((file) => file.endsWith(".txt")) ?? "";
const source = await readSource(join(KNOWLEDGE, "plans", fileName));
const { text, sidecar } = openSource(source);
const places = await loadPlaces(KNOWLEDGE);
const parsed = parseDocument(text, { fileName, places });

/** Sections under 三 to 四 have only unnumbered paragraphs: how many, as counted by hand. */
const PARAGRAPHS: Record<string, number> = {
  "一（一）": 1,
  "一（三）": 1,
  "二（一）": 1,
  "二（二）": 1,
  "二（三）": 1,
  "三（一）": 3,
  "三（二）": 5,
  "三（三）": 5,
  "三（四）": 4,
  "三（五）": 3,
  "三（六）": 4,
  "三（七）": 2,
  "四（一）": 1,
  "四（二）": 1,
  "四（三）": 1,
  "四（四）": 1,
};

describe("the shipped plan", () => {
  it("has 4 chapters, 17 sections and 16 numbered items", () => {
    const levels = Map.groupBy(parsed.nodes, ({ level }) => level);
    expect(levels.get(1)?.map(({ heading }) => heading)).toEqual([
      "一、总体要求",
      "二、产业布局",
      "三、重点行动",
      "四、保障措施",
    ]);
    expect(levels.get(2)).toHaveLength(17);
    expect(levels.get(3)).toHaveLength(16);
    expect(levels.get(0)?.map(({ section }) => section)).toEqual([
      "标题",
      "题注",
      "发文机关",
      "日期",
      "导语",
    ]);
  });

  it("has 51 paragraphs in its body, each under its section", () => {
    const body = parsed.clauses.filter(({ level }) => level > 0);
    expect(body).toHaveLength(51);
    const counts = Map.groupBy(
      body.filter(({ section }) => section.includes("¶")),
      ({ section }) => section.split("¶")[0] ?? "",
    );
    expect(Object.fromEntries([...counts].map(([section, clauses]) => [section, clauses.length]))).toEqual(
      PARAGRAPHS,
    );
  });

  it("keeps its oddities as printed", () => {
    const all = parsed.clauses.map((clause) => clause.text).join("\n");
    for (const oddity of [
      "人才招牌",
      "衫谷·东久",
      "行动方案（2023-2025》",
      "“BIGBANG”美妆科技创造营挑战赛”",
    ]) {
      expect(all).toContain(oddity);
    }
  });

  it("says of itself what its metadata file says", () => {
    expect(parsed.metadata).toMatchObject({
      title: "张江高新区奉贤园改革创新发展行动方案（2024-2026年）",
      issuers: ["奉贤区人民政府"],
      documentNumber: null,
      kind: "规划/行动方案",
      status: "征求意见稿",
      signedOn: "2024-04-26",
      effectiveFrom: null,
      expiresOn: null,
      period: { from: 2024, to: 2026 },
      places: ["上海市", "奉贤区"],
    });
    expect(parsed.metadata).toMatchObject(sidecar ?? {});
    expect(parsed.warnings).toEqual([]);
  });
});
