import { z } from "zod";

const names = z.array(z.string().min(2));
/** `knowledge/lexicon/places.yaml`. */
export const placeFileSchema = z.strictObject({
  provinces: z.array(z.strictObject({ name: z.string().min(2), others: names.optional(), cities: names })),
  municipalities: z.array(z.strictObject({ name: z.string().min(2), districts: names })),
  districts: z.record(z.string(), names),
  others: z.record(z.string(), names),
  noShort: names,
});

export type PlaceFile = z.infer<typeof placeFileSchema>;
