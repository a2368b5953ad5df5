import type { LanguageModel } from "../../models/index.ts";
import { type Logger, toAppError } from "../../shared/index.ts";
import { checkStatement, type GroundingProblem, isEnglish } from "../grounding/index.ts";
import { loadPrompt, type Prompt } from "./load-prompt.ts";
import { type ModelSentence, readModelAnswer, readSentencesSoFar } from "./read-model-answer.ts";

export interface PhrasingClause {
  /** 1, 2, 3 …: what a sentence refers to. */
  number: number;
  title: string;
  /** For people: 征求意见稿, 现行有效 …. */
  status: string;
  section: string;
  heading: readonly string[];
  text: string;
  /** Facts of the document that stand in no clause: issuer, number, dates. */
  metadataText?: string;
}

export interface PhrasingInput {
  question: string;
  /** Earlier questions of the asker, oldest first. */
  context: readonly string[];
  language: "zh" | "en";
  clauses: readonly PhrasingClause[];
  notStated: readonly string[];
}

export interface PhrasedSentence {
  text: string;
  /** Never empty; each is the number of a given clause. */
  clauseNumbers: number[];
}

export interface PhrasedAnswer {
  /** Only those that passed the check; at least one. */
  sentences: PhrasedSentence[];
  dropped: { text: string; problems: GroundingProblem[] }[];
}

export interface AnswerPhraser {
  /**
   * Undefined: the model failed, was too slow, answered nonsense, or nothing of its answer survived the check; the
   * caller then keeps the extractive answer. Throws only for a broken prompt file (AppError `configuration`).
   * `onSentences` is told of all sentences so far that passed the check, whenever there is another one; unless the answer is
   * undefined in the end, it begins with them.
   */
  phrase(
    input: PhrasingInput,
    onSentences?: (sentences: readonly PhrasedSentence[]) => void,
  ): Promise<PhrasedAnswer | undefined>;
}

export interface AnswerPhraserOptions {
  model: LanguageModel;
  promptsDirectory: string;
  logger: Logger;
}

const PROMPT_OF = { zh: "answer", en: "answer-english" } as const;
const MOST_CLAUSES = 12;
const LONGEST_CLAUSE = 2000;
const LONGEST_QUESTION = 500;
const MOST_EARLIER_QUESTIONS = 3;

/** Phrases an answer from numbered clauses with a language model; every sentence is checked by program. */
export function createAnswerPhraser({
  model,
  promptsDirectory,
  logger,
}: AnswerPhraserOptions): AnswerPhraser {
  const prompts = new Map<string, Promise<Prompt>>();
  const promptFor = (name: string): Promise<Prompt> => {
    const known = prompts.get(name) ?? loadPrompt(promptsDirectory, name);
    prompts.set(name, known);
    return known;
  };
  return {
    phrase: async (input, onSentences) => {
      const clauses = input.clauses.slice(0, MOST_CLAUSES);
      if (clauses.length === 0) return undefined;
      const prompt = await promptFor(PROMPT_OF[input.language]);
      const onText = onSentences && checkWhileRead({ ...input, clauses }, onSentences);
      const answer = await askModel({ model, prompt, logger, onText }, { ...input, clauses });
      const sentences = answer === undefined ? undefined : readModelAnswer(answer);
      if (!sentences || sentences.length === 0) {
        if (answer !== undefined)
          logger.warn({ model: model.name, prompt: prompt.name }, "model answer not usable");
        return undefined;
      }
      const phrased = keepGrounded(sentences, { ...input, clauses });
      logDropped(phrased, model, prompt, logger);
      return phrased.sentences.length > 0 ? phrased : undefined;
    },
  };
}

interface Asking {
  model: LanguageModel;
  prompt: Prompt;
  logger: Logger;
  onText: ((soFar: string) => void) | undefined;
}

async function askModel(
  { model, prompt, logger, onText }: Asking,
  input: PhrasingInput,
): Promise<string | undefined> {
  const messages = prompt.render({
    question: toData(input.question.slice(0, LONGEST_QUESTION)),
    context: toData(
      input.context.slice(-MOST_EARLIER_QUESTIONS).map((one) => one.slice(0, LONGEST_QUESTION)),
    ),
    clauses: input.clauses.map(toClauseData).join("\n"),
    not_stated: toData(input.notStated),
  });
  try {
    return await model.invoke(messages, { ...(onText && { onText }) });
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.warn(
      { model: model.name, errorId: error.id, reason: error.message },
      "answer not phrased by the model",
    );
    return undefined;
  }
}

function toClauseData({ number, title, status, section, heading, text }: PhrasingClause): string {
  return toData({ number, title, status, section, heading, text: text.slice(0, LONGEST_CLAUSE) });
}

/** JSON without `<`: no text can close the tag that it stands in. */
function toData(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Each sentence is checked once, when it is complete. */
function checkWhileRead(
  input: PhrasingInput,
  onSentences: (sentences: readonly PhrasedSentence[]) => void,
): (soFar: string) => void {
  const check = createSentenceCheck(input);
  let read = 0;
  let length = 0;
  return (soFar) => {
    // Only a closed bracket completes a sentence.
    const isComplete = soFar.slice(length).includes("}");
    length = soFar.length;
    if (!isComplete) return;
    const sentences = readSentencesSoFar(soFar);
    const before = check.kept.length;
    for (const sentence of sentences.slice(read)) check.take(sentence);
    read = Math.max(read, sentences.length);
    if (check.kept.length > before) onSentences([...check.kept]);
  };
}

function keepGrounded(sentences: readonly ModelSentence[], input: PhrasingInput): PhrasedAnswer {
  const check = createSentenceCheck(input);
  for (const sentence of sentences) check.take(sentence);
  return { sentences: check.kept, dropped: check.dropped };
}

/** Judges sentences in their order: what comes later changes nothing of what was judged. */
function createSentenceCheck(input: PhrasingInput) {
  const kept: PhrasedSentence[] = [];
  const dropped: PhrasedAnswer["dropped"] = [];
  let isPredecessorKept = true;
  return {
    kept,
    dropped,
    take(sentence: ModelSentence): void {
      if (kept.some(({ text }) => text === sentence.text)) return;
      const problems = findProblems(sentence, input, isPredecessorKept);
      if (problems.length === 0) kept.push(sentence);
      else dropped.push({ text: sentence.text, problems });
      isPredecessorKept = problems.length === 0;
    },
  };
}

/** 该基金 or “It” after a dropped sentence would point at something else. */
const POINTS_BACK =
  /^(?:该|其|此|这|上述|前述|同时|此外|另外|It\b|They\b|This\b|These\b|The (?:fund|plan|park) also\b)/;

function findProblems(
  { text, clauseNumbers }: ModelSentence,
  { question, language, clauses, notStated }: PhrasingInput,
  isPredecessorKept: boolean,
): GroundingProblem[] {
  const cited = clauses.filter(({ number }) => clauseNumbers.includes(number));
  if (clauseNumbers.length === 0 || cited.length !== clauseNumbers.length) {
    return [{ kind: "unsupported", text: clauseNumbers.join(), reason: "no or wrong clause numbers" }];
  }
  if (isEnglish(text) !== (language === "en")) {
    return [{ kind: "unsupported", text, reason: "not in the language of the question" }];
  }
  if (!isPredecessorKept && POINTS_BACK.test(text)) {
    return [{ kind: "unsupported", text, reason: "points back to a dropped sentence" }];
  }
  const grounds = cited.map((clause) => ({
    text: clause.text,
    title: clause.title,
    heading: clause.heading,
    metadataText: [clause.status, clause.metadataText ?? ""].join("\n"),
  }));
  const verdict = checkStatement(text, grounds, question, { notStated });
  return verdict.ok ? [] : verdict.problems;
}

/** Kinds only: the texts may repeat what an asker wrote. */
function logDropped(phrased: PhrasedAnswer, model: LanguageModel, prompt: Prompt, logger: Logger): void {
  if (phrased.dropped.length === 0) return;
  const kinds = [...new Set(phrased.dropped.flatMap(({ problems }) => problems.map(({ kind }) => kind)))];
  logger.warn(
    { model: model.name, prompt: `${prompt.name}@${prompt.version}`, kept: phrased.sentences.length, kinds },
    "sentences of the model were not grounded and dropped",
  );
}
