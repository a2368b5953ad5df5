const OPENING = "“‘（(《【[";
const CLOSING = "”’）)》】]";
const NUMBER =
  /^\s*(?:第\s*[零〇一二三四五六七八九十百\d\s]+条(?:之[一二三四五六七八九十])?|[（(]\s*[一二三四五六七八九十百\d]+\s*[）)]|[一二三四五六七八九十]+、|\d+(?:\.\d+)*[、.．)）]?(?=\D))\s*/;

/** Sentences and items of a list, verbatim, without the number before and the sign after. Pure. */
export function splitSentences(text: string): string[] {
  return text.split("\n").flatMap((line) => splitAt(line.replace(NUMBER, ""), "。；;！？"));
}

/** What commas divide, verbatim; what stands in quotes or brackets stays whole. Pure. */
export function splitParts(sentence: string, marks = "，,"): string[] {
  return splitAt(sentence, marks);
}

function splitAt(text: string, marks: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (OPENING.includes(sign)) depth++;
    else if (CLOSING.includes(sign)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && marks.includes(sign)) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  // An opening sign without its partner: the text is taken as it is.
  if (depth > 0 && marks.includes("。")) return splitPlain(text, marks);
  pieces.push(text.slice(start));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}

function splitPlain(text: string, marks: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !marks.includes(text.charAt(at))) continue;
    pieces.push(text.slice(start, at));
    start = at + 1;
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}
