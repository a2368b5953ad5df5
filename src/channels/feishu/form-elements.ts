import type { FormField, ReplyAction } from "../../conversation/index.ts";
import {
  type ButtonElement,
  type ButtonRow,
  type DateElement,
  type InputElement,
  plainText,
  type SelectElement,
} from "./card.ts";
import type { SignedAction } from "./card-scope.ts";
import { clip } from "./clip.ts";

/** As wide as 40 Chinese characters; Latin ones take half of that each. */
const MAX_BUTTON_WIDTH = 80;
const MAX_INPUT_CHARACTERS = 1_000;
/** Each counts as a component of the card, of which there may be 200. */
export const MAX_OPTIONS = 60;

/** With `formName` it submits the form around it. */
export function buttonElement(
  { label, style, confirm }: Pick<ReplyAction, "label" | "style" | "confirm">,
  value: SignedAction,
  formName?: string,
): ButtonElement {
  return {
    tag: "button",
    text: plainText(clipLabel(label)),
    type: style,
    ...(formName && { name: formName, form_action_type: "submit" as const }),
    behaviors: [{ type: "callback", value }],
    ...(confirm && { confirm: { title: plainText("请确认"), text: plainText(confirm) } }),
  };
}

function clipLabel(label: string): string {
  let width = 0;
  const fitting = [...label].filter((each) => {
    width += /[\u0020-\u024f]/u.test(each) ? 1 : 2;
    return width <= MAX_BUTTON_WIDTH;
  });
  return clip(label, fitting.length);
}

export function inputElement(field: FormField): InputElement {
  return {
    tag: "input",
    name: field.name,
    label: plainText(field.label),
    label_position: "top",
    width: "fill",
    input_type: field.kind === "multiline" ? "multiline_text" : "text",
    ...(field.required && { required: true as const }),
    ...(field.value && { default_value: [...field.value].slice(0, MAX_INPUT_CHARACTERS).join("") }),
    ...(field.placeholder && { placeholder: plainText(field.placeholder) }),
    max_length: MAX_INPUT_CHARACTERS,
  };
}

/** Undefined: there is nothing to choose, which the platform does not take. */
export function selectElement(field: FormField): SelectElement | undefined {
  const offered = field.options ?? [];
  if (offered.length === 0) return undefined;
  const options = offered
    .slice(0, MAX_OPTIONS)
    .map(({ value, label }) => ({ text: plainText(label), value }));
  const cut = offered.length > MAX_OPTIONS ? `（仅列前 ${MAX_OPTIONS} 项）` : "";
  const known = options.some(({ value }) => value === field.value);
  return {
    tag: "select_static",
    name: field.name,
    placeholder: plainText(`${field.placeholder ?? "请选择"}${cut}`),
    width: "fill",
    ...(field.required && { required: true as const }),
    ...(known && field.value && { initial_option: field.value }),
    options,
  };
}

export function dateElement(field: FormField): DateElement {
  return {
    tag: "date_picker",
    name: field.name,
    placeholder: plainText(field.placeholder ?? "请选择日期"),
    width: "fill",
    ...(field.required && { required: true as const }),
    ...(field.value && /^\d{4}-\d{2}-\d{2}$/.test(field.value) && { initial_date: field.value }),
  };
}

export function buttonRow(buttons: readonly ButtonElement[]): ButtonRow {
  return {
    tag: "column_set",
    flex_mode: "flow",
    horizontal_spacing: "8px",
    columns: buttons.map((button) => ({ tag: "column", width: "auto", elements: [button] })),
  };
}
