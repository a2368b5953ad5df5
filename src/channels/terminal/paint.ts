export type Style = "strong" | "faint" | "source" | "status" | "warning" | "error" | "good" | "open";

const CODES: Record<Style, [number, number]> = {
  strong: [1, 22],
  faint: [2, 22],
  source: [36, 39],
  status: [31, 39],
  warning: [33, 39],
  error: [31, 39],
  good: [32, 39],
  open: [34, 39],
};

export type Paint = (style: Style, text: string) => string;

/** ANSI colours; without, the text as it is. */
export function createPaint(colour: boolean): Paint {
  return (style, text) => {
    const [on, off] = CODES[style];
    return colour && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}
