/** Characters that must not begin a line. */
const CLOSING = /^[，。、；：？！）》〉」』”’】〕…,.;:?!)\]]/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal: Chinese characters take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (WIDE.test(character)) width += 2;
    else if (!/\p{Mark}|\p{Control}/u.test(character)) width += 1;
  }
  return width;
}

/** Breaks a text into lines of at most so many columns: between Chinese characters, between Latin words. */
export function wrapText(text: string, columns: number): string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const piece of splitPieces(line, columns)) {
    const fits = current === "" || displayWidth(current + piece.trimEnd()) <= columns;
    if (fits) current += piece;
    // It hangs over the edge, so a blank before it would only push it further.
    else if (CLOSING.test(piece)) current = current.trimEnd() + piece;
    else {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    }
  }
  return [...lines, current.trimEnd()];
}

/** Latin words with the blanks after them stay whole unless they fill a line by themselves; marks that close stand alone. */
function splitPieces(line: string, columns: number): string[] {
  const pieces = line.match(/[,.;:?!)\]]+\s*|[\u0021-\u024f]+\s*|\s+|[^\u0021-\u024f\s]/gu) ?? [];
  return pieces.flatMap((piece) => (displayWidth(piece) > columns ? [...piece] : [piece]));
}
