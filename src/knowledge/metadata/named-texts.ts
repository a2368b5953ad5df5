import { findDocumentNumber } from "./document-number.ts";

/** A text that a sentence names: 《…》, with its number when that stands beside it. */
export interface NamedText {
  /** Without 《》. */
  title: string;
  documentNumber: string | null;
  start: number;
  /** After the bracket with the number. */
  end: number;
}

/** All texts named in a sentence, in order. A title inside a title, 《关于印发〈…〉的通知》 or 《关于修改《…》的决定》, is part of it. */
export function findNamedTexts(sentence: string): NamedText[] {
  const found: NamedText[] = [];
  let from = sentence.indexOf("《");
  while (from !== -1) {
    const close = findClosing(sentence, from);
    if (close === -1) break;
    const title = sentence.slice(from + 1, close).trim();
    const bracket = readBracket(sentence, close + 1);
    if (title.length >= 2) found.push({ title, ...bracket, start: from });
    from = sentence.indexOf("《", bracket.end);
  }
  return found;
}

const MAX_TITLE = 140;

function findClosing(sentence: string, from: number): number {
  let depth = 0;
  for (let index = from; index < Math.min(sentence.length, from + MAX_TITLE); index += 1) {
    const character = sentence[index];
    if (character === "《") depth += 1;
    if (character === "》") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

/** （沪府办规〔2023〕23号，以下简称《办法》） */
function readBracket(sentence: string, at: number): { documentNumber: string | null; end: number } {
  if (!/^[（(]/.test(sentence.slice(at, at + 1))) return { documentNumber: null, end: at };
  let depth = 0;
  for (let index = at; index < Math.min(sentence.length, at + MAX_TITLE); index += 1) {
    const character = sentence[index] ?? "";
    if ("（(".includes(character)) depth += 1;
    if ("）)".includes(character)) depth -= 1;
    if (depth > 0) continue;
    return { documentNumber: findDocumentNumber(sentence.slice(at + 1, index)), end: index + 1 };
  }
  return { documentNumber: null, end: at };
}
