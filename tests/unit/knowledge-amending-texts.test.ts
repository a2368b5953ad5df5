import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";
import type { ReadBlock, ReadDocument } from "../../src/readers/index.ts";

const read = (...lines: string[]) => parseDocument(lines.join("\n"), { fileName: "x.txt" }).metadata;
const effects = (...lines: string[]) =>
  read(...lines).amendments.map(({ effect, title, documentNumber }) => [effect, title, documentNumber]);

const SIGNED = ["云川市人民政府", "2026年2月10日"];
const A = ["repeals", "云川市孵化器管理办法", "云府办规〔2019〕5号"];
const B = ["repeals", "云川市创新券办法", "云科规〔2018〕7号"];

describe("decisions that repeal others", () => {
  it.each([
    [
      "items under a sentence",
      [
        "决定废止下列文件：",
        "一、《云川市孵化器管理办法》（云府办规〔2019〕5号）；",
        "二、《云川市创新券办法》（云科规〔2018〕7号）。",
      ],
    ],
    [
      "items without quotation marks",
      [
        "现对以下文件予以废止：",
        "1.云川市孵化器管理办法（云府办规〔2019〕5号）",
        "2.云川市创新券办法（云科规〔2018〕7号）",
      ],
    ],
    [
      "a heading over the items",
      [
        "一、予以废止的文件（2件）",
        "（一）《云川市孵化器管理办法》（云府办规〔2019〕5号）",
        "（二）《云川市创新券办法》（云科规〔2018〕7号）",
      ],
    ],
    [
      "one sentence",
      [
        "决定废止《云川市孵化器管理办法》（云府办规〔2019〕5号）、《云川市创新券办法》（云科规〔2018〕7号）。",
      ],
    ],
    [
      "a sentence with the first and a list of all",
      [
        "决定废止《云川市孵化器管理办法》等2件文件，具体如下：",
        "1.《云川市孵化器管理办法》（云府办规〔2019〕5号）",
        "2.《云川市创新券办法》（云科规〔2018〕7号）",
      ],
    ],
  ])("%s", (_, body) => {
    const lines = [
      "云川市人民政府关于废止部分规范性文件的决定",
      "云府规〔2026〕3号",
      ...body,
      "本决定自公布之日起施行。",
      ...SIGNED,
    ];
    const { repeals, kind, status } = read(...lines);
    const found = effects(...lines);
    expect(found.map(([effect, title]) => [effect, title])).toEqual([A.slice(0, 2), B.slice(0, 2)]);
    expect(repeals.map((printed) => printed.replace(/（.*/, ""))).toEqual([
      "《云川市孵化器管理办法》",
      "《云川市创新券办法》",
    ]);
    expect({ kind, status }).toEqual({ kind: "通知公告", status: "正式" });
  });

  it("lists in attachments, each by what its heading says", () => {
    const lines = [
      "青禾县人民政府关于公布清理结果的决定",
      "现公布清理结果，附件所列文件停止执行或者修改。",
      "附件：1.决定废止的文件目录",
      "2.决定修改的文件目录",
      "3.继续有效的文件目录",
      "青禾县人民政府",
      "2026年1月8日",
      "附件1",
      "决定废止的文件目录",
      "1.云川市孵化器管理办法（云府办规〔2019〕5号）",
      "2.《云川市创新券办法》（云科规〔2018〕7号）",
      "附件2",
      "决定修改的文件目录",
      "1.《青禾县奖励办法》（青政规〔2023〕1号）",
      "将第五条中的“县科委”修改为“县科技局”。",
      "附件3",
      "继续有效的文件目录",
      "1.《青禾县人才办法》（青政规〔2024〕1号）",
    ];
    expect(effects(...lines)).toEqual([A, B, ["amends", "青禾县奖励办法", "青政规〔2023〕1号"]]);
  });

  it("from what day one stops, without a validity of the announcement's own", () => {
    const metadata = read(
      "关于停止执行《云川市创新券办法》的公告",
      "经研究，自2026年3月1日起停止执行《云川市创新券办法》（云科规〔2018〕7号）。",
      ...SIGNED,
    );
    expect(metadata.amendments).toMatchObject([
      { effect: "repeals", documentNumber: "云科规〔2018〕7号", from: "2026-03-01" },
    ]);
    expect(metadata.effectiveFrom).toBeNull();
  });
});

describe("what others say is not the document's", () => {
  it("clauses that a decision puts in place of others", () => {
    const metadata = read(
      "关于修改《云川市奖励办法》的决定",
      "一、将第九条修改为：“本办法自2020年1月1日起施行，有效期3年。”",
      "二、增加一条：“第十条 下列规定适用：",
      "（一）《云川市奖励细则》同时废止；",
      "（二）本办法自2021年1月1日起施行。”",
      "三、第十一条修改为：“原《云川市人才奖励细则》同时废止。”",
      "本决定自2026年5月1日起施行。",
    );
    expect(metadata).toMatchObject({ effectiveFrom: "2026-05-01", expiresOn: null, repeals: [] });
    expect(metadata.amendments.map(({ effect }) => effect)).toEqual(["amends"]);
  });

  it.each([
    "《云川市创新券办法》修订对照表",
    "《云川市创新券办法》政策解读",
    "关于修订《云川市创新券办法》的说明",
  ])("%s has no validity and ends nothing", (title) => {
    const metadata = read(
      title,
      "原条文为：本办法自2022年1月1日起施行，有效期3年。",
      "修订后：本办法自2026年1月1日起施行，原《云川市科技券暂行办法》同时废止。",
    );
    expect(metadata).toMatchObject({ status: "未载明", effectiveFrom: null, expiresOn: null });
    expect([...metadata.repeals, ...metadata.amendments]).toEqual([]);
  });

  it("a draft that is called a revision does not amend itself", () =>
    expect(
      effects(
        "关于《云川市创新券办法（修订草案征求意见稿）》公开征求意见的通知",
        "现公开征求意见。",
        ...SIGNED,
      ),
    ).toEqual([]));

  it("another document's term in a notice", () => {
    const metadata = read(
      "关于开展创新券兑付工作的通知",
      "《云川市创新券办法》（云科规〔2022〕7号）自2022年1月1日起施行，有效期至2026年12月31日。",
      "请于3月底前提交。",
    );
    expect(metadata).toMatchObject({ effectiveFrom: null, expiresOn: null });
  });

  it("cells of a table", () => {
    const row = (text: string): ReadBlock => ({
      kind: "row",
      text,
      page: null,
      table: { id: 1, row: 1, isHeader: false, header: "原条文 | 修订后条文" },
    });
    const document: ReadDocument = {
      format: "docx",
      blocks: [
        { kind: "heading", level: 1, text: "创新券政策调整情况", page: null },
        { kind: "paragraph", text: "各条变化如下表。", page: null },
        row("（征求意见稿） | 正式稿"),
        row("本办法自2022年1月1日起施行，有效期3年。 | 本办法自2026年1月1日起施行，原《旧券办法》同时废止。"),
      ],
      paragraphs: "whole",
      pages: null,
      fields: {},
      attachments: [],
      warnings: [],
      ocr: null,
    };
    const { metadata } = parseDocument(document, { fileName: "x.docx" });
    expect(metadata).toMatchObject({ status: "未载明", effectiveFrom: null, expiresOn: null, repeals: [] });
  });
});

describe("kinds of notices", () => {
  it.each([
    ["关于公布2026年度高新技术企业认定结果的公告", "通知公告"],
    ["2026年度创新券拟兑付企业名单公示", "通知公告"],
    ["关于暂停受理创新券申请的通知", "通知公告"],
    ["关于延长2026年度科技计划项目申报时间的通知", "通知公告"],
    ["关于调整申报受理窗口的公告", "通知公告"],
    ["关于举办科技项目申报培训的通知", "通知公告"],
    ["关于废止《创新券申领办法》的决定", "通知公告"],
    ["关于组织申报2026年度科技计划项目的通知", "申报通知/指南"],
    ["关于征集2026年度技术需求的公告", "申报通知/指南"],
    ["关于开展2026年度科技企业孵化器认定工作的通知", "申报通知/指南"],
    ["关于申领2026年度创新券的通知", "申报通知/指南"],
  ])("%s: %s", (title, kind) =>
    expect(read(title, "各有关单位：", "现将有关事项通知如下。", ...SIGNED).kind).toBe(kind),
  );
});
