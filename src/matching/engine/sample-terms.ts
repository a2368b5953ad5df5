import type { FactValue, HeldTerm } from "../../enterprises/index.ts";
import type { TermsTest, WantedTerms } from "./compile-terms.ts";
import type { TermsFact } from "./judge-terms.ts";

const OTHER = "\u0000other";
const NOTHING: TermsFact = { kind: "terms", has: [], lacks: [], closed: false };

/** Answers that stand for all possible ones, as far as this test can tell. */
export function sampleTerms(test: TermsTest, known: TermsFact = NOTHING): FactValue[] {
  const wanted = [...test.groups, test.unclear].filter((group) => group.named.length > 0);
  return test.manner === "tree" ? sampleTree(test, wanted, known) : sampleHeld(wanted, known);
}

/** The main business, or what exactly it is of what was said. */
function sampleTree(test: TermsTest, wanted: readonly WantedTerms[], known: TermsFact): FactValue[] {
  if (known.has.length === 0) {
    if (known.closed) return [];
    const open = wanted.flatMap(({ named }) => named.find((id) => !isLacked(test, known, id)) ?? []);
    return [...open, OTHER].map((id) => ({ ...known, has: [{ id }], closed: true }));
  }
  const narrowed = wanted.flatMap(({ named }): TermsFact[] => {
    for (const id of named) {
      if (isLacked(test, known, id)) continue;
      const above = known.has.find((term) => term.id !== id && test.lineage(id).has(term.id));
      if (above) return [{ ...known, has: known.has.map((term) => (term === above ? { id } : term)) }];
    }
    return [];
  });
  return [...narrowed, { ...known, lacks: [...known.lacks, ...wanted.flatMap(({ named }) => named)] }];
}

function isLacked(test: TermsTest, known: TermsFact, id: string): boolean {
  return known.lacks.some((lacked) => test.lineage(id).has(lacked));
}

/** Nothing more, each one by itself, and all of them; what is held without proof turns out sound or lapsed. */
function sampleHeld(wanted: readonly WantedTerms[], known: TermsFact): FactValue[] {
  const named = [...new Set(wanted.flatMap((group) => group.named))];
  const possible = named.filter((id) => {
    if (known.lacks.includes(id)) return false;
    return !known.closed || known.has.some((term) => term.id === id);
  });
  const sound = (ids: readonly string[]): TermsFact => ({
    kind: "terms",
    has: [
      ...known.has.filter(({ id }) => !ids.includes(id)).map(lapseUnproven),
      ...ids.map((id) => proveHeld(id, known)),
    ],
    lacks: known.lacks,
    closed: true,
  });
  return [sound([]), ...possible.map((id) => sound([id])), sound(possible)];
}

function proveHeld(id: string, known: TermsFact): HeldTerm {
  const held = known.has.find((term) => term.id === id);
  return { validTo: "9999-12-31", certificate: "?", ...held, id };
}

function lapseUnproven(term: HeldTerm): HeldTerm {
  return term.certificate === undefined || term.validTo === undefined ? { ...term, lapsed: true } : term;
}
