/**
 * Classifies a set of labelled requests and prints accuracy of category, urgency and leading department, macro-F1, the confusion
 * matrix and how well confidence fits.
 *
 *   node scripts/measure-triage.ts [FILE] [SPLIT] [--failures] [--as-of DATE]
 *   node scripts/measure-triage.ts --cross [--failures]     five folds over the training requests instead
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
    failures: { type: "boolean", default: false },
    "as-of": { type: "string", default: "2026-11-23" },
  },
});
const asOf = values["as-of"];
const knowledge = await loadTriageKnowledge(join(ROOT, "knowledge"));
const settings = await loadDeskSettings(join(ROOT, "knowledge"));
const [file = "knowledge/evaluation/requests-house.jsonl", split = "tune"] = positionals;

const judged = values.cross ? crossValidate() : judge(knowledge, await readSplit());
const name = values.cross ? `training · ${FOLDS} folds` : `${file} · ${split}`;
console.log(writeRequestScorecard([toRequestSetResult(name, judged, measureRequests(judged))]));
console.log(writeCalibration(judged));
if (values.failures && split !== "test") console.log(listRequestFailures(judged).join("\n"));

async function readSplit(): Promise<LabelledRequest[]> {
  return (await loadRequests(resolve(file))).filter((request) => request.split === split);
}

function judge(from: typeof knowledge, requests: readonly LabelledRequest[]): JudgedRequest[] {
  const startedAt = performance.now();
  const classifier = createClassifier(from);
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
