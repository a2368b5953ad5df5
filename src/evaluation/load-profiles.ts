import { z } from "zod";
import { loadLabelledSets } from "./load-labelled-sets.ts";

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
  const sets = await loadLabelledSets(directory, "profiles", profileSchema);
  return sets.map(({ name, lines }) => ({ name, profiles: lines }));
}
