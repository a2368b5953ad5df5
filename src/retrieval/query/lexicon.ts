import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { AppError } from "../../shared/index.ts";
import { normalizeText } from "./normalize.ts";

/** YAML reads 12345 as a number; as a term it is text. */
const term = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1).max(40));
const weight = z.number().gt(0).max(1);
const target = z.union([term, z.strictObject({ term, weight })]);
const entry = z.union([
  z.strictObject({ say: z.array(term).min(1), write: z.array(target).min(1), weight: weight.optional() }),
  z.strictObject({ same: z.array(term).min(2), weight: weight.optional() }),
]);

/** synonyms.yaml; its header says how to write an entry. */
export const synonymsSchema = z.strictObject({
  groups: z.array(z.strictObject({ subject: z.string().min(1), entries: z.array(entry).min(1) })).min(1),
});

type Synonyms = z.infer<typeof synonymsSchema>;

/** A term that documents may use for what was said; `weight` 1 means the same thing. */
export interface LexiconTarget {
  term: string;
  weight: number;
}

export interface Lexicon {
  /** What people say → what documents write, both normalised. */
  targets: ReadonlyMap<string, readonly LexiconTarget[]>;
  /** Words that segmentation keeps whole: words.txt and everything that documents may write. */
  domainWords: ReadonlySet<string>;
}

const SAID_WEIGHT = 0.7;
const SAME_WEIGHT = 0.9;
/** The best-fitting terms come first in an entry. */
const RANK_DECAY = 0.03;
const LEAST_DECAYED = 0.8;

/** Reads words.txt and synonyms.yaml. Throws an AppError `configuration` that names file, place and fault. */
export function loadLexicon(directory: string): Lexicon {
  const domainWords = new Set(
    readWordList(join(directory, "words.txt")).map(([word]) => normalizeText(word)),
  );
  const targets = new Map<string, Map<string, number>>();
  const add = (said: string, written: string, strength: number) => {
    if (said === written) return;
    const known = targets.get(said) ?? new Map<string, number>();
    known.set(written, Math.max(known.get(written) ?? 0, strength));
    targets.set(said, known);
  };
  for (const { entries } of readSynonyms(join(directory, "synonyms.yaml")).groups) {
    for (const one of entries) {
      for (const [said, written, strength] of listPairs(one)) {
        add(said, written, strength);
        domainWords.add(written);
      }
    }
  }
  return { domainWords, targets: new Map([...targets].map(([said, found]) => [said, rankTargets(found)])) };
}

function rankTargets(found: ReadonlyMap<string, number>): LexiconTarget[] {
  return [...found]
    .map(([term, weight]) => ({ term, weight }))
    .sort((one, other) => other.weight - one.weight);
}

function* listPairs(
  one: Synonyms["groups"][number]["entries"][number],
): Generator<[said: string, written: string, weight: number]> {
  if ("same" in one) {
    const terms = one.same.map(normalizeText);
    for (const said of terms) for (const written of terms) yield [said, written, one.weight ?? SAME_WEIGHT];
    return;
  }
  for (const said of one.say.map(normalizeText)) {
    for (const [rank, goal] of one.write.entries()) {
      const { term: written, weight: own } =
        typeof goal === "string" ? { term: goal, weight: undefined } : goal;
      const decay = Math.max(1 - rank * RANK_DECAY, LEAST_DECAYED);
      yield [said, normalizeText(written), (own ?? one.weight ?? SAID_WEIGHT) * decay];
    }
  }
}

function readSynonyms(path: string): Synonyms {
  let raw: unknown;
  try {
    raw = parse(readText(path));
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw unusable(path, `第 ${cause.linePos?.[0].line ?? "?"} 行不是合法的 YAML`, cause);
  }
  const checked = synonymsSchema.safeParse(raw);
  if (checked.success) return checked.data;
  throw unusable(path, describeFault(checked.error, raw), checked.error);
}

/** 主题“上市”第 3 条…: the first fault, in words that lead to the line. */
function describeFault(error: z.ZodError, raw: unknown): string {
  const issue = error.issues[0];
  const [, group, , entry] = issue?.path ?? [];
  const subject = z.object({ groups: z.array(z.object({ subject: z.string() })) }).safeParse(raw).data
    ?.groups[Number(group)]?.subject;
  const place = subject === undefined ? (issue?.path.join(".") ?? "") : `主题“${subject}”`;
  const line = entry === undefined ? "" : `第 ${Number(entry) + 1} 条`;
  return `${place}${line}不合格式，每条应为 { say: [...], write: [...] } 或 { same: [...] }，weight 大于 0 且不超过 1`;
}

/** One word a line with an optional number after it; `#` begins a comment line. */
export function readWordList(path: string): [word: string, value: number | undefined][] {
  return readText(path)
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .map(({ line, number }) => {
      const [, word = line, value] = /^(.*?)(?:\s+(\S+))?$/.exec(line) ?? [];
      if (value === undefined) return [word, undefined];
      const parsed = Number(value);
      if (!(parsed >= 0 && parsed <= 1)) throw unusable(path, `第 ${number} 行“${value}”应为 0 到 1 的数`);
      return [word, parsed];
    });
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw unusable(path, "文件无法读取", cause);
  }
}

function unusable(path: string, fault: string, cause?: unknown): AppError {
  return new AppError({
    code: "configuration",
    message: `cannot use ${path}: ${fault}`,
    safeMessage: `词表文件 ${path} 有误：${fault}。请改正或恢复该文件后重新启动。`,
    cause,
  });
}
