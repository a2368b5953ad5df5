/** A sentence with its UTF-16 extent in the text that was split. `text` is exactly that slice. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

const ENDINGS = new Set(["。", "！", "？", "；", "!", "?", ";", "\n"]);
const CLOSERS = new Set(["”", "’", "」", "』", "）", ")", "》", '"', "'"]);
const OPENERS: Record<string, string> = {
  "“": "”",
  "「": "」",
  "『": "』",
  "（": "）",
  "《": "》",
  "(": ")",
};

/**
 * Splits at sentence ends (。！？； and line ends), not inside quotation marks or brackets. A bracket that never closes
 * (the text may hold such oddities) stops protecting at the end of the line or after 80 characters.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    const closer = OPENERS[character];
    if (closer) {
      position = skipBracket(text, position, closer);
      continue;
    }
    position += 1;
    if (!ENDINGS.has(character)) continue;
    while (position < text.length && CLOSERS.has(text.charAt(position))) position += 1;
    pushTrimmed(sentences, text, start, position);
    start = position;
  }
  pushTrimmed(sentences, text, start, text.length);
  return sentences;
}

/** The position after the closing mark, or after the opening one when it does not close nearby on the same line. */
function skipBracket(text: string, open: number, closer: string): number {
  const limit = Math.min(text.length, open + 80);
  for (let position = open + 1; position < limit; position += 1) {
    const character = text.charAt(position);
    if (character === closer) {
      const last = text.charAt(position - 1);
      return ENDINGS.has(last) && closer === "”" ? open + 1 : position + 1;
    }
    if (character === "\n") break;
  }
  return open + 1;
}

function pushTrimmed(sentences: Sentence[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  // A sentence that begins or ends with a cell of a table takes no bar along.
  while (start < end && /[\s|]/.test(text.charAt(start))) start += 1;
  while (end > start && /[\s|]/.test(text.charAt(end - 1))) end -= 1;
  if (end > start) sentences.push({ text: text.slice(start, end), start, end });
}

/** Splits a sentence at commas and colons, for choosing the part of a long sentence that a conclusion quotes. */
export function splitPhrases(sentence: Sentence): Sentence[] {
  const phrases: Sentence[] = [];
  let start = 0;
  for (let position = 0; position < sentence.text.length; position += 1) {
    if (!/[，,：]/.test(sentence.text.charAt(position))) continue;
    phrases.push(sliceOf(sentence, start, position));
    start = position + 1;
  }
  phrases.push(sliceOf(sentence, start, sentence.text.length));
  return phrases.filter((phrase) => phrase.text !== "");
}

function sliceOf(sentence: Sentence, from: number, to: number): Sentence {
  return { text: sentence.text.slice(from, to), start: sentence.start + from, end: sentence.start + to };
}
