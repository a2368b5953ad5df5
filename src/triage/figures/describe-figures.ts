import type { DeskFigures, FigurePeriod, Share, Spread } from "./figure-types.ts";
import { addDays, countDays } from "./periods.ts";

const MINUTES_OF_HOUR = 60;

export function sayPercent(rate: number | null): string {
  return rate === null ? "—" : `${Number((rate * 100).toFixed(1))}%`;
}

/** Working minutes as people say them: 45 分钟, 3.5 小时. */
export function sayMinutes(minutes: number | null): string {
  if (minutes === null) return "—";
  if (minutes < MINUTES_OF_HOUR) return `${Math.round(minutes)} 分钟`;
  return `${Number((minutes / MINUTES_OF_HOUR).toFixed(1))} 小时`;
}

export function sayScore(mean: number | null): string {
  return mean === null ? "—" : mean.toFixed(1);
}

/** 2026-11-16 至 2026-11-22: people name the last day, not the one behind it. */
export function sayPeriod(period: FigurePeriod): string {
  const last = addDays(period.to, -1);
  return countDays(period) <= 1 ? period.from : `${period.from} 至 ${last}`;
}

function compare(now: number, before: number): string {
  if (now === before) return "与上期持平";
  return now > before ? `比上期多 ${now - before} 件` : `比上期少 ${before - now} 件`;
}

function compareRates(now: Share, before: Share): string {
  if (now.rate === null || before.rate === null) return "";
  const points = Number(((now.rate - before.rate) * 100).toFixed(1));
  if (points === 0) return "，与上期持平";
  return points > 0 ? `，比上期高 ${points} 个百分点` : `，比上期低 ${-points} 个百分点`;
}

function sayShare({ count, of, rate }: Share): string {
  return `${sayPercent(rate)}（${count}/${of}）`;
}

function sayTimes({ p50, p90, count }: Spread): string {
  return `一半在 ${sayMinutes(p50)}内、九成在 ${sayMinutes(p90)}内（${count} 次）`;
}

/** What a lead reads before the charts: one line a matter, those without anything measured left out. */
export function describeFigures(figures: DeskFigures): string[] {
  const { before, sla, rerouting, reopening, satisfaction, open } = figures;
  const lines = [
    `新收工单 ${figures.opened} 件，${compare(figures.opened, before.opened)}；办结 ${figures.closed} 件。`,
  ];
  if (figures.firstResponse.count > 0) {
    lines.push(`首次回应：${sayTimes(figures.firstResponse)}，按工作时间计。`);
  }
  if (figures.resolution.count > 0) lines.push(`办结用时：${sayTimes(figures.resolution)}，按工作时间计。`);
  if (sla.of > 0) lines.push(`时限按时率 ${sayShare(sla)}${compareRates(sla, before.sla)}。`);
  if (rerouting.of > 0)
    lines.push(`转派率 ${sayShare(rerouting)}${compareRates(rerouting, before.rerouting)}。`);
  if (reopening.of > 0) lines.push(`重新打开率 ${sayShare(reopening)}。`);
  if (satisfaction.count > 0 || satisfaction.answered.of > 0) {
    const answered = satisfaction.answered.of > 0 ? `，评价率 ${sayShare(satisfaction.answered)}` : "";
    const mean =
      satisfaction.count > 0
        ? `平均 ${sayScore(satisfaction.mean)} 分（${satisfaction.count} 次评价）`
        : "尚无评价";
    lines.push(`满意度：${mean}${answered}。`);
  }
  if (figures.answers !== null && figures.answers.selfAnsweredShare.of > 0) {
    lines.push(`提问由文件直接答复的占 ${sayShare(figures.answers.selfAnsweredShare)}，其余转由专员办理。`);
  }
  lines.push(
    `目前在办 ${figures.openTickets} 件工单：待认领 ${open.queued} 项、处理中 ${open.claimed} 项、待企业补充 ${open.asking} 项、已回复 ${open.answered} 项；其中逾期 ${open.overdue} 项。`,
  );
  for (const { name, reasons } of figures.behind) lines.push(`${name}进度落后：${reasons.join("；")}。`);
  return lines;
}
