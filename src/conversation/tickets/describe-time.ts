import { toShanghaiDay } from "../../shared/index.ts";
import type { Language } from "./ticket-parts.ts";

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const;
const WEEKDAYS_EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS_EN = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
] as const;

function inShanghai(iso: string): Date {
  return new Date(Date.parse(iso) + SHANGHAI_OFFSET_MS);
}

function describeClock(iso: string): string {
  return inShanghai(iso).toISOString().slice(11, 16);
}

function describeDay(iso: string, language: Language): string {
  const day = inShanghai(iso);
  const month = day.getUTCMonth();
  const date = day.getUTCDate();
  const weekday = day.getUTCDay();
  return language === "zh"
    ? `${month + 1}月${date}日（周${WEEKDAYS[weekday] ?? ""}）`
    : `${WEEKDAYS_EN[weekday] ?? ""} ${date} ${MONTHS_EN[month] ?? ""}`;
}

/** `11月23日（周一）15:40`: for what stands for long. */
export function describeInstant(iso: string, language: Language = "zh"): string {
  return `${describeDay(iso, language)}${language === "zh" ? "" : " "}${describeClock(iso)}`;
}

/** `今天15:40`, `明天09:30`, `11月26日（周四）10:00`: for what is read at once. */
export function describeSoon(iso: string, now: Date, language: Language = "zh"): string {
  const day = toShanghaiDay(new Date(iso));
  const clock = describeClock(iso);
  if (day === toShanghaiDay(now)) return language === "zh" ? `今天${clock}` : `${clock} today`;
  if (day === toShanghaiDay(new Date(now.getTime() + DAY_MS))) {
    return language === "zh" ? `明天${clock}` : `${clock} tomorrow`;
  }
  return describeInstant(iso, language);
}

/** `1小时20分`, `25分`, `2天3小时`; at least one minute. */
export function describeSpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
  if (hours > 0) return rest > 0 ? `${hours}小时${rest}分` : `${hours}小时`;
  return `${rest}分`;
}
