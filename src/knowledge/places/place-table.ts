import type { PlaceFile } from "./place-file.ts";

export interface Place {
  name: string;
  /** 0: province or municipality, 1: city, 2: district or county. */
  level: 0 | 1 | 2;
  /** The place directly above, when it is in the table. */
  parent: string | undefined;
}

export interface PlaceMention {
  place: Place;
  start: number;
  end: number;
}

export interface PlaceTable {
  get(name: string): Place | undefined;
  /** Mentions in reading order, the longest name first where names overlap; short names (奉贤, 广州) count. */
  find(text: string): PlaceMention[];
}

export function createPlaceTable(file: PlaceFile): PlaceTable {
  const places = listPlaces(file);
  const byName = new Map(places.map((place) => [place.name, place]));
  const spellings = groupByFirst(listSpellings(file, places));
  return {
    get: (name) => byName.get(name),
    find: (text) => findMentions(text, spellings),
  };
}

/** Spellings by their first character code, the longest first: most characters of a text begin no place. */
type Spellings = ReadonlyMap<number, readonly (readonly [string, Place])[]>;

function groupByFirst(spellings: ReadonlyMap<string, Place>): Spellings {
  const entries = [...spellings].sort(([a], [b]) => b.length - a.length);
  return Map.groupBy(entries, ([spelling]) => spelling.charCodeAt(0));
}

function listPlaces(file: PlaceFile): Place[] {
  const places: Place[] = [];
  for (const { name, cities } of file.provinces) {
    places.push({ name, level: 0, parent: undefined });
    places.push(...cities.map((city) => ({ name: city, level: 1 as const, parent: name })));
  }
  for (const { name, districts } of file.municipalities) {
    places.push({ name, level: 0, parent: undefined });
    places.push(...districts.map((district) => ({ name: district, level: 2 as const, parent: name })));
  }
  for (const [city, districts] of Object.entries(file.districts)) {
    places.push(...districts.map((district) => ({ name: district, level: 2 as const, parent: city })));
  }
  return places;
}

/** Full names, then short names; a short name that two places share belongs to neither but the wider one. */
function listSpellings(file: PlaceFile, places: readonly Place[]): Map<string, Place> {
  const spellings = new Map<string, Place>();
  for (const place of places) if (!spellings.has(place.name)) spellings.set(place.name, place);
  const noShort = new Set(file.noShort);
  const others = new Map(Object.entries(file.others));
  for (const { name, others: more } of file.provinces) if (more) others.set(name, more);
  for (const place of places) {
    const short = place.name.replace(/(?:省|市|区|县)$/, "");
    const spelled = others.get(place.name) ?? (noShort.has(place.name) || short.length < 2 ? [] : [short]);
    for (const spelling of spelled) {
      const known = spellings.get(spelling);
      if (!known || place.level < known.level) spellings.set(spelling, place);
    }
  }
  return spellings;
}

/** After a short name: words of an institution, a road, a bay, not of the place. */
const NO_PLACE_AFTER =
  /^(?:大学|师范|交通大学|理工|医学院|科技大学|银行|日报|晚报|证券交易所|证交所|路|街|大道|湾|河|港|桥|自贸|奔驰|现代)/;

function findMentions(text: string, spellings: Spellings): PlaceMention[] {
  const mentions: PlaceMention[] = [];
  let index = 0;
  while (index < text.length) {
    const candidates = spellings.get(text.charCodeAt(index));
    const mention = candidates && mentionAt(text, index, candidates);
    if (mention) mentions.push(mention);
    index = mention ? mention.end : index + 1;
  }
  return mentions;
}

function mentionAt(
  text: string,
  start: number,
  candidates: readonly (readonly [string, Place])[],
): PlaceMention | undefined {
  for (const [spelling, place] of candidates) {
    if (!text.startsWith(spelling, start)) continue;
    const end = start + spelling.length;
    if (spelling !== place.name && NO_PLACE_AFTER.test(text.slice(end, end + 5))) continue;
    return { place, start, end };
  }
  return undefined;
}
