const OTHER_LETTER = /[\p{L}\p{N}]/u;

const SEPARATOR = 0;
const IDEOGRAPH = 1;
const LETTER = 2;
const PAIR = 3;

/**
 * Calls `visit` with every unigram and every bigram of a normalised text, in order; the same for documents and questions.
 * A unit is one ideograph or a whole run of letters and digits; a bigram is two units with nothing between them.
 */
export function eachGram(normalized: string, visit: (gram: string) => void): void {
  let previous = "";
  let position = 0;
  while (position < normalized.length) {
    const kind = kindAt(normalized, position);
    const start = position;
    position += kind === PAIR ? 2 : 1;
    if (kind === SEPARATOR) {
      previous = "";
      continue;
    }
    if (kind === LETTER) while (kindAt(normalized, position) === LETTER) position += 1;
    const unit = normalized.slice(start, position);
    visit(unit);
    if (previous !== "") visit(previous + unit);
    previous = unit;
  }
}

function kindAt(text: string, position: number): number {
  const code = text.charCodeAt(position);
  if (code >= 0x4e00 && code <= 0x9fff) return IDEOGRAPH;
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return LETTER;
  if (!(code >= 0x41)) return SEPARATOR;
  if ((code >= 0x3400 && code <= 0x4dbf) || code === 0x3007) return IDEOGRAPH;
  if (code >= 0xd840 && code <= 0xd88d && position + 1 < text.length) return PAIR;
  return OTHER_LETTER.test(text.charAt(position)) ? LETTER : SEPARATOR;
}
