import type { ReadFields } from "../types.ts";
import type { PageLine } from "./collect-lines.ts";
import { PARTICULARS } from "./page-words.ts";
import { readLines } from "./read-table.ts";
import { cellsOf, rowsOf } from "./table-kind.ts";

/** What a site says about a document beside its text, by the printed name without blanks. */
export type Particulars = ReadonlyMap<string, string>;

const SPACED = [...PARTICULARS.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((name) => [...name].join("[\\s\\u00a0\\u3000]*"))
  .join("|");
/** A name with its colon; names that end a value also without one. */
const NAME = new RegExp(`(?:^|(?<=[\\s\\u3000|｜【\\[（(]|\\d|[一-龥]))(${SPACED})[\\s\\u3000]*[：:]`, "g");
const SOLE_NAME = new RegExp(`^[【\\[]?(${SPACED})[】\\]]?[\\s\\u3000]*[：:]?$`);
const MAX_LINE = 320;

/** `发布时间：2024-01-02 来源：区科委 浏览次数：12` → its pairs; empty when the line does not begin with one. */
export function readPairs(line: string): [name: string, value: string][] {
  if (line.length > MAX_LINE || /[。；]$/.test(line)) return [];
  const found = [...line.matchAll(NAME)];
  if (found.length === 0 || line.slice(0, found[0]?.index).replace(/[【[\s]/g, "") !== "") return [];
  return found.map((match, index) => {
    const start = match.index + match[0].length;
    const value = line.slice(start, found[index + 1]?.index ?? line.length);
    return [compact(match[1] ?? ""), tidyValue(value)];
  });
}

/** Names that documents use as well: alone on a line they are left to the document. */
const SHARED_NAMES: ReadonlySet<string> = new Set(
  "主题 主题词 关键词 有效期 有效期至 作者 名称 标题 体裁 文号 打印 分享 收藏 施行日期 生效日期 实施日期 失效日期".split(
    " ",
  ),
);

/** Whether a line over the text is the site's. */
export function isParticularsLine(line: string): boolean {
  const pairs = readPairs(line);
  return pairs.length > 1 || pairs.some(([name]) => !SHARED_NAMES.has(name));
}

function compact(text: string): string {
  return text.replace(/[\s\u00a0\u3000]+/g, "");
}

function tidyValue(value: string): string {
  return value.replace(/[【[（(][^】\]）)]{0,20}$/, "").replace(/^[\s\u3000]+|[\s\u3000|｜【[]+$/g, "");
}

/** Cells of a table of particulars in pairs of name and value; undefined when the table is none. */
export function readParticularsTable(line: PageLine): Map<string, string> | undefined {
  if (line.kind !== "table") return undefined;
  const cells = rowsOf(line.element).flatMap(({ row }) =>
    cellsOf(row).map((cell) => readLines(cell).join(" ")),
  );
  const pairs = new Map<string, string>();
  let named = 0;
  for (const [index, cell] of cells.entries()) {
    const inside = readPairs(cell);
    const name = SOLE_NAME.exec(cell)?.[1];
    named += name !== undefined || inside.length > 0 ? 1 : 0;
    for (const [key, value] of inside) if (value !== "") pairs.set(key, value);
    const next = cells[index + 1];
    const hasValue = name !== undefined && next !== undefined && !SOLE_NAME.test(next);
    if (hasValue && next !== "") pairs.set(compact(name), next);
  }
  return named >= 3 && named >= cells.length * 0.3 ? pairs : undefined;
}

/** Lines over the article: pairs in one line, or a name on one and its value on the next. */
export function readParticulars(lines: readonly PageLine[]): Particulars {
  const all = new Map<string, string>();
  const keep = (name: string, value: string) => {
    if (value !== "" && value.length <= 200 && !all.has(name)) all.set(name, value);
  };
  for (const [index, line] of lines.entries()) {
    if (line.kind === "table") {
      for (const [name, value] of readParticularsTable(line) ?? []) keep(name, value);
      continue;
    }
    for (const [name, value] of readPairs(line.text)) keep(name, value);
    const name = /[：:]$/.test(line.text) ? SOLE_NAME.exec(line.text)?.[1] : undefined;
    const next = lines[index + 1];
    if (name && next?.kind === "text" && !SOLE_NAME.test(next.text) && readPairs(next.text).length === 0)
      keep(compact(name), next.text);
  }
  return all;
}

/** Particulars by the fields that every format has. */
export function toFields(particulars: Particulars): ReadFields {
  const fields: ReadFields = {};
  const other: Record<string, string> = {};
  for (const [name, value] of particulars) {
    const field = PARTICULARS.get(name) ?? "other";
    if (field === "other") other[name] = value;
    else if (field !== "none") fields[field] ??= value;
  }
  return Object.keys(other).length === 0 ? fields : { ...fields, other };
}
