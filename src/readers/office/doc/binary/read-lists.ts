import type { Numbering, NumberingLevel, NumberingList } from "../../docx/numbering.ts";
import { PARTS, type WordFile } from "./word-file.ts";

/** MS-OSHARED 2.2.1.3: codes of numbers → names as docx has them; what is not here prints as decimal. */
const FORMATS: ReadonlyMap<number, string> = new Map([
  [1, "upperRoman"],
  [2, "lowerRoman"],
  [3, "upperLetter"],
  [4, "lowerLetter"],
  [5, "ordinal"],
  [10, "ideographDigital"],
  [11, "japaneseCounting"],
  [14, "decimalFullWidth"],
  [16, "japaneseLegal"],
  [17, "japaneseDigitalTenThousand"],
  [18, "decimalEnclosedCircle"],
  [19, "decimalFullWidth2"],
  [22, "decimalZero"],
  [23, "bullet"],
  [26, "decimalEnclosedFullstop"],
  [27, "decimalEnclosedParen"],
  [28, "decimalEnclosedCircleChinese"],
  [29, "ideographEnclosedCircle"],
  [30, "ideographTraditional"],
  [31, "ideographZodiac"],
  [33, "taiwaneseCounting"],
  [34, "ideographLegalTraditional"],
  [35, "taiwaneseCountingThousand"],
  [36, "taiwaneseDigital"],
  [37, "chineseCounting"],
  [38, "chineseLegalSimplified"],
  [39, "chineseCountingThousand"],
  [255, "none"],
]);
const LIST_BYTES = 28;
const OVERRIDE_BYTES = 16;
const LEVEL_BYTES = 28;
const NO_STYLE = 0x0fff;

interface List {
  id: number;
  levels: Map<number, NumberingLevel>;
}

/** Lists as the paragraphs name them: by the 1-based place of their override (MS-DOC 2.9.131 and 2.9.150). */
export function readLists(file: WordFile): Numbering {
  const lists = readListTable(file);
  const overrides = readOverrides(file, lists);
  return { list: (name) => overrides[Number(name) - 1] };
}

function readListTable(file: WordFile): List[] {
  const size = file.main.getUint32(PARTS.lists + 4, true);
  if (size === 0) return [];
  const { table } = file;
  const start = file.main.getUint32(PARTS.lists, true);
  const count = table.getUint16(start, true);
  const lists: List[] = [];
  // The levels stand behind the table, outside its size.
  let at = start + size;
  for (let index = 0; index < count; index += 1) {
    const entry = start + 2 + index * LIST_BYTES;
    const levels = new Map<number, NumberingLevel>();
    const isSimple = (table.getUint8(entry + 26) & 1) !== 0;
    for (let level = 0; level < (isSimple ? 1 : 9); level += 1) {
      const style = table.getUint16(entry + 8 + level * 2, true);
      const read = readLevel(table, at, style);
      levels.set(level, read.level);
      at = read.end;
    }
    lists.push({ id: table.getInt32(entry, true), levels });
  }
  return lists;
}

function readLevel(table: DataView, at: number, style: number): { level: NumberingLevel; end: number } {
  const flags = table.getUint8(at + 5);
  const follow = table.getUint8(at + 15);
  const properties = table.getUint8(at + 24) + table.getUint8(at + 25);
  const textAt = at + LEVEL_BYTES + properties;
  const length = table.getUint16(textAt, true);
  let text = "";
  for (let index = 0; index < length; index += 1) {
    const unit = table.getUint16(textAt + 2 + index * 2, true);
    text += unit < 9 ? `%${unit + 1}` : String.fromCharCode(unit);
  }
  const level: NumberingLevel = {
    start: table.getInt32(at, true),
    format: FORMATS.get(table.getUint8(at + 4)) ?? "decimal",
    text,
    suffix: follow === 0 ? "tab" : follow === 1 ? "space" : "nothing",
    ...((flags & 0x08) !== 0 && { restart: table.getUint8(at + 26) }),
    isLegal: (flags & 0x04) !== 0,
    ...(style !== NO_STYLE && { styleId: String(style) }),
  };
  return { level, end: textAt + 2 + length * 2 };
}

function readOverrides(file: WordFile, lists: readonly List[]): (NumberingList | undefined)[] {
  const view = file.part(PARTS.listOverrides);
  if (!view) return [];
  const count = view.getUint32(0, true);
  const overrides: (NumberingList | undefined)[] = [];
  let at = 4 + count * OVERRIDE_BYTES;
  for (let index = 0; index < count; index += 1) {
    const entry = 4 + index * OVERRIDE_BYTES;
    const id = view.getInt32(entry, true);
    const list = lists.find((one) => one.id === id);
    const levels = new Map(list?.levels);
    const startOverrides = new Map<number, number>();
    at += 4;
    for (let seen = 0; seen < view.getUint8(entry + 12); seen += 1) {
      const flags = view.getUint32(at + 4, true);
      const level = flags & 0xf;
      if ((flags & 0x10) !== 0) startOverrides.set(level, view.getInt32(at, true));
      at += 8;
      if ((flags & 0x20) === 0) continue;
      const read = readLevel(view, at, NO_STYLE);
      levels.set(level, read.level);
      if ((flags & 0x10) !== 0) startOverrides.set(level, read.level.start);
      at = read.end;
    }
    overrides.push(list && { abstractId: String(id), levels, startOverrides });
  }
  return overrides;
}
