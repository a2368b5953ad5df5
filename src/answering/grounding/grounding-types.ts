/** What a statement may rest on: one cited clause. */
export interface GroundedClause {
  text: string;
  title: string;
  heading: readonly string[];
  /** Facts of the document that stand in no clause, as a text: issuer, number, dates, status. */
  metadataText?: string;
}

export type GroundingProblemKind =
  /** A number, its unit, or what it counts is not in the clauses. */
  | "figure"
  /** 力争, 超过, 以上, 约 … next to a figure was dropped, changed or added; or a target told as a fact. */
  | "qualifier"
  /** A date, a year, or what happens then. */
  | "date"
  /** Document number, phone, address on the net, long digit string. */
  | "identifier"
  /** What stands in quotation or title marks is not verbatim. */
  | "quote"
  /** A body, place of service, programme or Latin name. */
  | "name"
  /** Stronger than the clause: 建设 for 推进建设, 支持 for 鼓励, 已 for a plan. */
  | "strength"
  /** A negation or modal verb was added, dropped or changed. */
  | "negation"
  /** A promise or another forbidden expression. */
  | "promise"
  /** Says that the document does not state something, without having been told so. */
  | "absence"
  /** Parties changed places. */
  | "party"
  /** Words that neither the clauses nor neutral reporting language hold. */
  | "unsupported";

export interface GroundingProblem {
  kind: GroundingProblemKind;
  /** The words of the statement (normalised) that the problem is about. */
  text: string;
  /** For the log, in English. */
  reason: string;
}

export type GroundingVerdict = { ok: true } | { ok: false; problems: GroundingProblem[] };

export interface GroundingOptions {
  /** What is known not to be stated; only such absences may be told. */
  notStated?: readonly string[];
}
