import type { VersionFacts } from "../index/segment.ts";

/** How a document's places stand to the place of the question. `home`: none is named, and it is the park's own place. */
export type PlaceAgreement = "asked" | "home" | "neutral" | "other";

export interface PlaceScope {
  agreementOf(places: readonly string[]): PlaceAgreement;
  /** Places that the question names, as the documents write them. */
  asked: readonly string[];
}

/** From the outermost place to the narrowest: 上海市, 奉贤区. */
export type PlaceChain = readonly string[];

const SUFFIX = /(?:特别行政区|自治区|自治州|自治县|新区|地区|省|市|区|县|旗|镇|乡|街道)$/u;

/** 奉贤区 → 奉贤; a name of one character keeps its suffix. */
function shortName(place: string): string {
  const short = place.replace(SUFFIX, "");
  return short.length > 1 ? short : place;
}

/**
 * Documents of the place that the question names come first; without one, documents of other places than the home place
 * come later. Documents without places, of a parent place (上海市 for 奉贤区) or of a place inside the asked one are not
 * moved down. `questions`: normalised, the present one first; an earlier one counts when no later one names a place.
 */
export function createPlaceScope(
  questions: readonly string[],
  homePlaces: readonly string[],
  chains: readonly PlaceChain[],
): PlaceScope {
  const asked =
    questions.map((question) => findAskedPlaces(question, chains)).find((places) => places.length > 0) ?? [];
  if (asked.length === 0) return { asked, agreementOf: (places) => agreeWithHome(places, homePlaces) };
  const parents = new Set(
    chains.flatMap((chain) => asked.flatMap((place) => chain.slice(0, Math.max(0, chain.indexOf(place))))),
  );
  return {
    asked,
    agreementOf(places) {
      if (places.some((place) => asked.includes(place))) return "asked";
      return places.every((place) => parents.has(place)) ? "neutral" : "other";
    },
  };
}

function agreeWithHome(places: readonly string[], homePlaces: readonly string[]): PlaceAgreement {
  if (homePlaces.length === 0 || places.length === 0) return "neutral";
  const home = homePlaces[homePlaces.length - 1] as string;
  if (places.includes(home)) return "home";
  return places.every((place) => homePlaces.includes(place)) ? "neutral" : "other";
}

/** All places that the documents and the park have, once each. */
export function listPlaceChains(
  homePlaces: readonly string[],
  versions: Iterable<VersionFacts>,
): PlaceChain[] {
  const chains = new Map<string, PlaceChain>([[homePlaces.join(" "), homePlaces]]);
  for (const { places } of versions) if (places.length > 0) chains.set(places.join(" "), places);
  return [...chains.values()];
}

/** Of 上海市奉贤区 only the narrowest counts: who names the district does not ask for the city's other districts. */
function findAskedPlaces(question: string, chains: readonly PlaceChain[]): string[] {
  const named = new Set(chains.flat().filter((place) => question.includes(shortName(place))));
  for (const chain of chains) {
    const narrowest = chain.findLastIndex((place) => named.has(place));
    for (const place of chain.slice(0, Math.max(0, narrowest))) named.delete(place);
  }
  return [...named];
}
