import type { SafetyFinding, SafetyKind } from "../types.ts";
import { createWordMatcher, type WordHit } from "./match-words.ts";
import type { TriageSignals } from "./signals-schema.ts";

/** `likelihood`: of an urgent matter of safety, by the models, 0–1. */
type DetectSafety = (folded: string, text: string, likelihood: number) => SafetyFinding | null;

/** Words of danger in what is quite another matter. Small: better one notice too many than one too few. */
const SURELY_NOT = 5e-4;
/** A danger that nobody has words for. */
const LIKELY = 0.35;
const LONGEST_WORDS = 60;
/** What lasts and disturbs is a complaint, unless words of danger stand beside it. */
const NUISANCE =
  /睡不着|睡不好|没法睡|休息不好|扰民|天天|每天|每晚|夜夜|半夜(?:都|就|老|总|又)?(?:排|放|施工|响|吵)|长期|总是|经常|三天两头|好几个月|every (?:day|night)|keeps? us awake/u;
/** Of a danger without words of danger. */
const HINTS: readonly (readonly [SafetyKind, RegExp])[] = [
  ["火情", /[火烟烧焦糊]|fire|smoke/],
  ["伤人", /[伤晕昏吐喘血疼]|救护|hurt|injur|sick/],
  ["泄漏", /[漏雾酸碱氨氯液气味]|leak|spill|gas/],
];

/** Fire before leak before injury: who calls 119 about a fire with injured people is asked about them there. */
const ORDER: readonly SafetyKind[] = ["火情", "泄漏", "伤人", "其他险情"];
const CLAUSE = /[^，,。.！!？?；;\n]+/g;
const SENTENCE = /[^。！!？?；;\n]+/g;
const SENTENCE_START = /[^。！!？?；;\n]+/;

/** Only a danger now: look-alikes are masked, drills, past events and questions about rules are none. */
export function createSafetyDetector(safety: TriageSignals["safety"]): DetectSafety {
  const findDanger = createWordMatcher(
    safety.kinds.flatMap(({ kind, danger }) => danger.map((word) => [word, kind] as const)),
  );
  const findAll = (sentence: string): { start: number; tag: SafetyKind }[] => [
    ...findDanger(sentence),
    ...safety.kinds.flatMap(({ kind, patterns }) =>
      patterns.flatMap((pattern) => {
        const start = pattern.exec(sentence)?.index;
        return start === undefined ? [] : [{ start, tag: kind }];
      }),
    ),
  ];
  const findMasks = createWordMatcher(safety.masks.map((word) => [word, "mask"] as const));
  const has = (words: readonly string[]) => {
    const matcher = createWordMatcher(words.map((word) => [word, null] as const));
    return (folded: string) => matcher(folded).length > 0;
  };
  const [isPast, isDrill, isInquiry, isPresent] = [
    has(safety.past),
    has(safety.drill),
    has(safety.inquiry),
    has(safety.present),
  ];
  return (folded, text, likelihood) => {
    const masked = maskWords(folded, findMasks(folded));
    if (isDrill(masked) || isDrill(folded)) return null;
    const found: { hit: { tag: SafetyKind }; words: string }[] = [];
    for (const sentence of masked.matchAll(SENTENCE)) {
      const isNow = isPresent(sentence[0]);
      for (const hit of findAll(sentence[0])) {
        const clause = clauseAround(sentence[0], hit.start);
        if (isPast(clause.words) || (isPast(sentence[0]) && !isNow)) continue;
        if (isInquiry(sentence[0]) && !isNow) continue;
        const start = sentence.index + clause.start;
        found.push({ hit, words: text.slice(start, start + clause.words.length).trim() });
      }
    }
    if (likelihood < SURELY_NOT) return null;
    for (const kind of ORDER) {
      const first = found.find(({ hit }) => hit.tag === kind);
      if (first) return { kind, words: first.words };
    }
    if (NUISANCE.test(masked)) return null;
    if (likelihood < LIKELY || isPast(masked) || (isInquiry(masked) && !isPresent(masked))) return null;
    const kind = HINTS.find(([, hint]) => hint.test(masked))?.[0] ?? "其他险情";
    return { kind, words: (SENTENCE_START.exec(text)?.[0] ?? text).trim().slice(0, LONGEST_WORDS) };
  };
}

function clauseAround(sentence: string, at: number): { start: number; words: string } {
  for (const clause of sentence.matchAll(CLAUSE)) {
    if (at < clause.index + clause[0].length) return { start: clause.index, words: clause[0] };
  }
  return { start: 0, words: sentence };
}

function maskWords(folded: string, masks: readonly WordHit<string>[]): string {
  let masked = folded;
  for (const { start, end } of masks) {
    masked = masked.slice(0, start) + " ".repeat(end - start) + masked.slice(end);
  }
  return masked;
}
