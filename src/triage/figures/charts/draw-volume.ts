import { sayPeriod } from "../describe-figures.ts";
import type { DeskFigures, VolumePart } from "../figure-types.ts";
import {
  AMBER,
  BLUE,
  box,
  frame,
  GREY,
  LIGHT_BLUE,
  legend,
  line,
  MARGIN,
  MUTED,
  RULE,
  text,
  WIDTH,
  widthOf,
} from "./svg-parts.ts";

export interface Drawing {
  name: string;
  svg: string;
  alt: string;
}

/** From the bottom up. */
const PARTS = [
  { key: "closed", name: "已办结", fill: BLUE },
  { key: "answered", name: "已回复", fill: LIGHT_BLUE },
  { key: "open", name: "在办", fill: AMBER },
  { key: "dropped", name: "撤回或合并", fill: GREY },
] as const;

/** More bars than these cannot be told apart on a phone. */
const MAX_BARS = 31;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];
const PLOT_HEIGHT = 330;
const LABEL = 22;

/** `2026-11-16` → `11-16`. */
const shortDay = (day: string) => day.slice(5);

/** Whole steps, at most five of them. */
function chooseStep(most: number): number {
  for (let scale = 1; ; scale *= 10) {
    const step = [1, 2, 5].find((factor) => factor * scale * 5 >= most);
    if (step !== undefined) return step * scale;
  }
}

function drawBar(part: VolumePart, x: number, width: number, bottom: number, unit: number): string[] {
  const drawn: string[] = [];
  let y = bottom;
  for (const { key, fill } of PARTS) {
    const height = part[key] * unit;
    if (height === 0) continue;
    y -= height;
    drawn.push(box(x, y, width, height, fill));
  }
  return drawn;
}

function drawScale(bottom: number, unit: number, step: number, steps: number): string[] {
  return Array.from({ length: steps + 1 }, (_, index) => index * step).flatMap((value) => {
    const y = bottom - value * unit;
    return [
      line(MARGIN + 52, y, WIDTH - MARGIN, y, RULE),
      text(MARGIN + 44, y + 8, String(value), { size: LABEL, fill: MUTED, anchor: "end" }),
    ];
  });
}

function drawBars(parts: readonly VolumePart[], top: number, byWeek: boolean): string[] {
  const bottom = top + PLOT_HEIGHT;
  const most = Math.max(...parts.map(({ opened }) => opened));
  const step = chooseStep(most);
  const steps = Math.ceil(most / step);
  const unit = PLOT_HEIGHT / (steps * step);
  const left = MARGIN + 60;
  const slot = (WIDTH - MARGIN - left) / parts.length;
  const width = Math.min(72, slot * 0.68);
  const drawn = drawScale(bottom, unit, step, steps);
  const labelWidth = widthOf("11-16", LABEL) + 14;
  const every = Math.max(1, Math.ceil(labelWidth / slot));
  parts.forEach((part, index) => {
    const middle = left + slot * (index + 0.5);
    drawn.push(...drawBar(part, middle - width / 2, width, bottom, unit));
    if (part.opened > 0 && widthOf(String(most), LABEL) <= slot) {
      const total = String(part.opened);
      drawn.push(
        text(middle, bottom - part.opened * unit - 8, total, { size: LABEL, bold: true, anchor: "middle" }),
      );
    }
    if (index % every !== 0) return;
    drawn.push(text(middle, bottom + 30, shortDay(part.day), { size: LABEL, fill: MUTED, anchor: "middle" }));
    if (!byWeek && parts.length <= 8) {
      const weekday = WEEKDAYS[new Date(`${part.day}T00:00:00Z`).getUTCDay()] ?? "";
      drawn.push(text(middle, bottom + 58, `周${weekday}`, { size: LABEL, fill: MUTED, anchor: "middle" }));
    }
  });
  return drawn;
}

/** Null: nothing came in. */
export function drawVolume(figures: DeskFigures): Drawing | null {
  const { opened, period, volume } = figures;
  if (opened === 0) return null;
  const byWeek = volume.byDay.length > MAX_BARS;
  const parts = byWeek ? volume.byWeek : volume.byDay;
  const sums = PARTS.map(({ key, name, fill }) => ({
    fill,
    name: `${name} ${parts.reduce((sum, part) => sum + part[key], 0)}`,
  }));
  const title = byWeek ? "每周新收工单（日期为周一）" : "每日新收工单";
  const shown = legend(sums, 144);
  const top = shown.bottom + 36;
  const subtitle = `${sayPeriod(period)} · 共 ${opened} 件，按目前状态分`;
  const svg = frame(title, subtitle, top + PLOT_HEIGHT + 84, [
    ...shown.parts,
    ...drawBars(parts, top, byWeek),
  ]);
  const days = parts.map((part) => `${shortDay(part.day)} ${part.opened} 件`).join("，");
  const alt = `${title}：${sayPeriod(period)}共 ${opened} 件，其中${sums.map(({ name }) => name).join("、")}。${days}。`;
  return { name: "volume", svg, alt };
}
