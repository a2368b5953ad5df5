import type { Alignment } from "./align-statement.ts";
import type { GroundingProblem } from "./grounding-types.ts";
import { type Span, spanAt, splitSegments } from "./normalize-text.ts";
import { countShared, pairsOf } from "./place-figures.ts";
import type { Support } from "./read-support.ts";

/** Who does it stands before these verbs. */
const DUTY = /落实推进|负责|牵头|配合|主办|承办|主管|受理|审核|审批|解释|统筹|监督|认定|发放|拨付|兑现/g;
const DUTY_ADVERBS = /具体|主要|共同|联合|协同|进行|予以|组织|由/g;
/** What stands before and after these verbs must not change places. */
const DIRECTION =
  /投向|引导|承接|对接|推荐|面向|依托|带动|服务|转移|外迁|导入|转化|引领|吸引|赋能|支持|鼓励|输出|供给|交付|支付|超过|高于|低于|优先于|替代|取代|替换|先于|早于|晚于|会同|委托|授权|赴|到|向/g;

export function checkParties(statement: string, alignment: Alignment, support: Support): GroundingProblem[] {
  return [
    ...checkDuties(statement, support),
    ...checkDirections(statement, support),
    ...checkPlus(statement, support),
    ...checkObjects(statement, alignment, support),
  ];
}

function checkDuties(statement: string, support: Support): GroundingProblem[] {
  return occurrences(statement, splitSegments(statement), DUTY).flatMap(({ word, before, after }) => {
    // 负责落实推进: the second verb says what the duty is.
    if (after.search(DUTY) === 0) return [];
    const agent = agentOf(before, after);
    if (agent.size === 0) return [];
    const known = occurrences(support.text, support.segments, DUTY).filter((other) => other.word === word);
    const isHeld = known.some((other) => {
      const source = pairsOf(other.before.replace(DUTY_ADVERBS, " "));
      return countShared(agent, source) >= agent.size * 0.6;
    });
    if (known.length === 0 || isHeld) return [];
    return [{ kind: "party" as const, text: before + word, reason: "another party has this duty" }];
  });
}

/** 由X负责 and 负责…的是X. */
function agentOf(before: string, after: string): Set<string> {
  const agent = pairsOf(before.replace(DUTY_ADVERBS, " ").replace(DUTY, " "));
  if (agent.size > 0) return agent;
  const named = /的(?:单位|部门)?(?:是|为)(.+)$/.exec(after)?.[1];
  return pairsOf(named ?? "");
}

function checkDirections(statement: string, support: Support): GroundingProblem[] {
  return occurrences(statement, splitSegments(statement), DIRECTION).flatMap(({ word, before, after }) => {
    const left = pairsOf(before);
    const right = pairsOf(after);
    if (left.size < 2 || right.size < 2) return [];
    const known = occurrences(support.text, support.segments, DIRECTION).filter(
      (other) => other.word === word,
    );
    const crossed = known.filter((other) =>
      isCrossed(left, right, pairsOf(other.before), pairsOf(other.after)),
    );
    if (known.length === 0 || crossed.length < known.length) return [];
    return [{ kind: "party" as const, text: before + word + after, reason: "both sides changed places" }];
  });
}

function isCrossed(
  left: Set<string>,
  right: Set<string>,
  knownLeft: Set<string>,
  knownRight: Set<string>,
): boolean {
  return (
    countShared(left, without(knownRight, knownLeft)) >= 2 &&
    countShared(right, without(knownLeft, knownRight)) >= 2
  );
}

function without(one: Set<string>, other: Set<string>): Set<string> {
  return new Set([...one].filter((pair) => !other.has(pair)));
}

/** From 张江研发+奉贤制造 nobody may make 张江制造. */
function checkPlus(statement: string, support: Support): GroundingProblem[] {
  return [
    ...support.text.matchAll(
      /([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})\+([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})/g,
    ),
  ]
    .flatMap(([, a = "", b = "", c = "", d = ""]) => [a + d, c + b])
    .filter((mixed) => statement.includes(mixed) && !support.text.includes(mixed))
    .map((text) => ({ kind: "party" as const, text, reason: "both sides changed places" }));
}

/** 对甲给予保障，对乙实行一事一议: nobody may say 对甲实行一事一议. */
function checkObjects(
  statement: string,
  { tiles }: Alignment,
  { text, segments }: Support,
): GroundingProblem[] {
  return splitSegments(statement).flatMap((span) => {
    const at = statement.slice(span.start, span.end).search(/对(?!接|标|于|应|外|内)/);
    const last = tiles.findLast((tile) => tile.start < span.end && tile.start > span.start + at + 2);
    if (at < 0 || !last || Math.min(last.end, span.end) - last.start < 4) return [];
    const told = pairsOf(statement.slice(span.start + at + 1, last.start));
    if (told.size < 2) return [];
    const known = last.sources.map((source) => objectBefore(text, spanAt(segments, source), source));
    const isForeign = known.every(
      (object) => object !== undefined && object.size >= 2 && countShared(told, object) < told.size / 2,
    );
    if (!isForeign) return [];
    return [
      {
        kind: "party" as const,
        text: statement.slice(span.start, span.end),
        reason: "said of another object",
      },
    ];
  });
}

function objectBefore(text: string, segment: Span | undefined, end: number): Set<string> | undefined {
  const before = text.slice(segment?.start ?? end, end);
  const at = before.search(/对(?!接|标|于|应|外|内)/);
  return at < 0 ? undefined : pairsOf(before.slice(at + 1));
}

function occurrences(
  text: string,
  segments: readonly Span[],
  pattern: RegExp,
): { word: string; before: string; after: string }[] {
  return segments.flatMap((span) => {
    const segment = text.slice(span.start, span.end);
    return [...segment.matchAll(pattern)].map(({ 0: word, index }) => ({
      word,
      before: segment.slice(0, index),
      after: segment.slice(index + word.length),
    }));
  });
}
