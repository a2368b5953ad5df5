import type { CategoryDefinition, CategoryId, SafetyFinding } from "../types.ts";
import type { CategorySigns } from "./score-categories.ts";

const MOST_WORDS = 3;

/** In Chinese, for people: which words decided the category, then why this urgency. */
export function explainClassification({
  category,
  categories,
  signs,
  also,
  safety,
  spam,
  confidence,
  text,
  because,
}: {
  category: CategoryId;
  categories: ReadonlyMap<CategoryId, CategoryDefinition>;
  signs: CategorySigns;
  also: readonly CategoryId[];
  safety: SafetyFinding | null;
  spam: boolean;
  confidence: number;
  text: string;
  because: string;
}): string {
  const name = (id: CategoryId) => categories.get(id)?.name ?? id;
  if (safety) return `提到“${safety.words}”，属险情，归入${name(category)}；${because}。`;
  if (spam) return `内容像推销或无意义信息，归入${name(category)}；${because}。`;
  const words = tellingWords(category, signs, text);
  const grounds =
    words.length > 0
      ? `提到“${words.join("、")}”，属${name(category)}`
      : `按整句意思，较接近${name(category)}`;
  const further = also.map((id) => {
    const said = tellingWords(id, signs, text);
    return said.length > 0 ? `另有“${said.join("、")}”，涉及${name(id)}` : `另涉及${name(id)}`;
  });
  const doubt = confidence < 0.5 ? ["把握不大，请核对类别"] : [];
  return `${[grounds, ...further, because, ...doubt].join("；")}。`;
}

/** The asker's own words, strongest first. */
function tellingWords(category: CategoryId, { hits }: CategorySigns, text: string): string[] {
  const found = hits
    .filter(({ tag }) => tag.category === category)
    .sort((a, b) => b.tag.weight - a.tag.weight || a.start - b.start)
    .map(({ start, end }) => text.slice(start, end));
  return [...new Set(found)].slice(0, MOST_WORDS);
}
