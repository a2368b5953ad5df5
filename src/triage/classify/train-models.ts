import { URGENCIES } from "../classification-types.ts";
import type { CategoryId, Urgency } from "../types.ts";
import { trainComplementBayes } from "./complement-bayes.ts";
import {
  createFeatureSpace,
  extractGrams,
  type FeatureSpace,
  type NamedFeature,
} from "./extract-features.ts";
import { createConceptFinder, nameConcept } from "./find-concepts.ts";
import { foldRequest, shortenRequest } from "./fold-request.ts";
import { findUrgencySigns, toUrgencyFeatures, URGENCY_FEATURES, type UrgencySigns } from "./judge-urgency.ts";
import { type FeatureVector, type Steps, toShares, trainLinearModel } from "./linear-model.ts";
import type { CategorySigns } from "./score-categories.ts";
import type { TriageKnowledge } from "./signals-schema.ts";

/** Of the features of concepts, beside a text of length one. */
const CONCEPT_WEIGHT = 0.6;
/** Towards the category of what is none of ours, for questions about other cities. */
const ELSEWHERE_PULL = 4;
/** What the second classifier adds. */
const BAYES_PULL = 1.2;
/** A matter nobody has words for is more often a rare trade than chat. */
const OTHER_RESERVE = 0.7;
/** Confidence fits without stretching, on the tune half and across folds (scripts/measure-triage.ts prints the table). */
const TEMPERATURE = 1;
/** For urgency: needs without a date are the rule, passing questions the hardest to tell from them. */
const URGENCY_WEIGHTS: Readonly<Record<Urgency, number>> = { 紧急: 1.5, 高: 1.5, 中: 1, 低: 4 };
const TOPIC_WEIGHT = 0.4;
/** The first author labelled urgency before the rubric was written down: short questions are needs there. */
const UNSURE_SOURCE = "training.jsonl";
const UNSURE_WEIGHT = 0.35;
export const OTHER_CATEGORY = "C15";
const LINES_A_STEP = 200;

export interface TrainedModels {
  categoryIds: readonly CategoryId[];
  shareCategories(folded: string, signs: CategorySigns): Map<CategoryId, number>;
  shareUrgencies(folded: string, signs: UrgencySigns): Record<Urgency, number>;
}

interface PreparedLine {
  line: TriageKnowledge["training"][number];
  folded: string;
  grams: NamedFeature[];
  concepts: NamedFeature[];
  base: FeatureVector;
}

/** The same knowledge gives the same models. */
export function* trainModels(knowledge: TriageKnowledge): Steps<TrainedModels> {
  const categoryIds = knowledge.categories.map(({ id }) => id);
  const findConcepts = createConceptFinder(knowledge.concepts);
  const read: Omit<PreparedLine, "base">[] = [];
  for (const [index, line] of knowledge.training.entries()) {
    if (index % LINES_A_STEP === 0) yield;
    const folded = foldRequest(shortenRequest(line.text));
    read.push({ line, folded, grams: extractGrams(folded), concepts: findConcepts(folded) });
  }
  const space = createFeatureSpace(
    read.map(({ grams }) => grams),
    [
      "bias",
      ...[...Object.keys(knowledge.concepts), ...Object.keys(knowledge.tones)].map(nameConcept),
      ...URGENCY_FEATURES,
    ],
  );
  yield;
  const prepared = read.map((each) => ({ ...each, base: space.toVector(each.grams) }));
  const shareCategories = yield* trainCategories(categoryIds, prepared, space);
  const shareUrgencies = yield* trainUrgency(knowledge, prepared, space);
  return {
    categoryIds,
    shareCategories: (folded, signs) => {
      const logits = shareCategories(extractGrams(folded), findConcepts(folded));
      const other = categoryIds.indexOf(OTHER_CATEGORY);
      if (other >= 0) {
        logits[other] = (logits[other] ?? 0) - reserveOther(folded, signs, knowledge.signals.other);
      }
      const shares = toShares(logits, TEMPERATURE);
      return new Map(categoryIds.map((id, at) => [id, shares[at] ?? 0]));
    },
    shareUrgencies: (folded, signs) =>
      shareUrgencies(folded, signs, extractGrams(folded), findConcepts(folded)),
  };
}

type ScoreCategories = (grams: readonly NamedFeature[], concepts: readonly NamedFeature[]) => Float64Array;

/** Logits of a regression, and what a second classifier adds that errs otherwise. */
function* trainCategories(
  categoryIds: readonly CategoryId[],
  prepared: readonly PreparedLine[],
  space: FeatureSpace,
): Steps<ScoreCategories> {
  const extend = (base: FeatureVector, concepts: readonly NamedFeature[]) =>
    space.extend(base, [["bias", 1], ...scale(concepts, CONCEPT_WEIGHT)]);
  const model = yield* trainLinearModel(
    prepared.map(({ line, base, concepts }) => ({
      vector: extend(base, concepts),
      label: categoryIds.indexOf(line.category),
    })),
    { classes: categoryIds.length, features: space.size, epochs: 5, rate: 0.15, decay: 1e-3 },
  );
  yield;
  const bayes = trainComplementBayes(
    prepared.map(({ line, grams, concepts }) => ({
      features: [...grams, ...concepts],
      label: categoryIds.indexOf(line.category),
    })),
    categoryIds.length,
  );
  return (grams, concepts) => {
    const second = bayes([...grams, ...concepts]);
    return model
      .score(extend(space.toVector(grams), concepts))
      .map((logit, at) => logit + BAYES_PULL * (second[at] ?? 0));
  };
}

/** Positive: what has words of other categories is seldom chat. Negative: a question about another city is none of ours. */
function reserveOther(
  folded: string,
  signs: CategorySigns,
  other: TriageKnowledge["signals"]["other"],
): number {
  if (other.elsewhere.test(folded) && !other.here.test(folded)) return -ELSEWHERE_PULL;
  return signs.scores.size > 0 && !signs.scores.has(OTHER_CATEGORY) ? OTHER_RESERVE : 0;
}

type ShareUrgencies = (
  folded: string,
  signs: UrgencySigns,
  grams: readonly NamedFeature[],
  concepts: readonly NamedFeature[],
) => Record<Urgency, number>;

function* trainUrgency(
  { signals, tones }: TriageKnowledge,
  prepared: readonly PreparedLine[],
  space: FeatureSpace,
): Steps<ShareUrgencies> {
  const findTones = createConceptFinder(tones);
  const extend = (
    base: FeatureVector,
    folded: string,
    signs: UrgencySigns,
    concepts: readonly NamedFeature[],
  ) =>
    space.extend(base, [
      ["bias", 1],
      ...toUrgencyFeatures(signs),
      ...scale(concepts, TOPIC_WEIGHT),
      ...findTones(folded),
    ]);
  const examples: { vector: FeatureVector; label: number; weight: number }[] = [];
  for (const [index, { line, folded, base, concepts }] of prepared.entries()) {
    if (index % LINES_A_STEP === 0) yield;
    examples.push({
      vector: extend(base, folded, findUrgencySigns(folded, signals.urgency, undefined), concepts),
      label: URGENCIES.indexOf(line.urgency),
      weight: URGENCY_WEIGHTS[line.urgency] * (line.source === UNSURE_SOURCE ? UNSURE_WEIGHT : 1),
    });
  }
  const options = { classes: URGENCIES.length, features: space.size, epochs: 5, rate: 0.15, decay: 1e-3 };
  const model = yield* trainLinearModel(examples, options);
  return (folded, signs, grams, concepts) => {
    const shares = toShares(model.score(extend(space.toVector(grams), folded, signs, concepts)));
    return { 紧急: shares[0] ?? 0, 高: shares[1] ?? 0, 中: shares[2] ?? 0, 低: shares[3] ?? 0 };
  };
}

function scale(features: readonly NamedFeature[], weight: number): NamedFeature[] {
  return features.map(([name, value]) => [name, value * weight] as const);
}
