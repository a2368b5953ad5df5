import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../shared/index.ts";
import type { SafetyKind, Urgency } from "../triage/index.ts";

const requestSchema = z
  .object({
    id: z.string(),
    split: z.string().default("dev"),
    text: z.string().optional(),
    request: z.string().optional(),
    message: z.string().optional(),
    category: z.string().transform((label) => /C\d{2}/.exec(label)?.[0] ?? label),
    also: z.array(z.string()).optional(),
    urgency: z.enum(["紧急", "高", "中", "低"]),
    lead: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
    spam: z.boolean().optional(),
    safety: z.enum(["火情", "泄漏", "伤人", "其他险情"]).nullish(),
    note: z.string().optional(),
  })
  .transform(({ text, request, message, ...rest }) => ({ ...rest, text: text ?? request ?? message ?? "" }))
  .refine(({ text }) => text !== "", "text is missing");

/** One request with what it is and who should lead; fields as in `knowledge/evaluation/README.md`. Absent: not labelled. */
export interface LabelledRequest {
  id: string;
  split: string;
  text: string;
  category: string;
  also?: string[] | undefined;
  urgency: Urgency;
  lead: string[];
  spam?: boolean | undefined;
  safety?: SafetyKind | null | undefined;
  note?: string | undefined;
}

export interface RequestSet {
  name: string;
  requests: LabelledRequest[];
}

/** Reads every `requests-*.jsonl` of a directory. A bad line throws an AppError that names file and line. */
export async function loadRequestSets(directory: string): Promise<RequestSet[]> {
  const names = (await readdir(directory)).filter((name) => /^requests.*\.jsonl$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.jsonl$/, ""),
      requests: await loadRequests(join(directory, name)),
    })),
  );
}

export async function loadRequests(path: string): Promise<LabelledRequest[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, index) => (line.trim() === "" ? [] : [readRequest(line, path, index + 1)]));
}

function readRequest(line: string, path: string, number: number): LabelledRequest {
  try {
    return requestSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `${path}:${number}: ${String(cause)}`,
      safeMessage: `评测文件 ${path} 第 ${number} 行无法读取，请检查格式（字段说明见 knowledge/evaluation/README.md）。`,
      cause,
    });
  }
}
