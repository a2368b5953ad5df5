import { beforeAll, describe, expect, test } from "vitest";
import type { QueryAnalyzer } from "../../src/retrieval/query/index.ts";
import { createAnalyzerOver } from "../support/query-analyzer.ts";

let analyzer: QueryAnalyzer;

beforeAll(() => {
  analyzer = createAnalyzerOver([]).analyzer;
});

describe("segment", () => {
  test.each([
    ["推进小核酸药物研发", "小核酸药物"],
    ["建设若干高水平概念验证中心", "概念验证中心"],
    ["采取“一企一策”方式", "一企一策"],
    ["通过揭榜挂帅、柔性引进等机制", "揭榜挂帅"],
    ["通过揭榜挂帅、柔性引进等机制", "柔性引进"],
    ["成果的中试及生产", "中试"],
    ["张江高新区奉贤园改革", "张江高新区"],
    ["（征求意见稿）", "征求意见稿"],
    ["提高企业效益", "提高"],
    ["申请贷款贴息的企业", "贷款贴息"],
  ])("%s keeps %s", (text, word) => {
    expect(analyzer.segment(text)).toContain(word);
  });

  test("a compound is indexed with the words in it", () => {
    expect(analyzer.segment("设立天使投资引导基金")).toEqual(
      expect.arrayContaining(["天使投资引导基金", "天使投资", "引导基金", "基金"]),
    );
  });

  test.each([
    ["智慧好办2.0版", ["2.0"]],
    ["平台v2.0", ["v2.0", "v", "2.0"]],
    ["占全区70%以上", ["70%", "70"]],
    ["奖励2000万元", ["2000万", "2000"]],
    ["集合30余家企业", ["30家", "30"]],
    ["CDMO产业", ["cdmo"]],
    ["到2026年", ["2026年", "2026"]],
  ])("%s yields %j", (text, words) => {
    expect(analyzer.segment(text)).toEqual(expect.arrayContaining(words));
  });

  test("drops punctuation, blanks, emoji and function words", () => {
    expect(analyzer.segment("的、了和 ，。！ 🙂")).toEqual([]);
  });
});
