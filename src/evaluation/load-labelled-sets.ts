import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { AppError } from "../shared/index.ts";

/** Every `kind*.jsonl` of a directory, by name. A bad line throws an AppError that names file and line. */
export async function loadLabelledSets<Schema extends z.ZodType>(
  directory: string,
  kind: string,
  schema: Schema,
): Promise<{ name: string; lines: z.output<Schema>[] }[]> {
  const names = (await readdir(directory))
    .filter((name) => name.startsWith(kind) && name.endsWith(".jsonl"))
    .sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.jsonl$/, ""),
      lines: await loadLabelledLines(join(directory, name), schema),
    })),
  );
}

export async function loadLabelledLines<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [readLine(line, path, index + 1, schema)],
  );
}

function readLine<Schema extends z.ZodType>(
  line: string,
  path: string,
  number: number,
  schema: Schema,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `${path}:${number}: ${String(cause)}`,
      safeMessage: `评测文件 ${path} 第 ${number} 行无法读取，请检查格式（字段说明见 knowledge/evaluation/README.md）。`,
      cause,
    });
  }
}
