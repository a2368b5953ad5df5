import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "./shared/index.ts";

const parkSchema = z.strictObject({ name: z.string().min(1), places: z.array(z.string().min(2)) });

/** The park that this installation serves, from `knowledge/park.yaml`. */
export type Park = z.infer<typeof parkSchema>;

export async function loadPark(knowledgeDirectory: string): Promise<Park> {
  const path = join(knowledgeDirectory, "park.yaml");
  try {
    return parkSchema.parse(parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new AppError({
      code: "configuration",
      message: `${path}: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`,
      safeMessage: `园区设置文件 ${path} 无法读取，应含 name（园区名称）和 places（所属地区列表）。请修正后重试。`,
      cause,
    });
  }
}
