import type { DeskSettings } from "../settings-types.ts";
import { checkDepartments } from "./check-departments.ts";
import { checkRouting } from "./check-routing.ts";
import { checkTerms } from "./check-terms.ts";
import { checkWords } from "./check-words.ts";
import type { KnownWords, SettingsProblem } from "./settings-problem.ts";

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
