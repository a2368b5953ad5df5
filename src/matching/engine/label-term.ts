import type { ProfileField } from "../../enterprises/index.ts";
import type { JudgeContext } from "./judge-context.ts";

/** The name that people read; an id that nothing names stays as it is. */
export function labelTerm(id: string, field: ProfileField, context: JudgeContext): string {
  const bare = id.startsWith("direction:") ? id.slice("direction:".length) : undefined;
  if (bare !== undefined) return (context.directions.get(bare) ?? context.directions.get(id))?.name ?? bare;
  const option = field.options?.find((each) => each.id === id);
  if (option) return context.language === "en" ? (option.labelEn ?? option.label) : option.label;
  if (field.vocabulary) return context.lexicon[field.vocabulary].get(id)?.name ?? id;
  return field.kind === "place" ? id.replaceAll("/", "") : id;
}
