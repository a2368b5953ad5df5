import type { Evidence } from "../evidence/select-evidence.ts";
import type { AnswerKind } from "../types.ts";

/** What will be answered, before it is put into words. */
export interface Decision {
  kind: AnswerKind;
  /** What is cited, the most telling first. */
  evidence: readonly Evidence[];
  /** Of what was asked, or is usually asked, what the evidence does not state. */
  notStated: readonly string[];
  /** Words of the question that occur nowhere in the published documents. */
  missingWords: readonly string[];
  /** In English, for the log. */
  reasons: readonly string[];
}
