import type { CategoryId, RequestPart } from "../types.ts";
import type { CategorySigns, FindCategorySigns } from "./score-categories.ts";
import type { TriageSignals } from "./signals-schema.ts";
import { splitClauses, toParts } from "./split-matters.ts";

interface Request {
  text: string;
  folded: string;
  main: CategoryId;
  shares: ReadonlyMap<CategoryId, number>;
  signs: CategorySigns;
}

type ShareCategories = (folded: string, signs: CategorySigns) => ReadonlyMap<CategoryId, number>;

const MOST_FURTHER = 3;
/** Of the clause that “另外”, “顺便” and the like introduce. Topics without such words are mostly parts of the main matter. */
const LEAST_SHARE = 0.45;
const LEAST_SIGN = 2;
const NEVER_FURTHER: readonly CategoryId[] = ["C15"];

/** Clauses that plainly speak of something else. Precision first: a wrong further matter costs a department its time. */
export function findFurtherMatters(
  { text, folded, main, signs }: Request,
  findSigns: FindCategorySigns,
  shareCategories: ShareCategories,
  matters: TriageSignals["matters"],
): { also: CategoryId[]; parts: RequestPart[] } {
  const assigned = splitClauses(folded).map((segment) => {
    const clause = folded.slice(segment.start, segment.end);
    const found = findSigns(clause);
    const [best] = [...shareCategories(clause, found)].sort((a, b) => b[1] - a[1]);
    return {
      segment,
      clause,
      category: best?.[0] ?? main,
      share: best?.[1] ?? 0,
      sign: found.scores.get(best?.[0] ?? main) ?? 0,
    };
  });
  const strength = new Map<CategoryId, number>();
  for (const { category, share, sign, clause } of assigned) {
    if (category === main || NEVER_FURTHER.includes(category)) continue;
    if (share < LEAST_SHARE || sign < LEAST_SIGN || !matters.turns.test(clause)) continue;
    strength.set(
      category,
      Math.max(strength.get(category) ?? 0, share + 0.05 * (signs.scores.get(category) ?? 0)),
    );
  }
  const also = [...strength]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_FURTHER)
    .map(([category]) => category);
  return { also, parts: toParts(text, main, also, assigned) };
}
