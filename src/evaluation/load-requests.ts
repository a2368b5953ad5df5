import { z } from "zod";
import { loadLabelledLines, loadLabelledSets } from "./load-labelled-sets.ts";

const requestSchema = z.object({
  id: z.string(),
  split: z.string().default("dev"),
  text: z.string().min(1),
  category: z.string(),
  also: z.array(z.string()).optional(),
  urgency: z.enum(["紧急", "高", "中", "低"]),
  lead: z.array(z.string()).default([]),
  spam: z.boolean().optional(),
  safety: z.enum(["火情", "泄漏", "伤人", "其他险情"]).nullish(),
  note: z.string().optional(),
});

/** One request with what it is and who should lead; fields as in `knowledge/evaluation/README.md`. Absent: not labelled. */
export type LabelledRequest = z.infer<typeof requestSchema>;

export interface RequestSet {
  name: string;
  requests: LabelledRequest[];
}

/** Reads every `requests-*.jsonl` of a directory. A bad line throws an AppError that names file and line. */
export async function loadRequestSets(directory: string): Promise<RequestSet[]> {
  const sets = await loadLabelledSets(directory, "requests", requestSchema);
  return sets.map(({ name, lines }) => ({ name, requests: lines }));
}

export function loadRequests(path: string): Promise<LabelledRequest[]> {
  return loadLabelledLines(path, requestSchema);
}
