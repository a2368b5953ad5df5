import type { QueryAnalysis, Retriever } from "../../retrieval/index.ts";
import type { AnsweringLexicon } from "../question/load-lexicon.ts";
import { type UnderstoodQuestion, understandQuestion } from "../question/understand-question.ts";
import type { FaqEntry } from "./faq-types.ts";

/** How alike two questions are, both ways, to count as the same one. */
const SAME_QUESTION = 0.9;

interface Variant {
  entry: FaqEntry;
  phrase: string;
  analysis: QueryAnalysis;
  asks: string;
}

export type MatchFaq = (
  question: UnderstoodQuestion,
  analysis: QueryAnalysis,
  entries: readonly FaqEntry[],
) => FaqEntry | undefined;

/**
 * Finds the entry that has the asker's question among its variants: the same words, or each question's words held by the
 * other, asking for the same kind of thing, with the same numbers and no negation apart. Near is not enough: a wrong FAQ
 * answer is worse than a search.
 */
export function createFaqMatcher(retriever: Pick<Retriever, "analyze">, lexicon: AnsweringLexicon): MatchFaq {
  const kept = new WeakMap<readonly FaqEntry[], Variant[]>();

  function variantsOf(entries: readonly FaqEntry[]): Variant[] {
    const known = kept.get(entries);
    if (known) return known;
    const variants = entries.flatMap((entry) =>
      entry.questions.map((text): Variant => {
        const analysis = retriever.analyze(text);
        const understood = understandQuestion(text, analysis.normalized, lexicon);
        return { entry, phrase: toPhrase(analysis.normalized), analysis, asks: describeWish(understood) };
      }),
    );
    kept.set(entries, variants);
    return variants;
  }

  return (question, analysis, entries) => {
    const variants = variantsOf(entries);
    const phrase = toPhrase(analysis.normalized);
    const exact = variants.find((variant) => variant.phrase === phrase);
    if (exact) return exact.entry;
    const asks = describeWish(question);
    const [best] = variants
      .filter((variant) => variant.asks === asks && analysis.words.length > 0)
      .map((variant) => ({ variant, likeness: compare(analysis, variant.analysis) }))
      .filter(({ likeness }) => likeness >= SAME_QUESTION)
      .sort((left, right) => right.likeness - left.likeness);
    return best?.variant.entry;
  };
}

/** Without punctuation, blanks and politeness. */
function toPhrase(normalized: string): string {
  return normalized
    .replace(/[\s\p{P}\p{S}]+/gu, "")
    .replace(/^(请问|您好|你好|麻烦问(一)?下|想问(一)?下|问(一)?下)+/, "")
    .replace(/(呢|呀|啊|吗|么|谢谢)+$/, "");
}

/** What must be the same besides the words: the kind of thing asked for, numbers, negation. */
function describeWish({ normalized, attributes, aboutDocument }: UnderstoodQuestion): string {
  const numbers = (normalized.match(/\d+(?:\.\d+)?/g) ?? []).sort();
  // “能不能”, “有没有” ask; “不能”, “没有” deny.
  const denies = /不|没|无|非|别|除了/.test(normalized.replace(/(.)[不没]\1|有没有|是否|有无|能否/g, ""));
  const wanted = attributes.map(({ id }) => id).sort();
  return JSON.stringify([wanted, aboutDocument ?? null, numbers, denies]);
}

/** The smaller of both shares: of the one's word mass that the other holds. */
function compare(left: QueryAnalysis, right: QueryAnalysis): number {
  return Math.min(heldShare(left, right), heldShare(right, left));
}

function heldShare(asked: QueryAnalysis, other: QueryAnalysis): number {
  const total = asked.words.reduce((sum, { idf }) => sum + idf, 0);
  if (total === 0) return 0;
  const texts = new Set(other.words.flatMap(({ text, alternatives }) => [text, ...alternatives]));
  const held = asked.words.filter(
    ({ text, alternatives }) => texts.has(text) || alternatives.some((word) => texts.has(word)),
  );
  return held.reduce((sum, { idf }) => sum + idf, 0) / total;
}
