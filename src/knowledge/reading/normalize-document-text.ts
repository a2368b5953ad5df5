const LINE_BREAKS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
/** Control characters but tab and line feed, soft hyphens, zero-width and direction marks. */
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/**
 * The text that offsets refer to: NFC, LF line ends, no BOM, no control or invisible characters, no trailing blanks on
 * a line. Everything else stays as published: quotation marks, odd words, unbalanced brackets, blanks inside a line.
 */
export function normalizeDocumentText(text: string): string {
  const cleaned = text.toWellFormed().normalize("NFC").replace(LINE_BREAKS, "\n").replace(INVISIBLE, "");
  return cleaned
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
