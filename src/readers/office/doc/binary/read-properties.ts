import { PARTS, type WordFile } from "./word-file.ts";

/** One property modifier (MS-DOC 2.2.5): its code, and where its operand stands. */
export interface Modifier {
  code: number;
  view: DataView;
  at: number;
}

const PAGE_BYTES = 512;
const TABLE_DEFINITION = 0xd608;
const TAB_CHANGES = 0xc615;
const HUGE: ReadonlySet<number> = new Set([0x6645, 0x6646]);
/** By the upper three bits of the code; 6: the operand says. */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, 0, 3];

/** The modifiers in `size` bytes; what is too long for its page lies in the stream Data. */
export function* readModifiers(
  view: DataView,
  start: number,
  size: number,
  data?: DataView,
): Generator<Modifier> {
  const end = Math.min(start + size, view.byteLength);
  for (let at = start; at + 2 < end; ) {
    const code = view.getUint16(at, true);
    const kind = code >>> 13;
    const operand = at + 2;
    if (HUGE.has(code) && data && operand + 4 <= end) {
      const place = view.getUint32(operand, true);
      if (place + 2 <= data.byteLength) yield* readModifiers(data, place + 2, data.getUint16(place, true));
    }
    const length = kind === 6 ? measureOperand(view, code, operand) : (OPERAND_BYTES[kind] ?? 1);
    if (operand + length > end) return;
    yield { code, view, at: operand };
    at = operand + length;
  }
}

function measureOperand(view: DataView, code: number, at: number): number {
  if (code === TABLE_DEFINITION) return view.getUint16(at, true) + 1;
  const size = view.getUint8(at);
  return code === TAB_CHANGES && size === 255 ? 1 : size + 1;
}

/** Properties of the characters stored from `from` to `to`. */
export interface Run {
  from: number;
  to: number;
  modifiers: Modifier[];
}

export interface ParagraphRun extends Run {
  style: number;
}

export function readParagraphRuns(file: WordFile): ParagraphRun[] {
  const { main, data } = file;
  return readPages(file, PARTS.paragraphPages).flatMap((page) => {
    const count = main.getUint8(page + PAGE_BYTES - 1);
    const runs: ParagraphRun[] = [];
    for (let index = 0; index < count; index += 1) {
      const at = page + main.getUint8(page + (count + 1) * 4 + index * 13) * 2;
      if (at === page) {
        runs.push({ ...boundsOf(main, page, index), style: 0, modifiers: [] });
        continue;
      }
      const short = main.getUint8(at);
      const [start, size] = short === 0 ? [at + 2, main.getUint8(at + 1) * 2] : [at + 1, short * 2 - 1];
      runs.push({
        ...boundsOf(main, page, index),
        style: main.getUint16(start, true),
        modifiers: [...readModifiers(main, start + 2, size - 2, data)],
      });
    }
    return runs;
  });
}

export function readCharacterRuns(file: WordFile): Run[] {
  const { main } = file;
  return readPages(file, PARTS.characterPages).flatMap((page) => {
    const count = main.getUint8(page + PAGE_BYTES - 1);
    const runs: Run[] = [];
    for (let index = 0; index < count; index += 1) {
      const at = page + main.getUint8(page + (count + 1) * 4 + index) * 2;
      if (at === page) continue;
      runs.push({
        ...boundsOf(main, page, index),
        modifiers: [...readModifiers(main, at + 1, main.getUint8(at))],
      });
    }
    return runs;
  });
}

function boundsOf(main: DataView, page: number, index: number): { from: number; to: number } {
  return { from: main.getUint32(page + index * 4, true), to: main.getUint32(page + index * 4 + 4, true) };
}

/** Offsets of the pages of properties in the stream. */
function readPages(file: WordFile, part: number): number[] {
  const view = file.part(part);
  if (!view) return [];
  const count = Math.floor((view.byteLength - 4) / 8);
  const pages: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const page = (view.getUint32((count + 1) * 4 + index * 4, true) & 0x3fffff) * PAGE_BYTES;
    if (page + PAGE_BYTES <= file.main.byteLength) pages.push(page);
  }
  return pages;
}

/** The run that holds a stored character; runs in order of their places. */
export function findRun<One extends Run>(runs: readonly One[], offset: number): One | undefined {
  let [low, high] = [0, runs.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (!run) return undefined;
    if (offset < run.from) high = middle - 1;
    else if (offset >= run.to) low = middle + 1;
    else return run;
  }
  return undefined;
}
