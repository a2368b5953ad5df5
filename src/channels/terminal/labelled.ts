import { displayWidth, wrapText } from "./wrap-text.ts";

const LABEL_COLUMNS = 12;

/** A text beside its label; further lines stand under the text. */
export function labelled(
  label: string,
  text: string,
  columns: number,
  style: (text: string) => string = (line) => line,
  labelColumns = LABEL_COLUMNS,
): string[] {
  const width = Math.max(labelColumns, displayWidth(label) + 2);
  return wrapText(text, columns - width).map((line, index) => {
    const lead = index === 0 ? label + " ".repeat(width - displayWidth(label)) : " ".repeat(width);
    return lead + style(line);
  });
}
