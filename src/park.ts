import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "./shared/index.ts";

const publishingSchema = z.strictObject({
  secondAdmin: z.boolean().default(true),
  correctionDays: z.int().min(0).max(365).default(30),
  allowedHosts: z.array(z.string().min(3)).default([]),
  digestAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "应为 HH:MM")
    .default("09:00"),
  expiryNoticeDays: z.int().min(0).default(60),
  draftNoticeDays: z.int().min(0).default(180),
  lowConfidence: z.number().min(0).max(1).default(0.9),
});

const parkSchema = z.strictObject({
  name: z.string().min(1),
  places: z.array(z.string().min(2)),
  contact: z.string().trim().min(2).max(200).optional(),
  publishing: publishingSchema.default(publishingSchema.parse({})),
});

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
      safeMessage: `园区设置文件 ${path} 无法读取，应含 name（园区名称）和 places（所属地区列表），publishing 中的设置可以省略。请按文件开头的说明修正后重试。`,
      cause,
    });
  }
}
