import type { ChatMessage, LanguageModel } from "../../models/index.ts";
import { type Logger, toAppError } from "../../shared/index.ts";
import type { CategoryDefinition, CategoryId, Classification, RefineClassification } from "../types.ts";
import { foldRequest, shortenRequest } from "./fold-request.ts";
import { type ModelRefinement, moreUrgent, readRefinement } from "./read-refinement.ts";

export interface RefinementOptions {
  model: LanguageModel;
  /** `prompts/triage-refine.md`: inputs `request`, `categories`, `found`. */
  renderPrompt(inputs: Readonly<Record<string, string>>): ChatMessage[] | Promise<ChatMessage[]>;
  categories: ReadonlyMap<CategoryId, CategoryDefinition>;
  logger: Logger;
  /** Below it the model is asked, 0–1; default 0.6. */
  below?: number;
}

const UNSURE_BELOW = 0.6;
const LONGEST_REQUEST = 1000;

/**
 * Asks a model only about what the rules are unsure of; danger and advertising never. It chooses among the categories, its words
 * must stand in the text, urgency only rises. Any failure keeps what the rules found; the promise never rejects.
 */
export function createRefinement(options: RefinementOptions): RefineClassification {
  const { categories, below = UNSURE_BELOW } = options;
  return async (text, found) => {
    if (found.confidence >= below || found.safety !== null || found.spam) return found;
    const answer = await askModel(text, found, options);
    const refined = answer === undefined ? undefined : readRefinement(answer, new Set(categories.keys()));
    if (!refined) {
      if (answer !== undefined) options.logger.warn({ model: options.model.name }, "refinement not usable");
      return found;
    }
    return applyRefinement(text, found, refined, categories);
  };
}

async function askModel(
  text: string,
  found: Classification,
  { model, renderPrompt, categories, logger }: RefinementOptions,
): Promise<string | undefined> {
  try {
    const messages = await renderPrompt({
      request: toData(shortenRequest(text).slice(0, LONGEST_REQUEST)),
      categories: toData([...categories.values()].map(({ id, name }) => ({ id, name }))),
      found: toData({ category: found.category, also: found.also, urgency: found.urgency }),
    });
    return await model.invoke(messages);
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.warn(
      { model: model.name, errorId: error.id, reason: error.message },
      "classification not refined by the model",
    );
    return undefined;
  }
}

/** JSON without `<`: no text can close the tag that it stands in. */
function toData(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function applyRefinement(
  text: string,
  found: Classification,
  { category, also, urgency, words }: ModelRefinement,
  categories: ReadonlyMap<CategoryId, CategoryDefinition>,
): Classification {
  const isQuoted = words !== "" && foldRequest(text).includes(foldRequest(words));
  if (category !== found.category && !isQuoted) return found;
  const categoryName = categories.get(category)?.name ?? category;
  const raised = moreUrgent(found.urgency, urgency);
  const grounds = isQuoted
    ? `提到“${words}”，经模型复核归入${categoryName}`
    : `经模型复核归入${categoryName}`;
  return {
    ...found,
    category,
    categoryName,
    also,
    parts: toModelParts(text, found, category, also),
    urgency: raised,
    reason: `${grounds}；${raised === found.urgency ? `紧急程度为${raised}` : `紧急程度由${found.urgency}调高为${raised}`}。`,
    alternatives: found.alternatives.filter((one) => one.category !== category),
    engine: "model",
  };
}

/** The rules' words of a matter where they had some, else the whole text. */
function toModelParts(
  text: string,
  found: Classification,
  category: CategoryId,
  also: readonly CategoryId[],
): Classification["parts"] {
  if (also.length === 0) return [{ category, words: text.trim() }];
  return [category, ...also].map((id) => ({
    category: id,
    words: found.parts.find((part) => part.category === id)?.words ?? text.trim(),
  }));
}
