import type { MatchResult, NextQuestion } from "../matching/index.ts";
import type { LabelledProfile } from "./load-profiles.ts";

/** Programs looked at. */
export const MATCHES_SHOWN = 8;

export interface JudgedMatch {
  profile: LabelledProfile;
  shown: string[];
  /** Ids that had to be among the first eight and are not. */
  missed: string[];
  /** Ids that must not appear and do, anywhere in the list. */
  violations: string[];
  /** Shown although the label says: ask first. */
  listedTooEarly: boolean;
  /** Of `should_ask`: those that a question of the first two turns covers. */
  covered: string[];
  questions: NextQuestion[];
  elapsedMs: number;
}

export interface MatchMeasures {
  profiles: number;
  /** Of all programs that had to appear, the share among the first eight. */
  mustRecall: number;
  mustNot: number;
  listedTooEarly: number;
  /** Profiles of which at least one fact that should be asked was asked within two turns. */
  askHit: number;
  /** Share of all facts that should be asked. */
  askRecall: number;
  p50Ms: number;
  p95Ms: number;
}

/** `words` of a question: its text with the label and names of its field. */
export function judgeMatch(
  profile: LabelledProfile,
  result: MatchResult,
  questions: readonly NextQuestion[],
  wordsOf: (question: NextQuestion) => string,
  elapsedMs: number,
): JudgedMatch {
  const ids = result.matches.map(({ programId }) => programId);
  const shown = ids.slice(0, MATCHES_SHOWN);
  const asked = questions.map(wordsOf);
  return {
    profile,
    shown,
    missed: profile.must.map(({ id }) => id).filter((id) => !shown.includes(id)),
    violations: profile.must_not.map(({ id }) => id).filter((id) => ids.includes(id)),
    listedTooEarly: profile.must.length === 0 && profile.needs.length > 0 && ids.length > 3,
    covered: profile.should_ask.filter((fact) => asked.some((words) => asksFor(words, fact))),
    questions: [...questions],
    elapsedMs,
  };
}

const EMPTY_WORDS = /是否|已在|已有|需要|情况|进度|要求|还是|[的在与和及（）()“”、，/？?]/g;

/**
 * Whether a question asks for a fact that a label names in words: at least three tenths of the label's pairs of characters
 * stand in the question, or one of its parts does as a whole. A crude judge, the same for all sets.
 */
export function asksFor(question: string, fact: string): boolean {
  const parts = fact
    .replace(EMPTY_WORDS, " ")
    .split(/\s+/)
    .filter((part) => part.length >= 2);
  const pairs = parts.flatMap((part) =>
    [...part].slice(0, -1).map((character, index) => character + [...part][index + 1]),
  );
  if (pairs.length === 0) return false;
  const found = pairs.filter((pair) => question.includes(pair)).length;
  return found / pairs.length >= 0.3 || parts.some((part) => part.length >= 3 && question.includes(part));
}

export function measureMatches(judged: readonly JudgedMatch[]): MatchMeasures {
  const must = judged.reduce((sum, { profile }) => sum + profile.must.length, 0);
  const missed = judged.reduce((sum, { missed }) => sum + missed.length, 0);
  const withFacts = judged.filter(({ profile }) => profile.should_ask.length > 0);
  const facts = withFacts.reduce((sum, { profile }) => sum + profile.should_ask.length, 0);
  const times = judged.map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b);
  return {
    profiles: judged.length,
    mustRecall: must === 0 ? 1 : (must - missed) / must,
    mustNot: judged.reduce((sum, { violations }) => sum + violations.length, 0),
    listedTooEarly: judged.filter((each) => each.listedTooEarly).length,
    askHit: share(withFacts.filter(({ covered }) => covered.length > 0).length, withFacts.length),
    askRecall: share(
      withFacts.reduce((sum, { covered }) => sum + covered.length, 0),
      facts,
    ),
    p50Ms: times[Math.floor((times.length - 1) * 0.5)] ?? 0,
    p95Ms: times[Math.floor((times.length - 1) * 0.95)] ?? 0,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
