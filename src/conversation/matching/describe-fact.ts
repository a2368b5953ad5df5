import {
  type Fact,
  type FieldId,
  type ProfileLexicon,
  describeFact as writeFact,
} from "../../enterprises/index.ts";
import { type Language, say } from "./matching-parts.ts";

export function describeField(field: FieldId, lexicon: ProfileLexicon, language: Language): string {
  const known = lexicon.fields.get(field);
  return known ? say(language, known.label, known.labelEn) : field;
}

export function describeFact(fact: Fact, lexicon: ProfileLexicon, language: Language): string {
  return writeFact(fact, lexicon.fields.get(fact.field), language, lexicon);
}
