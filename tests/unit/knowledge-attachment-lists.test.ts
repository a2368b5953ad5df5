import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";

const parse = (...lines: string[]) =>
  parseDocument(["临湖区科学技术局关于开展评估的通知", "各有关单位：", "现开展评估。", ...lines].join("\n"), {
    fileName: "x.txt",
  });
const names = (...lines: string[]) => parse(...lines).metadata.attachments;
const SIGNED = ["临湖区科学技术局", "2026年5月8日"];

describe("lists of attachments", () => {
  it.each([
    ["one a line", ["附件：1.申请表", "2.承诺书"]],
    ["on one line", ["附件：1.申请表 2.承诺书"]],
    ["without blanks", ["附件：1.申请表2.承诺书"]],
    ["with 《》", ["附件：1.《申请表》 2.《承诺书》"]],
    ["only 《》", ["附件：《申请表》《承诺书》"]],
    ["with stops", ["附件：1.申请表；", "2.承诺书。"]],
    ["each with its mark", ["附件1：申请表", "附件2：承诺书"]],
    ["with wide numbers", ["附件：１．申请表", "２．承诺书"]],
  ])("%s", (_, lines) => {
    const { metadata, clauses } = parse(...lines, ...SIGNED);
    expect(metadata.attachments).toEqual(["申请表", "承诺书"]);
    expect(clauses.map(({ section }) => section)).toContain("附件说明");
  });

  it("a long name that goes on on the next line", () =>
    expect(
      names("附件：1.2026年度临湖区科技计划项目申报单位信息", "汇总表；", "2.承诺书。", ...SIGNED),
    ).toEqual(["2026年度临湖区科技计划项目申报单位信息汇总表", "承诺书"]));

  it("keeps what only follows a name in 《》", () =>
    expect(names("附件：1.《申报书》（样式）", "2.2026年度指标", ...SIGNED)).toEqual([
      "《申报书》（样式）",
      "2026年度指标",
    ]));

  it("no name twice: an attachment whose heading differs is the one of its number", () =>
    expect(
      names(
        "附件：1.《申请表》",
        "2.指标体系",
        ...SIGNED,
        "附件1",
        "临湖区创新平台评估申请表（2026年版）",
        "填写要求见后。",
        "附件2：",
        "创新平台评估指标",
        "一、基础",
        "研发投入。",
      ),
    ).toEqual(["申请表", "指标体系"]));

  it("an attachment that no list names is added", () =>
    expect(names("附件：申请表", ...SIGNED, "附件2", "创新平台评估指标", "一、基础", "研发投入。")).toEqual([
      "申请表",
      "创新平台评估指标",
    ]));

  it("the opening of an attachment is its 导语, a form's field no addressee", () => {
    const sections = parse(
      ...SIGNED,
      "附件1",
      "评估指南",
      "为做好评估，制定本指南。",
      "一、范围",
      "全部平台。",
      "附件2、申请表",
      "申请单位（盖章）：",
      "申请单位承诺真实。",
    ).clauses.map(({ section }) => section);
    expect(sections).toContain("附件1 导语");
    expect(sections).toContain("附件2 标题");
    expect(sections).not.toContain("附件2 主送");
  });
});
