import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";

const parse = (text: string) => parseDocument(text, { fileName: "x.txt" });
const sections = (text: string) => parse(text).nodes.map(({ section }) => section);

const SIGNED = "现将有关事项公告如下。\n临湖区科学技术局\n2026年4月1日";
const TEXT = "第一条 为了规范，制定本办法。\n第二条 本办法由区科技局负责解释。";

describe("a notice around a text", () => {
  it.each([
    ["关于《临湖区孵化器管理办法（征求意见稿）》公开征求意见的公告", "征求意见稿"],
    ["临湖区科学技术局关于就《临湖区孵化器管理办法》面向社会公开征求意见的通知", "征求意见稿"],
    ["关于公开征求《临湖区孵化器管理办法》意见的公告", "征求意见稿"],
    ["《临湖区孵化器管理办法（草案）》（征求意见稿）公开征求意见", "征求意见稿"],
    ["关于公开征求临湖区孵化器管理办法（征求意见稿）意见的公告", "征求意见稿"],
    ["临湖区孵化器管理办法（征求意见稿）公开征求意见", "征求意见稿"],
    ["关于印发《临湖区孵化器管理办法》的通知", "正式"],
    ["关于公布《临湖区孵化器管理办法》的公告", "正式"],
    ["临湖区科学技术局发布《临湖区孵化器管理办法》", "正式"],
  ])("%s", (title, status) => {
    const { metadata, nodes } = parse(`${title}\n${SIGNED}\n临湖区孵化器管理办法\n${TEXT}`);
    expect(nodes.map(({ section }) => section)).toEqual([
      ...["通知标题", "通知正文", "通知落款", "标题", "第一条", "第二条"],
    ]);
    expect(metadata).toMatchObject({ title: "临湖区孵化器管理办法", titleOuter: title, status });
  });

  it("what came of the comments is no draft's notice", () => {
    const { metadata } = parse(
      `《临湖区孵化器管理办法（征求意见稿）》公开征求意见情况反馈\n共收到意见三条，均已采纳。\n临湖区科学技术局\n2026年6月1日`,
    );
    expect(metadata).toMatchObject({ titleOuter: null, status: "正式" });
  });
});

describe("titles over several lines", () => {
  it("goes on to 的通知 under the years", () => {
    const { metadata } = parse(
      `云川市人民政府办公厅\n关于印发云川市促进算力发展\n若干措施（2026—2028年）\n的通知\n${SIGNED}\n云川市促进算力发展\n若干措施\n（2026-2028年）\n一、建设\n建设中心。\n二、开放\n开放场景。`,
    );
    expect(metadata.titleOuter).toBe(
      "云川市人民政府办公厅关于印发云川市促进算力发展若干措施（2026—2028年）的通知",
    );
    expect(metadata.title).toBe("云川市促进算力发展若干措施（2026-2028年）");
  });

  it.each([
    "关于开展创新平台评估的通知_云川市科学技术局",
    "关于开展创新平台评估的通知-通知公告-云川市科学技术局网站",
    "关于开展创新平台评估的通知 | 政策文件 | 云川市人民政府",
  ])("leaves out column and site: %s", (title) =>
    expect(parse(`${title}\n各有关单位：\n现开展评估。`).metadata.title).toBe("关于开展创新平台评估的通知"),
  );

  it.each(["云川市创新行动方案（2024-2026年）", "云川市A-B轮融资奖励办法", "关于5G-A应用的若干措施"])(
    "keeps the dash of %s",
    (title) => expect(parse(`${title}\n第一条 甲。\n第二条 乙。`).metadata.title).toBe(title),
  );
});

describe("several texts under one notice", () => {
  const attached = (term: string) =>
    `附件1\n临湖区孵化器管理办法\n第一条 甲。\n第二条 本办法自2026年7月1日起施行，有效期5年。\n附件2\n临湖区众创空间管理办法\n第一条 乙。\n第二条 本办法自2026年7月1日起施行，有效期${term}年。`;
  const names = [
    ...["通知标题", "通知正文", "通知落款", "附件1", "附件1 标题", "附件1 第一条", "附件1 第二条"],
    ...["附件2", "附件2 标题", "附件2 第一条", "附件2 第二条"],
  ];

  it.each([
    "关于印发《临湖区孵化器管理办法》和《临湖区众创空间管理办法》的通知",
    "关于印发《临湖区孵化器管理办法》《临湖区众创空间管理办法》的通知",
    "关于印发《临湖区孵化器管理办法》等两项制度的通知",
    "关于印发孵化载体管理两个办法的通知",
  ])("each has its own name: %s", (title) => {
    const { metadata } = parse(`${title}\n${SIGNED}\n${attached("5")}`);
    expect(sections(`${title}\n${SIGNED}\n${attached("5")}`)).toEqual(names);
    expect(metadata).toMatchObject({ title, titleOuter: null, expiresOn: "2031-06-30" });
  });

  it("no validity where the texts differ", () => {
    const { metadata } = parse(
      `关于印发《临湖区孵化器管理办法》和《临湖区众创空间管理办法》的通知\n${SIGNED}\n${attached("3")}`,
    );
    expect(metadata).toMatchObject({ effectiveFrom: null, expiresOn: null });
  });

  it("a notice that puts one text into force: that is the main text, wherever it is attached", () => {
    const text = `关于印发《临湖区众创空间管理办法》的通知\n${SIGNED}\n${attached("5")}`;
    expect(sections(text)).toContain("附件1 第一条");
    expect(sections(text).slice(-3)).toEqual(["标题", "第一条", "第二条"]);
    expect(parse(text).metadata.title).toBe("临湖区众创空间管理办法");
  });

  it("a text that is repealed beside is not a second one", () => {
    const title = "关于印发《临湖区孵化器管理办法》并废止《临湖区孵化器暂行办法》的通知";
    expect(parse(`${title}\n${SIGNED}\n${attached("5")}`).metadata.title).toBe("临湖区孵化器管理办法");
  });
});
