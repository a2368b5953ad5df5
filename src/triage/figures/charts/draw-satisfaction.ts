import { sayPercent, sayPeriod, sayScore } from "../describe-figures.ts";
import type { DeskFigures } from "../figure-types.ts";
import type { Drawing } from "./draw-volume.ts";
import { AMBER, BLUE, box, frame, INK, LIGHT_BLUE, MARGIN, MUTED, RED, text, WIDTH } from "./svg-parts.ts";

const ROW = 58;
const FILLS = [RED, RED, AMBER, LIGHT_BLUE, BLUE] as const;
const VALUE_WIDTH = 150;
const NAME_WIDTH = 76;

/** Null: nobody has answered. */
export function drawSatisfaction({ period, satisfaction }: DeskFigures): Drawing | null {
  const { count, mean, distribution, answered } = satisfaction;
  if (count === 0) return null;
  const full = WIDTH - 2 * MARGIN - NAME_WIDTH - VALUE_WIDTH;
  const top = 214;
  const rows = [5, 4, 3, 2, 1].flatMap((score, index) => {
    const given = distribution[score - 1] ?? 0;
    const y = top + index * ROW;
    return [
      text(MARGIN, y + 30, `${score} 分`, { size: 25 }),
      box(MARGIN + NAME_WIDTH, y + 6, full, 32, "#eef1f4", 4),
      box(MARGIN + NAME_WIDTH, y + 6, (full * given) / count, 32, FILLS[score - 1] ?? BLUE, 4),
      text(WIDTH - MARGIN, y + 31, `${given} 次 ${sayPercent(given / count)}`, {
        size: 23,
        fill: given === 0 ? MUTED : INK,
        anchor: "end",
      }),
    ];
  });
  const asked =
    answered.of === 0 ? "" : `，评价率 ${sayPercent(answered.rate)}（${answered.count}/${answered.of}）`;
  const parts = [
    text(MARGIN, 182, sayScore(mean), { size: 60, bold: true, fill: BLUE }),
    text(MARGIN + 108, 178, "平均分（满分 5 分）", { size: 24, fill: MUTED }),
    ...rows,
  ];
  const subtitle = `${sayPeriod(period)} · ${count} 次评价${asked}`;
  const scores = [5, 4, 3, 2, 1].map((score) => `${score} 分 ${distribution[score - 1] ?? 0} 次`).join("，");
  const alt = `满意度：${sayPeriod(period)}平均 ${sayScore(mean)} 分，${count} 次评价${asked}。${scores}。`;
  return { name: "satisfaction", svg: frame("办理满意度", subtitle, top + 5 * ROW + 24, parts), alt };
}
