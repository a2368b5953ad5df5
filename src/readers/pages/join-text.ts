/** Characters that are set without blanks between them: Chinese, its marks, enclosed numbers. */
const WIDE =
  /[\u2014-\u2026\u2460-\u24ff\u25a0-\u25ff\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}〇]/u;
const LABEL = /^第\s?[〇零一二三四五六七八九十百千\d]{1,5}\s?[编章节条]$/;
const LABEL_WITH_BLANK = /^(第\s?(?:[〇零一二三四五六七八九十百千\d]\s?){1,6}[编章节条])\s+(?=\S)/;

export function isWide(character: string): boolean {
  return WIDE.test(character);
}

/**
 * Blanks between Chinese characters and next to figures come from converters and from justified print; between Latin words
 * they are blanks. The blank after 第三条 is kept: it parts the number from the words.
 */
export function closeBlanks(text: string): string {
  const label = LABEL_WITH_BLANK.exec(text);
  if (label) {
    const rest = closeBlanks(text.slice(label[0].length));
    return `${(label[1] ?? "").replace(/\s/g, "")} ${rest}`;
  }
  return text
    .replace(/\s+/g, " ")
    .replace(/ (?=(.))/gu, (blank, next: string, offset: number, whole: string) => {
      const previous = lastCharacter(whole.slice(Math.max(0, offset - 2), offset));
      return needsNoBlank(previous, next) ? "" : blank;
    })
    .trim();
}

/** What stands between two pieces of one line that are `gap` font sizes apart. */
export function blankBetween(before: string, after: string, gap: number): string {
  const [last, first] = [lastCharacter(before), firstCharacter(after)];
  if (LABEL.test(before) && gap > 0.12) return " ";
  if (/\s$/.test(before) || /^\s/.test(after)) return "";
  if (isWide(last) && isWide(first)) return gap >= 1.6 ? " " : "";
  if (isWide(last) || isWide(first)) return gap >= 1 ? " " : "";
  return gap > 0.15 ? " " : "";
}

/** Two lines of one paragraph. */
export function joinLines(before: string, after: string): string {
  const [last, first] = [lastCharacter(before), firstCharacter(after)];
  if (isWide(last) || isWide(first) || last === "" || first === "") return before + after;
  if (/(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff]*$/.test(before)) return before + after;
  if (/[A-Za-z]-$/.test(before) && /^[a-z]/.test(after)) return before.slice(0, -1) + after;
  if (/^[%,.;:!?)\]]/.test(after) || /[([]$/.test(before)) return before + after;
  // A long figure or 500 and its m² are kept together in Chinese print; words of a Latin text are not.
  if (/\d$/.test(before) && /^[\da-z]/i.test(after) && isMostlyWide(before)) return before + after;
  return `${before} ${after}`;
}

function needsNoBlank(last: string, first: string): boolean {
  if (last === "" || first === "") return true;
  if (isWide(last) && isWide(first)) return true;
  return (isWide(last) && /[\d.,%)-]/.test(first)) || (isWide(first) && /[\d.,%(-]/.test(last));
}

function isMostlyWide(text: string): boolean {
  const characters = [...text];
  return characters.filter(isWide).length > characters.length / 3;
}

function lastCharacter(text: string): string {
  return [...text.slice(-2)].at(-1) ?? "";
}

function firstCharacter(text: string): string {
  return [...text.slice(0, 2)][0] ?? "";
}
