import { setTimeout as sleep } from "node:timers/promises";
import type { CategoryDefinition, CategoryId, Classification, Classifier } from "../types.ts";
import { createSafetyDetector } from "./detect-safety.ts";
import { explainClassification } from "./explain-classification.ts";
import { findFurtherMatters } from "./find-further-matters.ts";
import { detectLanguage, foldRequest, shortenRequest } from "./fold-request.ts";
import { detectSpam, judgeSentiment } from "./judge-tone.ts";
import { findUrgencySigns, judgeUrgency } from "./judge-urgency.ts";
import type { Steps } from "./linear-model.ts";
import { createCategorySigns } from "./score-categories.ts";
import { shareWithFocus } from "./share-with-focus.ts";
import type { TriageKnowledge } from "./signals-schema.ts";
import { OTHER_CATEGORY, type TrainedModels, trainModels } from "./train-models.ts";

const SAFETY_CATEGORY = "C14";
/** Trains at the first use (about a second) or when warmed up; the same knowledge gives the same classifier. */
export function createClassifier(knowledge: TriageKnowledge): Classifier {
  const { signals } = knowledge;
  const categories = new Map(knowledge.categories.map((category) => [category.id, category]));
  const findSigns = createCategorySigns(signals.categories);
  const detectSafety = createSafetyDetector(signals.safety);
  const training = trainOnce(() => trainModels(knowledge));
  return {
    categories,
    warmUp: training.warmUp,
    classify: (given, known) => {
      const models = training.models();
      const text = shortenRequest(given);
      const folded = foldRequest(text);
      const signs = findSigns(folded);
      const found = shareWithFocus(folded, signs, findSigns, models.shareCategories, signals.matters.asides);
      const urgencySigns = findUrgencySigns(folded, signals.urgency, known?.today);
      const urgencies = models.shareUrgencies(folded, urgencySigns);
      const safety = detectSafety(folded, text, (found.get(SAFETY_CATEGORY) ?? 0) * urgencies.紧急);
      const spam = safety === null && detectSpam(folded, signals.spam);
      const shares = forceShares(found, { safety: safety !== null, spam });
      const ranked = [...shares].sort((a, b) => b[1] - a[1]);
      const [category = OTHER_CATEGORY, confidence = 0] = ranked[0] ?? [];
      const verdict = judgeUrgency(urgencySigns, { safety, spam }, urgencies);
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

/** Done in one go by who needs the models now, or in steps between which others have their turn. */
function trainOnce(start: () => Steps<TrainedModels>): { models(): TrainedModels; warmUp(): Promise<void> } {
  let steps: Steps<TrainedModels> | undefined;
  let trained: TrainedModels | undefined;
  const step = () => {
    steps ??= start();
    try {
      const { done, value } = steps.next();
      if (done) trained = value;
    } catch (thrown) {
      steps = undefined;
      throw thrown;
    }
  };
  return {
    models: () => {
      while (!trained) step();
      return trained;
    },
    warmUp: async () => {
      while (!trained) {
        const startedAt = performance.now();
        step();
        // Half of the time is for those who wait for an answer.
        await sleep(performance.now() - startedAt, undefined, { ref: false });
      }
    },
  };
}
