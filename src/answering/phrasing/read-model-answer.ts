import { z } from "zod";

export interface ModelSentence {
  text: string;
  clauseNumbers: number[];
}

const MOST_CHARACTERS = 20_000;
const LONGEST_SENTENCE = 400;
const MOST_SENTENCES = 12;
const MOST_BRACKETS = 40;

const clauseNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^\s*\[?\d{1,3}\]?\s*$/)
    .transform((text) => Number(text.replace(/\D/g, ""))),
]);
const clauseNumbers = z.union([z.array(clauseNumber), clauseNumber.transform((one) => [one])]);
const sentenceSchema = z
  .object({ text: z.string(), clauses: clauseNumbers.optional(), clauseNumbers: clauseNumbers.optional() })
  .transform(({ text, clauses, clauseNumbers: others }) => ({
    text: cleanText(text),
    clauseNumbers: [...new Set(clauses ?? others ?? [])],
  }));
const answerSchema = z.union([
  z
    .object({ sentences: z.array(sentenceSchema).max(MOST_SENTENCES) })
    .transform(({ sentences }) => sentences),
  z.array(sentenceSchema).max(MOST_SENTENCES),
]);

/**
 * The sentences in a model's answer: the first JSON of the right shape, whatever stands around it (code fences, an
 * introduction). Undefined: no such JSON, too long, or of another shape. Whether the sentences hold is judged elsewhere.
 */
export function readModelAnswer(answer: string): ModelSentence[] | undefined {
  if (answer.length > MOST_CHARACTERS) return undefined;
  for (const json of findJson(answer.replace(/<think>[\s\S]*?<\/think>/g, " "))) {
    const parsed = answerSchema.safeParse(json);
    if (parsed.success) {
      return parsed.data.filter(({ text }) => text !== "" && text.length <= LONGEST_SENTENCE);
    }
  }
  return undefined;
}

/**
 * The sentences that are complete in the beginning of a model's answer: those that `readModelAnswer` will find first in the
 * whole, unless the rest spoils it.
 */
export function readSentencesSoFar(beginning: string): ModelSentence[] {
  if (beginning.length > MOST_CHARACTERS) return [];
  const text = beginning.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, " ");
  let tried = 0;
  for (const { index } of text.matchAll(/[{[]/g)) {
    tried += 1;
    if (tried > MOST_BRACKETS) return [];
    const end = findEnd(text, index);
    const json = end === undefined ? closeOpen(text.slice(index)) : text.slice(index, end);
    const parsed = answerSchema.safeParse(json === undefined ? undefined : tryParse(json));
    if (parsed.success)
      return parsed.data.filter(({ text: said }) => said !== "" && said.length <= LONGEST_SENTENCE);
  }
  return [];
}

/** JSON that breaks off → what it holds up to its last complete object in a list, closed. */
function closeOpen(text: string): string | undefined {
  const open: string[] = [];
  let inString = false;
  let closed: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") open.push("}");
    else if (character === "[") open.push("]");
    else if (character === "}" || character === "]") {
      open.pop();
      if (character === "}" && open.at(-1) === "]")
        closed = text.slice(0, index + 1) + open.toReversed().join("");
    }
  }
  return closed;
}

/** Models like bold type and list marks; what people read is one plain line. */
function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replace(/\*\*|__|`/g, "")
    .replace(/^\s*(?:[-*•]|\d{1,2}[.、)）])\s*/, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Every JSON object or list in the text, outer ones first, as far as a bounded number of brackets reaches. */
function* findJson(text: string): Generator<unknown> {
  let tried = 0;
  for (const { index } of text.matchAll(/[{[]/g)) {
    tried += 1;
    if (tried > MOST_BRACKETS) return;
    const end = findEnd(text, index);
    const value = end === undefined ? undefined : tryParse(text.slice(index, end));
    if (value !== undefined) yield value;
  }
}

/** The position after the bracket that closes the one at `start`, strings respected. */
function findEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}

function tryParse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
