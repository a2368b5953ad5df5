const BETWEEN = /^[ \u3000]*(?:[—–\-－]{1,2} ?\d{1,4} ?[—–\-－]{1,2}|第 ?\d{1,4} ?页)$/;
const ENDED = /[。！？；：!?;:…”』」）)】》|]$/;

/** A page number on a line of its own in the middle of a sentence is the print's, not the text's: the line is left out. */
export function dropPageNumbers(text: string): string {
  if (!text.split("\n").some((line) => BETWEEN.test(line))) return text;
  const lines = text.split("\n");
  let last = "";
  return lines
    .filter((line, index) => {
      const isNumber = BETWEEN.test(line) && last !== "" && !ENDED.test(last) && index < lines.length - 1;
      if (!isNumber && line.trim() !== "") last = line.trimEnd();
      return !isNumber;
    })
    .join("\n");
}
