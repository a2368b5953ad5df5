import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../shared/index.ts";

const programSchema = z.object({ id: z.string(), name: z.string().optional() });

const profileSchema = z.object({
  id: z.string(),
  split: z.string().default("dev"),
  company: z.string().nullish(),
  industry_words: z.string().nullish(),
  stage: z.string().nullish(),
  headcount: z.union([z.number(), z.string()]).nullish(),
  revenue: z.union([z.number(), z.string()]).nullish(),
  district: z.string().nullish(),
  needs: z.array(z.string()).default([]),
  chat_message: z.string().nullish(),
  must: z.array(programSchema).default([]),
  may: z.array(programSchema).default([]),
  must_not: z.array(programSchema).default([]),
  should_ask: z.array(z.string()).default([]),
  note: z.string().optional(),
});

/** One enterprise with the programs that it should and should not get; fields as in `knowledge/evaluation/README.md`. */
export type LabelledProfile = z.infer<typeof profileSchema>;

export interface ProfileSet {
  name: string;
  profiles: LabelledProfile[];
}

/** Reads every `profiles-*.jsonl` of a directory. A bad line throws an AppError that names file and line. */
export async function loadProfileSets(directory: string): Promise<ProfileSet[]> {
  const names = (await readdir(directory)).filter((name) => /^profiles.*\.jsonl$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.jsonl$/, ""),
      profiles: await readSet(join(directory, name)),
    })),
  );
}

async function readSet(path: string): Promise<LabelledProfile[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, index) => (line.trim() === "" ? [] : [readProfile(line, path, index + 1)]));
}

function readProfile(line: string, path: string, number: number): LabelledProfile {
  try {
    return profileSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `${path}:${number}: ${String(cause)}`,
      safeMessage: `评测文件 ${path} 第 ${number} 行无法读取，请检查格式（字段说明见 knowledge/evaluation/README.md）。`,
      cause,
    });
  }
}
