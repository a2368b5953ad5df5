import { describe, expect, it } from "vitest";
import { findDocumentNumber, parseDocument, readResponsible } from "../../src/knowledge/index.ts";

const read = (text: string, options = {}) => parseDocument(text, { fileName: "某.txt", ...options }).metadata;

const NOTICE = `云川市人民政府办公厅转发市科技局市财政局关于支持企业研发若干措施的通知
云府办发〔2025〕8号
各区人民政府，市政府各部门：
市科技局、市财政局《关于支持企业研发的若干措施》已经市政府同意，现转发给你们，请认真执行。
云川市人民政府办公厅
2025年3月1日
关于支持企业研发若干措施
根据《云川市科技创新条例》和《云川市“十四五”科技创新规划》（云府发〔2021〕5号），制定本措施。
一、支持内容
按照《企业研发费用归集办法》归集的费用可以申请。
二、其他
本措施自2025年4月1日起施行，有效期至2027年3月31日。有效期届满尚未拨付完毕的资金，继续按照本措施执行。
附件：1.申报书
2.承诺函（样式）
`;

describe("a forwarded text", () => {
  const metadata = read(NOTICE);
  it("has its author, its basis and its tail", () => {
    expect(metadata).toMatchObject({
      issuers: ["云川市人民政府办公厅"],
      documentNumber: "云府办发〔2025〕8号",
      isNormative: false,
      basedOn: [
        { title: "云川市科技创新条例", documentNumber: null },
        { title: "云川市“十四五”科技创新规划", documentNumber: "云府发〔2021〕5号" },
      ],
      tailClause: "有效期届满尚未拨付完毕的资金，继续按照本措施执行。",
      expiresOn: "2027-03-31",
      expiryBasis: "explicit",
      attachments: ["申报书", "承诺函（样式）"],
    });
  });
});

describe("who drafted it", () => {
  const title = (line: string) => read(`${line}\n各有关单位：\n现将有关事项通知如下。\n`).draftedBy;
  it.each([
    ["云川市人民政府办公厅转发市科技局关于支持企业研发若干措施的通知", "市科技局"],
    ["云川市人民政府批转市发展改革委等部门关于优化营商环境意见的通知", "市发展改革委"],
    ["云川市科技局关于印发《云川市创新券管理办法》的通知", null],
  ])("%s", (line, drafter) => expect(title(line)).toBe(drafter));
});

describe("what it does to others", () => {
  const amendments = (title: string, ...body: string[]) => read([title, ...body].join("\n")).amendments;

  it("extends, with the sentence and the new end", () => {
    expect(
      amendments(
        "关于延长《云川市创新券管理办法》有效期的通知",
        "各有关单位：",
        "经评估，《云川市创新券管理办法》（云科规〔2021〕6号）需继续实施，有效期延长至2026年12月3日。",
        "特此通知。",
      ),
    ).toEqual([
      {
        effect: "extends",
        title: "云川市创新券管理办法",
        documentNumber: "云科规〔2021〕6号",
        until: "2026-12-03",
        quote: "经评估，《云川市创新券管理办法》（云科规〔2021〕6号）需继续实施，有效期延长至2026年12月3日。",
      },
    ]);
  });

  it("extends what only the title or the sentence before names", () => {
    const one = amendments(
      "关于继续执行《云川市创新券管理办法》的通知",
      "各有关单位：",
      "经研究，该办法继续执行至2027年6月30日。",
    );
    expect(one).toMatchObject([{ effect: "extends", title: "云川市创新券管理办法", until: "2027-06-30" }]);
    const two = amendments(
      "关于政策延期的通知",
      "各有关单位：",
      "《甲区用地细则》（甲府规[2020]3号）将于近期到期。经研究，现将其有效期延长至2026年12月31日。",
    );
    expect(two).toMatchObject([
      { effect: "extends", title: "甲区用地细则", documentNumber: "甲府规〔2020〕3号", until: "2026-12-31" },
    ]);
  });

  it("repeals, and takes the place of an earlier edition of itself", () => {
    const body =
      "第九条 本办法自2025年1月1日起施行。原《云川市科技专家库管理办法（试行）》（云科规〔2020〕2号）、《云川市专家劳务费规定》（云科〔2018〕1号）同时废止。";
    expect(amendments("云川市科技专家库管理办法", body)).toMatchObject([
      {
        effect: "supersedes",
        title: "云川市科技专家库管理办法（试行）",
        documentNumber: "云科规〔2020〕2号",
      },
      { effect: "repeals", title: "云川市专家劳务费规定", documentNumber: "云科〔2018〕1号" },
    ]);
  });

  it("stops on a day", () => {
    expect(
      amendments("关于停止执行有关政策的公告", "《甲区入驻补贴办法》自2025年7月1日起停止执行。"),
    ).toMatchObject([{ effect: "repeals", title: "甲区入驻补贴办法", from: "2025-07-01" }]);
  });

  it("repeals and changes what a decision lists", () => {
    const found = amendments(
      "云川市人民政府关于修改和废止部分文件的决定",
      "一、修改的文件",
      "（一）《云川市创新券管理办法》（云科规〔2021〕6号）作如下修改：",
      "将第三条修改为：“每家企业每年最高20万元。”",
      "二、废止的文件",
      "以下文件自2025年9月1日起废止：",
      "（一）《云川市甲办法》（云府发〔2015〕1号）",
      "（二）《云川市乙办法》（云府发〔2016〕2号）",
      "三、其他",
      "本决定自印发之日起施行。",
    );
    expect(found.map(({ effect, title, from }) => [effect, title, from])).toEqual([
      ["amends", "云川市创新券管理办法", undefined],
      ["repeals", "云川市甲办法", "2025-09-01"],
      ["repeals", "云川市乙办法", "2025-09-01"],
    ]);
  });

  it("repeals a list whose day is that of the decision", () => {
    const found = amendments(
      "关于废止部分文件的决定",
      "以下文件自本决定施行之日起废止：",
      "1.《甲区甲办法》；",
      "2.《甲区乙办法》。",
    );
    expect(found.map(({ effect, title }) => [effect, title])).toEqual([
      ["repeals", "甲区甲办法"],
      ["repeals", "甲区乙办法"],
    ]);
  });

  it("prevails over what differs, and leaves alone what is only named", () => {
    expect(
      amendments("云川市创新券管理办法", "第九条 此前有关规定与本办法不一致的，以本办法为准。"),
    ).toMatchObject([{ effect: "amends", title: null }]);
    expect(
      amendments(
        "云川市创新券管理办法",
        "第一条 根据《云川市科技条例》，制定本办法。",
        "第二条 依照《资金管理规定》废止的项目不得申请。",
      ),
    ).toEqual([]);
  });
});

describe("a default validity", () => {
  const text = (title: string, more = "") =>
    `${title}\n云科规〔2025〕3号\n第一条 为了规范，制定本办法。\n第二条 本办法自2025年1月1日起施行。${more}\n云川市科学技术局\n2024年12月1日\n`;
  const rule = { defaultValidity: { years: 5, trialYears: 2 } };

  it("is not assumed unless a rule is given", () =>
    expect(read(text("云川市甲办法"))).toMatchObject({ expiresOn: null, expiryBasis: "none" }));
  it("is marked as such", () => {
    expect(read(text("云川市甲办法"), rule)).toMatchObject({
      expiresOn: "2029-12-31",
      expiryBasis: "default",
    });
    expect(read(text("云川市甲办法（试行）"), rule).expiresOn).toBe("2026-12-31");
  });
  it("does not touch what the text says, or texts that are not normative", () => {
    expect(read(text("云川市甲办法", "有效期3年。"), rule)).toMatchObject({
      expiresOn: "2027-12-31",
      expiryBasis: "computed",
    });
    expect(read(text("云川市甲办法").replace("云科规", "云科发"), rule).expiresOn).toBeNull();
    expect(read(text("云川市甲办法", "本办法长期有效。"), rule).expiresOn).toBeNull();
  });
});

describe("document numbers in all spellings", () => {
  it.each([
    ["沪科规〔2025〕2号", "沪科规〔2025〕2号"],
    ["沪科规[2025] 2 号", "沪科规〔2025〕2号"],
    ["沪科规（2025）2号", "沪科规〔2025〕2号"],
    ["（沪科规(2025)第2号）", "沪科规〔2025〕2号"],
    ["沪科规【２０２５】２号", "沪科规〔2025〕2号"],
    ["文号：沪 科 规 〔2025〕 2 号", "沪科规〔2025〕2号"],
    ["沪科规2025第2号", "沪科规〔2025〕2号"],
    ["到2025年达到2号标准", null],
    ["没有文号", null],
  ])("%s", (printed, number) => expect(findDocumentNumber(printed)).toBe(number));
});

describe("responsible departments of a clause", () => {
  it.each([
    ["支持企业设立研发机构。（责任单位：区科委、区经委、各街镇）", ["区科委", "区经委", "各街镇"]],
    [
      "推进数字化。（牵头单位：市科技局；配合单位：市财政局、市税务局）",
      ["市科技局", "市财政局", "市税务局"],
    ],
    ["加强保障（区科委牵头，区财政局、区人社局配合）", ["区科委", "区财政局", "区人社局"]],
    ["加强保障。〔责任部门：区科委等按职责分工负责〕", ["区科委"]],
    ["完善制度。（市科技局、市财政局）", ["市科技局", "市财政局"]],
    ["责任单位：区科委、区经委。", ["区科委", "区经委"]],
    ["推 进 转 化。（ 责任 单位：区 科 委 ）", ["区科委"]],
    ["最高支持50万元（含本数）。", []],
    ["鼓励企业上市（包括科创板）", []],
    ["由区科委负责解释。", []],
  ])("%s", (text, names) => expect(readResponsible(text)).toEqual(names));
});
