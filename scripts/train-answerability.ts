/**
 * Fits the weights of `src/answering/decide/estimate-answerability.ts`: logistic regression over the topic measures, on the
 * `tune` halves of the sets that this project wrote, over the plan alone and beside the invented policy library. Only
 * questions without a hard attribute count (those are settled by rules). Prints weights and, on the `test` halves, how
 * many are refused at each threshold.
 *
 *   node scripts/train-answerability.ts
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { measureTopic, type TopicMeasures } from "../src/answering/decide/measure-topic.ts";
import { findEvidence } from "../src/answering/evidence/find-evidence.ts";
import { loadAnsweringLexicon } from "../src/answering/index.ts";
import { understandQuestion } from "../src/answering/question/understand-question.ts";
import { openApplication } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { type LabelledQuestion, loadQuestionSets } from "../src/evaluation/index.ts";
import { randomIds, silentLogger, systemClock } from "../src/shared/index.ts";

const ROOT = resolve(import.meta.dirname, "..");
const LIBRARY = join(ROOT, "tests/fixtures/policy-library");
const SKIPPED_KINDS = new Set(["injection", "out-of-scope", "follow-up"]);
const STEPS = 20_000;
const RATE = 0.5;
const PENALTY = 0.002;

interface Row {
  split: string;
  treated: boolean;
  measures: TopicMeasures;
}

type Weights = Record<keyof TopicMeasures, number>;

const ownSets = (await loadQuestionSets(join(ROOT, "knowledge/evaluation"))).filter(
  ({ name }) => !name.includes("dev"),
);
const librarySets = await loadQuestionSets(LIBRARY);
const questions = ownSets.flatMap(({ name, questions: all }) =>
  // The answered half of the absent set is worded so that no method without a model finds its clauses.
  all.filter(({ kind }) => !name.includes("absent") || kind === "unanswerable"),
);
const library = (await readdir(LIBRARY))
  .filter((name) => name.endsWith(".txt"))
  .map((name) => join(LIBRARY, name));
const rows = [
  ...(await collectRows([], questions)),
  ...(await collectRows(library, [...questions, ...librarySets.flatMap(({ questions: all }) => all)])),
];
const { weights, intercept } = regress(rows.filter(({ split }) => split === "tune"));
console.log(JSON.stringify({ weights, intercept }, null, 2));
report(rows.filter(({ split }) => split === "test"));

async function collectRows(files: readonly string[], asked: readonly LabelledQuestion[]): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), "xiance-train-"));
  const application = await openApplication(readConfig({}, { data }), {
    mode: "write",
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
  });
  const { retriever, knowledge } = application;
  for (const file of files) await knowledge.ingestFile(file, { publish: true });
  await retriever.refresh();
  const lexicon = await loadAnsweringLexicon(join(ROOT, "knowledge/lexicon"));
  const collected: Row[] = [];
  for (const { question: text, kind, split, evidence } of asked) {
    const question = understandQuestion(text, retriever.analyze(text).normalized, lexicon);
    const isHard = question.attributes.some(({ need }) => need === "hard");
    if (question.conduct || SKIPPED_KINDS.has(kind) || isHard) continue;
    const found = await findEvidence(retriever, question, [], {}, knowledge);
    const measures = measureTopic(question, found.analysis, found.evidence, (query, part) =>
      retriever.scoreText(query, part),
    );
    collected.push({ split, treated: evidence.length > 0, measures });
  }
  await application.close();
  await rm(data, { recursive: true });
  return collected;
}

function regress(train: readonly Row[]): { weights: Weights; intercept: number } {
  const names = Object.keys(train[0]?.measures ?? {}) as (keyof TopicMeasures)[];
  const weights = Object.fromEntries(names.map((name) => [name, 0])) as Weights;
  const treated = train.filter((row) => row.treated).length;
  const balance = treated / Math.max(1, train.length - treated);
  const mass = treated * 2;
  let intercept = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = Object.fromEntries(names.map((name) => [name, 0])) as Weights;
    let constant = 0;
    for (const row of train) {
      const error =
        (estimate(row.measures, weights, intercept) - Number(row.treated)) * (row.treated ? 1 : balance);
      for (const name of names) gradient[name] += error * row.measures[name];
      constant += error;
    }
    for (const name of names) weights[name] -= RATE * (gradient[name] / mass + PENALTY * weights[name]);
    intercept -= (RATE * constant) / mass;
  }
  return { weights, intercept };
}

function estimate(measures: TopicMeasures, weights: Weights, intercept: number): number {
  const names = Object.keys(weights) as (keyof TopicMeasures)[];
  return 1 / (1 + Math.exp(-names.reduce((sum, name) => sum + weights[name] * measures[name], intercept)));
}

function report(test: readonly Row[]): void {
  const scored = test.map((row) => ({ ...row, value: estimate(row.measures, weights, intercept) }));
  for (const threshold of [0.2, 0.22, 0.25, 0.3, 0.35, 0.4]) {
    const share = (treated: boolean) => {
      const part = scored.filter((row) => row.treated === treated);
      return (part.filter(({ value }) => value < threshold).length / part.length).toFixed(3);
    };
    console.log(`below ${threshold}: ${share(false)} of the absent, ${share(true)} of the treated`);
  }
}
