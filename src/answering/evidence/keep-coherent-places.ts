import type { Evidence } from "./select-evidence.ts";

/**
 * An amount of another district must never answer for this one. Documents of another place than the best evidence's are
 * dropped, and all of other places when the question names the park's own; those of a parent place, of the whole country or without a place stay.
 */
export function keepCoherentPlaces(
  evidence: readonly Evidence[],
  homePlaces: readonly string[],
  namedPlaces: readonly string[],
): Evidence[] {
  const home = homePlaces.at(-1);
  if (home !== undefined && namedPlaces.includes(home)) {
    return evidence.filter((item) => !isElsewhere(placesOf(item), homePlaces));
  }
  const [first] = evidence;
  if (!first) return [];
  const base = isElsewhere(placesOf(first), homePlaces) ? placesOf(first) : homePlaces;
  return evidence.filter(
    (item) =>
      item.hit.clause.documentId === first.hit.clause.documentId || !isElsewhere(placesOf(item), base),
  );
}

function placesOf({ hit }: Evidence): readonly string[] {
  return hit.clause.places;
}

/** Neither the base's own place nor one of its parents. Without a base nothing is elsewhere. */
function isElsewhere(places: readonly string[], base: readonly string[]): boolean {
  if (places.length === 0 || base.length === 0) return false;
  const narrowest = base.at(-1);
  if (narrowest !== undefined && places.includes(narrowest)) return false;
  return !places.every((place) => base.includes(place));
}
