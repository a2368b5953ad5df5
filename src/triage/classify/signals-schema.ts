import { z } from "zod";
import type { CategoryDefinition } from "../types.ts";

const words = z.array(z.string().min(1)).min(1);
const categoryId = z.string().regex(/^C\d{2}$/, "应为 C01 这样的编号");

const pattern = z
  .string()
  .min(1)
  .transform((source, context) => {
    try {
      return new RegExp(source, "u");
    } catch (cause) {
      context.addIssue({
        code: "custom",
        message: `正则表达式不能用：${cause instanceof Error ? cause.message : ""}`,
      });
      return z.NEVER;
    }
  });

export const categoriesSchema = z.strictObject({
  categories: z
    .array(z.strictObject({ id: categoryId, name: z.string().min(1), service: z.string().min(1) }))
    .min(1),
});

export const signalsSchema = z.strictObject({
  categories: z.record(categoryId, z.array(z.strictObject({ weight: z.int().min(1).max(3), words }))),
  safety: z.strictObject({
    kinds: z
      .array(
        z.strictObject({
          kind: z.enum(["火情", "泄漏", "伤人", "其他险情"]),
          danger: words,
          patterns: z.array(pattern).min(1),
        }),
      )
      .min(1),
    masks: words,
    past: words,
    drill: words,
    inquiry: words,
    present: words,
  }),
  spam: z.strictObject({ patterns: z.array(pattern).min(1), exclusions: z.array(pattern) }),
  urgency: z.strictObject({
    loss: pattern,
    standstill: pattern,
    loss_words: pattern,
    escalation: pattern,
    pressing: pattern,
    deadline: pattern,
    no_deadline: pattern,
    idle: pattern,
    casual: pattern,
    concrete: pattern,
  }),
  sentiment: z.strictObject({ angry: pattern, upset: pattern, anxious: pattern }),
  other: z.strictObject({ elsewhere: pattern, here: pattern }),
  matters: z.strictObject({ asides: pattern, turns: pattern, connectives: pattern, wishes: pattern }),
});

export const conceptsSchema = z.strictObject({
  concepts: z.record(z.string().min(1), words),
  tones: z.record(z.string().min(1), words),
});

export const trainingLineSchema = z.strictObject({
  text: z.string().min(1),
  category: categoryId,
  also: z.array(categoryId).optional(),
  urgency: z.enum(["紧急", "高", "中", "低"]),
});

export type TriageSignals = z.infer<typeof signalsSchema>;
/** `source`: the file it stands in, which is one author's. */
export type TrainingRequest = z.infer<typeof trainingLineSchema> & { source?: string };

export interface TriageKnowledge {
  categories: readonly CategoryDefinition[];
  signals: TriageSignals;
  /** Words that mean the same, by the name of what they mean. */
  concepts: Readonly<Record<string, readonly string[]>>;
  /** The same for how something is put: plans, hearsay, hours left, losses. */
  tones: Readonly<Record<string, readonly string[]>>;
  training: readonly TrainingRequest[];
}
