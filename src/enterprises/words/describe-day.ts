import { addMonths, dayBefore } from "../profile/add-months.ts";

/** `2026-11-30` → 2026年11月30日. */
export function writeDay(day: string, language: "zh" | "en" = "zh"): string {
  if (language === "en") return day;
  const [year = "", month = "", date = ""] = day.split("-");
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** Half-open days as people say them: 2021年, 2021年3月, 2021年3月5日, 2021年3月1日至2022年6月30日. */
export function describeDays(from: string, to: string, language: "zh" | "en" = "zh"): string {
  const [year = "", month = ""] = from.split("-");
  if (from.endsWith("-01-01") && to === addMonths(from, 12)) return language === "zh" ? `${year}年` : year;
  if (from.endsWith("-01") && to === addMonths(from, 1)) {
    return language === "zh" ? `${year}年${Number(month)}月` : `${year}-${month}`;
  }
  const last = dayBefore(to);
  if (last <= from) return writeDay(from, language);
  const joint = language === "zh" ? "至" : " to ";
  return `${writeDay(from, language)}${joint}${writeDay(last, language)}`;
}
