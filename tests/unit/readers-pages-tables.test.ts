import { describe, expect, it } from "vitest";
import type { PageContent, PageRule, PageRun, ReadBlock } from "../../src/readers/index.ts";
import { layoutPages } from "../../src/readers/pages/index.ts";
import { column, gridRules, page, run } from "../support/print-page.ts";

const LONG =
  "为贯彻落实国家和本市关于推进新型工业化的决策部署，加快建设现代化产业体系，进一步激发企业创新活力，结合本区实际，制定本措施。";
const XS = [79, 130, 280, 420, 520];
const SMALL = { size: 11 };

/** Cell texts → runs, one line a cell. */
function cells(
  rows: readonly (readonly string[])[],
  xs: readonly number[],
  ys: readonly number[],
): PageRun[] {
  return rows.flatMap((row, r) =>
    row.flatMap((text, c) => (text === "" ? [] : [run(text, (xs[c] ?? 0) + 5, (ys[r] ?? 0) + 5, SMALL)])),
  );
}

function rowsOf(blocks: readonly ReadBlock[]): ReadBlock[] {
  return blocks.filter(({ kind }) => kind === "row");
}

async function read(...pages: PageContent[]): Promise<ReadBlock[]> {
  return (await layoutPages(pages)).blocks;
}

describe("ruled tables", () => {
  const ys = [200, 222, 244, 266];
  const rows = [
    ["序号", "类别", "支持标准", "责任部门"],
    ["1", "国家级智能工厂", "500万元", "区经委"],
    ["2", "市级智能工厂", "100万元", "区经委"],
  ];

  it("stand as rows between the paragraphs, with their header", async () => {
    const runs = [...column([LONG], { top: 80 }), ...cells(rows, XS, ys), ...column([LONG], { top: 300 })];
    const blocks = await read(page(runs, { rules: gridRules(XS, ys) }));
    expect(blocks.map(({ text }) => text)).toEqual([
      LONG,
      "序号 | 类别 | 支持标准 | 责任部门",
      "1 | 国家级智能工厂 | 500万元 | 区经委",
      "2 | 市级智能工厂 | 100万元 | 区经委",
      LONG,
    ]);
    const header = "序号 | 类别 | 支持标准 | 责任部门";
    expect(rowsOf(blocks).map(({ table }) => table)).toEqual([
      { id: 1, row: 0, isHeader: true, header },
      { id: 1, row: 1, isHeader: false, header },
      { id: 1, row: 2, isHeader: false, header },
    ]);
  });

  it("repeat a cell that reaches over rows, say a cell over columns once, and name columns under it", async () => {
    const at = [200, 222, 244, 266, 288];
    const merged: PageRule[] = [
      ...[200, 244, 288].map((y) => ({ x1: 79, y1: y, x2: 520, y2: y })),
      { x1: 280, y1: 222, x2: 420, y2: 222 },
      { x1: 79, y1: 266, x2: 420, y2: 266 },
      ...[79, 130, 420, 520].map((x) => ({ x1: x, y1: 200, x2: x, y2: 288 })),
      { x1: 280, y1: 200, x2: 280, y2: 288 },
      { x1: 350, y1: 222, x2: 350, y2: 288 },
    ];
    const texts: [string, number, number][] = [
      ["序号", 84, 216],
      ["类别", 135, 216],
      ["支持标准", 285, 205],
      ["首次", 285, 227],
      ["重新", 355, 227],
      ["责任部门", 425, 216],
      ["1", 84, 249],
      ["智能工厂", 135, 249],
      ["500万元", 285, 249],
      ["100万元", 355, 249],
      ["区经委", 425, 261],
      ["2", 84, 271],
      ["绿色工厂", 135, 271],
      ["50万元", 285, 271],
      ["10万元", 355, 271],
    ];
    const blocks = await read(
      page(
        texts.map(([text, x, y]) => run(text, x, y, SMALL)),
        { rules: merged },
      ),
    );
    expect(at).toHaveLength(5);
    expect(blocks.map(({ text }) => text)).toEqual([
      "序号 | 类别 | 支持标准 | 责任部门",
      "序号 | 类别 | 首次 | 重新 | 责任部门",
      "1 | 智能工厂 | 500万元 | 100万元 | 区经委",
      "2 | 绿色工厂 | 50万元 | 10万元 | 区经委",
    ]);
    expect(blocks[3]?.table?.header).toBe("序号 | 类别 | 支持标准/首次 | 支持标准/重新 | 责任部门");
    expect(blocks.map(({ table }) => table?.isHeader)).toEqual([true, true, false, false]);
  });

  it("join the lines of a cell, also characters below each other", async () => {
    const at = [200, 250, 300];
    const runs = [
      run("支", 85, 205, SMALL),
      run("持", 85, 220, SMALL),
      run("类别", 140, 205, SMALL),
      run("对获评国家级智能工厂的企", 285, 205, SMALL),
      run("业给予奖励。", 285, 220, SMALL),
      run("服", 85, 255, SMALL),
      run("务", 85, 270, SMALL),
      run("类别", 140, 255, SMALL),
      run("提供全程帮办。", 285, 255, SMALL),
    ];
    const blocks = await read(page(runs, { rules: gridRules([79, 130, 280, 520], at) }));
    expect(blocks.map(({ text }) => text)).toEqual([
      "支持 | 类别 | 对获评国家级智能工厂的企业给予奖励。",
      "服务 | 类别 | 提供全程帮办。",
    ]);
  });

  it("go on over a page break as one table without the repeated header; a merged cell goes on as well", async () => {
    const first = page([...column([LONG], { top: 80 }), ...cells(rows, XS, ys)], {
      rules: gridRules(XS, ys),
    });
    const next = [
      rows[0] ?? [],
      ["", "绿色工厂", "50万元", "区经委"],
      ["3", "绿色园区", "30万元", "区经委"],
      ["", "其他", "", "区经委"],
    ];
    const low = [100, 122, 144, 166, 188];
    const second = page(cells(next, XS, low), { page: 2, rules: gridRules(XS, low) });
    const blocks = rowsOf(await read(first, second));
    expect(blocks.map(({ text }) => text)).toEqual([
      ...rows.map((row) => row.join(" | ")),
      "2 | 绿色工厂 | 50万元 | 区经委",
      "3 | 绿色园区 | 30万元 | 区经委",
      " | 其他 |  | 区经委",
    ]);
    expect(blocks.map(({ table, page: at }) => [table?.id, table?.row, at])).toEqual([
      [1, 0, 1],
      [1, 1, 1],
      [1, 2, 1],
      [1, 3, 2],
      [1, 4, 2],
      [1, 5, 2],
    ]);
  });

  it("put a row together that the page break cut", async () => {
    const first = page(
      cells([rows[0] ?? [], ["1", "智能工厂", "对获评企业给予一次性", "区经委"]], XS, [700, 722]),
      { rules: gridRules(XS, [700, 722, 744]) },
    );
    const second = page(
      cells(
        [
          ["", "", "奖励500万元。", ""],
          ["2", "绿色工厂", "50万元", "区经委"],
        ],
        XS,
        [100, 122],
      ),
      { page: 2, rules: gridRules(XS, [100, 122, 144]) },
    );
    expect(rowsOf(await read(first, second)).map(({ text }) => text)).toEqual([
      "序号 | 类别 | 支持标准 | 责任部门",
      "1 | 智能工厂 | 对获评企业给予一次性奖励500万元。 | 区经委",
      "2 | 绿色工厂 | 50万元 | 区经委",
    ]);
  });

  it("without outer lines at the sides are tables as well", async () => {
    const rules = gridRules(XS, ys).filter(({ x1, x2 }) => !(x1 === x2 && (x1 === 79 || x1 === 520)));
    const blocks = await read(page(cells(rows, XS, ys), { rules }));
    expect(blocks.map(({ text }) => text)).toEqual(rows.map((row) => row.join(" | ")));
  });

  it("part recognised text that reaches over two cells", async () => {
    const runs = [
      { ...run("类别支持标准", 100, 205, SMALL), width: 150 },
      run("智能工厂", 85, 227, SMALL),
      run("五百万元", 180, 227, SMALL),
    ];
    const blocks = await read(
      page(runs, { origin: "ocr", rules: gridRules([79, 152, 300], [200, 222, 244]) }),
    );
    expect(blocks.map(({ text }) => text)).toEqual(["类别 | 支持标准", "智能工厂 | 五百万元"]);
  });

  it("a frame around text, lines below words and the red line of a letterhead are no tables", async () => {
    const rules = [
      ...gridRules([70, 530], [90, 400]),
      { x1: 79, y1: 95, x2: 520, y2: 95 },
      { x1: 150, y1: 130, x2: 220, y2: 130 },
    ];
    const blocks = await read(page(column([LONG, LONG]), { rules }));
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ["paragraph", LONG],
      ["paragraph", LONG],
    ]);
  });

  it("a form has no header", async () => {
    const form = [
      ["企业名称", "某科技有限公司", "成立日期", "2020年1月"],
      ["联系人", "某某", "联系电话", "021-00000000"],
    ];
    const blocks = await read(page(cells(form, XS, ys), { rules: gridRules(XS, ys.slice(0, 3)) }));
    expect(blocks.map(({ table }) => table?.header)).toEqual([null, null]);
  });
});

describe("tables without lines", () => {
  const rows = [
    ["项目", "时间", "地点"],
    ["网上申报", "3月1日至3月31日", "一网通办"],
    ["材料初审", "4月10日", "行政服务中心"],
    ["专家评审", "5月中旬", "会议室"],
  ];
  const xs = [79, 200, 380];

  it("are seen when three rows line up", async () => {
    const runs = [
      ...column([LONG], { top: 80 }),
      ...cells(rows, xs, [200, 222, 244, 266]),
      ...column([LONG], { top: 310 }),
    ];
    const blocks = await read(page(runs));
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ["paragraph", LONG],
      ...rows.map((row) => ["row", row.join(" | ")]),
      ["paragraph", LONG],
    ]);
    expect(rowsOf(blocks)[1]?.table).toEqual({
      id: 1,
      row: 1,
      isHeader: false,
      header: "项目 | 时间 | 地点",
    });
  });

  it("a cell's second line belongs to its row", async () => {
    const runs = [...cells(rows, xs, [200, 222, 260, 282]), run("（节假日除外）", 205, 243, SMALL)];
    expect(rowsOf(await read(page(runs)))[1]?.text).toBe(
      "网上申报 | 3月1日至3月31日（节假日除外） | 一网通办",
    );
  });

  it("two rows stay lines", async () => {
    const blocks = await read(page(cells(rows.slice(1, 3), xs, [200, 222])));
    expect(blocks.every(({ kind }) => kind === "paragraph")).toBe(true);
  });
});
