import type { CategoryId } from "../types.ts";
import type { CategorySigns, FindCategorySigns } from "./score-categories.ts";

type ShareCategories = (folded: string, signs: CategorySigns) => Map<CategoryId, number>;

/** Of the weight, what the words before an aside get. */
const FOCUS = 0.7;
const SHORTEST_FOCUS = 6;

/** What stands before “另外” or “顺便” is the main matter: it counts once more. */
export function shareWithFocus(
  folded: string,
  signs: CategorySigns,
  findSigns: FindCategorySigns,
  shareCategories: ShareCategories,
  asides: RegExp,
): Map<CategoryId, number> {
  const whole = shareCategories(folded, signs);
  const aside = asides.exec(folded)?.index ?? 0;
  if (aside < SHORTEST_FOCUS) return whole;
  const focus = folded.slice(0, aside);
  const focusSigns = findSigns(focus);
  if (focusSigns.scores.size === 0) return whole;
  const focused = shareCategories(focus, focusSigns);
  return new Map([...whole].map(([id, share]) => [id, share * (1 - FOCUS) + (focused.get(id) ?? 0) * FOCUS]));
}
