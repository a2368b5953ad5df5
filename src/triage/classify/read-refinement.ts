import { z } from "zod";
import { URGENCIES } from "../classification-types.ts";
import type { CategoryId, Urgency } from "../types.ts";

export interface ModelRefinement {
  category: CategoryId;
  also: readonly CategoryId[];
  urgency: Urgency;
  /** What the model says it read; not yet checked against the text. */
  words: string;
}

const MOST_CHARACTERS = 4000;
const MOST_FURTHER = 3;

const refinementSchema = z.object({
  category: z.string(),
  also: z.array(z.string()).max(15).default([]),
  urgency: z.enum(["紧急", "高", "中", "低"]),
  words: z.string().max(200).default(""),
});

/**
 * The classification in a model's answer: its first JSON object of the right shape. Undefined: no such object, too long, or a
 * category that is none of `known`.
 */
export function readRefinement(answer: string, known: ReadonlySet<CategoryId>): ModelRefinement | undefined {
  if (answer.length > MOST_CHARACTERS) return undefined;
  const plain = answer.replace(/<think>[\s\S]*?<\/think>/g, " ");
  for (const [json] of plain.matchAll(/\{[^{}]*\}/g)) {
    const parsed = refinementSchema.safeParse(tryParse(json));
    if (!parsed.success || !known.has(parsed.data.category)) continue;
    const { category, also, urgency, words } = parsed.data;
    const further = [...new Set(also)].filter((id) => known.has(id) && id !== category);
    return { category, also: further.slice(0, MOST_FURTHER), urgency, words: words.trim() };
  }
  return undefined;
}

/** The more urgent of two. */
export function moreUrgent(one: Urgency, other: Urgency): Urgency {
  return URGENCIES.indexOf(one) <= URGENCIES.indexOf(other) ? one : other;
}

function tryParse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
