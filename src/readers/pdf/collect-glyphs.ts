import { IDENTITY, type Matrix, multiply, toMatrix, transformPoint } from "./matrix.ts";
import type { OperatorVisitor, PageFont, PageOperators } from "./page-operators.ts";
import { repairCharacters } from "./repair-characters.ts";

/** Which way a line of text runs on the upright page; vertical Chinese print runs down. */
export type Direction = "right" | "down" | "left" | "up";

/** One character where it stands, points from the top left. Blanks are glyphs as well, with blank text. */
export interface PlacedGlyph {
  text: string;
  direction: Direction | "slanted";
  /** On the baseline (for vertical print: in the middle of the column), at the start of the character. */
  x: number;
  y: number;
  /** Along the direction. */
  advance: number;
  fontSize: number;
  bold: boolean;
  /** Characters of vertical print stand around the point, not above it. */
  vertical: boolean;
  /** Painted with nothing: the recognised text under the picture of a scan. */
  hidden: boolean;
}

interface TextState {
  font: PageFont;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
}

interface LibraryGlyph {
  unicode: string;
  width: number;
  isSpace: boolean;
  vmetric?: readonly number[] | null;
}

const NO_FONT: PageFont = { bold: false, vertical: false, unit: 0.001 };
/** A page that draws more is no document for reading. */
const MAX_GLYPHS = 200_000;
const FILL_AND_STROKE = 2;
const INVISIBLE_MODES: ReadonlySet<number> = new Set([3, 7]);

const START: TextState = {
  font: NO_FONT,
  size: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
};

type Change = (operands: readonly unknown[]) => Partial<TextState>;
type Action = (operands: readonly unknown[], matrix: Matrix) => void;

/** Follows the text operators as the PDF standard defines them (9.4) and places every character. */
export class GlyphCollector implements OperatorVisitor {
  readonly glyphs: PlacedGlyph[] = [];
  readonly #fonts: PageOperators["fonts"];
  readonly #changes: ReadonlyMap<number, Change>;
  readonly #actions: ReadonlyMap<number, Action>;
  readonly #stack: TextState[] = [];
  #state = START;
  #line: Matrix = IDENTITY;
  #text: Matrix = IDENTITY;

  constructor({ codes, fonts }: PageOperators) {
    this.#fonts = fonts;
    this.#changes = new Map<number, Change>([
      [codes.setCharSpacing, ([value]) => ({ charSpacing: toNumber(value) })],
      [codes.setWordSpacing, ([value]) => ({ wordSpacing: toNumber(value) })],
      [codes.setHScale, ([value]) => ({ scale: toNumber(value) / 100 })],
      [codes.setLeading, ([value]) => ({ leading: toNumber(value) })],
      [codes.setTextRise, ([value]) => ({ rise: toNumber(value) })],
      [codes.setTextRenderingMode, ([value]) => ({ mode: toNumber(value) })],
      [codes.setLeadingMoveText, ([, y]) => ({ leading: -toNumber(y) })],
      [codes.setFont, ([name, size]) => ({ font: this.#fontNamed(name), size: toNumber(size) })],
    ]);
    this.#actions = new Map<number, Action>([
      [codes.beginText, () => this.#setMatrix(IDENTITY)],
      [codes.moveText, ([x, y]) => this.#move(toNumber(x), toNumber(y))],
      [codes.setLeadingMoveText, ([x, y]) => this.#move(toNumber(x), toNumber(y))],
      [codes.nextLine, () => this.#move(0, -this.#state.leading)],
      [codes.setTextMatrix, (operands) => this.#setMatrix(toMatrix(operands[0]) ?? toMatrix(operands))],
      [codes.showText, ([items], matrix) => this.#show(items, matrix)],
    ]);
  }

  visit(operator: number, operands: readonly unknown[], matrix: Matrix): void {
    const change = this.#changes.get(operator)?.(operands);
    if (change) this.#state = { ...this.#state, ...change };
    this.#actions.get(operator)?.(operands, matrix);
  }

  save(): void {
    this.#stack.push(this.#state);
  }

  restore(): void {
    this.#state = this.#stack.pop() ?? this.#state;
  }

  #fontNamed(name: unknown): PageFont {
    return this.#fonts.get(String(name)) ?? NO_FONT;
  }

  #setMatrix(matrix: Matrix | undefined): void {
    this.#line = matrix ?? IDENTITY;
    this.#text = this.#line;
  }

  #move(x: number, y: number): void {
    this.#setMatrix(multiply(this.#line, [1, 0, 0, 1, x, y]));
  }

  #show(items: unknown, matrix: Matrix): void {
    if (!Array.isArray(items)) return;
    const { font, size, scale } = this.#state;
    for (const item of items) {
      let shift = 0;
      if (typeof item === "number") shift = (-item / 1000) * size * (font.vertical ? 1 : scale);
      else if (isGlyph(item)) {
        const placed = placeGlyph(item, this.#state, multiply(matrix, this.#text));
        if (this.glyphs.length < MAX_GLYPHS && placed.glyph) this.glyphs.push(placed.glyph);
        shift = placed.shift;
      }
      this.#text = multiply(this.#text, font.vertical ? [1, 0, 0, 1, 0, shift] : [1, 0, 0, 1, shift, 0]);
    }
  }
}

function toNumber(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function isGlyph(item: unknown): item is LibraryGlyph {
  return typeof item === "object" && item !== null && "unicode" in item && typeof item.unicode === "string";
}

function placeGlyph(
  glyph: LibraryGlyph,
  state: TextState,
  matrix: Matrix,
): { glyph: PlacedGlyph | undefined; shift: number } {
  const { font, size } = state;
  const spacing = state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0);
  const vertical = font.vertical && Array.isArray(glyph.vmetric);
  const [height = 0, originX = 0, originY = 0] = vertical ? (glyph.vmetric ?? []) : [];
  const length = vertical
    ? height * font.unit * size
    : toNumber(glyph.width) * font.unit * size * state.scale;
  const shift = vertical ? length - spacing : length + spacing * state.scale;
  const text = repairCharacters(glyph.unicode);
  if (text === "") return { glyph: undefined, shift };
  // In vertical print the origin is the middle of the character's upper edge; `originX` is half its width.
  const from = transformPoint(matrix, 0, state.rise);
  const to = vertical
    ? transformPoint(matrix, 0, state.rise + length)
    : transformPoint(matrix, length, state.rise);
  const [dx, dy] = axis(matrix, vertical, size * state.scale);
  const fontSize = Math.abs(size) * Math.hypot(matrix[2], matrix[3]);
  if (![...from, ...to, fontSize].every(Number.isFinite) || originX > 1e6 || originY > 1e6) {
    return { glyph: undefined, shift };
  }
  return {
    shift,
    glyph: {
      text,
      direction: toDirection(dx, dy),
      x: from[0],
      y: from[1],
      advance: Math.hypot(to[0] - from[0], to[1] - from[1]),
      fontSize,
      bold: font.bold || state.mode === FILL_AND_STROKE,
      vertical,
      hidden: INVISIBLE_MODES.has(state.mode),
    },
  };
}

/** Where a character of positive width leads to, on the page. */
function axis(matrix: Matrix, vertical: boolean, size: number): [number, number] {
  const sign = size < 0 ? -1 : 1;
  return vertical ? [-matrix[2] * sign, -matrix[3] * sign] : [matrix[0] * sign, matrix[1] * sign];
}

/** Up to 7 degrees off an axis is a crooked scan's text layer; more is a watermark. */
function toDirection(dx: number, dy: number): PlacedGlyph["direction"] {
  const tolerance = 0.125;
  if (Math.abs(dy) <= Math.abs(dx) * tolerance) return dx >= 0 ? "right" : "left";
  if (Math.abs(dx) <= Math.abs(dy) * tolerance) return dy >= 0 ? "down" : "up";
  return "slanted";
}
