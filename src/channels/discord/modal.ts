import type { FormField, Reply } from "../../conversation/index.ts";
import { MAX_FIELD_CHARACTERS, readField } from "./form-pages.ts";
import { WORDS } from "./labels.ts";
import { clip } from "./markdown.ts";

const LIMITS = {
  title: 45,
  label: 45,
  description: 100,
  placeholder: 100,
  options: 25,
  option: 100,
} as const;

interface TextInput {
  type: 4;
  custom_id: string;
  style: 1 | 2;
  required: boolean;
  max_length: number;
  value?: string;
  placeholder?: string;
}

interface StringSelect {
  type: 3;
  custom_id: string;
  required: boolean;
  placeholder?: string;
  options: { label: string; value: string; default?: true }[];
}

export interface Modal {
  custom_id: string;
  title: string;
  components: { type: 18; label: string; description?: string; component: TextInput | StringSelect }[];
}

export interface ModalRequest {
  customId: string;
  title: string;
  fields: readonly FormField[];
  language: Reply["language"];
  /** Where another button than the form's own opens it, nothing has to be filled in. */
  optional: boolean;
}

/** One page of a form. Fields are named by their place, since their own names may be of any form. */
export function toModal({ customId, title, fields, language, optional }: ModalRequest): Modal {
  const words = WORDS[language];
  return {
    custom_id: customId,
    title: clip(title, LIMITS.title) || words.fill,
    components: fields.map((field, index) => {
      const required = field.required === true && !optional;
      const select = toSelect(field, `f${index}`, required, words.select);
      const isCut = field.label.length > LIMITS.label;
      return {
        type: 18,
        label: clip(field.label, LIMITS.label) || words.fill,
        ...(isCut && { description: clip(field.label, LIMITS.description) }),
        component: select ?? toInput(field, `f${index}`, required, language),
      };
    }),
  };
}

function toInput(field: FormField, id: string, required: boolean, language: Reply["language"]): TextInput {
  const words = WORDS[language];
  const value = (nameValue(field) ?? "").slice(0, MAX_FIELD_CHARACTERS);
  const hint =
    field.placeholder ??
    (field.kind === "date"
      ? words.dateHint
      : field.kind === "select"
        ? words.optionsHint((field.options ?? []).map(({ label }) => label).join("、"))
        : undefined);
  return {
    type: 4,
    custom_id: id,
    style: field.kind === "multiline" ? 2 : 1,
    required,
    max_length: MAX_FIELD_CHARACTERS,
    ...(value !== "" && { value }),
    ...(hint && { placeholder: clip(hint, LIMITS.placeholder) }),
  };
}

/** Undefined: too many options for the platform; their names can be typed. */
function toSelect(field: FormField, id: string, required: boolean, choose: string): StringSelect | undefined {
  const options = field.options ?? [];
  const fits =
    options.length <= LIMITS.options && options.every(({ value }) => value.length <= LIMITS.option);
  const distinct = new Set(options.map(({ value }) => value)).size === options.length;
  if (field.kind !== "select" || options.length === 0 || !fits || !distinct) return undefined;
  if (options.some(({ value }) => value === "")) return undefined;
  return {
    type: 3,
    custom_id: id,
    required,
    placeholder: clip(field.placeholder ?? choose, LIMITS.placeholder),
    options: options.map(({ value, label }) => ({
      label: clip(label, LIMITS.option) || value,
      value,
      ...(value === field.value && { default: true as const }),
    })),
  };
}

/** Of a choice that is typed, what people read. */
function nameValue({ kind, value, options }: FormField): string | undefined {
  if (kind !== "select") return value;
  return options?.find((option) => option.value === value)?.label;
}

/** What was submitted, by the fields' own names. */
export function readModal(
  fields: readonly FormField[],
  submitted: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    fields.map((field, index) => [field.name, readField(field, submitted.get(`f${index}`) ?? "")]),
  );
}
