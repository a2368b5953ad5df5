import type { Alignment } from "./align-statement.ts";
import type { GroundingProblem } from "./grounding-types.ts";
import { GRAMMAR_CHARACTERS, NEUTRAL_PATTERN } from "./neutral-words.ts";
import { type Span, spanAt, splitSegments } from "./normalize-text.ts";
import type { Support } from "./read-support.ts";

/** Words that say of what kind something is; they belong to the next word and to no other. */
const ATTACHED =
  /境内|境外|国内|国外|海外|区内|区外|市内|市外|市级|区级|国家级|省级|上游|下游|线上|线下|初创|早期|中期|后期|成熟期|大型|中小|小微|国有|民间|民营|外资|直接|间接|优先|重大|新型|高质量|高水平|顶尖|高端/g;
/** 关于您问的租房问题，…: repeats the question and claims nothing. */
const RESTATING =
  /^(?:关于|对于|至于|针对|就|您(?:所)?(?:问|提到|咨询|关心|询问)|贵企业(?:所)?(?:问|提到|咨询|关心|询问))/;
const LONGEST_RESTATING = 24;
/** The share of content characters that must lie in pieces of at least four characters of the clauses. */
const LEAST_SUPPORT = 0.55;
const PIECE = 4;
/** Emoji, other scripts and broken characters have no place in a statement, unless a clause holds them. */
const PLAIN_CHARACTER = /[\u4e00-\u9fffA-Za-z\d\p{P}\s%‰+=<>~\u0000]/u;

export interface WordingInput {
  statement: string;
  alignment: Alignment;
  support: Support;
  /** Skeleton of the question. */
  question: string;
  /** Parts that another check has judged: figures, dates, identifiers. */
  judged: readonly Span[];
}

/** The statement must be made of the clauses' words: no content of its own, and not of shreds. */
export function checkWording(input: WordingInput): GroundingProblem[] {
  const { statement, alignment } = input;
  const isNeutral = neutralCharacters(statement, input.judged);
  const segments = splitSegments(statement);
  const problems: GroundingProblem[] = [];
  for (const span of uncoveredSpans(statement, alignment, isNeutral)) {
    const text = statement.slice(span.start, span.end);
    if (isRestating(text, spanAt(segments, span.start), input)) continue;
    problems.push({ kind: "unsupported", text, reason: "neither in the clauses nor a neutral word" });
  }
  const strange = [...statement].find(
    (character) => !PLAIN_CHARACTER.test(character) && !input.support.text.includes(character),
  );
  if (strange) problems.push({ kind: "unsupported", text: strange, reason: "a character of no clause" });
  return [...problems, ...checkAttached(input, segments), ...checkShare(input, isNeutral)];
}

function neutralCharacters(statement: string, judged: readonly Span[]): boolean[] {
  const isNeutral = [...statement].map(() => false);
  for (const { 0: word, index } of statement.matchAll(NEUTRAL_PATTERN)) {
    isNeutral.fill(true, index, index + word.length);
  }
  for (const { start, end } of judged) isNeutral.fill(true, start, end);
  return isNeutral;
}

/** Runs of Chinese content characters outside of all tiles. */
function uncoveredSpans(statement: string, { covered }: Alignment, isNeutral: readonly boolean[]): Span[] {
  const spans: Span[] = [];
  let start = -1;
  for (let index = 0; index <= statement.length; index += 1) {
    const character = statement[index] ?? "";
    const isOpen =
      /[\u4e00-\u9fff]/.test(character) &&
      !covered[index] &&
      !isNeutral[index] &&
      !GRAMMAR_CHARACTERS.has(character);
    if (isOpen && start < 0) start = index;
    if (!isOpen && start >= 0) {
      spans.push({ start, end: index });
      start = -1;
    }
  }
  return spans;
}

function isRestating(
  text: string,
  segment: Span | undefined,
  { statement, question }: WordingInput,
): boolean {
  if (!segment || segment.end - segment.start > LONGEST_RESTATING) return false;
  return RESTATING.test(statement.slice(segment.start, segment.end)) && question.includes(text);
}

/** 境外上市 is not said by a clause with 境外发行 and 境内上市. */
function checkAttached(input: WordingInput, segments: readonly Span[]): GroundingProblem[] {
  const { statement } = input;
  const { tiles } = input.alignment;
  return [...statement.matchAll(ATTACHED)].flatMap(({ 0: word, index }) => {
    const end = index + word.length;
    const next = statement[end] ?? "";
    const isJoined = /[\u4e00-\u9fffA-Za-z]/.test(next) && !GRAMMAR_CHARACTERS.has(next);
    const isHeld = tiles.some(
      (tile) => tile.start <= index && tile.end >= (isJoined ? end + 1 : end) && tile.end - tile.start > 2,
    );
    return isHeld || isRestating(word, spanAt(segments, index), input)
      ? []
      : [
          {
            kind: "unsupported" as const,
            text: statement.slice(index, end + 4),
            reason: "joined to another word",
          },
        ];
  });
}

function checkShare(
  { statement, alignment, judged }: WordingInput,
  isNeutral: readonly boolean[],
): GroundingProblem[] {
  const inPieces = statement.split("").map(() => false);
  for (const tile of alignment.tiles) {
    if (tile.end - tile.start >= PIECE) inPieces.fill(true, tile.start, tile.end);
  }
  for (const { start, end } of judged) inPieces.fill(true, start, end);
  let content = 0;
  let supported = 0;
  for (let index = 0; index < statement.length; index += 1) {
    const character = statement[index] ?? "";
    if (!/[\u4e00-\u9fff]/.test(character) || GRAMMAR_CHARACTERS.has(character)) continue;
    if (isNeutral[index] && !inPieces[index]) continue;
    content += 1;
    if (inPieces[index]) supported += 1;
  }
  if (content > 0 && supported / content >= LEAST_SUPPORT) return [];
  const reason =
    content === 0
      ? "says nothing of the clauses"
      : `only ${supported} of ${content} characters in whole pieces`;
  return [{ kind: "unsupported", text: statement, reason }];
}
