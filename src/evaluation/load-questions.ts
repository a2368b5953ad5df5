import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../shared/index.ts";

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
  const names = (await readdir(directory)).filter((name) => /^questions.*\.jsonl$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.jsonl$/, ""),
      questions: await readSet(join(directory, name)),
    })),
  );
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
  return (await Promise.all(files.map((name) => readSet(join(directory, name))))).flat();
}

async function readSet(path: string): Promise<LabelledQuestion[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, index) => (line.trim() === "" ? [] : [readQuestion(line, path, index + 1)]));
}

function readQuestion(line: string, path: string, number: number): LabelledQuestion {
  try {
    return questionSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `${path}:${number}: ${String(cause)}`,
      safeMessage: `评测文件 ${path} 第 ${number} 行无法读取，请检查格式（字段说明见 knowledge/evaluation/README.md）。`,
      cause,
    });
  }
}
