import type { Actor } from "../access/index.ts";
import type { FieldId, Profile } from "../enterprises/index.ts";
import type { Clause } from "../knowledge/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";

export const PROGRAM_KINDS = [
  "基金",
  "上市",
  "金融服务",
  "总部",
  "招商",
  "对接",
  "培育",
  "研发",
  "技改",
  "空间",
  "孵化",
  "平台",
  "注册备案",
  "知识产权",
  "质量品牌",
  "人才",
  "人才安居",
  "人才服务",
  "活动",
  "赛事",
  "培训",
  "服务",
  "政务服务",
  "场景",
  "补贴",
  "资质",
  "其他",
] as const;
export type ProgramKind = (typeof PROGRAM_KINDS)[number];

/**
 * By the text's own verb: 已有 (完善优化 …), 推进建设 (加快推进, 布局建设 …), 拟设立 (设立, 建立 …), 鼓励 (支持, 鼓励, 争取,
 * 引导 …), 明确措施 (a rule in force that grants something: 给予, 奖励).
 */
export const PROGRAM_STATES = ["已有", "明确措施", "推进建设", "拟设立", "鼓励"] as const;
export type ProgramState = (typeof PROGRAM_STATES)[number];

/** A verbatim piece of the program's document; checked against the published version. */
export interface ClauseQuote {
  section: string;
  quote: string;
}

/** How a criterion is computed. Three-valued: `anyOf` is met by one met test, unmet when all are. */
export type CriterionTest =
  | {
      field: FieldId;
      /** 以上/不少于: at-least; 超过/高于: more-than; 以下/不超过: at-most; 不足/低于/不满: less-than. */
      operator: "at-least" | "more-than" | "at-most" | "less-than";
      value: number;
      unit: string;
    }
  /** Both bounds included. */
  | { field: FieldId; operator: "between"; value: [number, number]; unit: string }
  /**
   * Choice, place or terms: one of these (an industry counts when it lies below one of them in the tree, `direction:ID`
   * stands for a direction's industries). `unclear`: the text's words leave open whether these are meant → unknown.
   */
  | { field: FieldId; operator: "within" | "not-within"; value: string[]; unclear?: string[] }
  /** Terms: holds all of these, on the as-of day. */
  | { field: FieldId; operator: "has"; value: string[] }
  | { field: FieldId; operator: "is"; value: boolean }
  /** Completed years or months since the date, on the as-of day. */
  | { field: FieldId; operator: "age-at-least" | "age-less-than"; value: number; unit: "年" | "月" }
  | { field: FieldId; operator: "on-or-after" | "before"; value: string }
  | { anyOf: CriterionTest[] }
  | { allOf: CriterionTest[] };

export interface Criterion {
  id: string;
  /** For people, in the text's own terms. */
  text: string;
  level: "enterprise" | "project";
  mandatory: boolean;
  /** Present exactly when the criterion is computable; without it only a person can decide: always unknown. */
  test?: CriterionTest;
  source: ClauseQuote;
}

export interface ServedNeed {
  need: string;
  /** `direct`: the program is for this. `related`: may help with it. */
  fit: "direct" | "related";
}

/** One entry of the catalogue, as its YAML says it. */
export interface Program {
  id: string;
  name: string;
  aliases: string[];
  kind: ProgramKind;
  /** Title of the document (without 《》 and stage note), or its id. */
  document: string;
  /** Who it is for, in the text's words; null: not stated. */
  audience: { text: string; source: ClauseQuote } | null;
  /** What it is about, for relevance; criteria are separate. Ids of industries or `direction:ID`; empty: any. */
  industries: string[];
  /** True: for an enterprise of another industry it is beside the point (化妆品备案 for a chip maker). */
  industryBound: boolean;
  /** Whose matter it is; empty: any. Ids of the options of `subject-type`. */
  subjects: string[];
  needs: ServedNeed[];
  state: { state: ProgramState; verb: string; source: ClauseQuote };
  criteria: Criterion[];
  benefits: { text: string; source: ClauseQuote }[];
  /** Short noun phrases: 金额, 申报时间. */
  notStated: string[];
  steps: { text: string; source: ClauseQuote }[];
  materials: { text: string; source: ClauseQuote }[];
  /** Half-open days; null: not stated. */
  window: { from: string | null; to: string | null; source: ClauseQuote } | null;
  responsibleBody: { text: string; source: ClauseQuote } | null;
  /** Ids of programs. */
  excludes: string[];
  requires: string[];
  stacksWith: string[];
  /** What a specialist will want to know, in order of weight; no criterion. Ids of fields. */
  intake: FieldId[];
  /** What people must be told beside it, e.g. where the text's purpose may not be theirs. */
  cautions: string[];
}

/** A direction of a plan (生命健康 …), with what belongs to it in the vocabulary of industries. */
export interface Direction {
  id: string;
  name: string;
  document: string;
  industries: string[];
  source: ClauseQuote;
  /** The direction that it is part of. */
  parent?: string;
  /** Industries of which the text leaves open whether they belong to it; the loader adds them to `unclear` of tests. */
  unclear?: string[];
}

/** How a quote stands to what is published now. */
export interface CheckedQuote extends ClauseQuote {
  state: "holds" | "moved" | "changed" | "not-published";
  /** Where it stands now; null unless `holds` or `moved`. UTF-16 offsets in the document text. */
  start: number | null;
  end: number | null;
  /** The present section. */
  presentSection: string | null;
}

/** A program with what it rests on today. */
export interface CatalogueEntry {
  program: Program;
  revision: number;
  documentId: DocumentId | null;
  versionId: VersionId | null;
  documentTitle: string;
  /** 征求意见稿, 现行有效, 已到期 … on the day. */
  documentStatus: string;
  /** JSON of access's Visibility of the document. */
  visibility: unknown;
  /** By `section\nquote`. */
  quotes: ReadonlyMap<string, CheckedQuote>;
  /** False: a quote of a criterion, a benefit or the state no longer stands; then it is not matched, and named to the admins. */
  usable: boolean;
}

export type CriterionVerdictValue = "met" | "unmet" | "unknown";

export interface CriterionVerdict {
  criterionId: string;
  text: string;
  level: Criterion["level"];
  mandatory: boolean;
  verdict: CriterionVerdictValue;
  /** Ours, for people: `320人`, `约300人（270–330）`; absent: not known. */
  observed?: string;
  /** The text's, for people: `不少于2年`. */
  threshold?: string;
  quote: string;
  section: string;
  /** Facts that would settle it; empty for what only a person can decide. */
  missing: FieldId[];
  asOf: string;
  /** Days `YYYY-MM-DD`: unmet or unknown today, met from then on if nothing else changes. */
  metFrom?: string;
  /** How much is missing, for people: `还差120万元`. */
  shortBy?: string;
  /** The same of a number as a share of the threshold: 0.25, a quarter is missing. */
  shortShare?: number;
}

/** `eligible`: 符合文字条件. `likely`: 可能符合，待确认. `needs-confirmation`: 文中未写条件 or nothing is known. */
export type MatchVerdict = "eligible" | "likely" | "needs-confirmation" | "not-eligible";

export interface ProgramVerdict {
  verdict: MatchVerdict;
  criteria: CriterionVerdict[];
  /** No condition is stated at all. */
  unconditional: boolean;
}

/** Why it stands where it stands; every part is a number that people can be shown with its words. */
export interface RankingPart {
  name: "need" | "industry" | "subject" | "verdict" | "state" | "order";
  points: number;
  /** For people: `直接对应需求“融资”`. */
  because: string;
}

/** The interface of `match`; see the README. */
export interface Match {
  programId: string;
  name: string;
  kind: ProgramKind;
  verdict: MatchVerdict;
  criteria: CriterionVerdict[];
  unconditional: boolean;
  documentId: DocumentId | null;
  versionId: VersionId | null;
  documentTitle: string;
  documentStatus: string;
  programStatus: string;
  /** Status, benefits: verbatim, with where they stand. */
  quotes: (CheckedQuote & { role: "state" | "benefit" | "audience" | "criterion" })[];
  notStated: string[];
  cautions: string[];
  nextStep: string;
  score: number;
  ranking: RankingPart[];
}

export interface NextQuestion {
  field: FieldId;
  question: string;
  /** How many of the shown or possible programs it would settle, and which. */
  settles: number;
  programs: string[];
  /** For people: `答这一项可判定 7 个项目`. */
  why: string;
}

export interface NearMiss {
  match: Match;
  /** The criteria that are not met. */
  missing: CriterionVerdict[];
  /** From when it would hold, when only time is missing. */
  metFrom: string | null;
}

/** Things to take together. */
export interface PackagePart {
  programId: string;
  name: string;
  role: string;
  order: number;
  why: string;
}

export interface MatchResult {
  asOf: string;
  /** Best first; only what is worth the reader's time, never what is surely not for them. */
  matches: Match[];
  ask: NextQuestion[];
  nearMisses: NearMiss[];
  package: { parts: PackagePart[]; exclusions: { between: [string, string]; why: string }[] } | null;
  /** Set when nothing is for them: what to say, and what might still serve (ids among `matches`). */
  outside: { why: string; mayServe: string[] } | null;
  /** Looked at, left out, and why; for “为什么没有…”. */
  leftOut: { programId: string; name: string; why: string; verdict: MatchVerdict }[];
  /** Programs whose source has changed; not matched. */
  withheld: { programId: string; name: string; why: string }[];
}

export interface MatchOptions {
  /** `YYYY-MM-DD`. */
  asOf: string;
  /** Default 8. */
  limit?: number;
  /** Fields that were asked before in this dialogue: not asked again. */
  asked?: readonly FieldId[];
  language?: "zh" | "en";
}

/** The engine: pure; the same catalogue, profile and day give the same result. */
export interface MatchEngine {
  match(profile: Profile, options: MatchOptions): MatchResult;
  /** One program, whatever its rank: “天使基金我们够格吗”. */
  check(programId: string, profile: Profile, options: MatchOptions): Match | undefined;
}

/** A program drafted from a document, for an admin to review; never published by itself. */
export interface Suggestion {
  program: Program;
  /** 0–1: how sure the rules are that this is a measure of its own. */
  confidence: number;
  /** In Chinese: what a reviewer must look at (a threshold that could not be read, an unclear audience). */
  notes: string[];
  /** A program that is there already and rests on the same clause. */
  duplicateOf: string | null;
}

/** A program as admins see it. */
export interface ProgramListing {
  programId: string;
  name: string;
  kind: ProgramKind;
  revision: number;
  state: "proposed" | "published" | "superseded" | "withdrawn" | "rejected";
  origin: "file" | "suggested" | "desk";
  documentTitle: string;
  /** Quotes that no longer stand, in Chinese; empty: sound. */
  problems: string[];
}

/** Keeping the catalogue. Every call checks `manage-programs` or `read-programs`, and writes the audit log. */
export interface ProgramDesk {
  list(
    by: Actor,
    filter?: { state?: ProgramListing["state"]; problemsOnly?: boolean },
  ): Promise<ProgramListing[]>;
  show(programId: string, by: Actor): Promise<{ listing: ProgramListing; program: Program; yaml: string }>;
  /** From a published or parsed version's text. Nothing is written. */
  suggest(
    document: { documentId: DocumentId | null; title: string; text: string; clauses: readonly Clause[] },
    by: Actor,
  ): Promise<Suggestion[]>;
  /** Checks schema and quotes (AppError `unusable-input` names field and reason) and keeps it as proposal. */
  propose(
    program: unknown,
    by: Actor,
    origin: "suggested" | "desk",
    reason?: string,
  ): Promise<ProgramListing>;
  /** By another admin than the proposer, unless the park allows one. */
  publish(programId: string, by: Actor, reason?: string): Promise<ProgramListing>;
  reject(programId: string, by: Actor, reason: string): Promise<ProgramListing>;
  withdraw(programId: string, by: Actor, reason?: string): Promise<ProgramListing>;
}
