import { describe, expect, it } from "vitest";
import { type DocumentMetadata, loadPlaces, parseDocument } from "../../src/knowledge/index.ts";

const places = await loadPlaces(new URL("../../knowledge", import.meta.url).pathname);
const metadataOf = (text: string, fileName = "x.txt"): DocumentMetadata =>
  parseDocument(text, { fileName, places }).metadata;

/** A signed measure with one validity sentence. */
const withValidity = (sentence: string) =>
  metadataOf(
    `云川市某某办法\n第一条 为了规范，制定本办法。\n第二条 ${sentence}\n云川市科学技术局\n2024年12月20日`,
  );

describe("validity", () => {
  it.each([
    ["本办法自2025年1月1日起施行，有效期至2029年12月31日。", "2025-01-01", "2029-12-31", "explicit"],
    ["本办法自2025年1月1日起施行，有效期5年。", "2025-01-01", "2029-12-31", "computed"],
    ["本办法自2025年3月1日起施行，有效期为三年。", "2025-03-01", "2028-02-29", "computed"],
    ["本办法自发布之日起实施，有效期两年。", "2024-12-20", "2026-12-19", "computed"],
    ["本办法自印发之日起施行，有效期18个月。", "2024-12-20", "2026-06-19", "computed"],
    ["本办法自发布之日起30日后施行，有效期5年。", "2025-01-19", "2030-01-18", "computed"],
    ["本办法自二〇二五年五月一日起施行，试行期二年。", "2025-05-01", "2027-04-30", "computed"],
    ["本办法自2025年1月1日起至2026年12月31日止执行。", "2025-01-01", "2026-12-31", "explicit"],
    ["本办法有效期自2025年1月1日至2026年12月31日。", "2025-01-01", "2026-12-31", "explicit"],
    ["本办法自2025年1月1日起施行，有效期至2027年6月。", "2025-01-01", "2027-06-30", "explicit"],
    ["本办法自2025 年 1 月 1 日起施行,有效期暂定3年。", "2025-01-01", "2027-12-31", "computed"],
    ["本办法自2025年1月1日起施行。", "2025-01-01", null, "none"],
    ["本办法有效期延长至2028年12月3日。", null, "2028-12-03", "explicit"],
    ["高新技术企业证书有效期为三年。", null, null, "none"],
    ["租赁合同期限不超过3年，自签订之日起计算。", null, null, "none"],
  ])("%s", (sentence, effectiveFrom, expiresOn, expiryBasis) => {
    expect(withValidity(sentence)).toMatchObject({ effectiveFrom, expiresOn, expiryBasis });
  });

  it("is read from the notice when the text itself does not say", () => {
    const text =
      "关于印发《云川市某某细则》的通知\n各单位：\n现印发给你们，自2025年2月1日起施行，有效期1年。\n云川市财政局\n2025年1月10日\n云川市某某细则\n第一条 为了规范。\n第二条 由市财政局解释。";
    expect(metadataOf(text)).toMatchObject({
      effectiveFrom: "2025-02-01",
      expiresOn: "2026-01-31",
      kind: "实施细则",
    });
  });
});

describe("document number", () => {
  it.each([
    ["云科规〔2025〕2号", "云科规〔2025〕2号"],
    ["云科规[2025] 2 号", "云科规〔2025〕2号"],
    ["（云科规【2025】2号）", "云科规〔2025〕2号"],
    ["云科规(2025)第2号", "云科规〔2025〕2号"],
    ["2025年第7号", "2025年第7号"],
  ])("%s", (printed, expected) => {
    expect(metadataOf(`关于某某事项的通知\n${printed}\n各单位：\n请执行。`).documentNumber).toBe(expected);
  });

  it("is only the document's own, not one that it cites", () => {
    const text = "关于某某事项的通知\n各单位：\n根据《某某办法》（云科规〔2023〕1号），现通知如下。";
    expect(metadataOf(text).documentNumber).toBeNull();
  });

  it("is found on the title's line", () => {
    const metadata = metadataOf("关于促进发展的若干政策（云府规〔2024〕5号）\n一、支持\n支持企业。");
    expect(metadata).toMatchObject({ documentNumber: "云府规〔2024〕5号", title: "关于促进发展的若干政策" });
  });
});

describe("titles", () => {
  it.each([
    ["关于印发《云川市某某办法》的通知", "云川市某某办法", "关于印发《云川市某某办法》的通知"],
    [
      "云川市人民政府办公厅印发《关于加快发展的若干意见》",
      "关于加快发展的若干意见",
      "云川市人民政府办公厅印发《关于加快发展的若干意见》",
    ],
    [
      "云川市人民政府关于印发云川市某某规划的通知",
      "云川市某某规划",
      "云川市人民政府关于印发云川市某某规划的通知",
    ],
    ["关于发布2026年度项目申报指南的通知", "关于发布2026年度项目申报指南的通知", null],
    ["《云川市某某条例》", "云川市某某条例", null],
    ["《云川市某某办法》（征求意见稿）", "云川市某某办法", null],
    ["关于《某某措施》的政策解读", "关于《某某措施》的政策解读", null],
  ])("%s", (printed, title, titleOuter) => {
    expect(metadataOf(`${printed}\n一、总则\n正文在此，说明情况。`)).toMatchObject({ title, titleOuter });
  });

  it("stretch over lines", () => {
    const metadata = metadataOf(
      "中共青禾县委 青禾县人民政府\n关于支持重点产业\n加快发展的实施意见\n一、总则\n正文。",
    );
    expect(metadata.title).toBe("中共青禾县委 青禾县人民政府关于支持重点产业加快发展的实施意见");
    expect(metadata.issuers).toEqual(["中共青禾县委", "青禾县人民政府"]);
  });

  it("come from the file name when the text has none", () => {
    const parsed = parseDocument("1、甲。\n2、乙。", { fileName: "路径/某某清单.txt" });
    expect(parsed.metadata.title).toBe("某某清单");
    expect(parsed.warnings.join()).toContain("标题");
  });
});

describe("issuers, places and the rest", () => {
  it("reads several issuers of one signature", () => {
    const text =
      "关于开展工作的通知\n各单位：\n请执行。\n云川市科学技术局  云川市财政局\n云川市统计局\n2025年1月2日";
    expect(metadataOf(text).issuers).toEqual(["云川市科学技术局", "云川市财政局", "云川市统计局"]);
  });

  it.each([
    ["广州市天河区人民政府", ["广州市", "天河区"]],
    ["奉贤区人民政府", ["上海市", "奉贤区"]],
    ["吉林省通化市柳河县人民政府", ["吉林省", "通化市", "柳河县"]],
    ["国家某某局", []],
  ])("knows the places of %s", (issuer, expected) => {
    const text = `关于开展工作的通知\n各单位：\n请执行。\n${issuer}\n2025年1月2日`;
    expect(metadataOf(text).places).toEqual(expected);
  });

  it("reads interpreter, repeals and period", () => {
    const text =
      "云川市某某行动计划（2024—2026年）\n一、附则\n本计划由市科技局负责解释。\n原《甲方案》（云发〔2020〕1号）、《乙方案》同时废止。";
    expect(metadataOf(text)).toMatchObject({
      interpreter: "市科技局",
      repeals: ["《甲方案》（云发〔2020〕1号）", "《乙方案》"],
      period: { from: 2024, to: 2026 },
    });
  });

  it.each([
    ["云川市某某规划纲要", "规划/行动方案"],
    ["云川市某某管理办法", "规范性文件"],
    ["云川市某某实施细则", "实施细则"],
    ["关于组织申报某某项目的通知", "申报通知/指南"],
    ["某某补贴办事指南", "申报通知/指南"],
    ["某某政策问答", "问答/解读"],
    ["关于调整办公时间的通知", "通知公告"],
    ["某某情况介绍", "其他"],
  ])("%s is of kind %s", (title, kind) => {
    expect(metadataOf(`${title}\n一、总则\n正文在此。`).kind).toBe(kind);
  });

  it.each([
    ["某某办法（征求意见稿）", "征求意见稿"],
    ["某某办法（送审稿）", "送审稿"],
    ["某某办法（已废止）", "已废止"],
    ["某某办法", "未载明"],
  ])("%s declares %s", (title, status) => {
    expect(metadataOf(`${title}\n第一条 为了规范。`).status).toBe(status);
  });
});
