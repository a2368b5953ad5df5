import type { CategoryId, Urgency } from "../classification-types.ts";
import type { EnterpriseTraits, RoutingRule } from "../settings-types.ts";
import { foldWords, holdsWord } from "./fold-words.ts";

export const CONDITION_KEYS = [
  "categories",
  "industries",
  "parks",
  "enterpriseTypes",
  "urgencies",
  "words",
  "withWords",
] as const satisfies readonly (keyof RoutingRule)[];

type ConditionKey = (typeof CONDITION_KEYS)[number];

/** One matter, as the table looks at it. */
export interface RoutedMatter {
  category: CategoryId;
  urgency: Urgency;
  text: string;
  traits: EnterpriseTraits;
}

export interface FoundRule {
  rule: RoutingRule;
  /** The asker's words that made it win, as the table writes them. */
  words: readonly string[];
}

/** The rule with the most conditions, all of which hold; of equals the earlier one. */
export function findRule(matter: RoutedMatter, routing: readonly RoutingRule[]): FoundRule | null {
  const text = foldWords(matter.text);
  let best: FoundRule | null = null;
  for (const rule of routing) {
    if (best && countConditions(rule) <= countConditions(best.rule)) continue;
    const words = matchRule(rule, matter, text);
    if (words) best = { rule, words };
  }
  return best;
}

export function wordsOf(rule: RoutingRule, key: ConditionKey): readonly string[] | undefined {
  return rule[key];
}

export function countConditions(rule: RoutingRule): number {
  return CONDITION_KEYS.filter((key) => rule[key] !== undefined).length;
}

/** The words found; null: a condition does not hold. */
function matchRule(
  rule: RoutingRule,
  { category, urgency, traits }: RoutedMatter,
  text: string,
): string[] | null {
  if (rule.categories && !rule.categories.includes(category)) return null;
  if (rule.urgencies && !rule.urgencies.includes(urgency)) return null;
  if (rule.parks && !isIn(rule.parks, traits.park)) return null;
  if (rule.industries && !share(rule.industries, traits.industries)) return null;
  if (rule.enterpriseTypes && !share(rule.enterpriseTypes, traits.types)) return null;
  const found: string[] = [];
  for (const words of [rule.words, rule.withWords]) {
    if (!words) continue;
    const at = foldList(words).findIndex((each) => holdsWord(text, each));
    const word = words[at];
    if (word === undefined) return null;
    found.push(word);
  }
  return found;
}

const foldedLists = new WeakMap<readonly string[], readonly string[]>();

/** Settings are replaced as a whole, never changed in place: a list stays folded as long as it lives. */
function foldList(words: readonly string[]): readonly string[] {
  const known = foldedLists.get(words);
  if (known) return known;
  const folded = words.map(foldWords);
  foldedLists.set(words, folded);
  return folded;
}

/** People write more than the name: 东方美谷核心区 is in 东方美谷. */
function isIn(parks: readonly string[], park: string | undefined): boolean {
  if (!park) return false;
  const folded = foldWords(park);
  return foldList(parks).some((each) => holdsWord(folded, each));
}

function share(wanted: readonly string[], there: readonly string[] | undefined): boolean {
  return there?.some((each) => wanted.includes(each)) ?? false;
}
