import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../../shared/index.ts";
import { loadMatters, type Matter } from "./load-matters.ts";

const patternList = z.array(z.string().min(1)).min(1);

const attributeSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  labelEn: z.string(),
  need: z.enum(["hard", "soft"]),
  usual: z.boolean().default(false),
  fallback: z.boolean().default(false),
  replaces: z.array(z.string()).default([]),
  asked: patternList,
  stated: patternList,
});

const conductSchema = z.strictObject({
  injection: patternList,
  human: patternList,
  complaint: patternList,
  greeting: patternList,
  thanks: patternList,
  identity: patternList,
  abuse: patternList,
  urging: patternList,
  particles: patternList,
  chatter: patternList,
  other_matters: patternList,
});

/** Something that a question can ask for: an amount, a date, a telephone number … */
export interface Attribute {
  id: string;
  label: string;
  labelEn: string;
  /** `hard`: without it in the text the question is not answered; `soft`: answered in part. */
  need: "hard" | "soft";
  /** Named as not stated even when nobody asked for it. */
  usual: boolean;
  /** Only taken when the question asks for nothing else. */
  fallback: boolean;
  /** Ids of more general attributes that do not count beside this one. */
  replaces: readonly string[];
  asked: RegExp;
  stated: RegExp;
}

export type ConductGroup = keyof z.infer<typeof conductSchema>;

export interface AnsweringLexicon {
  matters: readonly Matter[];
  /** Functional areas, lower case. */
  zones: readonly string[];
  attributes: readonly Attribute[];
  conduct: Readonly<Record<ConductGroup, RegExp>>;
}

/** Reads `attributes.yaml` and `conduct.yaml`. A bad entry throws an AppError `configuration` that names file and field. */
export async function loadAnsweringLexicon(directory: string): Promise<AnsweringLexicon> {
  const attributes = await readYaml(join(directory, "attributes.yaml"), z.array(attributeSchema).min(1));
  const zones = await readYaml(join(directory, "zones.yaml"), z.array(z.string().min(2)));
  const conduct = await readYaml(join(directory, "conduct.yaml"), conductSchema);
  return {
    zones,
    matters: await loadMatters(directory),
    attributes: attributes.map((entry) => ({
      ...entry,
      asked: joinPatterns(entry.asked),
      stated: joinPatterns(entry.stated),
    })),
    conduct: Object.fromEntries(
      Object.entries(conduct).map(([group, patterns]) => [group, joinPatterns(patterns)]),
    ) as Record<ConductGroup, RegExp>,
  };
}

function joinPatterns(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.map((pattern) => `(?:${pattern})`).join("|"), "iu");
}

async function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  try {
    return schema.parse(parse(await readFile(path, "utf8")));
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError({
      code: "configuration",
      message: `${path}: ${detail}`,
      safeMessage: `词表文件 ${path} 无法使用：${detail.slice(0, 200)}。请修正后重新启动。`,
      cause,
    });
  }
}
