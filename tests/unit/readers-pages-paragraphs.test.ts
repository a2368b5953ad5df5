import { describe, expect, it } from "vitest";
import type { PageContent } from "../../src/readers/index.ts";
import { layoutPages } from "../../src/readers/pages/index.ts";
import { A4, centred, column, page, paragraph, run } from "../support/print-page.ts";

const LONG =
  "为贯彻落实国家和本市关于推进新型工业化的决策部署，加快建设现代化产业体系，进一步激发企业创新活力，结合本区实际，制定本措施。";
const OTHER = "对符合条件的技术改造项目，按照不超过项目投资额的10%给予支持，单个项目最高不超过2000万元。";

async function textsOf(...pages: PageContent[]): Promise<string[]> {
  return (await layoutPages(pages)).blocks.map(({ text }) => text);
}

describe("lines become paragraphs", () => {
  it("joins lines up to the next indent", async () => {
    expect(await textsOf(page(column([LONG, OTHER, LONG])))).toEqual([LONG, OTHER, LONG]);
  });

  it("goes on over a page break", async () => {
    const lines = paragraph(LONG, A4.top);
    const first = page([
      ...column([OTHER, OTHER]),
      ...lines.slice(0, 2).map((one) => ({ ...one, y: one.y + 300 })),
    ]);
    const second = page(
      [
        ...lines.slice(2).map((one, index) => ({ ...one, y: A4.top + index * A4.pitch })),
        ...paragraph(OTHER, 300),
      ],
      { page: 2 },
    );
    const { blocks } = await layoutPages([first, second]);
    expect(blocks.map(({ text }) => text)).toEqual([OTHER, OTHER, LONG, OTHER]);
    expect(blocks.map((block) => block.page)).toEqual([1, 1, 1, 2]);
  });

  it("begins a paragraph where the line before ends early, without an indent", async () => {
    const short = "一、支持技术改造";
    const runs = [
      ...paragraph(LONG, A4.top, { indent: 0 }),
      run(short, A4.left, A4.top + 3 * A4.pitch),
      ...paragraph(OTHER, A4.top + 4 * A4.pitch, { indent: 0 }),
    ];
    expect(await textsOf(page(runs))).toEqual([LONG, short, OTHER]);
  });

  it("takes a number at the start of a line in the middle of a sentence for what it is", async () => {
    const text =
      "各部门应当按照职责分工抓好落实，申报单位应当符合本办法的第三条和第四条规定的条件并按照要求提交全部材料。";
    expect(await textsOf(page(column([LONG, text])))).toEqual([LONG, text]);
  });

  it("begins a paragraph at numbering after a full last line", async () => {
    const full = `${"支持企业加大研发投入提升自主创新能力".repeat(3)}加快成果转化。`.slice(0, 53);
    const ended = `${full}。`;
    const runs = [
      ...paragraph(ended, A4.top),
      run("（二）鼓励绿色低碳转型。", A4.left, A4.top + 2 * A4.pitch),
    ];
    expect(await textsOf(page([...runs, ...paragraph(LONG, 300)]))).toEqual([
      ended,
      "（二）鼓励绿色低碳转型。",
      LONG,
    ]);
  });

  it("begins a paragraph at an indent after a sentence that fills its last line", async () => {
    const full = `${"支持企业加大研发投入".repeat(6).slice(0, 53)}。`;
    expect(await textsOf(page(column([full, OTHER, full, LONG])))).toEqual([full, OTHER, full, LONG]);
  });

  it("joins the lines of a paragraph that stands further in as a whole", async () => {
    const inset = paragraph(LONG, 300, { left: A4.left + 3 * A4.size, columns: 25, indent: 0 });
    expect(await textsOf(page([...column([OTHER, OTHER]), ...inset]))).toEqual([OTHER, OTHER, LONG]);
  });

  it("joins the lines of a title and keeps remark, number and date apart", async () => {
    const runs = [
      centred("某市某区人民政府关于印发", 105, { size: 22 }),
      centred("《某区促进先进制造业高质量发展", 141, { size: 22 }),
      centred("若干措施》的通知", 177, { size: 22 }),
      centred("（征求意见稿）", 215),
      centred("某府规〔2025〕8号", 244),
      ...column([LONG, OTHER], { top: 290 }),
    ];
    const { blocks } = await layoutPages([page(runs)]);
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ["heading", "某市某区人民政府关于印发《某区促进先进制造业高质量发展若干措施》的通知"],
      ["paragraph", "（征求意见稿）"],
      ["paragraph", "某府规〔2025〕8号"],
      ["paragraph", LONG],
      ["paragraph", OTHER],
    ]);
    expect(blocks[0]?.level).toBe(1);
  });

  it("keeps signature and date at the right in their order", async () => {
    const runs = [...column([LONG]), run("某市某区人民政府", 330, 280), run("2025年6月18日", 350, 309)];
    expect(await textsOf(page(runs))).toEqual([LONG, "某市某区人民政府", "2025年6月18日"]);
  });

  it("puts a hyphenated word together and keeps addresses and blanks between words", async () => {
    const lines = [
      "The applicant shall submit the complete docu-",
      "mentation before the end of June and the audi",
      "https://www.example.gov.cn/policy/2025/green-",
      "factory.html",
    ];
    const width = 440;
    const runs = lines.map((text, index) => ({
      ...run(text, A4.left, 105 + index * 20, { size: 12 }),
      width: index === 3 ? 80 : width,
    }));
    expect(await textsOf(page(runs))).toEqual([
      "The applicant shall submit the complete documentation before the end of June and the audi https://www.example.gov.cn/policy/2025/green-factory.html",
    ]);
  });
});

describe("pieces become lines", () => {
  it("closes gaps between Chinese characters and keeps those of Latin words and after 第一条", async () => {
    const spaced = [..."第一条"].map((one, index) => run(one, 111 + index * 20, 105));
    const runs = [
      ...spaced,
      run("为规范 ISO 认证 的 管理 ， 制定", 111 + 72, 105),
      run("通", 250, 60, { size: 22 }),
      run("知", 310, 60, { size: 22 }),
    ];
    expect(await textsOf(page(runs))).toEqual(["通知", "第一条 为规范 ISO 认证的管理，制定"]);
  });

  it("keeps wide gaps of a line as one blank", async () => {
    const runs = [run("联系人：张某", A4.left + 32, 105), run("电话：021-00000000", 330, 105)];
    expect(await textsOf(page(runs))).toEqual(["联系人：张某 电话：021-00000000"]);
  });

  it("holds a crooked recognised line together", async () => {
    const tilt = (x: number) => (x - A4.left) * 0.02;
    const runs = [0, 1, 2].flatMap((line) =>
      [0, 1, 2, 3].map((part) => {
        const x = A4.left + part * 7 * A4.size;
        return run(`第${line}行${part}某区科委`, x, 105 + line * A4.pitch + tilt(x), { confidence: 0.9 });
      }),
    );
    const { blocks } = await layoutPages([page(runs, { origin: "ocr" })]);
    expect(blocks.map(({ text }) => text).join("")).toBe(
      [0, 1, 2].map((line) => [0, 1, 2, 3].map((part) => `第${line}行${part}某区科委`).join("")).join(""),
    );
    expect(blocks[0]?.confidence).toBeCloseTo(0.9);
  });

  it("writes raised figures as such: 100 with a note is not 1001", async () => {
    const runs = [
      ...column([LONG]),
      run("最高不超过100", 111, 250),
      { ...run("1", 111 + 6.5 * A4.size, 247, { size: 8 }) },
      run("万元。", 111 + 6.5 * A4.size + 4, 250),
    ];
    expect(await textsOf(page(runs))).toEqual([LONG, "最高不超过100¹万元。"]);
  });
});

describe("confidence", () => {
  it("weighs a block's runs by their characters", async () => {
    const runs = [
      run("十个字十个字十个字十", A4.left, 105, { confidence: 1 }),
      run("五个字五个", A4.left + 160, 105, { confidence: 0.7 }),
    ];
    const { blocks } = await layoutPages([page(runs, { origin: "ocr" })]);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.confidence).toBeCloseTo(0.9, 3);
  });
});

describe("ragged lines", () => {
  it("goes on where a bracket takes a whole figure to the next line", async () => {
    const y = (line: number) => A4.top + line * A4.pitch;
    const cut = LONG.slice(0, 24);
    const rest = "〔2016〕20号）等文件的有关规定，现将有关事项通知如下。";
    expect(
      await textsOf(
        page([...column([OTHER, LONG, OTHER]), run(cut, A4.left, y(14)), run(rest, A4.left, y(15))]),
      ),
    ).toEqual([OTHER, LONG, OTHER, cut + rest]);
  });
});
