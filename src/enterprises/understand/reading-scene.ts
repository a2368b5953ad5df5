import type { FieldId, ProfileField, ProfileLexicon, ReadFact } from "../types.ts";
import { foldText } from "./fold-text.ts";
import { type ChoiceReader, createChoiceReader } from "./read-choices.ts";
import { type DateMention, readDates } from "./read-dates.ts";
import { type Figure, readFigures } from "./read-figures.ts";
import { createHeldReader, type HeldReader } from "./read-held-terms.ts";
import { findCreditCodes } from "./read-identity.ts";
import { createIndustryReader, type IndustryReader } from "./read-industries.ts";
import { createNeedReader, type NeedReader } from "./read-needs.ts";
import { createPlaceReader, type FindPlaces, type PlaceReader } from "./read-places.ts";
import { type Clause, splitClauses } from "./split-clauses.ts";

/** Everything that reads one kind of thing, made once from the lexicon. */
export interface FieldReaders {
  lexicon: ProfileLexicon;
  industries: IndustryReader;
  needs: NeedReader;
  qualifications: HeldReader;
  ip: HeldReader;
  places: PlaceReader;
  choices: ReadonlyMap<FieldId, ChoiceReader>;
}

export function createFieldReaders(
  lexicon: ProfileLexicon,
  findPlaces: FindPlaces | undefined,
): FieldReaders {
  const ip = lexicon.fields.get("ip")?.options ?? [];
  const patents = ["invention-patent", "utility-patent", "design-patent"];
  return {
    lexicon,
    industries: createIndustryReader(lexicon),
    needs: createNeedReader(lexicon),
    qualifications: createHeldReader({
      terms: [...lexicon.qualifications.values()].map((term) => ({
        ...term,
        words: [term.name, ...term.words],
      })),
      none: /(?:什么|啥|任何)(?:资质|称号|证书|认定|荣誉)?(?:也|都)?没(?:有|拿|评)|(?:没有?|无)(?:任何)?(?:资质|称号|认定)/u,
      only: /(?:只有|仅有|就(?:一个|只有)?)[^，。]{0,8}(?:高企|高新|专精特新|资质)/u,
      groups: [],
    }),
    ip: createHeldReader({
      terms: ip.map((option) => ({ ...option, words: [option.label, ...option.words] })),
      none: /(?:没有?|无|尚无|还没有?)(?:任何|自己的|核心)?知识产权/u,
      only: /(?:只有|仅有)[^，。]{0,8}(?:专利|商标|软著)/u,
      groups: [{ word: /专利/gu, ids: patents }],
    }),
    places: createPlaceReader(findPlaces, lexicon.localities ?? []),
    choices: new Map(
      [...lexicon.fields.values()]
        .filter(({ kind }) => kind === "choice")
        .map((field) => [field.id, createChoiceReader(field)]),
    ),
  };
}

/** One text, taken apart once. Offsets are those of the text as it was written. */
export interface ReadingScene {
  written: string;
  /** Folded, with frequent slips of the keyboard mended; as long as what was written. */
  text: string;
  clauses: Clause[];
  dates: DateMention[];
  codes: ReturnType<typeof findCreditCodes>;
  figures: Figure[];
  today: string;
}

export function setScene(written: string, today: string, lexicon: ProfileLexicon): ReadingScene {
  const text = mendSlips(foldText(written), lexicon.slips ?? new Map());
  const dates = readDates(text, today);
  const codes = findCreditCodes(text);
  const taken = [...dates, ...codes].sort((a, b) => a.start - b.start);
  return {
    written,
    text,
    clauses: splitClauses(text),
    dates,
    codes,
    figures: readFigures(text, taken),
    today,
  };
}

function mendSlips(text: string, slips: ReadonlyMap<string, string>): string {
  let mended = text;
  for (const [wrong, right] of slips) mended = mended.replaceAll(wrong, right);
  return mended;
}

/** A fact with the words that it was read from, verbatim. */
export function factAt(
  field: FieldId,
  value: ReadFact["value"],
  span: { start: number; end: number },
  { written }: Pick<ReadingScene, "written">,
  period: string | null = null,
): ReadFact {
  const { start, end } = span;
  return { field, value, period, words: written.slice(start, end), start, end, correction: false };
}

export function unitOf(field: ProfileField | undefined): Figure["unit"] | undefined {
  switch (field?.unit) {
    case "元":
      return "money";
    case "人":
      return "people";
    case "平方米":
      return "area";
    case "%":
      return "percent";
    default:
      return field?.kind === "number" ? "count" : undefined;
  }
}
