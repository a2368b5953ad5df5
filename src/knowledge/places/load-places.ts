import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { AppError } from "../../shared/index.ts";
import { placeFileSchema } from "./place-file.ts";
import { createPlaceTable, type PlaceTable } from "./place-table.ts";

/** Reads `lexicon/places.yaml` of the knowledge directory. Throws AppError `configuration` when it cannot be read. */
export async function loadPlaces(knowledgeDirectory: string): Promise<PlaceTable> {
  const path = join(knowledgeDirectory, "lexicon", "places.yaml");
  try {
    return createPlaceTable(placeFileSchema.parse(parse(await readFile(path, "utf8"))));
  } catch (cause) {
    throw new AppError({
      code: "configuration",
      message: `cannot read the places: ${cause instanceof Error ? cause.message : String(cause)}`,
      safeMessage: `地名名录 ${path} 无法读取。请对照文件开头的写法说明修正，或恢复原文件后重试。`,
      cause,
    });
  }
}
