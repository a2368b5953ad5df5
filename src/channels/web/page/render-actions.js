import { confirmAction } from "./confirm-action.js";
import { element } from "./dom.js";

let forms = 0;

/**
 * Buttons and forms of a reply. `press` gets the place in the reply, the label and the contents of the form, and resolves
 * when there is an outcome; until then a second press does nothing.
 */
export function renderActions({ actions }, blockIndex, words, press) {
  const buttons = actions.map((action, index) => {
    const button = renderButton(action, "button");
    const place = { block: blockIndex, action: index, name: action.name };
    button.addEventListener("click", () => run(button, action, words, () => press(place, action.label)));
    return button;
  });
  return element("div", { class: "actions" }, ...buttons);
}

/** `more` are further buttons that send the same contents; only the first asks for what is required. */
export function renderForm({ fields, submit, more = [] }, blockIndex, words, press) {
  forms += 1;
  const prefix = `form-${forms}`;
  const actions = [submit, ...more];
  const buttons = actions.map((action, index) => renderButton(action, "submit", index > 0));
  const form = element(
    "form",
    { class: "form", "aria-label": submit.label, autocomplete: "off" },
    ...fields.map((field) => renderField(field, `${prefix}-${field.name}`, words)),
    element("div", { class: "actions" }, ...buttons),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const contents = Object.fromEntries(new FormData(form));
    // Enter in a field presses the first.
    const index = Math.max(0, buttons.indexOf(event.submitter));
    const action = actions[index];
    const place = { block: blockIndex, action: index, name: action.name };
    run(buttons[index], action, words, () => press(place, action.label, contents), buttons);
  });
  return form;
}

function renderButton({ label, style }, type, formnovalidate = false) {
  return element("button", { class: `button button--action button--${style}`, type, formnovalidate }, label);
}

/** The button keeps the focus, so it is only said to be disabled; with it those that send the same contents. */
async function run(button, { confirm }, words, press, group = [button]) {
  if (button.getAttribute("aria-disabled") === "true") return;
  if (confirm && !(await confirmAction(confirm, words))) return;
  for (const each of group) each.setAttribute("aria-disabled", "true");
  try {
    await press();
  } finally {
    for (const each of group) each.removeAttribute("aria-disabled");
  }
}

const MAX_LENGTH = 1000;

function renderField(field, id, words) {
  const { label, required } = field;
  return element(
    "div",
    { class: "form__field" },
    element(
      "label",
      { class: "form__label", for: id },
      label,
      required && element("span", { class: "form__required" }, `（${words.required}）`),
    ),
    renderControl(
      field,
      { id, name: field.name, class: "form__control", required: required === true },
      words,
    ),
  );
}

function renderControl({ kind, value, options = [], placeholder }, attributes, words) {
  switch (kind) {
    case "multiline": {
      const area = element("textarea", { ...attributes, rows: 3, maxlength: MAX_LENGTH, placeholder });
      area.value = value ?? "";
      return area;
    }
    case "select": {
      const offered = [{ value: "", label: placeholder ?? words.choose }, ...options];
      const items = offered.map((option) =>
        element("option", { value: option.value, selected: option.value === (value ?? "") }, option.label),
      );
      return element("select", attributes, ...items);
    }
    case "date":
      return element("input", { ...attributes, type: "date", value });
    default:
      return element("input", { ...attributes, type: "text", maxlength: MAX_LENGTH, value, placeholder });
  }
}
