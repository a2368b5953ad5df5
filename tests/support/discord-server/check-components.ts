import { checkText, type Finds } from "./refusal.ts";
import type { Json } from "./world.ts";

type Path = readonly (string | number)[];

const ROW = 1;
const BUTTON = 2;
const LINK_STYLE = 5;
const SELECTS = [3, 5, 6, 7, 8];

export function readList(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** Rows of buttons and selects under a message. */
export function checkComponents(finds: Finds, at: Path, value: unknown): void {
  if (value === undefined || value === null) return;
  const rows = readList(value);
  if (rows.length > 5) finds.add(at, "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.");
  const known = new Set<string>();
  for (const [index, row] of rows.entries()) checkRow(finds, [...at, index], row, known);
}

function checkRow(finds: Finds, at: Path, row: Json, known: Set<string>): void {
  if (row["type"] !== ROW) {
    finds.add([...at, "type"], "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).');
    return;
  }
  const parts = readList(row["components"]);
  const path = [...at, "components"];
  const selects = parts.filter(({ type }) => SELECTS.includes(Number(type))).length;
  if (parts.length === 0 || parts.length > 5)
    finds.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
  if (selects > 0 && parts.length > 1)
    finds.add(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
  for (const [index, part] of parts.entries()) {
    const place = [...path, index];
    if (part["type"] === BUTTON) checkButton(finds, place, part, known);
    else if (SELECTS.includes(Number(part["type"]))) checkSelect(finds, place, part, known);
    else
      finds.add(
        [...place, "type"],
        "UNION_TYPE_CHOICES",
        'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).',
      );
  }
}

function checkButton(finds: Finds, at: Path, button: Json, known: Set<string>): void {
  const style = Number(button["style"]);
  if (![1, 2, 3, 4, LINK_STYLE].includes(style))
    finds.add([...at, "style"], "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).");
  checkText(finds, [...at, "label"], button["label"], { max: 80 });
  if (!button["label"] && !button["emoji"])
    finds.add(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required");
  if (style !== LINK_STYLE) {
    checkCustomId(finds, at, button, known);
    return;
  }
  if (button["custom_id"] !== undefined)
    finds.add(at, "BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED", "A custom id and url cannot both be specified");
  checkUrl(finds, [...at, "url"], button["url"], 512);
}

export function checkCustomId(finds: Finds, at: Path, part: Json, known: Set<string>): void {
  const id = part["custom_id"];
  checkText(finds, [...at, "custom_id"], id, { min: 1, max: 100 });
  if (typeof id !== "string") return;
  if (known.has(id))
    finds.add(
      [...at, "custom_id"],
      "COMPONENT_CUSTOM_ID_DUPLICATED",
      "Component custom id cannot be duplicated",
    );
  known.add(id);
}

export function checkSelect(finds: Finds, at: Path, select: Json, known: Set<string>): void {
  checkCustomId(finds, at, select, known);
  checkText(finds, [...at, "placeholder"], select["placeholder"], { max: 150 });
  const min = Number(select["min_values"] ?? 1);
  const max = Number(select["max_values"] ?? 1);
  if (min < 0 || min > 25)
    finds.add([...at, "min_values"], "NUMBER_TYPE_MAX", "int value should be between 0 and 25.");
  if (max < 1 || max > 25 || max < min)
    finds.add([...at, "max_values"], "NUMBER_TYPE_MAX", "int value should be between 1 and 25.");
  if (select["type"] !== 3) return;
  const options = readList(select["options"]);
  const path = [...at, "options"];
  if (options.length === 0 || options.length > 25)
    finds.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.");
  if (max > options.length)
    finds.add(
      [...at, "max_values"],
      "BASE_TYPE_BAD_LENGTH",
      "max_values is greater than the number of options",
    );
  const values = new Set<unknown>();
  for (const [index, option] of options.entries()) {
    const place = [...path, index];
    checkText(finds, [...place, "label"], option["label"], { min: 1, max: 100 });
    checkText(finds, [...place, "value"], option["value"], { min: 1, max: 100 });
    checkText(finds, [...place, "description"], option["description"], { max: 100 });
    if (values.has(option["value"]))
      finds.add(
        [...place, "value"],
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        "The specified option value is already used",
      );
    values.add(option["value"]);
  }
  const chosen = options.filter((option) => option["default"] === true).length;
  if (chosen > max)
    finds.add(path, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "The number of default values exceeds max_values");
}

export function checkUrl(finds: Finds, at: Path, value: unknown, max = 2048): void {
  checkText(finds, at, value, { min: 1, max });
  if (typeof value !== "string") return;
  if (!URL.canParse(value)) {
    finds.add(at, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    return;
  }
  const { protocol, hostname } = new URL(value);
  if (!["http:", "https:", "discord:", "attachment:"].includes(protocol))
    finds.add(at, "URL_TYPE_INVALID_SCHEME", `Scheme "${protocol.slice(0, -1)}" is not supported.`);
  if (protocol !== "attachment:" && hostname === "")
    finds.add(at, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
}
