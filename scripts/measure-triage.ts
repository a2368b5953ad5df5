/**
 * Classifies a set of labelled requests and prints accuracy of category, urgency and leading department, macro-F1, the confusion
 * matrix and how well confidence fits.
 *
 *   node scripts/measure-triage.ts [FILE] [SPLIT] [--failures] [--as-of DATE]
 *   node scripts/measure-triage.ts --cross [--failures]     five folds over the training requests instead
 *   node scripts/measure-triage.ts --authors [--failures]   what one author's requests teach about another's: the honest guide
 *
 * FILE defaults to knowledge/evaluation/requests-house.jsonl, SPLIT to tune. Failures of a `test` half are never shown.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  evaluateRequests,
  type JudgedRequest,
  type LabelledRequest,
  listRequestFailures,
  loadRequests,
  measureRequests,
  toRequestSetResult,
  writeCalibration,
  writeRequestScorecard,
} from "../src/evaluation/index.ts";
import { createClassifier, loadDeskSettings, loadTriageKnowledge, route } from "../src/triage/index.ts";

const ROOT = resolve(import.meta.dirname, "..");
const FOLDS = 5;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cross: { type: "boolean", default: false },
    authors: { type: "boolean", default: false },
    failures: { type: "boolean", default: false },
    "as-of": { type: "string", default: "2026-11-23" },
  },
});
const asOf = values["as-of"];
const knowledge = await loadTriageKnowledge(join(ROOT, "knowledge"));
const settings = await loadDeskSettings(join(ROOT, "knowledge"));
const [file = "knowledge/evaluation/requests-house.jsonl", split = "tune"] = positionals;

if (values.authors) compareAuthors();
else {
  const judged = values.cross ? crossValidate() : judge(knowledge, await readSplit());
  const name = values.cross ? `training · ${FOLDS} folds` : `${file} · ${split}`;
  print(name, judged);
  console.log(writeCalibration(judged));
}

function print(name: string, judged: JudgedRequest[]): void {
  console.log(writeRequestScorecard([toRequestSetResult(name, judged, measureRequests(judged))]));
  if (values.failures && split !== "test") console.log(listRequestFailures(judged).join("\n"));
}

async function readSplit(): Promise<LabelledRequest[]> {
  return (await loadRequests(resolve(file))).filter((request) => request.split === split);
}

function judge(from: typeof knowledge, requests: readonly LabelledRequest[]): JudgedRequest[] {
  const startedAt = performance.now();
  const classifier = createClassifier(from);
  classifier.classify("");
  console.error(`trained in ${Math.round(performance.now() - startedAt)} ms`);
  const now = new Date(`${asOf}T02:00:00Z`);
  return evaluateRequests(requests, {
    classifier,
    route: (found, text) => route(found, text, {}, settings, [], now).lead.map((lead) => lead.name),
    milliseconds: () => performance.now(),
    asOf,
  }).judged;
}

/** Every fifth request is judged by what the others taught. */
function crossValidate(): JudgedRequest[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const training = knowledge.training.filter((_, index) => index % FOLDS !== fold);
    const held = knowledge.training.flatMap((line, index) =>
      index % FOLDS === fold ? [{ id: `T${index + 1}`, split: "cross", lead: [], also: [], ...line }] : [],
    );
    return judge({ ...knowledge, training }, held);
  }).flat();
}

/** Every author's requests, judged by what all the others taught; then by what each other one alone taught. */
function compareAuthors(): void {
  const authors = [...new Set(knowledge.training.map(({ source }) => source ?? ""))];
  const rows = authors.flatMap((author) => {
    const others = authors.filter((each) => each !== author);
    const alone = others.length > 1 ? others.map((other) => [other]) : [];
    return [others, ...alone].map((teachers) => ({ author, teachers }));
  });
  const lines = rows.map(({ author, teachers }) => {
    const judged = judge(
      { ...knowledge, training: knowledge.training.filter(({ source = "" }) => teachers.includes(source)) },
      toLabelled(author),
    );
    if (values.failures && teachers.length === authors.length - 1) print(author, judged);
    return toAuthorRow(author, teachers, judged);
  });
  console.log("taught by → judged on | category | macro-F1 | urgency | danger R/P | also F1 (P/R)");
  console.log(lines.join("\n"));
}

/** Urgent requests among complaints and safety are taken for dangers: training lines say no more of it. */
function toLabelled(author: string): LabelledRequest[] {
  return knowledge.training.flatMap(({ source, text, category, urgency, also = [] }, index) =>
    source === author
      ? [
          {
            ...{ id: `T${index + 1}`, split: "author", text, category, urgency, also, lead: [], spam: false },
            safety: category === "C14" && urgency === "紧急" ? "其他险情" : null,
          } satisfies LabelledRequest,
        ]
      : [],
  );
}

function toAuthorRow(author: string, teachers: readonly string[], judged: JudgedRequest[]): string {
  const measures = measureRequests(judged);
  const percent = (share: number) => (share * 100).toFixed(1);
  const { alsoPrecision: precision, alsoRecall: recall, alsoF1 } = measures;
  return [
    `${teachers.map(nameAuthor).join("+")} → ${nameAuthor(author)} (${judged.length})`,
    percent(measures.category),
    percent(measures.macroF1),
    percent(measures.urgency),
    `${percent(measures.safetyRecall)}/${percent(measures.safetyPrecision)}`,
    `${percent(alsoF1)} (${percent(precision)}/${percent(recall)})`,
  ].join(" | ");
}

/** training.jsonl is A, training-b.jsonl B. */
function nameAuthor(source: string): string {
  return /-(\w+)\.jsonl$/.exec(source)?.[1]?.toUpperCase() ?? "A";
}
