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
/** Of a clause that asks for something, in a short request that joins matters. In long ones topics are parts of the main matter. */
const JOINED = { share: 0.8, sign: 3, longest: 80 };
/** Of a clause after “另外”, “顺便” and the like. */
const TURNED = { share: 0.45, sign: 2 };
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
  const isJoined = folded.length <= JOINED.longest && matters.connectives.test(folded);
  const strength = new Map<CategoryId, number>();
  for (const { category, share, sign, clause } of assigned) {
    if (category === main || NEVER_FURTHER.includes(category)) continue;
    const isTurned = matters.turns.test(clause);
    if (!isTurned && !(isJoined && matters.wishes.test(clause))) continue;
    const least = isTurned ? TURNED : JOINED;
    if (share < least.share || sign < least.sign) continue;
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
