import { Converter } from "opencc-js/t2cn";

const simplify = Converter({ from: "t", to: "cn" });

/** Half-width, simplified, lower case, one space where there was white space: how words of the table and texts are compared. */
export function foldWords(text: string): string {
  return simplify(text.normalize("NFKC")).toLowerCase().replace(/\s+/gu, " ").trim();
}

const LATIN_END = /[a-z0-9]/;

/** Whether a folded word stands in a folded text; words of Latin letters only as whole words. */
export function holdsWord(text: string, word: string): boolean {
  if (word === "") return false;
  let at = text.indexOf(word);
  while (at !== -1) {
    if (standsAlone(text, at, word)) return true;
    at = text.indexOf(word, at + 1);
  }
  // People type spaces between Chinese characters; the words of the table have none.
  return (
    /^\p{Script=Han}+$/u.test(word) &&
    text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "").includes(word)
  );
}

function standsAlone(text: string, at: number, word: string): boolean {
  const [before, after] = [text[at - 1] ?? " ", text[at + word.length] ?? " "];
  const glued = (outer: string, inner: string) => LATIN_END.test(outer) && LATIN_END.test(inner);
  return !glued(before, word[0] ?? " ") && !glued(after, word.at(-1) ?? " ");
}
