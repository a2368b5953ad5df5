import type { Alignment } from "./align-statement.ts";
import type { GroundingProblem } from "./grounding-types.ts";
import { type Span, splitSegments } from "./normalize-text.ts";
import { countShared, pairsOf } from "./place-figures.ts";
import type { Support } from "./read-support.ts";
import { readStrengthVerbs, STRENGTH_VERBS, type StrengthVerb, weakVerbAtEnd } from "./strength-verbs.ts";

/** Marks of what is already there or done. Each must come from the clauses together with what follows it. */
const DONE_MARK =
  /已经?|现有|目前|正在|在建|业已|建有|设有|拥有|配有|享有|曾|(?<![为除不罢极出明规列写给包分])了(?!解|如)|(?<![所国享特固没只拥具设建配占含持共])有(?!关|效|利|序|机|力|助|限|望|待|益|所|条|权)/g;
/** 建成 alone is a fact; after one of these it is a goal. */
const BARE_BUILT =
  /(?<!(?:将|加快|力争|争取|努力|推动|推进|目标是?|提出|计划|拟|要|尽快)[^，。；]{0,4})建成(?!后)/g;
/** Verbs directly joined to what precedes start a chain of their own: 鼓励和支持, 设立…并推进…. */
const JOINT = /(?:和|与|及|以及|并|且|、|还|也|同时|或)$/;
const NEAR_ENOUGH = 0.4;
const SHORTEST_GOVERNED = 4;

interface VerbGroup {
  words: string;
  /** Empty: not known, the object only stands under a verb of the same sentence. */
  verb: string;
  rank: number;
  object: Set<string>;
}

export function checkStrength(statement: string, alignment: Alignment, support: Support): GroundingProblem[] {
  const problems = [
    ...checkDone(statement, DONE_MARK, alignment),
    ...checkDone(statement, BARE_BUILT, alignment),
  ];
  problems.push(...checkDroppedVerb(statement, alignment, support));
  const known = supportGroups(support);
  for (const group of groupsOf(statement, splitSegments(statement))) {
    const reason = judgeGroup(group, nearestGroups(group, known));
    if (reason) problems.push({ kind: "strength", text: group.words, reason });
  }
  return problems;
}

/** 争取X导入园区 → X导入园区: all that the clauses say of it stands under a weak verb, and no such verb is left. */
function checkDroppedVerb(statement: string, { tiles }: Alignment, { text }: Support): GroundingProblem[] {
  const weakest = Math.min(...readStrengthVerbs(statement).map(({ rank }) => rank));
  return tiles.flatMap((tile) => {
    if (tile.end - tile.start < SHORTEST_GOVERNED) return [];
    const ranks = tile.sources.map((at) => weakVerbAtEnd(text.slice(Math.max(0, at - 4), at)));
    if (ranks.some((rank) => rank === undefined || rank >= weakest)) return [];
    return [
      {
        kind: "strength" as const,
        text: statement.slice(tile.start, tile.end),
        reason: "its weak verb was dropped",
      },
    ];
  });
}

function judgeGroup(group: VerbGroup, nearest: readonly VerbGroup[]): string | undefined {
  if (nearest.length === 0) return undefined;
  const limit = Math.max(...nearest.map(({ rank }) => rank));
  if (group.rank > limit) return `stronger than the clause (${group.rank} > ${limit})`;
  const isSameVerb = nearest.some(({ verb }) => verb === "" || verb === group.verb);
  return isSameVerb || group.rank < limit ? undefined : "another verb in the clause";
}

function checkDone(statement: string, marks: RegExp, { tiles }: Alignment): GroundingProblem[] {
  return [...statement.matchAll(marks)].flatMap(({ 0: mark, index }) => {
    const end = index + mark.length;
    const isHeld = tiles.some(
      (tile) => tile.start <= index && tile.end > Math.min(end, statement.length - 1),
    );
    return isHeld
      ? []
      : [
          {
            kind: "strength" as const,
            text: statement.slice(index, end + 4),
            reason: "told as already there",
          },
        ];
  });
}

/** Each verb with what it governs; its rank is the weakest of the chain that leads to it (争取建设, 引导…建设). */
function groupsOf(text: string, segments: readonly Span[]): VerbGroup[] {
  return segments.flatMap((span) => {
    const segment = text.slice(span.start, span.end);
    const verbs = readStrengthVerbs(segment);
    let chainRank = Number.POSITIVE_INFINITY;
    return verbs.flatMap((verb, index) => {
      chainRank = JOINT.test(segment.slice(0, verb.start)) ? verb.rank : Math.min(chainRank, verb.rank);
      const object = objectOf(segment, verb, verbs[index + 1]);
      return object.size === 0
        ? []
        : [{ words: segment.slice(verb.start, verb.start + 12), verb: verb.word, rank: chainRank, object }];
    });
  });
}

/** What stands after the verb; for a verb at the end, what stands before it. */
function objectOf(segment: string, verb: StrengthVerb, next: StrengthVerb | undefined): Set<string> {
  const after = pairsOf(segment.slice(verb.end, next?.start ?? segment.length));
  if (after.size > 0 || next) return after;
  return pairsOf(segment.slice(0, verb.start).replace(STRENGTH_VERBS, " "));
}

function supportGroups(support: Support): VerbGroup[] {
  const groups: VerbGroup[] = [];
  for (const sentence of support.sentences) {
    const text = support.text.slice(sentence.start, sentence.end);
    let inherited: number | undefined;
    for (const span of splitSegments(text)) {
      const segment = text.slice(span.start, span.end);
      const first = readStrengthVerbs(segment)[0];
      const lead = pairsOf(segment.slice(0, first?.start ?? segment.length));
      // An enumeration after 支持…，包括… stays under that verb.
      if (inherited !== undefined && lead.size > 0)
        groups.push({ words: "", verb: "", rank: inherited, object: lead });
      const own = groupsOf(text, [span]);
      groups.push(...own);
      inherited = own.at(-1)?.rank ?? inherited;
    }
  }
  return groups;
}

/** What the clauses say of this object; empty when they say nothing comparable. */
function nearestGroups(group: VerbGroup, known: readonly VerbGroup[]): VerbGroup[] {
  const share = (other: VerbGroup) => countShared(group.object, other.object) / group.object.size;
  const best = Math.max(0, ...known.map(share));
  return best < NEAR_ENOUGH ? [] : known.filter((other) => share(other) >= best * 0.8);
}
