import type { Alignment, Tile } from "./align-statement.ts";
import type { GroundingProblem } from "./grounding-types.ts";
import { spanAt, splitSegments } from "./normalize-text.ts";
import type { Support } from "./read-support.ts";

/** Words with a negating character that negate nothing, and qualifiers of figures, which are checked there. */
const NO_NEGATION =
  /不断|不仅|不同|不少|不低于|不超过|不高于|不多于|不大于|不小于|不足|不到|不等|不限于|不动产|不锈|不良|不懈|不止|不论|不管|不妨|未来|未满|未达|无论|无人|无形|无锡|无线|无缝|无菌|无障碍|非常|非遗|非营利|非公|免疫|无机/g;
const NEGATION =
  /不[得能可予再应须需会宜含是]?|没有?|未|无|非|勿|禁止|严禁|杜绝|免|除外|拒绝|取消|停止|暂停/g;
const MODAL =
  /(?<![许认])可(?![能行靠持视信控观读])|(?<![功智性技产动潜才体职可节核电赋新势效机])能(?![力源级效耗量动够])|(?<![供适反响效相对感答])应(?![用对急届收该])|必(?!要)|须|(?<![必供急所])需(?!求)|(?<![社大协委机峰展议学商工年讨介])会(?![议展计员所场晤见])|有权|允许|准予|一律|仅限?|只(?!要)|(?<![人英贤天奇将俊成引留聚招揽选拔])才(?![能智干华])/g;
/** In the clauses, before what is then left to a decision. */
const DISCRETION = /(?:可|视情|酌情|可视情|可酌情|适当)$/;
const SCOPE = 10;

/** Negations and modal verbs are neither added, nor dropped, nor exchanged. */
export function checkNegation(statement: string, alignment: Alignment, support: Support): GroundingProblem[] {
  const plain = statement.replace(NO_NEGATION, blank);
  const problems: GroundingProblem[] = [];
  for (const pattern of [NEGATION, MODAL]) {
    for (const { 0: word, index } of plain.matchAll(pattern)) {
      const end = index + word.length;
      const isKnown =
        isHeld(alignment, index, end, statement.length) ||
        (pattern === MODAL && governsTheSame(word, end, alignment, support));
      if (isKnown) continue;
      const text = statement.slice(index, end + 4);
      problems.push({ kind: "negation", text, reason: "added, or before another word than in the clauses" });
    }
  }
  return [...problems, ...checkDropped(statement, plain, alignment, support)];
}

/** Together with the next character, as it stands in the clauses. */
function isHeld({ tiles }: Alignment, start: number, end: number, length: number): boolean {
  return tiles.some((tile) => tile.start <= start && tile.end >= Math.min(end + 1, length));
}

/** 应于…登录 → 应登录: the same modal verb stands before it in the same sentence, lists included. */
function governsTheSame(word: string, end: number, { tiles }: Alignment, support: Support): boolean {
  const next = tiles.find((tile) => tile.start === end);
  return (
    next?.sources.some((at) => {
      const start = Math.max(support.text.lastIndexOf("。", at), support.text.lastIndexOf("\n", at)) + 1;
      return support.text.slice(start, at).includes(word);
    }) ?? false
  );
}

function checkDropped(
  statement: string,
  plain: string,
  { tiles }: Alignment,
  support: Support,
): GroundingProblem[] {
  const segments = splitSegments(statement);
  const source = support.text.replace(NO_NEGATION, blank);
  return tiles.flatMap((tile): GroundingProblem[] => {
    if (tile.end - tile.start < 2 || !/[\u4e00-\u9fff]{2}/.test(statement.slice(tile.start, tile.end)))
      return [];
    const text = statement.slice(tile.start, tile.end);
    const segment = spanAt(segments, tile.start) ?? tile;
    const own = plain.slice(segment.start, segment.end);
    const hasNegation = own.search(NEGATION) >= 0;
    if (!hasNegation && tile.sources.every((at) => isNegatedAt(source, at, tile, support, own))) {
      return [{ kind: "negation", text, reason: "negated in the clauses" }];
    }
    const before = statement.slice(Math.max(0, tile.start - 3), tile.start);
    if (
      !DISCRETION.test(before) &&
      tile.sources.every((at) => DISCRETION.test(source.slice(Math.max(0, at - 3), at)))
    ) {
      return [{ kind: "strength", text, reason: "left to a decision in the clauses" }];
    }
    return [];
  });
}

/** Directly before it; for longer pieces also farther before it, or before a predicate after it, in the same segment. */
function isNegatedAt(source: string, at: number, tile: Tile, support: Support, own: string): boolean {
  const segment = spanAt(support.segments, at);
  if (!segment) return false;
  const length = tile.end - tile.start;
  const before = source.slice(Math.max(segment.start, at - (length >= 3 ? SCOPE : 1)), at);
  const after = length >= 3 ? source.slice(at + length, Math.min(segment.end, at + length + SCOPE)) : "";
  if (before.search(NEGATION) >= 0 || after.includes("除外")) return true;
  // 外省市企业不予支持: negated only for those who tell of the same 支持.
  const predicate = /^.{0,4}(?:不[予得能再]|不)(..)/.exec(after)?.[1];
  return predicate !== undefined && own.includes(predicate);
}

function blank(word: string): string {
  return "\u0000".repeat(word.length);
}
