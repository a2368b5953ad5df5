import type { FormField } from "../../conversation/index.ts";

/** A modal has at most so many fields. */
export const MAX_FIELDS = 5;

/** The fields of a form, as many as a modal takes at a time; a form without fields has one empty page. */
export function splitPages(fields: readonly FormField[]): FormField[][] {
  const pages: FormField[][] = [];
  const shown = fields.filter(({ kind, options }) => kind !== "select" || (options ?? []).length > 0);
  for (let from = 0; from < shown.length; from += MAX_FIELDS)
    pages.push(shown.slice(from, from + MAX_FIELDS));
  return pages.length > 0 ? pages : [[]];
}

/** What stands in a form before anybody changes it. */
export function readDefaults(fields: readonly FormField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ""]));
}

/** Labels of the required fields that are empty. */
export function listMissing(fields: readonly FormField[], form: Readonly<Record<string, string>>): string[] {
  return fields.flatMap(({ name, label, required }) => (required && !form[name]?.trim() ? [label] : []));
}

export const MAX_FIELD_CHARACTERS = 4_000;

/** What was typed into a field, as the field takes it: of a choice its value, of a date `YYYY-MM-DD`. */
export function readField(field: FormField, typed: string): string {
  const text = typed.slice(0, MAX_FIELD_CHARACTERS).trim();
  if (field.kind === "date") return readDate(text);
  if (field.kind !== "select" || text === "") return text;
  const options = field.options ?? [];
  const folded = text.normalize("NFKC").toLowerCase();
  const found =
    options.find(({ value }) => value === text) ??
    options.find(({ label }) => label.normalize("NFKC").toLowerCase() === folded);
  // Only the form's own options.
  return found?.value ?? "";
}

function readDate(text: string): string {
  const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u.exec(text.normalize("NFKC"));
  if (!found) return text;
  const [, year = "", month = "", day = ""] = found;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
