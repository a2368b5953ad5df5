import { readList } from "./check-components.ts";
import { checkText, createFinds, type Finds } from "./refusal.ts";
import type { Json } from "./world.ts";

type Path = readonly (string | number)[];

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES = new Set(
  "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko".split(
    " ",
  ),
);
const SUB_COMMAND = 1;
const SUB_COMMAND_GROUP = 2;
const CHOOSABLE = [3, 4, 10];

/** Throws 50035 for a command that the platform would not register. */
export function checkCommand(command: Json, at: Path = []): void {
  const finds = createFinds();
  checkNamed(finds, at, command);
  const contexts = command["contexts"];
  if (
    contexts !== undefined &&
    contexts !== null &&
    readList(contexts).some((each) => ![0, 1, 2].includes(Number(each)))
  )
    finds.add([...at, "contexts"], "BASE_TYPE_CHOICES", "Value must be one of (0, 1, 2).");
  checkOptions(finds, [...at, "options"], command["options"]);
  finds.refuse();
}

function checkNamed(finds: Finds, at: Path, part: Json): void {
  checkName(finds, [...at, "name"], part["name"]);
  checkText(finds, [...at, "description"], part["description"], { min: 1, max: 100 });
  for (const [locale, name] of localised(finds, [...at, "name_localizations"], part["name_localizations"]))
    checkName(finds, [...at, "name_localizations", locale], name);
  const descriptions = localised(
    finds,
    [...at, "description_localizations"],
    part["description_localizations"],
  );
  for (const [locale, text] of descriptions)
    checkText(finds, [...at, "description_localizations", locale], text, { min: 1, max: 100 });
}

function localised(finds: Finds, at: Path, value: unknown): [string, unknown][] {
  if (value === undefined || value === null) return [];
  const entries = Object.entries(value as Json);
  for (const [locale] of entries)
    if (!LOCALES.has(locale))
      finds.add([...at, locale], "BASE_TYPE_CHOICES", "Value must be one of the locales.");
  return entries.filter(([, text]) => text !== null);
}

function checkName(finds: Finds, at: Path, name: unknown): void {
  checkText(finds, at, name, { min: 1, max: 32 });
  if (typeof name !== "string") return;
  if (!NAME.test(name) || name !== name.toLowerCase())
    finds.add(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
}

function checkOptions(finds: Finds, at: Path, value: unknown): void {
  const options = readList(value);
  if (options.length > 25) finds.add(at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
  const names = new Set<unknown>();
  let optionalSeen = false;
  for (const [index, option] of options.entries()) {
    const place = [...at, index];
    const type = Number(option["type"]);
    if (!Number.isInteger(type) || type < 1 || type > 11)
      finds.add([...place, "type"], "BASE_TYPE_CHOICES", "Value must be one of (1, 2, …, 11).");
    checkNamed(finds, place, option);
    if (names.has(option["name"]))
      finds.add(
        [...place, "name"],
        "APPLICATION_COMMAND_OPTIONS_NAME_NOT_UNIQUE",
        "Option names must be unique",
      );
    names.add(option["name"]);
    if (option["required"] === true && optionalSeen)
      finds.add(
        place,
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
      );
    if (option["required"] !== true) optionalSeen = true;
    if (type === SUB_COMMAND || type === SUB_COMMAND_GROUP)
      checkOptions(finds, [...place, "options"], option["options"]);
    checkChoices(finds, place, option, type);
  }
}

function checkChoices(finds: Finds, at: Path, option: Json, type: number): void {
  const choices = readList(option["choices"]);
  if (choices.length > 25)
    finds.add([...at, "choices"], "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
  if (choices.length > 0 && !CHOOSABLE.includes(type))
    finds.add(
      [...at, "choices"],
      "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
      "Choices are not allowed here",
    );
  if (choices.length > 0 && option["autocomplete"] === true)
    finds.add(
      at,
      "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
      "autocomplete and choices exclude each other",
    );
  for (const [index, choice] of choices.entries()) {
    checkText(finds, [...at, "choices", index, "name"], choice["name"], { min: 1, max: 100 });
    if (type === 3)
      checkText(finds, [...at, "choices", index, "value"], choice["value"], { min: 1, max: 100 });
  }
  const [min, max] = [option["min_length"], option["max_length"]];
  if (min !== undefined && (Number(min) < 0 || Number(min) > 6_000))
    finds.add([...at, "min_length"], "NUMBER_TYPE_MIN", "Must be between 0 and 6000.");
  if (max !== undefined && (Number(max) < 1 || Number(max) > 6_000))
    finds.add([...at, "max_length"], "NUMBER_TYPE_MAX", "Must be between 1 and 6000.");
}

/** What autocomplete answers with; throws 50035. */
export function checkSuggestions(value: unknown): void {
  const finds = createFinds();
  const choices = readList(value);
  if (choices.length > 25)
    finds.add(["data", "choices"], "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
  for (const [index, choice] of choices.entries()) {
    checkText(finds, ["data", "choices", index, "name"], choice["name"], { min: 1, max: 100 });
    if (typeof choice["value"] === "string")
      checkText(finds, ["data", "choices", index, "value"], choice["value"], { min: 1, max: 100 });
  }
  finds.refuse();
}
