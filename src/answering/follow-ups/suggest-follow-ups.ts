import type { Clause, OutlineNode } from "../../knowledge/index.ts";
import type { VersionId } from "../../shared/index.ts";
import type { Language } from "../compose/words.ts";
import type { Answer, Citation } from "../types.ts";
import { type Aspect, findAspects } from "./find-aspects.ts";
import { deepestAround, nameTopics, type Topic } from "./name-topics.ts";
import { askAspect, askParts, askTopic } from "./write-questions.ts";

const MOST_FOLLOW_UPS = 3;
/** Questions that were not asked before, tried for one answer: each costs a search. */
const MOST_TRIES = 4;
const MOST_ASPECTS = 2;
const FEWEST_PARTS = 2;

/** A question that may come next, and where in the document its answer has to point. */
interface Candidate {
  question: string;
  /** One suggestion of each. */
  name: string;
  start: number;
  end: number;
}

/** A document as suggestions need it. */
export interface OutlinedDocument {
  clauses: readonly Clause[];
  topics: readonly Topic[];
}

/** A collection of passages is no document whose parts lie beside each other. */
const MOST_CLAUSES = 2_000;

export function outlineDocument(nodes: readonly OutlineNode[], clauses: readonly Clause[]): OutlinedDocument {
  if (clauses.length > MOST_CLAUSES) return { clauses: [], topics: [] };
  return { clauses, topics: nameTopics(nodes, clauses) };
}

/** What was found out about questions that were tried; lives as long as what is published stays the same. */
export interface TriedQuestions {
  get(question: string): Pick<Answer, "kind" | "citations"> | undefined;
  ask(question: string): Promise<Pick<Answer, "kind" | "citations">>;
}

const FOLLOWED: ReadonlySet<Answer["kind"]> = new Set(["answered", "partial", "not-in-documents"]);

/** The version whose neighbourhood an answer's suggestions come from; undefined: nothing follows. */
export function followedVersion({ kind, citations }: Answer): VersionId | undefined {
  return FOLLOWED.has(kind) ? citations[0]?.versionId : undefined;
}

/**
 * Up to three questions that the cited document answers beside what was asked. Each was asked: its answer is whole and
 * points first to the place that the suggestion was made from.
 */
export async function suggestFollowUps(
  answer: Answer,
  asked: string,
  document: OutlinedDocument,
  tried: TriedQuestions,
): Promise<string[]> {
  const versionId = followedVersion(answer);
  const quoted = answer.citations.filter((citation) => citation.versionId === versionId);
  const questions: string[] = [];
  const named = new Set<string>();
  let tries = 0;
  for (const candidate of listCandidates(answer, asked, quoted, document)) {
    if (questions.length === MOST_FOLLOW_UPS) break;
    if (named.has(candidate.name)) continue;
    const known = tried.get(candidate.question);
    if (!known && tries === MOST_TRIES) continue;
    if (!known) tries += 1;
    const found = known ?? (await tried.ask(candidate.question));
    if (!leadsTo(found, candidate, versionId)) continue;
    questions.push(candidate.question);
    named.add(candidate.name);
  }
  return questions;
}

function leadsTo(
  { kind, citations }: Pick<Answer, "kind" | "citations">,
  { start, end }: Candidate,
  versionId: VersionId | undefined,
): boolean {
  const [first] = citations;
  if (kind !== "answered" || !first || first.versionId !== versionId) return false;
  const isInside = first.start >= start && first.end <= end;
  const covers = first.start <= start && first.end >= end;
  return isInside || covers;
}

/** The likeliest to be wanted first. */
function listCandidates(
  { kind, language }: Answer,
  asked: string,
  quoted: readonly Citation[],
  { clauses, topics }: OutlinedDocument,
): Candidate[] {
  const [first] = quoted;
  if (!first) return [];
  const around = topics
    .filter(({ start, end }) => start <= first.start && end >= first.end)
    .sort((left, right) => left.end - left.start - (right.end - right.start));
  const [own] = around;
  const isQuoted = (topic: Topic) => quoted.some(({ start, end }) => start < topic.end && end > topic.start);
  const nearest = (candidates: readonly Topic[]) =>
    [...candidates].sort((left, right) => distance(left, first) - distance(right, first));
  const siblings = around.flatMap((topic) =>
    nearest(topics.filter((each) => each.parent === topic.parent && !isQuoted(each))),
  );
  const below = own ? nearest(topics.filter((each) => each.parent === own.start && !isQuoted(each))) : [];
  const chapters = around.some(({ parent }) => parent === -1)
    ? []
    : nearest(topics.filter((each) => each.parent === -1 && !isQuoted(each)));
  const toCandidate = (topic: Topic): Candidate => ({
    ...topic,
    question: (language === "zh" ? topic.asks : undefined) ?? askTopic(topic.name, language),
  });
  const missed = kind === "not-in-documents" && own ? [toCandidate(own)] : [];
  const aspects = own ? aspectsOf(own, { clauses, topics }, quoted, asked, language) : [];
  const overview = around.find(({ parts }) => parts >= FEWEST_PARTS);
  return [
    ...missed,
    ...aspects.slice(0, MOST_ASPECTS),
    ...[...below, ...siblings, ...chapters].map(toCandidate),
    ...(overview ? [{ ...overview, question: askParts(overview.name, language) }] : []),
  ].filter(({ question }) => question !== asked);
}

/** Of the section that was cited, what it states beside the quotes. */
function aspectsOf(
  own: Topic,
  { clauses, topics }: OutlinedDocument,
  quoted: readonly Citation[],
  asked: string,
  language: Language,
): Candidate[] {
  const section = topics.find(({ kind, start }) => kind === "heading" && start === own.parent);
  const scope = own.kind === "paragraph" ? (section ?? own) : own;
  const inside = clauses.filter(({ start, end }) => start >= scope.start && end <= scope.end);
  return findAspects(inside, quoted, asked).map((aspect: Aspect) => {
    const { name } = deepestAround(topics, aspect.start, aspect.end) ?? own;
    return { name, start: aspect.start, end: aspect.end, question: askAspect(aspect.id, name, language) };
  });
}

/** What follows comes before what stands as far in front. */
function distance({ start }: Topic, { start: from }: Citation): number {
  return start >= from ? start - from : 1.5 * (from - start);
}
