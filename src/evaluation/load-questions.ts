import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { loadLabelledLines, loadLabelledSets } from "./load-labelled-sets.ts";

const questionSchema = z.object({
  id: z.string(),
  split: z.string().default("dev"),
  kind: z.string(),
  question: z.string(),
  context: z.array(z.string()).default([]),
  sections: z.array(z.string()).default([]),
  evidence: z.array(z.string()).default([]),
  partial_evidence: z.boolean().default(false),
  document: z.string().optional(),
});

/** One labelled question; fields as in `knowledge/evaluation/README.md`. */
export type LabelledQuestion = z.infer<typeof questionSchema>;

export interface QuestionSet {
  name: string;
  questions: LabelledQuestion[];
}

/** Reads every `questions-*.jsonl` of a directory. A bad line throws an AppError that names file and line. */
export async function loadQuestionSets(directory: string): Promise<QuestionSet[]> {
  const sets = await loadLabelledSets(directory, "questions", questionSchema);
  return sets.map(({ name, lines }) => ({ name, questions: lines }));
}

/**
 * The questions whose answers are compared before something is published: every `*.jsonl` of `knowledge/golden/`, in the
 * same format. None when the directory is missing.
 */
export async function loadGoldenQuestions(knowledgeDirectory: string): Promise<LabelledQuestion[]> {
  const directory = join(knowledgeDirectory, "golden");
  const names = await readdir(directory).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  const files = names.filter((name) => name.endsWith(".jsonl")).sort();
  return (
    await Promise.all(files.map((name) => loadLabelledLines(join(directory, name), questionSchema)))
  ).flat();
}
