import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type FactValue, type ProfileReader, profileFromFacts } from "../enterprises/index.ts";
import { AppError } from "../shared/index.ts";

const value = z.record(z.string(), z.unknown());

const sentenceSchema = z.object({
  id: z.string(),
  split: z.string(),
  text: z.string(),
  asked: z.array(z.string()).default([]),
  before: z.array(z.object({ field: z.string(), value, period: z.string().nullish() })).default([]),
  facts: z.array(
    z.object({ field: z.string(), value, period: z.string().nullish(), words: z.string().optional() }),
  ),
  declined: z.array(z.string()).default([]),
});

/** A sentence with the facts that it states; fields as in `knowledge/evaluation/README.md`. */
export type LabelledSentence = z.infer<typeof sentenceSchema>;

export interface JudgedSentence {
  sentence: LabelledSentence;
  /** `field=value`. */
  right: string[];
  missed: string[];
  wrong: string[];
}

export interface SentenceMeasures {
  sentences: number;
  facts: number;
  precision: number;
  recall: number;
  f1: number;
  /** Sentences that are right as a whole. */
  whole: number;
}

/** Free text that nobody labels; not counted unless labelled. */
const UNLABELLED = new Set(["industry-words", "park", "name", "operating-place"]);

export async function loadSentences(directory: string): Promise<LabelledSentence[]> {
  const names = (await readdir(directory)).filter((name) => /^sentences.*\.jsonl$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => (await readFile(join(directory, name), "utf8")).split("\n")),
  );
  return files.flatMap((lines, file) =>
    lines.flatMap((line, index) => {
      if (line.trim() === "") return [];
      const parsed = sentenceSchema.safeParse(JSON.parse(line));
      if (parsed.success) return [parsed.data];
      throw new AppError({
        code: "unusable-input",
        message: `${names[file]}:${index + 1}: ${z.prettifyError(parsed.error)}`,
        safeMessage: `评测文件 ${names[file]} 第 ${index + 1} 行无法读取，请检查格式（字段说明见 knowledge/evaluation/README.md）。`,
      });
    }),
  );
}

/** Reads every sentence as the chat does: what is not about the sender counts for nothing. */
export async function evaluateSentences(
  sentences: readonly LabelledSentence[],
  reader: ProfileReader,
  today: string,
  parentOf: (industry: string) => string | null = () => null,
): Promise<{ judged: JudgedSentence[]; measures: SentenceMeasures }> {
  const judged: JudgedSentence[] = [];
  for (const sentence of sentences) {
    const known = sentence.before.map(({ field, value: said, period }) => ({
      field,
      value: toValue(said),
      period: period ?? null,
      words: "",
      correction: false,
    }));
    const profile = profileFromFacts(known, {
      at: `${today}T00:00:00Z`,
      by: "test:sender",
      reference: "before",
    });
    const understood = await reader.read(sentence.text, {
      today,
      asked: sentence.asked,
      ...(known.length > 0 && { profile }),
    });
    const found = understood.aboutSelf ? understood.facts : [];
    judged.push(judge(sentence, found, understood.declined, parentOf));
  }
  return { judged, measures: measure(judged) };
}

function judge(
  sentence: LabelledSentence,
  found: readonly { field: string; value: FactValue }[],
  declined: readonly string[],
  parentOf: (industry: string) => string | null,
): JudgedSentence {
  const labelled = new Set(sentence.facts.map(({ field }) => field));
  const read = found
    .filter(({ field }) => labelled.has(field) || !UNLABELLED.has(field))
    .flatMap(({ field, value: said }) => describe(field, said));
  const expected = sentence.facts.flatMap((fact) => describe(fact.field, toValue(fact.value)));
  const declines = (fields: readonly string[]) => fields.map((field) => `${field}=declined`);
  const [wanted, given] = [
    [...expected, ...declines(sentence.declined)],
    [...read, ...declines(declined)],
  ];
  const meets = (one: string, other: string) => one === other || isWithin(one, other, parentOf);
  const right = wanted.filter((one) => given.some((other) => meets(other, one)));
  const missed = wanted.filter((one) => !right.includes(one));
  const wrong = given.filter(
    (one) => !wanted.some((other) => meets(one, other)) && !(labelled.size > 0 && OPEN_TERMS.test(one)),
  );
  return { sentence, right, missed, wrong };
}

/** A further industry or need that is true beside the labelled one is no error; where nothing is stated it is one. */
const OPEN_TERMS = /^(?:industries|needs)=(?!no )/;

/** A choice among those that are right; an industry below the labelled one. */
function isWithin(given: string, wanted: string, parentOf: (industry: string) => string | null): boolean {
  const [field, one = ""] = split(given);
  const [other, all = ""] = split(wanted);
  if (field !== other) return false;
  if (/^[a-z-]+(?:\|[a-z-]+)*$/.test(all) && one.split("|").every((id) => all.split("|").includes(id)))
    return true;
  if (field !== "industries") return false;
  for (let at: string | null = one; at; at = parentOf(at)) if (at === all) return true;
  return false;
}

function split(fact: string): [string, string] {
  const at = fact.indexOf("=");
  return [fact.slice(0, at), fact.slice(at + 1)];
}

function measure(judged: readonly JudgedSentence[]): SentenceMeasures {
  const count = (pick: (one: JudgedSentence) => readonly string[]) =>
    judged.reduce((sum, one) => sum + pick(one).length, 0);
  const [right, missed, wrong] = [
    count((one) => one.right),
    count((one) => one.missed),
    count((one) => one.wrong),
  ];
  const precision = right + wrong === 0 ? 1 : right / (right + wrong);
  const recall = right + missed === 0 ? 1 : right / (right + missed);
  return {
    sentences: judged.length,
    facts: right + missed,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    whole:
      judged.filter((one) => one.missed.length === 0 && one.wrong.length === 0).length /
      Math.max(1, judged.length),
  };
}

function toValue(said: Readonly<Record<string, unknown>>): FactValue {
  if ("min" in said || "max" in said) return { kind: "number", ...said } as FactValue;
  if ("from" in said) return { kind: "date", ...said } as FactValue;
  if ("oneOf" in said) return { kind: "choice", ...said } as FactValue;
  if ("path" in said) return { kind: "place", ...said } as FactValue;
  if ("has" in said || "lacks" in said) {
    const has = ((said["has"] ?? []) as (string | { id: string })[]).map((one) =>
      typeof one === "string" ? { id: one } : one,
    );
    return { kind: "terms", has, lacks: (said["lacks"] ?? []) as string[], closed: said["closed"] === true };
  }
  if ("text" in said) return { kind: "text", text: String(said["text"]) };
  return { kind: "flag", value: said["value"] === true };
}

/** One line that is equal for equal values; certificates and periods are not compared. */
function describe(field: string, said: FactValue): string[] {
  // Each term of a field that holds several is a fact of its own.
  if (said.kind === "terms") {
    return [...said.has.map(({ id }) => `${field}=${id}`), ...said.lacks.map((id) => `${field}=no ${id}`)];
  }
  return [`${field}=${describeOne(said)}`];
}

function describeOne(said: Exclude<FactValue, { kind: "terms" }>): string {
  switch (said.kind) {
    case "number": {
      const round = (bound: number | null | undefined) =>
        bound === null || bound === undefined ? "" : String(Number(bound.toPrecision(3)));
      return `${said.minOpen ? "(" : "["}${round(said.min)},${round(said.max)}${said.maxOpen ? ")" : "]"}`;
    }
    case "date":
      return `${said.from}/${said.to}`;
    case "choice":
      return [...said.oneOf].sort().join("|");
    case "place":
      return said.path.join("/");
    case "text":
      return said.text.replace(/\s/g, "");
    case "flag":
      return String(said.value);
    case "declined":
      return "declined";
  }
}
