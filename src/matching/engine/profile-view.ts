import type { FactValue, FieldId, Profile, ProfileLexicon } from "../../enterprises/index.ts";
import {
  type Interval,
  intersect,
  isEmpty,
  takePercentage,
  tightenToIntegers,
  toInterval,
  toPercentage,
} from "./interval.ts";
import { isCounted } from "./units.ts";

/** What a profile says, with what follows from it. Declined facts count as absent. */
export interface ProfileView {
  value(field: FieldId): FactValue | undefined;
  /** In the field's own unit. `derived`: some of it follows from other figures. */
  figure(field: FieldId): { interval: Interval; derived: boolean } | undefined;
  /** Facts from which a missing one would follow: all but one are known. */
  alternatives(field: FieldId): FieldId[];
}

interface Share {
  share: FieldId;
  part: FieldId;
  whole: FieldId;
}

/** Shares whose parts are figures of their own. */
const SHARES: readonly Share[] = [
  { share: "rd-share", part: "rd-expense", whole: "revenue" },
  { share: "rd-staff-share", part: "rd-headcount", whole: "headcount" },
];
const NONE: FieldId[] = [];
/** Everybody in research is employed: the part is never more than the whole. */
const PARTS: readonly { part: FieldId; whole: FieldId }[] = [{ part: "rd-headcount", whole: "headcount" }];

export function viewProfile(profile: Profile, lexicon: ProfileLexicon, asOf: string): ProfileView {
  const lastYear = String(Number(asOf.slice(0, 4)) - 1);
  const figures = new Map<FieldId, { interval: Interval; derived: boolean } | undefined>();

  const value = (field: FieldId): FactValue | undefined => {
    const held = profile.facts.get(field)?.value;
    return held === undefined || held.kind === "declined" ? undefined : held;
  };
  const isCountedField = (field: FieldId): boolean => isCounted(lexicon.fields.get(field)?.unit ?? "");
  const stated = (field: FieldId): Interval | undefined => {
    const held = value(field);
    if (held?.kind !== "number") return undefined;
    const interval = toInterval(held, isCountedField(field));
    return isEmpty(interval) ? undefined : interval;
  };
  // Figures of last year unless another period was said.
  const period = (field: FieldId): string => profile.facts.get(field)?.period ?? lastYear;

  const follow = (field: FieldId): Interval | undefined => {
    let known: Interval | undefined;
    for (const candidate of deriveInterval(field, stated, period)) {
      const narrowed: Interval = known ? intersect(known, candidate) : candidate;
      if (!isEmpty(narrowed)) known = narrowed;
    }
    return known && isCountedField(field) ? tightenToIntegers(known) : known;
  };

  const figure = (field: FieldId): { interval: Interval; derived: boolean } | undefined => {
    if (figures.has(field)) return figures.get(field);
    const own = stated(field);
    const following = DERIVABLE.has(field) ? follow(field) : undefined;
    const found = combine(own, following);
    figures.set(field, found);
    return found;
  };

  const alternatives = (field: FieldId): FieldId[] => {
    const share = SHARES.find((each) => each.share === field);
    if (!share) return NONE;
    const absent = [share.part, share.whole].filter((part) => stated(part) === undefined);
    return absent.length === 1 ? absent : NONE;
  };
  return { value, figure, alternatives };
}

const DERIVABLE = new Set([
  ...SHARES.flatMap(({ share, part }) => [share, part]),
  ...PARTS.flatMap(({ part, whole }) => [part, whole]),
]);

/** What was said and what follows from it are both true; when they contradict each other, what was said counts. */
function combine(own: Interval | undefined, following: Interval | undefined) {
  if (!following) return own && { interval: own, derived: false };
  if (!own) return { interval: following, derived: true };
  const both = intersect(own, following);
  if (isEmpty(both)) return { interval: own, derived: false };
  const narrowed =
    both.min !== own.min ||
    both.max !== own.max ||
    both.minOpen !== own.minOpen ||
    both.maxOpen !== own.maxOpen;
  return { interval: both, derived: narrowed };
}

function deriveInterval(
  field: FieldId,
  stated: (field: FieldId) => Interval | undefined,
  period: (field: FieldId) => string,
): Interval[] {
  const found: Interval[] = [];
  const add = (interval: Interval | undefined): void => {
    if (interval) found.push(interval);
  };
  for (const { share, part, whole } of SHARES) {
    if (field !== share && field !== part) continue;
    const other = field === share ? part : share;
    const [a, b] = [stated(other), stated(whole)];
    if (a && b && period(other) === period(whole))
      add(field === share ? toPercentage(a, b) : takePercentage(a, b));
  }
  for (const { part, whole } of PARTS) {
    const other = field === part ? stated(whole) : field === whole ? stated(part) : undefined;
    if (!other || period(part) !== period(whole)) continue;
    if (field === part)
      add({ min: Number.NEGATIVE_INFINITY, max: other.max, minOpen: false, maxOpen: other.maxOpen });
    else add({ min: other.min, max: Number.POSITIVE_INFINITY, minOpen: other.minOpen, maxOpen: false });
  }
  return found;
}
