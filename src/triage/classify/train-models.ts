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
import { findUrgencySigns, toUrgencyFeatures, URGENCY_FEATURES } from "./judge-urgency.ts";
import { type LinearModel, type Steps, toShares, trainLinearModel } from "./linear-model.ts";
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
/** Needs without a date are the rule; the others weigh more. */
const OTHER_WEIGHT = 1.5;
export const OTHER_CATEGORY = "C15";
const LINES_A_STEP = 200;

export interface TrainedModels {
  categoryIds: readonly CategoryId[];
  shareCategories(folded: string, signs: CategorySigns): Map<CategoryId, number>;
  shareUrgencies(grams: readonly NamedFeature[], extra: readonly NamedFeature[]): Record<Urgency, number>;
}

interface PreparedLine {
  line: TriageKnowledge["training"][number];
  folded: string;
  grams: NamedFeature[];
  concepts: NamedFeature[];
}

/** The same knowledge gives the same models. */
export function* trainModels(knowledge: TriageKnowledge): Steps<TrainedModels> {
  const categoryIds = knowledge.categories.map(({ id }) => id);
  const findConcepts = createConceptFinder(knowledge.concepts);
  const prepared: PreparedLine[] = [];
  for (const [index, line] of knowledge.training.entries()) {
    if (index % LINES_A_STEP === 0) yield;
    const folded = foldRequest(shortenRequest(line.text));
    prepared.push({ line, folded, grams: extractGrams(folded), concepts: findConcepts(folded) });
  }
  const space = createFeatureSpace(
    prepared.map(({ grams }) => grams),
    ["bias", ...Object.keys(knowledge.concepts).map(nameConcept), ...URGENCY_FEATURES],
  );
  const toVector = ({ grams, concepts }: Pick<PreparedLine, "grams" | "concepts">) =>
    space.toVector(grams, [
      ["bias", 1],
      ...concepts.map(([name, value]) => [name, value * CONCEPT_WEIGHT] as const),
    ]);
  yield;
  const categoryModel = yield* trainLinearModel(
    prepared.map((each) => ({ vector: toVector(each), label: categoryIds.indexOf(each.line.category) })),
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
  const urgencyModel = yield* trainUrgency(knowledge, prepared, space);
  return {
    categoryIds,
    shareCategories: (folded, signs) => {
      const grams = extractGrams(folded);
      const concepts = findConcepts(folded);
      const logits = categoryModel.score(toVector({ grams, concepts }));
      const second = bayes([...grams, ...concepts]);
      categoryIds.forEach((id, at) => {
        const reserve = id === OTHER_CATEGORY ? reserveOther(folded, signs, knowledge.signals.other) : 0;
        logits[at] = (logits[at] ?? 0) - reserve + BAYES_PULL * (second[at] ?? 0);
      });
      const shares = toShares(logits, TEMPERATURE);
      return new Map(categoryIds.map((id, at) => [id, shares[at] ?? 0]));
    },
    shareUrgencies: (grams, extra) => {
      const shares = toShares(urgencyModel.score(space.toVector(grams, [["bias", 1], ...extra])));
      return { 紧急: shares[0] ?? 0, 高: shares[1] ?? 0, 中: shares[2] ?? 0, 低: shares[3] ?? 0 };
    },
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

function* trainUrgency(
  { signals }: TriageKnowledge,
  prepared: readonly PreparedLine[],
  space: FeatureSpace,
): Steps<LinearModel> {
  const ordinary = prepared.filter(({ line }) => line.category !== OTHER_CATEGORY);
  return yield* trainLinearModel(
    ordinary.map(({ line, folded, grams }) => ({
      weight: line.urgency === "中" ? 1 : OTHER_WEIGHT,
      vector: space.toVector(grams, [
        ["bias", 1],
        ...toUrgencyFeatures(findUrgencySigns(folded, signals.urgency, undefined)),
        [`c:${line.category}`, 1],
      ]),
      label: URGENCIES.indexOf(line.urgency),
    })),
    { classes: URGENCIES.length, features: space.size, epochs: 5, rate: 0.15, decay: 1e-3 },
  );
}
