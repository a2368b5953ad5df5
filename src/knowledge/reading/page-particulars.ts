import { findDates } from "./find-dates.ts";
import { isBareOffice, readDocumentNumberLine, readOrganLine } from "./line-roles.ts";
import type { Line } from "./split-lines.ts";
import { PAGE_FIELDS } from "./web-page-words.ts";

/** What the page around the document says of it. Values as printed. */
export type PageFields = Partial<
  Record<
    | "publishedOn"
    | "signedOn"
    | "documentNumber"
    | "issuer"
    | "validity"
    | "effectiveFrom"
    | "expiresOn"
    | "name",
    string
  >
>;

export type Field = keyof PageFields;

export interface Particulars {
  fields: PageFields;
  /** Indexes of the lines that hold a key or a value of the table. */
  lines: Set<number>;
}

const PAIR = /([一-龥](?:[ \u3000]*[一-龥]){1,5})[ \u3000]*[：:][ \u3000]*((?:(?! +[一-龥]{2,6} ?[：:]).)*)/g;
const MAX_LINE = 200;
const HEAD_LINES = 150;

/** Keys whose value is of no use here, but must not be taken for the document's words. */
export const OTHER_KEYS =
  /^(?:索引号|索取号|信息索取号|主题分类|分类|信息分类|组配分类|体裁分类|主题|体裁|服务对象|公开类别|公开方式|主题词|关键词)$/;

/** The table of particulars that sites put over or under a document: keys and values in one line or in two. */
export function readParticulars(lines: readonly Line[]): Particulars {
  const particulars: Particulars = { fields: {}, lines: new Set() };
  for (const [index, { text }] of lines.entries()) {
    if (text.length > MAX_LINE || (index > HEAD_LINES && index < lines.length - HEAD_LINES)) continue;
    for (const [, printedKey = "", inline = ""] of text.matchAll(PAIR)) {
      const key = printedKey.replace(/[ \u3000]/g, "");
      const field = PAGE_FIELDS[key] as Field | undefined;
      if (!field && !OTHER_KEYS.test(key)) continue;
      readPair(particulars, lines, index, { key, field, inline: inline.trim() });
    }
  }
  return particulars;
}

function readPair(
  particulars: Particulars,
  lines: readonly Line[],
  index: number,
  { key, field, inline }: { key: string; field: Field | undefined; inline: string },
): void {
  if (inline !== "") {
    if (!isValue(key, field, inline)) return;
    particulars.lines.add(index);
    if (field) keep(particulars.fields, field, inline);
    return;
  }
  const next = lines[index + 1]?.text.trim() ?? "";
  particulars.lines.add(index);
  if (next === "" || !isValue(key, field, next)) return;
  particulars.lines.add(index + 1);
  if (field) keep(particulars.fields, field, next);
}

/** The first value counts; a body takes the place of an office. */
function keep(fields: PageFields, field: Field, value: string): void {
  const known = fields[field];
  if (known === undefined || (field === "issuer" && isBareOffice(known))) fields[field] = value;
}

/** An empty cell is followed by the next key, or by the document itself: only a fitting value is one. */
function isValue(key: string, field: Field | undefined, value: string): boolean {
  if (/[：:]$/.test(value)) return false;
  if (field === "documentNumber") return readDocumentNumberLine(value) !== undefined;
  if (field === "issuer") return readOrganLine(value) !== undefined || value.length <= 12;
  if (field === "validity") return value.length <= 12;
  if (field === "name") return value.length >= 5;
  if (field) return value.length <= 40 && findDates(value).length > 0;
  if (key === "索引号" || key.endsWith("索取号")) return /^[\w/-]+(?:[ ]?[\w/-]+)*$/.test(value);
  return (
    key !== "主题词" &&
    key !== "关键词" &&
    value.length <= 40 &&
    (/[\\、/]/.test(value) || value.length <= 10)
  );
}
