import { enumerationSizes } from "../evidence/enumeration-sizes.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";

const NUMERALS: Record<string, number> = {
  二: 2,
  两: 2,
  双: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/** What a list or definition question wants and the quoted text does not hold; a label for people, or undefined. */
export function findExpansionGap(
  question: UnderstoodQuestion,
  evidence: readonly Evidence[],
): "members" | "meaning" | undefined {
  if (question.form !== "list" && question.form !== "definition") return undefined;
  const quotes = evidence.map(({ hit }) => hit.clause.text);
  const counted = countedTerm(question.normalized);
  if (counted && quotes.some((text) => text.includes(counted.term))) {
    const near = quotes.filter((text) => text.includes(counted.term));
    return near.some((text) => enumerationSizes(text).includes(counted.size)) ? undefined : "meaning";
  }
  if (question.form === "definition") {
    const named = quotedTerm(question.text);
    if (!named) return undefined;
    const near = quotes.filter((text) => text.includes(named));
    return near.length === 0 || near.some((text) => explains(text, named)) ? undefined : "meaning";
  }
  return quotes.some((text) => enumerationSizes(text).some((size) => size >= 2)) ? undefined : "members";
}

/** 五个创新 → five; 四链 → four; 双谷 → two. The term is how it stands in the question. */
function countedTerm(normalized: string): { term: string; size: number } | undefined {
  const match =
    /(?<!第)([二两双三四五六七八九十])(个|大|项|条|类)?([\u4e00-\u9fa5]{1,2})(?=是|指|有|包|到底|具体|分别|都|融合|机制|说|之|，|\?|$)/.exec(
      normalized,
    );
  const size = NUMERALS[match?.[1] ?? ""];
  return match && size ? { term: match[0], size } : undefined;
}

/** A term that the question puts in quotation marks. */
function quotedTerm(text: string): string | undefined {
  return /[“"「『]([^”"」』]{2,16})[”"」』]/.exec(text)?.[1];
}

/** The text says what the term is: （即…）, 是指, 包括, or a bracket right behind it. */
function explains(text: string, term: string): boolean {
  const after = text.slice(text.indexOf(term) + term.length).replace(/^[”"」』]/, "");
  return (
    /^[^。；]{0,12}(（|是指|指|即|包括|为：|：)/.test(after) ||
    enumerationSizes(after.slice(0, 60)).some((size) => size >= 3)
  );
}
