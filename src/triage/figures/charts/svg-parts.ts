/** Units of the drawing; a phone shows its width on about half as many points, so nothing is written smaller than 22. */
export const WIDTH = 720;
export const MARGIN = 32;
const SPACE = WIDTH - 2 * MARGIN;
const LEGEND_SIZE = 22;

export const INK = "#1f2933";
export const MUTED = "#5c6975";
export const RULE = "#d9dee4";
export const BLUE = "#2563a8";
export const LIGHT_BLUE = "#86b6e8";
export const AMBER = "#e09b2d";
export const GREY = "#b4bcc6";
export const RED = "#c8452f";

export interface TextStyle {
  size?: number;
  bold?: boolean;
  fill?: string;
  anchor?: "start" | "middle" | "end";
}

const SPECIAL: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// What XML does not take at all.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function escapeText(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[&<>"]/g, (character) => SPECIAL[character] ?? "");
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 24, bold = false, fill = INK, anchor = "start" } = style;
  const weight = bold ? ' font-weight="700"' : "";
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${weight}>${escapeText(words)}</text>`;
}

export function box(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
  const [w, h] = [Math.max(0, width), Math.max(0, height)];
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" rx="${radius}" fill="${fill}"/>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1.5): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const NARROW = " -·,.:/()";

/** About as wide as the font draws it: a Chinese character fills its square, others a little more than half of one. */
export function widthOf(words: string, size: number): number {
  let ems = 0;
  for (const character of words) {
    const wide = (character.codePointAt(0) ?? 0) > 0x2e7f;
    ems += wide ? 1 : NARROW.includes(character) ? 0.36 : 0.57;
  }
  return ems * size;
}

export function shorten(words: string, size: number, width: number): string {
  if (widthOf(words, size) <= width) return words;
  const characters = [...words];
  while (characters.length > 1 && widthOf(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("")}…`;
}

/** Title, a line under it, and a place for the rest. */
export function frame(title: string, subtitle: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Noto Sans S Chinese">`,
    box(0, 0, WIDTH, height, "#ffffff"),
    text(MARGIN, 60, title, { size: 34, bold: true }),
    text(MARGIN, 98, subtitle, {
      size: Math.min(23, Math.floor((23 * SPACE) / widthOf(subtitle, 23))),
      fill: MUTED,
    }),
    ...parts,
    "</svg>",
  ].join("\n");
}

export interface LegendEntry {
  name: string;
  fill: string;
}

/** In lines as they fit; `bottom` is where the next thing may begin. */
export function legend(entries: readonly LegendEntry[], top: number): { parts: string[]; bottom: number } {
  const parts: string[] = [];
  let x = MARGIN;
  let y = top;
  for (const { name, fill } of entries) {
    const width = 28 + widthOf(name, LEGEND_SIZE);
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, y] = [MARGIN, y + 36];
    parts.push(box(x, y - 18, 20, 20, fill, 4), text(x + 28, y, name, { size: LEGEND_SIZE }));
    x += width + 20;
  }
  return { parts, bottom: y + 20 };
}
