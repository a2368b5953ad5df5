import { describe, expect, it } from "vitest";
import type { PageContent, PageRun } from "../../src/readers/index.ts";
import { layoutPages } from "../../src/readers/pages/index.ts";
import { A4, centred, column, page, paragraph, run } from "../support/print-page.ts";

const LONG =
  "为贯彻落实国家和本市关于推进新型工业化的决策部署，加快建设现代化产业体系，进一步激发企业创新活力，结合本区实际，制定本措施。";
const OTHER = "对符合条件的技术改造项目，按照不超过项目投资额的10%给予支持，单个项目最高不超过2000万元。";

async function textsOf(pages: readonly PageContent[]): Promise<string[]> {
  return (await layoutPages(pages)).blocks.map(({ text }) => text);
}

function withFrame(
  number: number,
  head: string,
  foot: string,
  body: PageRun[] = column([LONG, OTHER]),
): PageContent {
  return page([centred(head, 50, { size: 10 }), ...body, centred(foot, 790, { size: 12 })], { page: number });
}

describe("running heads and page numbers", () => {
  for (const foot of ["— 3 —", "- 3 -", "第3页 共10页", "3/10", "3", "－3－", "Page 3 of 9", "第三页"]) {
    it(`drops ${foot} on a single page`, async () => {
      const runs = [...column([LONG, OTHER]), centred(foot, 790, { size: 12 })];
      expect(await textsOf([page(runs)])).toEqual([LONG, OTHER]);
    });
  }

  it("drops what stands at the same place of two pages", async () => {
    const pages = [1, 2].map((number) =>
      withFrame(number, "某区政策汇编（2025年版）", `第${number}页 共2页`),
    );
    expect(await textsOf(pages)).toEqual([LONG, OTHER, LONG, OTHER]);
  });

  it("drops heads of three pages that carry the page number, and of left and right pages", async () => {
    const pages = [1, 2, 3, 4, 5, 6].map((number) =>
      withFrame(number, number % 2 === 0 ? `${number} 某区公报` : `2025年第3期 ${number}`, `${number}`),
    );
    const texts = await textsOf(pages);
    expect(texts).toEqual(pages.flatMap(() => [LONG, OTHER]));
  });

  it("keeps the letterhead and the title of the first page", async () => {
    const letterhead = centred("某市某区人民政府文件", 60, { size: 40 });
    const first = page([letterhead, centred("某府规〔2025〕8号", 120), ...column([LONG], { top: 200 })]);
    const second = page([centred("某市某区人民政府文件", 60, { size: 10 }), ...column([OTHER])], { page: 2 });
    const { blocks } = await layoutPages([first, second]);
    expect(blocks[0]).toMatchObject({ kind: "paragraph", text: "某市某区人民政府文件" });
  });

  it("keeps a last line that only looks like a number, and body lines at the same place", async () => {
    const pages = [1, 2].map((number) =>
      page(column([`本办法第${number === 1 ? "一" : "二"}部分自公布之日起施行。`, LONG], { top: 95 }), {
        page: number,
      }),
    );
    expect(await textsOf(pages)).toHaveLength(4);
  });
});

describe("page numbers that recognition gets wrong", () => {
  it.each(["1丨", "— l —", "一∞一"])("%s at the foot of a scan is none of the text", async (number) => {
    const runs = [...column([LONG, OTHER], { confidence: 0.99 }), run(number, 290, 770, { confidence: 0.7 })];
    expect(await textsOf([page(runs, { origin: "ocr" })])).toEqual([LONG, OTHER]);
  });

  it("keeps short words at the foot of a scan", async () => {
    const runs = [...column([LONG, OTHER], { confidence: 0.99 }), run("附表", 290, 770, { confidence: 0.9 })];
    expect(await textsOf([page(runs, { origin: "ocr" })])).toEqual([LONG, OTHER, "附表"]);
  });
});

describe("columns", () => {
  const size = 10.5;
  const columns = { size, pitch: 17, columns: 20 };
  const left = (texts: string[], top: number) => column(texts, { ...columns, left: 79, top });
  const right = (texts: string[], top: number) => column(texts, { ...columns, left: 79 + 22 * size, top });

  it("reads column by column, with titles above and between", async () => {
    const page1 = page([
      centred("政策问答一览及其说明和解读", 80, { size: 22 }),
      ...left([LONG, OTHER], 150),
      ...right([OTHER, LONG], 150),
      centred("第二部分政策解读与常见问题", 400, { size: 18 }),
      ...left([OTHER, OTHER], 450),
      ...right([LONG, LONG], 450),
    ]);
    expect(await textsOf([page1])).toEqual([
      "政策问答一览及其说明和解读",
      LONG,
      OTHER,
      OTHER,
      LONG,
      "第二部分政策解读与常见问题",
      OTHER,
      OTHER,
      LONG,
      LONG,
    ]);
  });

  it("goes on from the left column's foot to the right column's head", async () => {
    const lines = column([LONG, LONG, OTHER, LONG], { ...columns, left: 79, top: 100 });
    const half = Math.ceil(lines.length / 2) + 1;
    const moved = lines
      .slice(half)
      .map((one, index) => ({ ...one, x: one.x + 22 * size, y: 100 + index * 17 }));
    expect(await textsOf([page([...lines.slice(0, half), ...moved])])).toEqual([LONG, LONG, OTHER, LONG]);
  });

  it("reads the left column first where its title stands lower than the right column's head", async () => {
    const title = run("政策问答一览", 110, 105, { size: 16 });
    const tail = "优化布局。";
    const moved = column([tail, LONG, OTHER], { ...columns, left: 79 + 22 * size, top: 80 });
    const first = moved[0];
    const flush = first ? [{ ...first, x: 79 + 22 * size }, ...moved.slice(1)] : moved;
    const texts = await textsOf([page([title, ...left([LONG, OTHER], 140), ...flush])]);
    expect(texts).toEqual(["政策问答一览", LONG, OTHER, tail, LONG, OTHER]);
  });

  it("is not fooled by a signature block and short paragraphs", async () => {
    const runs = [
      ...column([LONG, OTHER, "特此通知。"]),
      run("某市某区科学技术委员会", 300, 330),
      run("某市某区财政局", 330, 359),
      run("2025年6月18日", 335, 388),
      run("（此件公开发布）", 111, 430),
    ];
    expect(await textsOf([page(runs)])).toEqual([
      LONG,
      OTHER,
      "特此通知。",
      "某市某区科学技术委员会",
      "某市某区财政局",
      "2025年6月18日",
      "（此件公开发布）",
    ]);
  });
});

describe("footnotes and contents", () => {
  it("takes small print below a short line as footnotes, and goes on overleaf", async () => {
    const lines = paragraph(LONG, 600);
    const notes = [
      run("① 投资额是指设备购置和软件投入的合计，按照经审计的", 79, 740, { size: 10 }),
      run("实际发生额计算。", 79, 754, { size: 10 }),
      run("② 见本措施附件。", 79, 768, { size: 10 }),
    ];
    const first = page([...column([OTHER, OTHER]), ...lines.slice(0, 2), ...notes], {
      rules: [{ x1: 79, y1: 733, x2: 200, y2: 733 }],
    });
    const second = page([...lines.slice(2).map((one) => ({ ...one, y: A4.top })), ...paragraph(OTHER, 160)], {
      page: 2,
    });
    const { blocks } = await layoutPages([first, second]);
    expect(blocks.map(({ kind, text, page: at }) => [kind, text, at])).toEqual([
      ["paragraph", OTHER, 1],
      ["paragraph", OTHER, 1],
      ["paragraph", LONG, 1],
      ["footnote", "①投资额是指设备购置和软件投入的合计，按照经审计的实际发生额计算。", 1],
      ["footnote", "②见本措施附件。", 1],
      ["paragraph", OTHER, 2],
    ]);
  });

  it("drops a table of contents and says so", async () => {
    const entries = ["一、总体要求", "二、支持内容", "三、保障措施"].map((text, index) =>
      run(`${text}${"…".repeat(10)}${index + 1}`, 79, 150 + index * 29),
    );
    const pages = [
      page([centred("目　录", 105), ...entries]),
      page(column(["一、总体要求", LONG, OTHER]), { page: 2 }),
    ];
    const { blocks, warnings } = await layoutPages(pages);
    expect(blocks.map(({ text }) => text)).toEqual(["一、总体要求", LONG, OTHER]);
    expect(warnings).toEqual(["第 1 页的目录没有收入正文。"]);
  });
});

describe("contents without leaders", () => {
  it("below the words 目录, also when its entries line up like a table", async () => {
    const entries = ["一、总体要求", "二、支持内容", "三、保障措施"].flatMap((text, index) => [
      run(text, 79, 150 + index * 29),
      run(`${index + 1}`, 500, 150 + index * 29),
    ]);
    const pages = [page([centred("目　录", 105), ...entries]), page(column([LONG, OTHER]), { page: 2 })];
    expect(await textsOf(pages)).toEqual([LONG, OTHER]);
  });
});

describe("headings by print", () => {
  it("orders sizes into levels", async () => {
    const runs = [
      centred("促进科技创新若干措施", 80, { size: 22 }),
      centred("第一章 总则", 130, { size: 18 }),
      ...column([LONG, OTHER], { top: 170 }),
      run("一、支持对象", 111, 330, { bold: true }),
      ...column([LONG, OTHER], { top: 359 }),
    ];
    const { blocks } = await layoutPages([page(runs)]);
    expect(blocks.filter(({ kind }) => kind === "heading").map(({ text, level }) => [text, level])).toEqual([
      ["促进科技创新若干措施", 1],
      ["第一章 总则", 2],
      ["一、支持对象", 3],
    ]);
  });

  it("says nothing when most of the text is bold", async () => {
    const runs = column([LONG, "一、支持对象", OTHER], { bold: true });
    const { blocks } = await layoutPages([page(runs)]);
    expect(blocks.every(({ kind }) => kind === "paragraph")).toBe(true);
  });
});

describe("odd pages", () => {
  it("gives nothing for nothing", async () => {
    expect(await layoutPages([])).toEqual({ blocks: [], warnings: [] });
    expect(await layoutPages([page([]), page([run("  ", 10, 10)])])).toEqual({ blocks: [], warnings: [] });
  });

  it("takes pages as they come", async () => {
    async function* stream(): AsyncGenerator<PageContent> {
      yield page(column([LONG]));
      yield page(column([OTHER]), { page: 2 });
    }
    const { blocks } = await layoutPages(stream());
    expect(blocks.map(({ text, page: at }) => [text, at])).toEqual([
      [LONG, 1],
      [OTHER, 2],
    ]);
  });
});
