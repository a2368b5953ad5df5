import type { Sidecar } from "../../knowledge/index.ts";
import { AppError } from "../../shared/index.ts";

const DAYS = ["signedOn", "publishedOn", "effectiveFrom", "expiresOn"] as const;
const DAY_LABELS = {
  signedOn: "成文日期",
  publishedOn: "发布日期",
  effectiveFrom: "施行日期",
  expiresOn: "有效期至",
} as const;

/** A submitted form → stated metadata; an emptied field says that the document does not state it. Throws `usage`. */
export function readCorrections(form: Readonly<Record<string, string>>): Sidecar {
  const read = (name: string) => form[name]?.trim();
  const changes: Record<string, unknown> = {};
  const title = read("title");
  if (title === "") throw wrong("标题不能为空。");
  if (title) changes["title"] = title;
  const issuers = read("issuers");
  if (issuers !== undefined)
    changes["issuers"] = issuers
      .split(/[、,，;；\n]+/)
      .map((name) => name.trim())
      .filter(Boolean);
  const number = read("documentNumber");
  if (number !== undefined) changes["documentNumber"] = number === "" ? null : number;
  for (const name of ["kind", "status"] as const) if (read(name)) changes[name] = read(name);
  for (const name of DAYS) {
    const day = read(name);
    if (day !== undefined) changes[name] = day === "" ? null : toDay(day, DAY_LABELS[name]);
  }
  return changes as Sidecar;
}

/** Date pickers add the zone: `2026-11-23 +0800`. */
function toDay(text: string, label: string): string {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(text);
  const day = match && `${match[1]}-${match[2]?.padStart(2, "0")}-${match[3]?.padStart(2, "0")}`;
  if (day && !Number.isNaN(Date.parse(day)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day))
    return day;
  throw wrong(`${label}“${text}”不是有效日期，请写成 2026-11-23 的形式；文件未载明的请留空。`);
}

function wrong(safeMessage: string): AppError {
  return new AppError({ code: "usage", message: "bad correction form", safeMessage });
}
