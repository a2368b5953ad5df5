import type { Clause, OutlineNode } from "../../knowledge/index.ts";
import type { VersionId } from "../../shared/index.ts";
import type { Answer } from "../types.ts";
import {
  followedVersion,
  type OutlinedDocument,
  outlineDocument,
  suggestFollowUps,
  type TriedQuestions,
} from "./suggest-follow-ups.ts";

type Tried = Pick<Answer, "kind" | "citations">;

/** Of one set of documents; the oldest goes when there are more. */
const MOST_TRIED = 2_000;
const MOST_OUTLINED = 200;

interface Inquired {
  request: { question: string };
  asOf: string;
  /** The same object as long as the same documents answer. */
  documents: ReadonlyMap<unknown, { versionId: VersionId }>;
}

/** The answer with what may be asked next. `ask`: the same way of answering, without a model. */
export type AddFollowUps = (
  answer: Answer,
  inquiry: Inquired,
  ask: (question: string) => Promise<Answer>,
) => Promise<Answer>;

interface Kept {
  tried: Map<string, Tried>;
  outlined: Map<VersionId, OutlinedDocument>;
}

/** What was tried is kept as long as what is published stays the same: a suggestion costs its search once. */
export function createFollowUps(source: {
  getClauses(versionId: VersionId): Promise<readonly Clause[]>;
  getOutline(versionId: VersionId): Promise<readonly OutlineNode[]>;
}): AddFollowUps {
  const keptOf = new WeakMap<object, Kept>();
  return async (answer, { request, asOf, documents }, ask) => {
    const versionId = followedVersion(answer);
    if (versionId === undefined) return answer;
    const kept = keptOf.get(documents) ?? { tried: new Map(), outlined: new Map() };
    keptOf.set(documents, kept);
    const document =
      kept.outlined.get(versionId) ??
      outlineDocument(await source.getOutline(versionId), await source.getClauses(versionId));
    keep(kept.outlined, versionId, document, MOST_OUTLINED);
    const tried = rememberTried(kept.tried, `${asOf} ${answer.language} `, ask);
    const followUps = await suggestFollowUps(answer, request.question.trim(), document, tried);
    return followUps.length === 0 ? answer : { ...answer, followUps };
  };
}

function rememberTried(
  known: Map<string, Tried>,
  prefix: string,
  ask: (question: string) => Promise<Answer>,
): TriedQuestions {
  return {
    get: (question) => known.get(prefix + question),
    async ask(question) {
      const { kind, citations } = await ask(question);
      const tried = { kind, citations: citations.slice(0, 1) };
      keep(known, prefix + question, tried, MOST_TRIED);
      return tried;
    },
  };
}

function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
