import { findContacts } from "./find-contacts.ts";
import { findNumbers } from "./find-numbers.ts";
import { foldNumerals, foldUnits } from "./fold-units.ts";
import type { PersonalDataKind, PersonalSpan } from "./redact-types.ts";

const WAYS: ReadonlySet<PersonalDataKind> = new Set(["phone", "email", "chat-id"]);
const HIDDEN = "〔联系方式〕";

export interface HiddenContacts {
  text: string;
  /** What was hidden, as written, each once. */
  contacts: string[];
}

/** Telephones, mail and chat addresses in what an asker wrote; everything else stays as it is. */
export function hideContacts(text: string): HiddenContacts {
  const folded = foldUnits(text);
  const spans = [...findContacts(folded), ...findNumbers(foldNumerals(folded))]
    .filter(({ kind }) => WAYS.has(kind))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
  let shown = "";
  let at = 0;
  const contacts = new Set<string>();
  for (const { start, end } of spans satisfies PersonalSpan[]) {
    if (start < at) continue;
    contacts.add(text.slice(start, end).trim());
    shown += text.slice(at, start) + HIDDEN;
    at = end;
  }
  return { text: shown + text.slice(at), contacts: [...contacts] };
}
