/** What a cell takes, less a little. */
const MAX_CHARACTERS = 32_000;
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const FORMULA = /^[\s\u200B\uFEFF]*[=+\-@＝＋－＠|%]/;

/**
 * Words of others as a cell that no spreadsheet reckons with, also after it was saved as CSV and opened again: what begins
 * like a formula gets an apostrophe in front.
 */
export function toSafeCell(text: string): string {
  const plain = text.replace(FORBIDDEN, "").toWellFormed();
  const guarded = FORMULA.test(plain) || /^[\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return guarded.length > MAX_CHARACTERS ? `${guarded.slice(0, MAX_CHARACTERS).toWellFormed()}……` : guarded;
}
