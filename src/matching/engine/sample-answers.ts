import type { FactValue, ProfileField } from "../../enterprises/index.ts";
import type { CompiledTest } from "./compile-test.ts";
import { addDays, latestStart } from "./days.ts";
import { compareWithAccepted, type Interval, intersect } from "./interval.ts";
import type { LeafTest } from "./judge-test.ts";
import type { WantedPlace } from "./places.ts";
import type { ProfileView } from "./profile-view.ts";
import { sampleTerms } from "./sample-terms.ts";

/** Stands for whatever no program asks for. */
const OTHER = "\u0000other";

/**
 * Answers to a field that stand for all that are possible as far as these tests can tell them apart, given what is
 * known: between two thresholds one number says what all of them say.
 */
export function sampleAnswers(
  field: ProfileField,
  tests: readonly LeafTest[],
  view: ProfileView,
  asOf: string,
): FactValue[] {
  const known = view.value(field.id);
  switch (field.kind) {
    case "number":
      return sampleNumbers(field, tests, view);
    case "date":
      return sampleDates(tests, known?.kind === "date" ? known : undefined, asOf);
    case "flag":
      return [true, false].map((value) => ({ kind: "flag", value }));
    case "choice":
      return sampleChoices(field, tests, known?.kind === "choice" ? known.oneOf : undefined);
    case "place":
      return samplePlaces(tests, known?.kind === "place" ? known.path : []);
    case "terms":
      return tests.flatMap((test) =>
        test.kind === "terms" ? sampleTerms(test.terms, known?.kind === "terms" ? known : undefined) : [],
      );
    default:
      return [];
  }
}

/** The leaves of a test that look at a field. */
export function leavesOn(test: CompiledTest, field: string): LeafTest[] {
  if (test.kind === "any" || test.kind === "all") return test.parts.flatMap((part) => leavesOn(part, field));
  return test.field === field ? [test] : [];
}

function sampleNumbers(field: ProfileField, tests: readonly LeafTest[], view: ProfileView): FactValue[] {
  const all: Interval = { min: -Infinity, max: Infinity, minOpen: false, maxOpen: false };
  const bounds: Interval = {
    ...all,
    min: field.bounds?.min ?? -Infinity,
    max: field.bounds?.max ?? Infinity,
  };
  const possible = intersect(view.figure(field.id)?.interval ?? all, bounds);
  let counted = false;
  const edges = new Set([possible.min, possible.max].filter(Number.isFinite));
  for (const test of tests) {
    if (test.kind !== "number") continue;
    counted = test.counted;
    for (const edge of [test.accepted.min, test.accepted.max]) if (Number.isFinite(edge)) edges.add(edge);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const between = sorted.map((edge, index) => (edge + (sorted[index + 1] ?? edge * 2 + 2)) / 2);
  const below = (sorted[0] ?? 0) - 1;
  const samples = [...sorted, ...between, below].map((value) => (counted ? Math.floor(value) : value));
  return [...new Set(samples)]
    .filter(
      (value) =>
        compareWithAccepted({ min: value, max: value, minOpen: false, maxOpen: false }, possible) === "met",
    )
    .map((value) => ({ kind: "number", min: value, max: value }));
}

function sampleDates(
  tests: readonly LeafTest[],
  known: { from: string; to: string } | undefined,
  asOf: string,
): FactValue[] {
  const turns = tests.flatMap((test) => {
    if (test.kind === "date") return [test.day];
    return test.kind === "age" ? [addDays(latestStart(asOf, test.months), 1)] : [];
  });
  const days = new Set(turns.flatMap((day) => [addDays(day, -1), day]));
  return [...days]
    .filter((day) => !known || (day >= known.from && day < known.to))
    .map((day) => ({ kind: "date", from: day, to: addDays(day, 1) }));
}

function sampleChoices(
  field: ProfileField,
  tests: readonly LeafTest[],
  known: readonly string[] | undefined,
): FactValue[] {
  const named = tests.flatMap((test) => (test.kind === "choice" ? [...test.wanted, ...test.unclear] : []));
  const options = known ?? field.options?.map(({ id }) => id) ?? [...named, OTHER];
  return [...new Set(options)].map((id) => ({ kind: "choice", oneOf: [id] }));
}

function samplePlaces(tests: readonly LeafTest[], known: readonly string[]): FactValue[] {
  const wanted = tests.flatMap((test) => (test.kind === "place" ? [...test.wanted, ...test.unclear] : []));
  const paths = wanted.flatMap((place) => toPossiblePaths(place, known));
  return [...paths, [...known, OTHER]].map((path) => ({ kind: "place", path }));
}

/** Where they may turn out to be, if it is inside what they said. */
function toPossiblePaths(place: WantedPlace, known: readonly string[]): string[][] {
  if (place.kind === "domestic") return known.length === 0 ? [["境外"], [OTHER]] : [];
  if (place.kind === "name") return [[...known, place.name]];
  return known.every((part, depth) => place.path[depth] === part) ? [place.path] : [];
}
