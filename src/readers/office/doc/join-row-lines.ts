const MAX_LINES_OF_ROW = 12;

/**
 * A cell of several paragraphs breaks its row into lines. They are put together again: lines that begin inside a row are
 * told by their tabs, and lines between two rows of the same width, unless they look like what stands between tables.
 */
export function joinRowLines(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const width = isRow(joined.at(-1) ?? "") ? countTabs(joined.at(-1) ?? "") : 0;
    const last = width === 0 || isRow(line) ? undefined : findRowEnd(lines, index, width);
    if (last === undefined) {
      joined.push(line);
    } else {
      joined.push(joinPieces(lines.slice(index, last + 1)));
      index = last;
    }
  }
  return joined;
}

export function isRow(line: string): boolean {
  return line.endsWith("\t") && line.trim() !== "";
}

function countTabs(line: string): number {
  return line.split("\t").length - 1;
}

const BETWEEN_TABLES =
  /^\s*$|。\s*$|^\s*(?:附|表|注|备注|第[一二三四五六七八九十\d]+[章节条]|[（(]?[一二三四五六七八九十]{1,3}[、)）])/;

/** The line that completes a row of `width` tabs, when the lines from `start` make one. */
function findRowEnd(lines: readonly string[], start: number, width: number): number | undefined {
  let tabs = 0;
  for (let at = start; at < Math.min(lines.length, start + MAX_LINES_OF_ROW); at += 1) {
    const line = lines[at] ?? "";
    if (tabs === 0 && countTabs(line) === 0 && BETWEEN_TABLES.test(line)) return undefined;
    tabs += countTabs(line);
    if (tabs > width) return undefined;
    // Cells merged sideways make fewer; a line that begins inside a row shows that it belongs there.
    if (isRow(line) && (tabs === width || countTabs(lines[start] ?? "") > 0)) return at;
  }
  return undefined;
}

/** Paragraphs of a cell are parted by `；`, as in docx. */
function joinPieces(pieces: readonly string[]): string {
  return pieces.reduce((row, piece) => {
    const needsMark = !/[\t，。；：、！？]$/.test(row) && !piece.startsWith("\t");
    return `${row}${needsMark ? "；" : ""}${piece}`;
  });
}
