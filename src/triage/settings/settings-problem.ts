import type { CategoryId } from "../classification-types.ts";
import type { SettingsPart } from "../settings-types.ts";

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
