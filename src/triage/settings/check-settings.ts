import type { CategoryId } from "../classification-types.ts";
import type { DeskSettings, SettingsPart } from "../settings-types.ts";
import { checkDepartments } from "./check-departments.ts";
import { checkRouting } from "./check-routing.ts";
import { checkTerms } from "./check-terms.ts";
import { checkWords } from "./check-words.ts";

export interface SettingsProblem {
  /** `error`: the settings cannot be used. `warning`: they can, but somebody should know. */
  level: "error" | "warning";
  part: SettingsPart;
  /** Id of the rule, department, template …; null: the whole part. */
  entry: string | null;
  /** In Chinese: what is wrong and what to do. */
  text: string;
}

/** What other rooms know; what is absent is not checked. */
export interface KnownWords {
  categories?: ReadonlyMap<CategoryId, { name: string }>;
  industries?: ReadonlySet<string>;
}

/** Whether the parts fit together; errors first. Shapes are checked before, by the schema. */
export function checkSettings(settings: DeskSettings, known: KnownWords = {}): SettingsProblem[] {
  const problems = [
    ...checkDepartments(settings),
    ...checkRouting(settings, known),
    ...checkTerms(settings),
    ...checkWords(settings, known),
  ];
  return problems.sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ level }: SettingsProblem): number {
  return level === "error" ? 0 : 1;
}
