import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Direction } from "../types.ts";

export interface JudgeContext {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  asOf: string;
  lexicon: ProfileLexicon;
  /** By id. */
  directions: ReadonlyMap<string, Direction>;
  /** Of what people read; default `zh`. */
  language?: "zh" | "en";
}
