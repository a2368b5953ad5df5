/** Blanks and line breaks between Chinese characters come from converters and layout: 广州 市 → 广州市. */
export function closeGaps(text: string): string {
  if (!/\s/.test(text)) return text;
  return text
    .replace(/\s+/g, " ")
    .replace(/(?<=[^\x20-\x7e]) (?=[^\x20-\x7e])/g, "")
    .replace(/(?<=[^\x20-\x7e]) (?=\d)|(?<=\d) (?=[^\x20-\x7e\d])/g, "")
    .trim();
}

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ",": "，",
  ";": "；",
  ":": "：",
  "?": "？",
  "!": "！",
  "(": "（",
  ")": "）",
};

/** Half-width punctuation as full-width, character by character, so that positions stay the same. For deciding, not for showing. */
export function unifyPunctuation(text: string): string {
  return text.replace(/[,;:?!()]/g, (mark) => FULL_WIDTH[mark] ?? mark);
}
