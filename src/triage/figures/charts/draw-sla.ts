import { sayPercent, sayPeriod } from "../describe-figures.ts";
import type { DepartmentFigures, DeskFigures } from "../figure-types.ts";
import type { Drawing } from "./draw-volume.ts";
import {
  BLUE,
  box,
  frame,
  GREY,
  INK,
  legend,
  line,
  MARGIN,
  MUTED,
  RED,
  RULE,
  shorten,
  text,
  WIDTH,
} from "./svg-parts.ts";

const ROW = 74;
const MAX_ROWS = 12;
const BAR = 26;
const VALUE_WIDTH = 108;

function colourOf({ sla }: DepartmentFigures, { minHitRate, minClocks }: DeskFigures["rules"]): string {
  if (sla.of < minClocks) return GREY;
  return (sla.rate ?? 0) < minHitRate ? RED : BLUE;
}

function drawRow(department: DepartmentFigures, top: number, figures: DeskFigures): string[] {
  const { sla, name } = department;
  const full = WIDTH - 2 * MARGIN - VALUE_WIDTH;
  const counts = `按时 ${sla.count} / ${sla.of}`;
  const right = WIDTH - MARGIN;
  return [
    text(MARGIN, top + 24, shorten(name, 25, 460), { size: 25 }),
    text(MARGIN + full, top + 24, counts, { size: 22, fill: MUTED, anchor: "end" }),
    box(MARGIN, top + 36, full, BAR, "#eef1f4", 4),
    box(MARGIN, top + 36, full * (sla.rate ?? 0), BAR, colourOf(department, figures.rules), 4),
    text(right, top + 58, sayPercent(sla.rate), { size: 26, bold: true, anchor: "end" }),
  ];
}

function drawTarget(top: number, rows: number, rate: number): string[] {
  const x = MARGIN + (WIDTH - 2 * MARGIN - VALUE_WIDTH) * rate;
  const bottom = top + rows * ROW;
  return [
    line(MARGIN, bottom + 4, WIDTH - MARGIN, bottom + 4, RULE),
    ...Array.from({ length: rows }, (_, row) =>
      line(x, top + row * ROW + 34, x, top + row * ROW + 38 + BAR, INK, 4),
    ),
    text(x, bottom + 36, `目标 ${sayPercent(rate)}`, { size: 23, anchor: "middle" }),
  ];
}

/** The lowest first. Null: no clock was judged. */
export function drawSla(figures: DeskFigures): Drawing | null {
  const { period, sla, rules } = figures;
  const judged = figures.departments
    .filter((department) => department.sla.of > 0)
    .sort((a, b) => (a.sla.rate ?? 0) - (b.sla.rate ?? 0) || b.sla.of - a.sla.of);
  if (judged.length === 0) return null;
  const shown = judged.slice(0, MAX_ROWS);
  const key = legend(
    [
      { name: "达到目标", fill: BLUE },
      { name: "低于目标", fill: RED },
      { name: `不足 ${rules.minClocks} 个，不作判断`, fill: GREY },
    ],
    144,
  );
  const top = key.bottom + 12;
  const left = judged.length - shown.length;
  const more = left === 0 ? "" : `；另有 ${left} 个部门按时率更高，未画出`;
  const subtitle = `${sayPeriod(period)} · 全部 ${sla.of} 个时限，按时率 ${sayPercent(sla.rate)}`;
  const height = top + shown.length * ROW + 60 + (left === 0 ? 0 : 40);
  const parts = [
    ...key.parts,
    ...shown.flatMap((department, index) => drawRow(department, top + index * ROW, figures)),
    ...drawTarget(top, shown.length, rules.minHitRate),
    ...(left === 0 ? [] : [text(MARGIN, height - 20, more.slice(1), { size: 22, fill: MUTED })]),
  ];
  const list = shown.map(
    (department) =>
      `${department.name} ${sayPercent(department.sla.rate)}（${department.sla.count}/${department.sla.of}）`,
  );
  const alt = `各部门时限按时率：${sayPeriod(period)}，目标 ${sayPercent(rules.minHitRate)}。${list.join("，")}${more}。`;
  return { name: "sla", svg: frame("各部门时限按时率", subtitle, height, parts), alt };
}
