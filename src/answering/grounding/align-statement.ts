import type { Span } from "./normalize-text.ts";
import type { Support } from "./read-support.ts";

/** A longest piece of the statement that stands in the support as it is. */
export interface Tile extends Span {
  /** Everywhere in the support where it begins. */
  sources: number[];
}

export interface Alignment {
  /** Maximal pieces of at least two characters, in order; neighbours may overlap. */
  tiles: Tile[];
  /** For each character of the statement: inside a tile. */
  covered: boolean[];
}

export function alignStatement(statement: string, support: Support): Alignment {
  const tiles: Tile[] = [];
  const covered = new Array<boolean>(statement.length).fill(false);
  let reached = 0;
  for (let start = 0; start + 1 < statement.length; start += 1) {
    const tile = longestFrom(statement, start, support);
    if (!tile || tile.end <= reached) continue;
    tiles.push(tile);
    covered.fill(true, start, tile.end);
    reached = tile.end;
  }
  return { tiles, covered };
}

function longestFrom(statement: string, start: number, support: Support): Tile | undefined {
  const positions = support.pairs.get(statement.slice(start, start + 2));
  if (!positions) return undefined;
  let longest = 0;
  let sources: number[] = [];
  for (const position of positions) {
    let length = 2;
    while (
      start + length < statement.length &&
      statement[start + length] === support.text[position + length] &&
      statement[start + length] !== "\n"
    ) {
      length += 1;
    }
    if (length > longest) {
      longest = length;
      sources = [position];
    } else if (length === longest) sources.push(position);
  }
  return { start, end: start + longest, sources };
}

/** The longest piece that ends at `end` (exclusive) and stands in the support; undefined: not even two characters. */
export function longestEndingAt(statement: string, end: number, support: Support): Tile | undefined {
  const positions = support.pairs.get(statement.slice(end - 2, end));
  if (!positions) return undefined;
  let longest = 0;
  let sources: number[] = [];
  for (const position of positions) {
    let length = 2;
    while (
      end - length > 0 &&
      position + 2 - length > 0 &&
      statement[end - length - 1] === support.text[position + 1 - length] &&
      support.text[position + 1 - length] !== "\n"
    ) {
      length += 1;
    }
    if (length < longest) continue;
    if (length > longest) sources = [];
    longest = length;
    sources.push(position + 2 - length);
  }
  return { start: end - longest, end, sources };
}
