import { checkCustomId, checkSelect, readList } from "./check-components.ts";
import { checkText, createFinds, type Finds } from "./refusal.ts";
import type { Json } from "./world.ts";

const ROW = 1;
const SELECT = 3;
const TEXT_INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;

/** Throws 50035 for what the platform would not open. */
export function checkModal(data: Json): void {
  const finds = createFinds();
  checkText(finds, ["data", "title"], data["title"], { min: 1, max: 45 });
  checkText(finds, ["data", "custom_id"], data["custom_id"], { min: 1, max: 100 });
  const parts = readList(data["components"]);
  const at = ["data", "components"];
  if (parts.length === 0 || parts.length > 5)
    finds.add(at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
  const known = new Set<string>();
  for (const [index, part] of parts.entries()) checkPart(finds, [...at, index], part, known);
  finds.refuse();
}

function checkPart(finds: Finds, at: (string | number)[], part: Json, known: Set<string>): void {
  const type = part["type"];
  if (type === TEXT_DISPLAY) {
    checkText(finds, [...at, "content"], part["content"], { min: 1, max: 4_000 });
    return;
  }
  if (type === ROW) {
    const inside = readList(part["components"]);
    if (inside.length !== 1) finds.add([...at, "components"], "BASE_TYPE_BAD_LENGTH", "Must be 1 in length.");
    const [input] = inside;
    if (!input) return;
    checkText(finds, [...at, "components", 0, "label"], input["label"], { min: 1, max: 45 });
    checkInput(finds, [...at, "components", 0], input, known, [TEXT_INPUT]);
    return;
  }
  if (type !== LABEL) {
    finds.add([...at, "type"], "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).');
    return;
  }
  checkText(finds, [...at, "label"], part["label"], { min: 1, max: 45 });
  checkText(finds, [...at, "description"], part["description"], { max: 100 });
  checkInput(finds, [...at, "component"], (part["component"] ?? {}) as Json, known, [TEXT_INPUT, SELECT]);
}

function checkInput(
  finds: Finds,
  at: (string | number)[],
  input: Json,
  known: Set<string>,
  types: number[],
): void {
  if (!types.includes(Number(input["type"]))) {
    finds.add(
      [...at, "type"],
      "UNION_TYPE_CHOICES",
      `Value of field "type" must be one of (${types.join(", ")}).`,
    );
    return;
  }
  if (input["type"] === SELECT) {
    checkSelect(finds, at, input, known);
    return;
  }
  checkCustomId(finds, at, input, known);
  const min = Number(input["min_length"] ?? 0);
  const max = Number(input["max_length"] ?? 4_000);
  if (![1, 2].includes(Number(input["style"])))
    finds.add([...at, "style"], "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
  if (min < 0 || min > 4_000)
    finds.add([...at, "min_length"], "NUMBER_TYPE_MAX", "Must be between 0 and 4000.");
  if (max < 1 || max > 4_000 || max < min)
    finds.add([...at, "max_length"], "NUMBER_TYPE_MAX", "Must be between 1 and 4000.");
  checkText(finds, [...at, "placeholder"], input["placeholder"], { max: 100 });
  checkText(finds, [...at, "value"], input["value"], { max });
}

/** The inputs of a modal in their order; `labelled`: with a label around it, not in a row. */
export function inputsOf(modal: Json): { input: Json; label: string; labelled: boolean }[] {
  return readList(modal["components"]).flatMap((part): ReturnType<typeof inputsOf> => {
    if (part["type"] === ROW)
      return readList(part["components"]).map((input) => ({
        input,
        label: String(input["label"] ?? ""),
        labelled: false,
      }));
    if (part["type"] === LABEL)
      return [
        { input: (part["component"] ?? {}) as Json, label: String(part["label"] ?? ""), labelled: true },
      ];
    return [];
  });
}
