/** Radicals that fonts name instead of the characters they look like; Unicode has no decomposition for these. */
const RADICALS: Readonly<Record<string, string>> = {
  "⻄": "西",
  "⻅": "见",
  "⻆": "角",
  "⻉": "贝",
  "⻋": "车",
  "⻓": "长",
  "⻔": "门",
  "⻘": "青",
  "⻙": "韦",
  "⻚": "页",
  "⻛": "风",
  "⻜": "飞",
  "⻝": "食",
  "⻢": "马",
  "⻣": "骨",
  "⻤": "鬼",
  "⻥": "鱼",
  "⻦": "鸟",
  "⻨": "麦",
  "⻩": "黄",
  "⻬": "齐",
  "⻮": "齿",
  "⻰": "龙",
  "⻳": "龟",
  "⺟": "母",
  "⺠": "民",
};

/** Of symbol fonts (Symbol, Wingdings), which live in the private use area: bullets and boxes to tick. */
const SYMBOLS: Readonly<Record<string, string>> = {
  "\uf06c": "●",
  "\uf06e": "■",
  "\uf075": "◆",
  "\uf0a7": "▪",
  "\uf0b7": "•",
  "\uf0d8": "➢",
  "\uf0fc": "✓",
  "\uf06f": "□",
  "\uf0a8": "□",
  "\uf052": "☑",
  "\uf0fe": "☑",
};

/** Kangxi radicals, compatibility ideographs, ligatures, and forms of vertical print. */
const COMPATIBLE = /[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe48]/g;

/** Characters as a reader would type them: fonts map 文 to ⽂ and fi to a ligature. Widths of letters and marks stay as printed. */
export function repairCharacters(text: string): string {
  return text
    .replace(COMPATIBLE, (character) => RADICALS[character] ?? character.normalize("NFKC"))
    .replace(/[\uf052-\uf0fe]/g, (character) => SYMBOLS[character] ?? character)
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff]/g, "");
}
