import type { FactValue, HeldTerm } from "../../enterprises/index.ts";
import type { CriterionVerdictValue } from "../types.ts";
import type { TermsTest, WantedTerms } from "./compile-terms.ts";
import { conjoin, disjoin } from "./three-values.ts";

export type TermsFact = FactValue & { kind: "terms" };

export interface TermsJudgement {
  value: CriterionVerdictValue;
  /** Known as well as it can be: what is open is the meaning of the program's words. */
  personOnly: boolean;
  /** Days on which a certificate starts or ends. */
  days: string[];
}

export function judgeTerms(test: TermsTest, fact: TermsFact, day: string): TermsJudgement {
  const clear = conjoin(test.groups.map((group) => judgeGroup(test, group, fact, day)));
  const days = fact.has.flatMap(({ validFrom, validTo }) =>
    [validFrom, validTo].filter((each) => each !== undefined),
  );
  const concerned = test.unclear.accepted.size > 0 && isConcerned(test, test.unclear, fact, day);
  if (clear === "met" || !concerned) return { value: clear, personOnly: false, days };
  return { value: "unknown", personOnly: clear === "unmet", days };
}

/** Holds one of them, or something of which it is a part. */
function isConcerned(test: TermsTest, wanted: WantedTerms, fact: TermsFact, day: string): boolean {
  return (
    judgeGroup(
      { ...test, manner: test.manner === "certified" ? "plain" : test.manner },
      wanted,
      fact,
      day,
      true,
    ) !== "unmet"
  );
}

function judgeGroup(
  test: TermsTest,
  wanted: WantedTerms,
  fact: TermsFact,
  day: string,
  onlyHeld = false,
): CriterionVerdictValue {
  if (wanted.accepted.size === 0) return "unknown";
  const held = fact.has
    .filter(({ id }) => wanted.accepted.has(id))
    .map((term) => judgeHeld(term, test.manner, day));
  const rest =
    test.manner === "tree" ? judgeTree(test, wanted, fact, onlyHeld) : judgeRest(wanted, fact, onlyHeld);
  return disjoin([...held, rest]);
}

/** A term on the day. A title counts only with its certificate and the day to which it is valid. */
export function judgeHeld(term: HeldTerm, manner: TermsTest["manner"], day: string): CriterionVerdictValue {
  if (term.lapsed || (term.validTo !== undefined && term.validTo <= day)) return "unmet";
  if (term.validFrom !== undefined && term.validFrom > day) return "unmet";
  if (manner === "certified" && (term.certificate === undefined || term.validTo === undefined))
    return "unknown";
  return "met";
}

/** What might be held beside what was said. */
function judgeRest(wanted: WantedTerms, fact: TermsFact, onlyHeld: boolean): CriterionVerdictValue {
  if (onlyHeld || fact.closed) return "unmet";
  const lacked = new Set([...fact.lacks, ...fact.has.map(({ id }) => id)]);
  return wanted.named.every((id) => lacked.has(id)) ? "unmet" : "unknown";
}

/**
 * Industries that people state are their main business: beside them nothing else is supposed. A wider one than what is
 * wanted leaves it open, unless they said that they do not do the narrower.
 */
function judgeTree(
  test: TermsTest,
  wanted: WantedTerms,
  fact: TermsFact,
  onlyHeld: boolean,
): CriterionVerdictValue {
  const held = fact.has.filter((term) => !term.lapsed);
  const open = wanted.named.filter((id) => !fact.lacks.some((lacked) => test.lineage(id).has(lacked)));
  if (open.length === 0) return "unmet";
  if (held.length === 0) return onlyHeld || fact.closed ? "unmet" : "unknown";
  const possible = open.some((id) => held.some((term) => term.id !== id && test.lineage(id).has(term.id)));
  return possible ? "unknown" : "unmet";
}
