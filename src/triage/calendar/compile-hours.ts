import { AppError } from "../../shared/index.ts";
import type { WorkingHours } from "../types.ts";

const MINUTE_MS = 60_000;
const TIME = /^([01]?\d|2[0-4]):([0-5]\d)$/;

/** A stretch of a day in milliseconds after its midnight; half-open. */
export interface Stretch {
  from: number;
  to: number;
}

export interface CompiledHours {
  stretches: readonly Stretch[];
  perDayMs: number;
}

function readTime(text: string): number {
  const found = TIME.exec(text);
  const minutes = found === null ? Number.NaN : Number(found[1]) * 60 + Number(found[2]);
  return minutes <= 24 * 60 ? minutes * MINUTE_MS : Number.NaN;
}

/** Unreadable and reversed stretches are refused when settings are saved; here they count as closed. */
export function compileHours(hours: WorkingHours): CompiledHours {
  const open = hours
    .map(([from, to]) => ({ from: readTime(from), to: readTime(to) }))
    .filter((stretch) => stretch.from < stretch.to)
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  for (const stretch of open) {
    const last = stretches.at(-1);
    if (last !== undefined && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else stretches.push(stretch);
  }
  if (stretches.length === 0) {
    throw new AppError({
      code: "configuration",
      message: "Working hours are empty",
      safeMessage: "该部门没有设置工作时间，无法计算办理时限；请管理员在部门设置中填写工作时间。",
    });
  }
  return { stretches, perDayMs: stretches.reduce((sum, { from, to }) => sum + to - from, 0) };
}
