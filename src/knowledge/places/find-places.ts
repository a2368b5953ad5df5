import type { PlaceTable } from "./place-table.ts";

/** Full names of the administrative places named in a text, in reading order, each once: 奉贤 → 奉贤区. */
export function findPlaces(text: string, places: PlaceTable): string[] {
  return [...new Set(places.find(text).map(({ place }) => place.name))];
}
