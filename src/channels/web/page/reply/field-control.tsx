import type { FormField } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";

const MAX_LENGTH = 1000;

/** The browser's own controls: they know every keyboard, screen reader and phone. */
export function FieldControl({ field, id, words }: { field: FormField; id: string; words: Words }) {
  const { kind, name, value, options = [], placeholder, required } = field;
  const common = {
    id,
    name,
    className: "form__control",
    required: required === true,
    defaultValue: value ?? "",
  };
  switch (kind) {
    case "multiline":
      return <textarea {...common} rows={3} maxLength={MAX_LENGTH} placeholder={placeholder} />;
    case "select":
      return (
        <select {...common}>
          <option value="">{placeholder ?? words.choose}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    case "date":
      return <input {...common} type="date" />;
    default:
      return <input {...common} type="text" maxLength={MAX_LENGTH} placeholder={placeholder} />;
  }
}
