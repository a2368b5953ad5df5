import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { composeDrawings } from "../../src/triage/figures/charts/draw-figures.ts";
import {
  createFigures,
  createWorkCalendar,
  type DeskFigures,
  drawFigures,
  type FigurePeriod,
  type Ticket,
} from "../../src/triage/index.ts";
import { at, clock, department, task, ticket } from "../support/figure-tickets.ts";

const WEEK = { from: "2026-11-16", to: "2026-11-23" };

function count(
  tickets: readonly Ticket[],
  names: readonly string[],
  period: FigurePeriod = WEEK,
): DeskFigures {
  const figures = createFigures({
    period,
    asOf: new Date(at("2026-11-23 12:00")),
    calendar: createWorkCalendar({ holidays: [], workdays: [] }),
    departments: names.map((name, index) => department(`d${index}`, name)),
  });
  for (const one of tickets) figures.add(one);
  return figures.finish();
}

const judged = (departmentId: string, kept: boolean, when = "2026-11-17 11:00") =>
  ticket({
    openedAt: at(when),
    tasks: [
      task({
        department: departmentId,
        clocks: [
          clock("first-response", { usedMinutes: 10, metAt: at(when), breachedAt: kept ? null : at(when) }),
        ],
      }),
    ],
  });
const rated = (score: 1 | 2 | 3 | 4 | 5) =>
  ticket({
    satisfactionAskedAt: at("2026-11-17 10:00"),
    satisfaction: { score, comment: null, at: at("2026-11-17 11:00") },
  });

describe("charts of figures", () => {
  const figures = count(
    [judged("d0", true), judged("d0", false, "2026-11-18 11:00"), judged("d1", true), rated(5), rated(4)],
    ["甲部门", "乙<部门>&"],
  );

  it("say in words what they show", () => {
    expect(composeDrawings(figures).map(({ name, alt }) => [name, alt])).toEqual([
      [
        "volume",
        "每日新收工单：2026-11-16 至 2026-11-22共 5 件，其中已办结 0、已回复 0、在办 5、撤回或合并 0。11-16 2 件，11-17 2 件，11-18 1 件，11-19 0 件，11-20 0 件，11-21 0 件，11-22 0 件。",
      ],
      [
        "sla",
        "各部门时限按时率：2026-11-16 至 2026-11-22，目标 80%。甲部门 50%（1/2），乙<部门>& 100%（1/1）。",
      ],
      [
        "satisfaction",
        "满意度：2026-11-16 至 2026-11-22平均 4.5 分，2 次评价，评价率 100%（2/2）。5 分 1 次，4 分 1 次，3 分 0 次，2 分 0 次，1 分 0 次。",
      ],
    ]);
  });

  it("are PNG pictures, drawn with a Chinese font", async () => {
    const pictures = await drawFigures(figures);
    expect(pictures.map(({ name }) => name)).toEqual(["volume", "sla", "satisfaction"]);
    for (const { png } of pictures) {
      expect([...png.slice(1, 4)]).toEqual([...Buffer.from("PNG")]);
      expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(1080);
    }
  });

  it("are not drawn where there is nothing", async () => {
    expect(await drawFigures(count([], ["甲部门"]))).toEqual([]);
  });

  it("colour only what was judged often enough", () => {
    const times = (number: number, id: string, kept: boolean) =>
      Array.from({ length: number }, () => judged(id, kept));
    const many = count(
      [...times(9, "d0", false), ...times(4, "d1", false), ...times(6, "d1", true), ...times(10, "d2", true)],
      ["甲", "乙", "丙"],
    );
    const sla = composeDrawings(many).find(({ name }) => name === "sla")?.svg ?? "";
    const fills = [...sla.matchAll(/height="26" rx="4" fill="(#\w+)"/g)].map(([, fill]) => fill);
    // Each row: its ground, then its bar. The lowest first.
    expect(fills).toEqual(["#eef1f4", "#b4bcc6", "#eef1f4", "#c8452f", "#eef1f4", "#2563a8"]);
  });

  it("name the departments that are left out", () => {
    const names = Array.from({ length: 15 }, (_, index) => `部门${index}`);
    const many = count(
      names.map((_, index) => judged(`d${index}`, true)),
      names,
    );
    const sla = composeDrawings(many).find(({ name }) => name === "sla");
    expect(sla?.alt).toContain("另有 3 个部门按时率更高，未画出");
    expect(sla?.svg).toContain("另有 3 个部门按时率更高，未画出");
  });

  it("turn days into weeks where they are many", () => {
    const [volume] = composeDrawings(
      count([judged("d0", true)], ["甲"], { from: "2026-10-01", to: "2026-12-31" }),
    );
    expect(volume?.svg).toContain("每周新收工单");
  });
});

describe("the drawing", () => {
  const fonts = join(dirname(fileURLToPath(import.meta.resolve("@embedpdf/fonts-sc"))), "../fonts");

  /** How far the ink reaches; the ground is taken away first. */
  function inkOf(svg: string): { left: number; right: number } {
    const bare = svg.replace(/<rect x="0" y="0"[^>]*\/>/, "");
    const image = new Resvg(bare, {
      font: {
        loadSystemFonts: false,
        fontFiles: ["NotoSansHans-Regular.otf", "NotoSansHans-Bold.otf"].map((file) => join(fonts, file)),
      },
    });
    const found = image.innerBBox();
    return { left: found?.x ?? 0, right: (found?.x ?? 0) + (found?.width ?? 0) };
  }

  it("stays on its paper with long names, many days and big numbers", () => {
    const names = ["区行政服务办（企业服务专窗与涉外事务受理组合署办公）", "D".repeat(60)];
    const year = { from: "2026-01-01", to: "2027-01-01" };
    const tickets = Array.from({ length: 1500 }, (_, index) => [
      judged(`d${index % 2}`, index % 3 === 0, `2026-0${1 + (index % 9)}-1${index % 10} 11:00`),
      rated(5),
    ]).flat();
    for (const period of [WEEK, { from: "2026-09-01", to: "2026-10-02" }, year]) {
      for (const { svg } of composeDrawings(count(tickets, names, period))) {
        const { left, right } = inkOf(svg);
        expect(left).toBeGreaterThanOrEqual(20);
        expect(right).toBeLessThanOrEqual(700);
      }
    }
  });

  it("takes characters that XML does not", () => {
    const figures = count([judged("d0", true)], ["甲\u0000\ud800<b>"]);
    for (const { svg } of composeDrawings(figures)) expect(() => inkOf(svg)).not.toThrow();
  });
});
