import { URGENCIES } from "../classification-types.ts";
import type { CategoryDefinition, CategoryId, Classification, Classifier, Urgency } from "../types.ts";
import { trainComplementBayes } from "./complement-bayes.ts";
import { createSafetyDetector } from "./detect-safety.ts";
import { explainClassification } from "./explain-classification.ts";
import {
  createFeatureSpace,
  extractGrams,
  type FeatureSpace,
  type NamedFeature,
} from "./extract-features.ts";
import { findFurtherMatters } from "./find-further-matters.ts";
import { detectLanguage, foldRequest, shortenRequest } from "./fold-request.ts";
import { detectSpam, judgeSentiment } from "./judge-tone.ts";
import { findUrgencySigns, judgeUrgency, toUrgencyFeatures, URGENCY_FEATURES } from "./judge-urgency.ts";
import { type LinearModel, toShares, trainLinearModel } from "./linear-model.ts";
import {
  type CategorySigns,
  createCategorySigns,
  type FindCategorySigns,
  toSignFeatures,
} from "./score-categories.ts";
import { shareWithFocus } from "./share-with-focus.ts";
import type { TriageKnowledge } from "./signals-schema.ts";

const SAFETY_CATEGORY = "C14";
const OTHER_CATEGORY = "C15";
/** How much a sign of the word lists adds to the model's logit of its category. */
const SIGN_PULL = 0.12;
/** Towards the category of what is none of ours, for questions about other cities. */
const ELSEWHERE_PULL = 4;
/** What the second classifier adds. */
const BAYES_PULL = 0.8;
/** A matter nobody has words for is more often a rare trade than chat. */
const OTHER_RESERVE = 0.7;
/** Confidence fits without stretching, on the tune half and across folds (scripts/measure-triage.ts prints the table). */
const TEMPERATURE = 1;
/** Needs without a date are the rule; the others weigh more. */
const OTHER_WEIGHT = 1.5;

interface TrainedModels {
  categoryIds: readonly CategoryId[];
  shareCategories(folded: string, signs: CategorySigns): Map<CategoryId, number>;
  shareUrgencies(grams: readonly NamedFeature[], extra: readonly NamedFeature[]): Record<Urgency, number>;
}

/** Trains at once (some tenths of a second); the same knowledge gives the same classifier. */
export function createClassifier(knowledge: TriageKnowledge): Classifier {
  const { signals } = knowledge;
  const categories = new Map(knowledge.categories.map((category) => [category.id, category]));
  const findSigns = createCategorySigns(signals.categories);
  const detectSafety = createSafetyDetector(signals.safety);
  const models = trainModels(knowledge, findSigns);
  return {
    categories,
    classify: (given, known) => {
      const text = shortenRequest(given);
      const folded = foldRequest(text);
      const signs = findSigns(folded);
      const safety = detectSafety(folded, text);
      const spam = safety === null && detectSpam(folded, signals.spam);
      const shares = forceShares(
        shareWithFocus(folded, signs, findSigns, models.shareCategories, signals.matters.asides),
        { safety: safety !== null, spam },
      );
      const ranked = [...shares].sort((a, b) => b[1] - a[1]);
      const [category = OTHER_CATEGORY, confidence = 0] = ranked[0] ?? [];
      const urgencySigns = findUrgencySigns(folded, signals.urgency, known?.today);
      const verdict = judgeUrgency(
        urgencySigns,
        { safety, spam, isOther: category === OTHER_CATEGORY },
        models.shareUrgencies(extractGrams(folded), [
          ...toUrgencyFeatures(urgencySigns),
          [`c:${category}`, 1],
        ]),
      );
      const matters =
        spam || safety || category === OTHER_CATEGORY
          ? { also: [], parts: [{ category, words: text.trim() }] }
          : findFurtherMatters(
              { text, folded, main: category, shares, signs },
              findSigns,
              models.shareCategories,
              signals.matters,
            );
      return {
        category,
        categoryName: nameOf(categories, category),
        ...matters,
        urgency: verdict.urgency,
        sentiment: judgeSentiment(folded, verdict.urgency, signals.sentiment),
        language: detectLanguage(text),
        safety,
        spam,
        reason: explainClassification({
          category,
          categories,
          signs,
          also: matters.also,
          safety,
          spam,
          confidence,
          text,
          because: verdict.because,
        }),
        confidence,
        alternatives: ranked.slice(1, 4).map(([id, share]) => ({ category: id, share })),
        engine: "rules",
      } satisfies Classification;
    },
  };
}

function nameOf(categories: ReadonlyMap<CategoryId, CategoryDefinition>, id: CategoryId): string {
  return categories.get(id)?.name ?? id;
}

/** Danger and advertising have their category whatever the words say. */
function forceShares(
  shares: Map<CategoryId, number>,
  { safety, spam }: { safety: boolean; spam: boolean },
): Map<CategoryId, number> {
  const forced = safety ? SAFETY_CATEGORY : spam ? OTHER_CATEGORY : null;
  if (forced === null) return shares;
  return new Map([...shares].map(([id, share]) => [id, id === forced ? 0.95 + share * 0.05 : share * 0.05]));
}

function trainModels(knowledge: TriageKnowledge, findSigns: FindCategorySigns): TrainedModels {
  const categoryIds = knowledge.categories.map(({ id }) => id);
  const prepared = knowledge.training.map((line) => {
    const folded = foldRequest(shortenRequest(line.text));
    const signs = findSigns(folded);
    return { line, folded, grams: extractGrams(folded), signs };
  });
  const space = createFeatureSpace(
    prepared.map(({ grams }) => grams),
    ["bias", ...categoryIds.map((id) => `s:${id}`), ...URGENCY_FEATURES],
  );
  const categoryModel = trainLinearModel(
    prepared.map(({ line, grams, signs }) => ({
      vector: space.toVector(grams, [["bias", 1], ...toSignFeatures(signs)]),
      label: categoryIds.indexOf(line.category),
    })),
    { classes: categoryIds.length, features: space.size, epochs: 5, rate: 0.15, decay: 1e-3 },
  );
  const bayes = trainComplementBayes(
    prepared.map(({ line, grams }) => ({ features: grams, label: categoryIds.indexOf(line.category) })),
    categoryIds.length,
  );
  const urgencyModel = trainUrgency(knowledge, prepared, space);
  return {
    categoryIds,
    shareCategories: (folded, signs) => {
      const grams = extractGrams(folded);
      const logits = categoryModel.score(space.toVector(grams, [["bias", 1], ...toSignFeatures(signs)]));
      const second = bayes(grams);
      categoryIds.forEach((id, at) => {
        const pull = SIGN_PULL * Math.min(signs.scores.get(id) ?? 0, 9);
        const reserve = id === OTHER_CATEGORY ? reserveOther(folded, signs, knowledge.signals.other) : 0;
        logits[at] = (logits[at] ?? 0) + pull - reserve + BAYES_PULL * (second[at] ?? 0);
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

function trainUrgency(
  { signals }: TriageKnowledge,
  prepared: readonly { line: TriageKnowledge["training"][number]; folded: string; grams: NamedFeature[] }[],
  space: FeatureSpace,
): LinearModel {
  const ordinary = prepared.filter(({ line }) => line.category !== OTHER_CATEGORY);
  return trainLinearModel(
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
