import type { SaidFact } from "../profile/weigh-fact.ts";
import type {
  Fact,
  FieldId,
  Profile,
  ProfileField,
  ProfileLexicon,
  ProfileReader,
  ReadingContext,
  ReadingProblem,
} from "../types.ts";
import { describeFact, nameTerm } from "./describe-fact.ts";

/** A field of a card's form; of the same shape as the conversation's own. */
export interface ProfileFormField {
  name: string;
  label: string;
  kind: "text" | "multiline" | "date" | "select";
  value?: string;
  options?: { value: string; label: string }[];
  placeholder?: string;
}

/** What a first form asks for. Others by name. */
export const USUAL_FIELDS: readonly FieldId[] = [
  "name",
  "credit-code",
  "industry-words",
  "industries",
  "stage",
  "founded-on",
  "district",
  "headcount",
  "revenue",
  "qualifications",
  "needs",
];

/** The form over what is known; out-of-date values stand in it to be corrected. */
export function profileForm(
  profile: Profile,
  lexicon: ProfileLexicon,
  fields: readonly FieldId[] = USUAL_FIELDS,
): ProfileFormField[] {
  return fields.flatMap((id) => {
    const field = lexicon.fields.get(id);
    return field ? [toFormField(field, findFact(profile, id), lexicon)] : [];
  });
}

function findFact(profile: Profile, id: FieldId): Fact | undefined {
  return profile.facts.get(id) ?? profile.stale.find(({ field }) => field === id);
}

function toFormField(field: ProfileField, fact: Fact | undefined, lexicon: ProfileLexicon): ProfileFormField {
  const value = fact && writeValue(fact, field, lexicon);
  const options = listOptions(field);
  return {
    name: field.id,
    label: field.label,
    kind: options ? "select" : field.id === "industry-words" ? "multiline" : "text",
    ...(value !== undefined && { value }),
    ...(options && { options }),
    ...(!options && { placeholder: writePlaceholder(field) }),
  };
}

function listOptions({ kind, options }: ProfileField): ProfileFormField["options"] | undefined {
  if (kind === "flag") {
    return [
      { value: "yes", label: "是" },
      { value: "no", label: "否" },
      { value: "unknown", label: "不清楚" },
    ];
  }
  if (kind !== "choice") return undefined;
  return [
    ...(options ?? []).map(({ id, label }) => ({ value: id, label })),
    { value: "unknown", label: "不清楚" },
  ];
}

/** As it can be read back. Undefined where nothing is chosen. */
function writeValue(
  { value, period }: Fact,
  field: ProfileField,
  lexicon: ProfileLexicon,
): string | undefined {
  switch (value.kind) {
    case "choice":
      return value.oneOf.length === 1 ? value.oneOf[0] : undefined;
    case "flag":
      return value.value ? "yes" : "no";
    case "declined":
      return field.kind === "choice" || field.kind === "flag" ? "unknown" : undefined;
    case "terms": {
      const held = value.has.filter(({ lapsed }) => lapsed !== true);
      return held.map(({ id }) => nameTerm(id, field, lexicon)).join("、") || undefined;
    }
    default:
      return describeFact({ value, period, source: { words: "" } }, field, "zh", lexicon);
  }
}

const PLACEHOLDERS: Readonly<Partial<Record<ProfileField["kind"], string>>> = {
  date: "如 2018年5月",
  place: "如 上海市奉贤区",
  terms: "多项用顿号分开",
};

function writePlaceholder({ kind, unit, ask }: ProfileField): string {
  if (kind === "number")
    return unit === "元" ? "如 4200万元、4–5亿元" : `如 300${unit ?? ""}、280–320${unit ?? ""}`;
  return PLACEHOLDERS[kind] ?? ask;
}

export interface ReadForm {
  /** What was changed, for `record` with a source of kind `form`. */
  facts: SaidFact[];
  problems: ReadingProblem[];
  /** Fields that were filled and came back empty: for `forget`. */
  emptied: FieldId[];
}

/** A submitted form against what stood in it: what came back unchanged is not said again. */
export function readForm(
  form: Readonly<Record<string, string>>,
  profile: Profile,
  lexicon: ProfileLexicon,
  reader: Pick<ProfileReader, "readValue">,
  context: ReadingContext,
): ReadForm {
  const read: ReadForm = { facts: [], problems: [], emptied: [] };
  for (const [id, input] of Object.entries(form)) {
    const field = lexicon.fields.get(id);
    if (!field) continue;
    const before = findFact(profile, id);
    const shown = before && writeValue(before, field, lexicon);
    const text = input.trim();
    if (text === (shown ?? "") && !profile.stale.some((fact) => fact.field === id)) continue;
    if (text === "") {
      if (before) read.emptied.push(id);
      continue;
    }
    readField(field, text, reader, context, read);
  }
  return read;
}

function readField(
  field: ProfileField,
  text: string,
  reader: Pick<ProfileReader, "readValue">,
  context: ReadingContext,
  read: ReadForm,
): void {
  const chosen = readChosen(field, text);
  if (chosen) {
    read.facts.push({ field: field.id, value: chosen, period: null, words: text, correction: false });
    return;
  }
  const result = reader.readValue(field.id, text, context);
  if (!result) return;
  if ("problem" in result) read.problems.push(result.problem);
  else read.facts.push({ ...result.fact, correction: false });
}

/** What stands in a form's list is chosen by id, not by words. */
function readChosen({ kind, options }: ProfileField, text: string): SaidFact["value"] | undefined {
  if (kind !== "choice" && kind !== "flag") return undefined;
  if (text === "unknown") return { kind: "declined" };
  if (kind === "flag")
    return text === "yes" || text === "no" ? { kind: "flag", value: text === "yes" } : undefined;
  return options?.some(({ id }) => id === text) ? { kind: "choice", oneOf: [text] } : undefined;
}
