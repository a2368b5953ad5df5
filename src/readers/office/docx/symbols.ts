/** Characters of the symbol fonts that documents use as marks: low byte of the code → character. */
const WINGDINGS: Readonly<Record<number, string>> = {
  82: "☑",
  84: "☒",
  108: "●",
  110: "■",
  111: "□",
  113: "□",
  117: "◆",
  118: "◆",
  120: "☒",
  129: "①",
  130: "②",
  131: "③",
  132: "④",
  133: "⑤",
  134: "⑥",
  135: "⑦",
  136: "⑧",
  137: "⑨",
  138: "⑩",
  161: "○",
  163: "□",
  168: "□",
  216: "➢",
  224: "→",
  232: "→",
  251: "✗",
  252: "√",
  253: "☒",
  254: "☑",
};
const WINGDINGS_2: Readonly<Record<number, string>> = {
  42: "□",
  48: "□",
  80: "√",
  82: "☑",
  84: "☒",
  163: "□",
};
const SYMBOL: Readonly<Record<number, string>> = {
  163: "≤",
  176: "°",
  177: "±",
  179: "≥",
  180: "×",
  183: "·",
  184: "÷",
  185: "≠",
};

/** `w:sym` → a character; empty when the font's sign has no like. */
export function readSymbol(font: string, code: string): string {
  const value = Number.parseInt(code, 16);
  if (Number.isNaN(value)) return "";
  const isPrivate = value >= 0xe000 && value <= 0xf8ff;
  const low = isPrivate ? value & 0xff : value;
  const table = tableOf(font);
  if (table) return table[low] ?? "";
  if (isPrivate || value < 0x20 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return "";
  return String.fromCodePoint(value);
}

function tableOf(font: string): Readonly<Record<number, string>> | undefined {
  if (/^wingdings 2/i.test(font)) return WINGDINGS_2;
  if (/^wingdings/i.test(font)) return WINGDINGS;
  return /^symbol/i.test(font) ? SYMBOL : undefined;
}
