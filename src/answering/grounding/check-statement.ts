import { alignStatement } from "./align-statement.ts";
import { checkAbsences, findAbsences } from "./check-absence.ts";
import { checkDates } from "./check-dates.ts";
import { checkEnglish, isEnglish, readEnglish } from "./check-english.ts";
import { checkFigures } from "./check-figures.ts";
import { checkIdentifiers } from "./check-identifiers.ts";
import { checkNames } from "./check-names.ts";
import { checkNegation } from "./check-negation.ts";
import { checkParties } from "./check-parties.ts";
import { checkPromises } from "./check-promises.ts";
import { checkQuotes } from "./check-quotes.ts";
import { checkStrength } from "./check-strength.ts";
import { checkWording } from "./check-wording.ts";
import type {
  GroundedClause,
  GroundingOptions,
  GroundingProblem,
  GroundingVerdict,
} from "./grounding-types.ts";
import { maskSpans, stripReferences, toSkeleton } from "./normalize-text.ts";
import { readNumerics } from "./read-figures.ts";
import { findIdentifiers } from "./read-identifiers.ts";
import { readSupport, type Support } from "./read-support.ts";

/**
 * Whether a statement says only what the cited clauses say. Decided by program, without a model, and in doubt against
 * the statement: a true paraphrase in words of its own may fail, a wrong figure, date, name or quote must not pass. The
 * question may be repeated ("关于租房，…") and supports nothing else. An English statement must carry the Chinese quote
 * that it rests on.
 */
export function checkStatement(
  statement: string,
  clauses: readonly GroundedClause[],
  question: string,
  options: GroundingOptions = {},
): GroundingVerdict {
  return checkAgainst(statement, readSupport(clauses), question, options);
}

/** The same with clauses that were read before, for several statements over the same clauses. */
export function checkAgainst(
  statement: string,
  support: Support,
  question: string,
  { notStated = [] }: GroundingOptions = {},
): GroundingVerdict {
  const stripped = stripReferences(statement);
  if (isEnglish(stripped)) return toVerdict(judgeEnglish(stripped, support));
  const skeleton = toSkeleton(stripped);
  const absences = findAbsences(skeleton, support);
  // What is told not to be there is judged by its own check, and blank for the others.
  const positive = maskSpans(skeleton, absences);
  const problems = [
    ...checkQuotes(stripped, support),
    ...checkAbsences(skeleton, absences, notStated),
    ...checkPositive(positive, toSkeleton(question), support, absences.length > 0),
  ];
  return toVerdict(problems);
}

function toVerdict(problems: GroundingProblem[]): GroundingVerdict {
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

/** The quotes as Chinese statements of their own, so that none is cut off before a 力争 or a 不得; then the English. */
function judgeEnglish(statement: string, support: Support): GroundingProblem[] {
  const reading = readEnglish(statement);
  return [
    ...checkQuotes(statement, support),
    ...reading.quotes.flatMap((quote) => checkPositive(toSkeleton(quote), "", support, false)),
    ...checkEnglish(reading, support),
  ];
}

function checkPositive(
  statement: string,
  question: string,
  support: Support,
  mayBeEmpty: boolean,
): GroundingProblem[] {
  if (mayBeEmpty && !/[\u4e00-\u9fff\dA-Za-z]/.test(statement)) return [];
  const alignment = alignStatement(statement, support);
  const identifiers = findIdentifiers(statement);
  const reading = readNumerics(maskSpans(statement, identifiers));
  const judged = [...identifiers, ...reading.figures, ...reading.dates];
  return [
    ...checkIdentifiers(statement, identifiers, support),
    ...checkFigures(statement, { reading, alignment, support }),
    ...checkDates(statement, reading, support),
    ...checkNames(statement, support),
    ...checkStrength(statement, alignment, support),
    ...checkNegation(statement, alignment, support),
    ...checkParties(statement, alignment, support),
    ...checkPromises(statement, support),
    ...checkWording({ statement, alignment, support, question, judged }),
  ];
}
