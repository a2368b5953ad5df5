import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";
import type { ReadDocument } from "../../src/readers/index.ts";

const page = (fields: ReadDocument["fields"]): ReadDocument => ({
  format: "html",
  blocks: [
    { kind: "heading", level: 1, text: "关于开展创新平台评估的通知", page: null },
    { kind: "paragraph", text: "各有关单位：", page: null },
    { kind: "paragraph", text: "现开展评估，请于3月底前报送材料。", page: null },
  ],
  paragraphs: "whole",
  pages: null,
  fields,
  attachments: [],
  warnings: [],
  ocr: null,
});
const read = (fields: ReadDocument["fields"]) => parseDocument(page(fields), { fileName: "x.html" }).metadata;

describe("what a page says beside its document", () => {
  it("the publishing body comes before the source, an office is none", () => {
    const body = "云川市科学技术局";
    expect(read({ source: "政策法规处", other: { 发布机构: body } }).issuers).toEqual([body]);
    expect(read({ source: body, other: { 发布机构: "信息公开科" } }).issuers).toEqual([body]);
    expect(read({ source: "临湖区融媒体中心", other: { 发布机构: body } }).issuers).toEqual([body]);
    expect(read({ source: "法规处" }).issuers).toEqual([]);
  });

  it("also in the table of a page that was saved as text", () => {
    const text =
      "首页 > 政务公开\n关于开展创新平台评估的通知\n发布机构：法规处\n发布日期：2026-03-01\n发布单位：云川市科学技术局\n各有关单位：\n现开展评估，请于3月底前报送材料。";
    expect(parseDocument(text, { fileName: "x.txt" }).metadata).toMatchObject({
      issuers: ["云川市科学技术局"],
      publishedOn: "2026-03-01",
    });
  });

  it.each([
    "关于开展创新平台评估的通知_云川市人民政府",
    "关于开展创新平台评估的通知-通知公告-云川市科学技术局网站",
    "关于开展创新平台评估的通知 - 政策文件 - 云川市科技局",
  ])("the title without column and site: %s", (title) =>
    expect(read({ title }).title).toBe("关于开展创新平台评估的通知"),
  );

  it("an order is issued by the government whose order it is", () => {
    const text =
      "云川市人民政府令\n第12号\n《云川市数据管理规定》已经通过，现予公布。\n市长：某某某\n2026年3月1日\n云川市数据管理规定\n第一条 甲。\n第二条 乙。";
    expect(parseDocument(text, { fileName: "x.txt" }).metadata.issuers).toEqual(["云川市人民政府"]);
  });
});
