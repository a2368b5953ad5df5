import { z } from "zod";
import { AppError, type DocumentId } from "../../shared/index.ts";
import type { FaqContent } from "../types.ts";

const line = z.string().trim().min(1).max(500);

const schema = z.object({
  questions: z.array(line).max(50),
  answer: z.string().trim().max(4_000),
  sources: z
    .array(
      z.object({
        documentId: z.string().transform((id) => id as DocumentId),
        section: z.string().trim(),
        quote: z.string().max(2_000),
      }),
    )
    .max(20),
  validUntil: z.iso.date().nullable().default(null),
  owner: z.string().trim().max(200).default(""),
});

/** Content as stored or sent. Throws AppError `usage` when it is no FAQ content at all. */
export function readFaqContent(value: unknown): FaqContent {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  throw new AppError({
    code: "usage",
    message: `bad FAQ content: ${issue?.path.join(".")}: ${issue?.message}`,
    safeMessage: `常见问答的内容格式不对（${issue?.path.join(".") ?? ""}）。需要问法、答复、出处（文件、条款、原文）、有效期至（YYYY-MM-DD，可空）和责任单位。`,
    cause: outcome.error,
  });
}
