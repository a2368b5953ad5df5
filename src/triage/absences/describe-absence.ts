import { toShanghaiDay } from "../../shared/index.ts";
import type { Absence } from "../settings-types.ts";
import { weekdayOf } from "./absence-days.ts";

const HALF_DAY_MS = 12 * 60 * 60 * 1000;

/** 11月30日（周一）至12月2日（周三），由李四代理. Days before noon and after it are said as 上午 and 下午. */
export function describeAbsence(
  { from, to, deputy, note }: Absence,
  nameOf: (account: string) => string | null = () => null,
): string {
  const [start, end] = [new Date(from), new Date(Date.parse(to) - 1)];
  const [first, last] = [toShanghaiDay(start), toShanghaiDay(end)];
  const late = isAfternoon(start);
  const early = !isAfternoon(end);
  const year = first.slice(0, 4) !== last.slice(0, 4);
  const half = late ? "下午" : early ? "上午" : "";
  const days =
    first === last
      ? `${sayDay(first, false)}${half}`
      : `${sayDay(first, year)}${late ? "下午" : ""}至${sayDay(last, year)}${early ? "上午" : ""}`;
  const by = deputy === null ? "未设代理人，工单进入部门队列" : `由${nameOf(deputy) ?? deputy}代理`;
  return `${days}，${by}${note ? `（${note}）` : ""}`;
}

function isAfternoon(at: Date): boolean {
  return at.getTime() - Date.parse(`${toShanghaiDay(at)}T00:00:00+08:00`) >= HALF_DAY_MS;
}

function sayDay(day: string, withYear: boolean): string {
  const [year, month, date] = day.split("-").map(Number);
  const weekday = "一二三四五六日"[weekdayOf(day) - 1];
  return `${withYear ? `${year}年` : ""}${month}月${date}日（周${weekday}）`;
}
