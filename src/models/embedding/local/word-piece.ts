/** Token ids of one text, with the model's own beginning and end. */
export interface Tokenizer {
  encode(text: string): number[];
}

export interface WordPieceOptions {
  /** Token → id. */
  vocabulary: ReadonlyMap<string, number>;
  lowerCase: boolean;
  /** With beginning and end. */
  maxTokens: number;
}

const LONGEST_WORD = 100;
const CONTROL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/u;
const ACCENTS = /\p{Mn}/gu;
const TOKEN = /\p{Script=Han}|[\p{P}$+<=>^`|~]|[^\s\p{Script=Han}\p{P}$+<=>^`|~]+/gu;

/** BERT's tokenizer: one token an ideograph or mark, the longest known pieces of other words. */
export function createWordPiece({ vocabulary, lowerCase, maxTokens }: WordPieceOptions): Tokenizer {
  const idOf = (token: string): number => {
    const id = vocabulary.get(token);
    if (id === undefined) throw new RangeError(`the vocabulary lacks ${token}`);
    return id;
  };
  const [begin, end, unknown] = [idOf("[CLS]"), idOf("[SEP]"), idOf("[UNK]")];
  return {
    encode(text) {
      const ids = [begin];
      for (const [word] of clean(text, lowerCase).matchAll(TOKEN)) {
        if (ids.length >= maxTokens - 1) break;
        ids.push(...(splitWord(word, vocabulary) ?? [unknown]));
      }
      ids.length = Math.min(ids.length, maxTokens - 1);
      ids.push(end);
      return ids;
    },
  };
}

function clean(text: string, lowerCase: boolean): string {
  let kept = "";
  for (const character of text) {
    if (/\s/.test(character)) kept += " ";
    else if (!CONTROL.test(character)) kept += character;
  }
  return lowerCase ? kept.toLowerCase().normalize("NFD").replace(ACCENTS, "") : kept;
}

/** Undefined when some part of the word is in no piece. */
function splitWord(word: string, vocabulary: ReadonlyMap<string, number>): number[] | undefined {
  const characters = [...word];
  if (characters.length > LONGEST_WORD) return undefined;
  const ids: number[] = [];
  let start = 0;
  while (start < characters.length) {
    let end = characters.length;
    let id: number | undefined;
    for (; end > start; end -= 1) {
      const piece = characters.slice(start, end).join("");
      id = vocabulary.get(start === 0 ? piece : `##${piece}`);
      if (id !== undefined) break;
    }
    if (id === undefined) return undefined;
    ids.push(id);
    start = end;
  }
  return ids;
}
