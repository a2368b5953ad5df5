import { type Modifier, readModifiers } from "./read-properties.ts";
import { PARTS, type WordFile } from "./word-file.ts";

export interface DocStyle {
  modifiers: Modifier[];
  /** Of the style itself; 1 is the outermost. */
  headingLevel?: number;
  /** A line of a table of contents. */
  isContents: boolean;
}

interface RawStyle {
  /** Number of a built-in style: 1–9 headings, 19–27 contents, 62 the title. */
  known: number;
  base: number;
  modifiers: Modifier[];
}

const PARAGRAPH = 1;
const TITLE = 62;
const MAX_CHAIN = 12;

/** What the styles of paragraphs say, with the styles that they are based on: outer ones first (MS-DOC 2.9.271). */
export function readStyles(file: WordFile): (index: number) => DocStyle | undefined {
  const raw = readRawStyles(file);
  return (index) => {
    const chain: RawStyle[] = [];
    for (let next = index; chain.length < MAX_CHAIN; ) {
      const style = raw.get(next);
      if (!style || chain.includes(style)) break;
      chain.unshift(style);
      next = style.base;
    }
    const own = chain.at(-1);
    if (!own) return undefined;
    const heading = chain.findLast(({ known }) => known >= 1 && known <= 9)?.known;
    const level = own.known === TITLE ? 1 : heading;
    return {
      modifiers: chain.flatMap(({ modifiers }) => modifiers),
      ...(level === undefined ? {} : { headingLevel: level }),
      isContents: own.known >= 19 && own.known <= 27,
    };
  };
}

function readRawStyles(file: WordFile): Map<number, RawStyle> {
  const styles = new Map<number, RawStyle>();
  const view = file.part(PARTS.styles);
  if (!view) return styles;
  const headBytes = view.getUint16(0, true);
  const count = view.getUint16(2, true);
  const baseBytes = view.getUint16(4, true);
  let at = 2 + headBytes;
  for (let index = 0; index < count && at + 2 <= view.byteLength; index += 1) {
    const size = view.getUint16(at, true);
    if (size > 0) {
      const style = readStyle(view, at + 2, baseBytes);
      if (style) styles.set(index, style);
    }
    at += 2 + size + (size % 2);
  }
  return styles;
}

function readStyle(view: DataView, start: number, baseBytes: number): RawStyle | undefined {
  const second = view.getUint16(start + 2, true);
  if ((second & 0xf) !== PARAGRAPH) return undefined;
  const nameLength = view.getUint16(start + baseBytes, true);
  const at = start + baseBytes + 2 + nameLength * 2 + 2;
  const size = view.getUint16(at, true);
  return {
    known: view.getUint16(start, true) & 0xfff,
    base: second >>> 4,
    // The style's own number stands before its properties.
    modifiers: size < 2 ? [] : [...readModifiers(view, at + 4, size - 2)],
  };
}
