import type { Actor } from "../access/index.ts";

/** A field of the profile, declared in `knowledge/lexicon/profile-fields.yaml`: `headcount`, `stage`, `listing-board`. */
export type FieldId = string;

export type FieldKind = "text" | "number" | "date" | "choice" | "flag" | "terms" | "place";

/** Where the words of a `terms` field stand: `knowledge/lexicon/{industries,needs,qualifications}.yaml`. */
export type VocabularyName = "industries" | "needs" | "qualifications";

export interface FieldOption {
  id: string;
  label: string;
  labelEn?: string;
  /** How people say it; the label counts as well. */
  words: string[];
  patterns?: RegExp[];
  not?: RegExp[];
}

export interface ProfileField {
  id: FieldId;
  label: string;
  labelEn: string;
  /** How people name it, for “人数改成30”, column heads of files, REST names. */
  names: string[];
  kind: FieldKind;
  /** `project`: of the matter at hand (how much space, which board), not of the enterprise. */
  level: "enterprise" | "project";
  /** The unit that numbers are kept in: 元, 人, 平方米, 项, %. */
  unit?: string;
  /** For `choice`, in their natural order; for `terms` without a vocabulary. */
  options?: FieldOption[];
  vocabulary?: VocabularyName;
  /** Business figures and the like: only ever shown to the enterprise's own people, never in a group. */
  sensitive: boolean;
  /** After so many months what was said is asked again; null: does not age. */
  staleAfterMonths: number | null;
  /** Asked so, in one short sentence. */
  ask: string;
  askEn: string;
  /** Outside of these a number is impossible and is asked again. */
  bounds?: { min: number; max: number };
}

/** A term that an enterprise has: an industry, a need, a certificate. */
export interface HeldTerm {
  id: string;
  /** For certificates: number and half-open validity, days in Asia/Shanghai. A tier without them is not confirmed. */
  certificate?: string;
  validFrom?: string;
  validTo?: string;
  /** 曾获: held once, no longer. */
  lapsed?: true;
}

/** What is known of a field. Sets of possible values: the engine decides over all of them. */
export type FactValue =
  | { kind: "text"; text: string }
  /** The true number lies between; exact when both are equal. Null: no bound. Bounds are part of it unless `…Open`. */
  | { kind: "number"; min: number | null; max: number | null; minOpen?: true; maxOpen?: true }
  /** A day in [from, to): “2021年” is [2021-01-01, 2022-01-01). Days in Asia/Shanghai. */
  | { kind: "date"; from: string; to: string }
  /** One of these holds; exactly one id: known. */
  | { kind: "choice"; oneOf: string[] }
  | { kind: "flag"; value: boolean }
  /** `closed`: these are all there are. A term neither held nor lacked is unknown unless closed. */
  | { kind: "terms"; has: HeldTerm[]; lacks: string[]; closed: boolean }
  /** Administrative path, widest first, ending at what was said: ["上海市","奉贤区"]; 境外: ["境外"]. */
  | { kind: "place"; path: string[] }
  /** Asked and not known (“不知道”): not asked again. Counts as unknown everywhere. */
  | { kind: "declined" };

export type FactSourceKind = "chat" | "form" | "card" | "file" | "api" | "clause";

export interface FactSource {
  kind: FactSourceKind;
  /** Who said it: an account. */
  by: string;
  /** Message, file and line, or request. Writing the same reference twice changes nothing. */
  reference: string;
  /** The words that it was read from, verbatim. */
  words?: string;
}

/** A fact with where it comes from and how long it counts. */
export interface Fact {
  field: FieldId;
  value: FactValue;
  source: FactSource;
  /** ISO 8601. */
  at: string;
  /** The period that a figure is about: `2025`. Null: not said. */
  period: string | null;
  /** First day on which it no longer counts (certificates, ageing figures); null: none. */
  validTo: string | null;
  /** Confirmed by a person after it was shown back. */
  confirmed: boolean;
}

/** What is known of an enterprise on a day. Facts that are out of date are in `stale`, not in `facts`. */
export interface Profile {
  /** Null: nobody has said who they are; the facts are a person's own draft. */
  enterpriseId: string | null;
  facts: ReadonlyMap<FieldId, Fact>;
  stale: readonly Fact[];
  /** Two sources that say different things, the counted one first. */
  conflicts: readonly { field: FieldId; counted: Fact; other: Fact }[];
}

/** A fact read from words, before it is anybody's. */
export interface ReadFact {
  field: FieldId;
  value: FactValue;
  period: string | null;
  /** Verbatim: `text.slice(start, end)`. For figures the words of the figure. */
  words: string;
  start: number;
  end: number;
  /** “不对，是去年”: takes the place of what was said before, whatever its source. */
  correction: boolean;
}

export interface ReadingProblem {
  field: FieldId | null;
  words: string;
  /** `impossible`: outside the field's bounds. `unclear`: a figure without unit or field. `contradiction`: two values in one text. */
  kind: "impossible" | "unclear" | "contradiction" | "checksum" | "unknown-field" | "wrong-value";
  /** For people, in Chinese: what is wrong and what to write. */
  message: string;
}

/** What a message says of its sender's enterprise. */
export interface Understanding {
  facts: ReadFact[];
  problems: ReadingProblem[];
  /** Fields of which the text says that they are not known (“不清楚”), answering what was asked. */
  declined: FieldId[];
  /** True when the text speaks of the sender's own enterprise (我们做…, 我司, 本人), not of enterprises in general. */
  aboutSelf: boolean;
  /** True when it wishes to be matched: 能申请什么, 有啥适合我们的, 帮我们看看能拿哪些. */
  wishesMatch: boolean;
}

export interface ReadingContext {
  /** Today, `YYYY-MM-DD` in Asia/Shanghai: for “去年”, “成立三年”. */
  today: string;
  /** Fields asked in the turn before: a bare “30” or “没有” answers the first that it fits. */
  asked?: readonly FieldId[];
  /** What is known already: “人数改成50”, “不对，是5千万” refer to it. */
  profile?: Profile;
}

/** Words → facts. Rules; a model may find more, but every value is read by the rules from verbatim words. */
export interface ProfileReader {
  read(text: string, context: ReadingContext): Promise<Understanding>;
  /** One field from a form, a column or JSON: `8000万`, `三五十人`, 320, ["融资"], null. Undefined: empty. */
  readValue(
    field: FieldId,
    input: unknown,
    context: ReadingContext,
  ): { fact: Omit<ReadFact, "start" | "end" | "correction"> } | { problem: ReadingProblem } | undefined;
  /** The whole `profile` of `match` and of REST: known names and their synonyms; unknown names become problems. */
  readProfile(input: Readonly<Record<string, unknown>>, context: ReadingContext): Understanding;
}

/** An industry of the vocabulary; `parent` makes a tree. */
export interface IndustryTerm {
  id: string;
  name: string;
  parent: string | null;
  words: string[];
  patterns?: RegExp[];
  not?: RegExp[];
  /** GB/T 4754-2017 classes, only where sure. */
  gbt: { code: string; name: string }[];
}

/** `patterns` say it as `words` do, as regular expressions over folded text; what `not` covers is something else. */
export interface NamedTerm {
  id: string;
  name: string;
  words: string[];
  patterns?: RegExp[];
  not?: RegExp[];
  /** Of needs: what people name when they want it (厂房); a need only beside a word of wanting (想要厂房). */
  topics?: string[];
}

/** A place that people name without its district: 张江, 南桥. */
export interface Locality {
  words: string[];
  /** Widest first. */
  path: string[];
  /** The park that it is; null: a town or an area. */
  park: string | null;
}

/** The lexicon of profiles, loaded and checked. */
export interface ProfileLexicon {
  fields: ReadonlyMap<FieldId, ProfileField>;
  industries: ReadonlyMap<string, IndustryTerm>;
  needs: ReadonlyMap<string, NamedTerm>;
  qualifications: ReadonlyMap<string, NamedTerm>;
  localities?: readonly Locality[];
  /** Frequent slips of the keyboard, wrong → right, of equal length. */
  slips?: ReadonlyMap<string, string>;
}

export interface Enterprise {
  enterpriseId: string;
  /** Null: nobody has named it yet. */
  name: string | null;
  /** 18 characters, as confirmed; null: none. */
  creditCode: string | null;
  createdAt: string;
}

/** GB 32100-2015. */
export type CreditCodeCheck =
  /**
   * `registeredBy`: the place of the registering authority (digits 3–8), when known; never the place of business.
   * `hint`: the organisation's own check (GB 11714) does not fit; said beside, changes nothing.
   */
  | { outcome: "sound"; code: string; registeredBy: string | null; hint?: string }
  /** The check character, length or an impossible letter does not fit: to be asked, not to be refused. */
  | { outcome: "doubtful"; code: string; why: string; suggestion: string | null }
  | { outcome: "none" };

export type JoinRequest =
  | { outcome: "requested"; enterpriseId: string; notify: string[] }
  | { outcome: "already-member"; enterpriseId: string }
  /** Nobody has registered this code: it can be confirmed as one's own with `rename`. */
  | { outcome: "unknown-code" };

/**
 * Enterprises and their people. Every call checks who may see what: an enterprise's members see theirs, specialists those
 * assigned to them, admins all of them with an audit entry. Throws AppError `forbidden`, `not-found`.
 */
/** Another part that keeps what a person said. */
export interface PersonalDataKeeper {
  /** Heads its part of the given-back data: 工单. */
  name: string;
  /** Plain JSON. */
  give(account: string): Promise<unknown>;
  /** Safe to call again. */
  forget(account: string, at: Date): Promise<void>;
}

export interface EnterpriseService {
  /** The enterprise that this person speaks for here: the chat's binding, else their own; made when missing. */
  current(by: Actor, chat: string | null, at: Date): Promise<Enterprise>;
  /** Like `current`, without making one. */
  find(by: Actor, chat: string | null): Promise<Enterprise | undefined>;
  profile(enterpriseId: string, by: Actor, today: string): Promise<Profile>;
  /**
   * Writes what was understood, in one transaction; the same source reference twice changes nothing. A weaker source does
   * not displace a stronger one (confirmed card > form > chat > file > api) unless it is a correction; it becomes a conflict.
   */
  record(
    enterpriseId: string,
    facts: readonly Pick<ReadFact, "field" | "value" | "period" | "words" | "correction">[],
    source: Omit<FactSource, "words">,
    by: Actor,
    at: Date,
  ): Promise<Profile>;
  /** “以上都对”: every present fact counts as confirmed. */
  confirm(enterpriseId: string, by: Actor, at: Date): Promise<Profile>;
  forget(enterpriseId: string, field: FieldId, by: Actor, at: Date): Promise<Profile>;
  rename(
    enterpriseId: string,
    identity: { name?: string; creditCode?: string },
    by: Actor,
    at: Date,
  ): Promise<Enterprise>;
  /** Binds a chat group to an enterprise whose code is confirmed; another code in a bound group is a `conflict`. */
  bindChat(chat: string, enterpriseId: string, by: Actor, at: Date): Promise<void>;
  unbindChat(chat: string, by: Actor, at: Date): Promise<void>;
  boundTo(chat: string): Promise<Enterprise | undefined>;
  assignSpecialist(enterpriseId: string, account: string, by: Actor, at: Date): Promise<void>;
  unassignSpecialist(enterpriseId: string, account: string, by: Actor, at: Date): Promise<void>;
  /** Throws `conflict` when the chat is bound to an enterprise of another code: for a code said in a group. */
  requireSameCode(chat: string, creditCode: string): Promise<void>;
  /**
   * Asks to be let into the enterprise of a code. A code is public, so nobody becomes a member by it. `notify`: the members
   * who can let them in with `admit`; empty: only an admin can. Nothing of the enterprise is given away.
   */
  requestToJoin(creditCode: string, by: Actor, at: Date): Promise<JoinRequest>;
  /** By a member: somebody who asked within 30 days. By an admin: anybody. */
  admit(enterpriseId: string, account: string, by: Actor, at: Date): Promise<Enterprise>;
  /** A member leaves, or an admin takes somebody out. Facts stay with the enterprise. */
  removeMember(enterpriseId: string, account: string, by: Actor, at: Date): Promise<void>;
  /** Accounts; for the enterprise's own people, its specialists and admins. */
  membersOf(enterpriseId: string, by: Actor): Promise<string[]>;
  listMine(by: Actor): Promise<Enterprise[]>;
  /** Admins only; audited. */
  list(by: Actor, filter?: { search?: string; limit?: number }): Promise<Enterprise[]>;
  /** Everything that is kept of this person and of enterprises that are theirs alone. */
  exportData(by: Actor, at: Date): Promise<unknown>;
  /** Removes it, conversation included; what must stay (the log of changes) holds no business data. */
  deleteData(by: Actor, at: Date): Promise<{ enterprises: number; facts: number; turns: number }>;
  /** What else is kept of people (their tickets): given back and removed together with the rest. */
  addKeeper(keeper: PersonalDataKeeper): void;
  /** Rows of an admin's list; a bad row is named with line and column, the rest go on. */
  importList(
    rows: readonly { line: number; values: Readonly<Record<string, unknown>> }[],
    reference: string,
    by: Actor,
    at: Date,
  ): Promise<{ added: number; updated: number; problems: { line: number; problem: ReadingProblem }[] }>;
}
