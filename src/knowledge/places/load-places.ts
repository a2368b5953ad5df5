import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../../shared/index.ts";
import { createPlaceTable, type PlaceTable } from "./place-table.ts";

const names = z.array(z.string().min(2));
const schema = z.strictObject({
  provinces: z.array(z.strictObject({ name: z.string().min(2), others: names.optional(), cities: names })),
  municipalities: z.array(z.strictObject({ name: z.string().min(2), districts: names })),
  districts: z.record(z.string(), names),
  others: z.record(z.string(), names),
  noShort: names,
});

export type PlaceFile = z.infer<typeof schema>;

/** Reads `lexicon/places.yaml` of the knowledge directory. Throws AppError `configuration` when it cannot be read. */
export async function loadPlaces(knowledgeDirectory: string): Promise<PlaceTable> {
  const path = join(knowledgeDirectory, "lexicon", "places.yaml");
  try {
    return createPlaceTable(schema.parse(parse(await readFile(path, "utf8"))));
  } catch (cause) {
    throw new AppError({
      code: "configuration",
      message: `cannot read the places: ${cause instanceof Error ? cause.message : String(cause)}`,
      safeMessage: `地名名录 ${path} 无法读取。请对照文件开头的写法说明修正，或恢复原文件后重试。`,
      cause,
    });
  }
}
