import type { QueryAnalysis } from "../../retrieval/index.ts";
import { labelOf } from "../compose/words.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import { type Assessment, assessEvidence, type DecisionInput } from "./assess-evidence.ts";
import type { Decision } from "./decision.ts";
import { findExpansionGap } from "./find-gaps.ts";
import { findStrayOrdinal, findStrayYear, findUnknownThing } from "./find-strays.ts";

/** Below this estimate the documents do not treat the matter. */
const REFUSE_BELOW = 0.2;
/** Below this estimate an answer is given as partial. */
const PARTIAL_BELOW = 0.33;
/** From this estimate on the clauses treat the rest of the question for sure. */
const SURE = 0.8;
/** So many other rare things beside an absent matter are a wish of their own. */
const SEVERAL = 3;
const RARE = 2.5;
/** A yes-or-no question of which so much stands nowhere is not settled by what stands near. */
const UNKNOWN_PREDICATE = 0.35;
/** From here on nothing of a yes-or-no question is known. */
const NOTHING_KNOWN = 0.9;
/** Clauses shown beside “not stated”. */
const NEARBY = 2;

const GAP_LABELS = {
  members: { zh: "具体名单", en: "the individual members" },
  meaning: { zh: "具体含义", en: "what the term covers" },
} as const;

interface Verdict {
  kind: "answered" | "partial" | "not-in-documents";
  /** In English, for the log. */
  reason: string;
  /** Named as not stated, before what else is not. */
  names?: readonly string[];
}

type Rule = (assessment: Assessment) => Verdict | undefined;

/** In order; the first that speaks decides. */
const RULES: readonly Rule[] = [
  judgeStrays,
  judgeMention,
  judgeMatters,
  ({ estimate }) =>
    estimate < REFUSE_BELOW ? { kind: "not-in-documents", reason: "the matter is not treated" } : undefined,
  judgeUnknownThing,
  judgeAttributes,
  judgeUnknownPredicate,
  ({ question, cited, unmet }) =>
    unmet.length > 0 || findExpansionGap(question, cited)
      ? { kind: "partial", reason: "some of what was asked is not stated" }
      : undefined,
  ({ estimate }) =>
    estimate < PARTIAL_BELOW ? { kind: "partial", reason: "the matter is treated in part" } : undefined,
];

/** Decides whether the evidence answers the question, in whole, in part or not at all. */
export function decideAnswer(input: DecisionInput): Decision {
  const assessment = assessEvidence(input);
  const { question, cited, estimate, measures, missingWords } = assessment;
  if (cited.length === 0) {
    return {
      kind: "not-in-documents",
      evidence: [],
      notStated: [],
      missingWords,
      reasons: ["no clause found"],
    };
  }
  const verdict = firstVerdict(assessment);
  const gap = findExpansionGap(question, cited);
  return {
    kind: verdict.kind,
    evidence: verdict.kind === "not-in-documents" ? cited.slice(0, NEARBY) : cited,
    notStated: [
      ...(verdict.names ?? []).map((name) => `“${name}”`),
      ...assessment.unmet.map((attribute) => labelOf(attribute, question.language)),
      ...(gap ? [GAP_LABELS[gap][question.language]] : []),
    ],
    missingWords,
    reasons: [`answerability ${estimate.toFixed(2)}`, describeMeasures(measures), verdict.reason],
  };
}

function firstVerdict(assessment: Assessment): Verdict {
  for (const rule of RULES) {
    const verdict = rule(assessment);
    if (verdict) return verdict;
  }
  return { kind: "answered", reason: "stated" };
}

function judgeStrays({ question, evidence, periods }: Assessment): Verdict | undefined {
  const stray = findStrayYear(question, evidence, periods) ?? findStrayOrdinal(question, evidence);
  return stray === undefined ? undefined : { kind: "not-in-documents", reason: `${stray} is not covered` };
}

/** 文件有没有提到元宇宙: asks for the word itself, for which nothing can stand. */
function judgeMention({ question, analysis }: Assessment): Verdict | undefined {
  const cue = /(提到|提及|写到|写了|出现)(过|了)?/.exec(question.normalized);
  if (!cue) return undefined;
  const after = cue.index + cue[0].length;
  const thing = analysis.words.find(
    ({ start, partOfSpeech }) => start >= after && /^(n|l|j|vn|eng)/.test(partOfSpeech ?? "n"),
  );
  if (!thing || thing.known || thing.text.length < 2) return undefined;
  return { kind: "not-in-documents", reason: `${thing.text} is not mentioned`, names: [thing.text] };
}

function judgeMatters({ question, analysis, cited, estimate }: Assessment): Verdict | undefined {
  const untreated = question.matters.filter(({ written }) => !cited.some((item) => mentions(item, written)));
  if (untreated.length === 0 || untreated.length < question.matters.length) return undefined;
  const names = untreated.map(({ named }) => named);
  const asksMore = estimate >= SURE || otherThings(names, analysis) >= SEVERAL;
  const reason = `the clauses do not mention: ${names.join(", ")}`;
  return { kind: asksMore ? "partial" : "not-in-documents", reason, names };
}

/** Rare nouns that the documents know, beside the named matters: a long wish list is answered in part. */
function otherThings(names: readonly string[], { words }: QueryAnalysis): number {
  return words.filter(
    ({ text, known, idf, partOfSpeech }) =>
      known &&
      idf >= RARE &&
      text.length > 1 &&
      /^(n|vn|l|j)/.test(partOfSpeech ?? "n") &&
      !names.some((name) => name.includes(text) || text.includes(name)),
  ).length;
}

function judgeUnknownThing({ question, analysis }: Assessment): Verdict | undefined {
  const thing = findUnknownThing(question, analysis);
  return thing === undefined
    ? undefined
    : { kind: "not-in-documents", reason: `no document mentions ${thing}`, names: [thing] };
}

function judgeAttributes({ question, cited, unmet }: Assessment): Verdict | undefined {
  const hard = unmet.filter(({ need }) => need === "hard");
  if (hard.length === 0) return undefined;
  const asksMore =
    question.attributes.length > unmet.length ||
    question.form === "list" ||
    namesWhomToAsk(question, cited, hard);
  const reason = `not stated: ${hard.map(({ id }) => id).join(", ")}`;
  return { kind: asksMore ? "partial" : "not-in-documents", reason };
}

function judgeUnknownPredicate({ question, measures, missingWords }: Assessment): Verdict | undefined {
  const names = missingWords.slice(0, 2);
  if (question.form !== "yes-no" || measures.missing < UNKNOWN_PREDICATE || names.length === 0)
    return undefined;
  const kind = measures.missing >= NOTHING_KNOWN ? "not-in-documents" : "partial";
  return { kind, reason: "part of what is asked stands nowhere", names };
}

function mentions({ hit: { clause } }: Evidence, written: readonly string[]): boolean {
  const text = [clause.title, ...clause.heading, clause.text].join("\n").toLowerCase();
  return written.some((name) => text.includes(name));
}

/** Who asks how to reach somebody is helped by the name of the body, even without its number. */
function namesWhomToAsk(
  question: UnderstoodQuestion,
  cited: readonly Evidence[],
  unmet: readonly Attribute[],
): boolean {
  return (
    unmet.every(({ id }) => id === "phone" || id === "address" || id === "website") &&
    /(找谁|找哪|联系|联络|对接|咨询|哪里|哪儿|在哪|上哪|去哪)/.test(question.normalized) &&
    cited
      .slice(0, 1)
      .some(({ quote }) => /(局|委|办|中心|服务站|服务港|机构|平台|部门|公司)/.test(quote.text))
  );
}

function describeMeasures(measures: object): string {
  return Object.entries(measures)
    .map(([name, value]) => `${name} ${Number(value).toFixed(2)}`)
    .join(", ");
}
