import type { FormField, InboundAction, ReplyAction, ReplyBlock } from "../../conversation/index.ts";
import { type ActionPlace, type ActionRequest, MAX_FIELD_CHARACTERS } from "./schema.ts";
import type { Turn } from "./turn.ts";

export type FoundAction =
  | { outcome: "found"; action: InboundAction }
  /** Of another session, too old, or no longer what it was. */
  | { outcome: "stale" }
  /** Names of the fields, as the form labels them. */
  | { outcome: "incomplete"; missing: string[] };

/** What a button of this session's replies does. */
export function findAction(turns: readonly Turn[], request: ActionRequest): FoundAction {
  const { block, action } = locate(turns, request);
  if (!block || !action || action.name !== request.name) return { outcome: "stale" };
  const { name, values } = action;
  if (block.type !== "form") return { outcome: "found", action: { name, values } };
  const form = readForm(block.fields, request.form ?? {});
  // What withdraws or puts off must work while the form is empty.
  const checked = action === block.submit ? block.fields : [];
  const missing = checked.filter(({ required, name: field }) => required && !form[field]);
  if (missing.length > 0) return { outcome: "incomplete", missing: missing.map(({ label }) => label) };
  return { outcome: "found", action: { name, values, form } };
}

/** What stands on the button; undefined when its reply is no longer shown. */
export function findLabel(turns: readonly Turn[], place: ActionPlace): string | undefined {
  return locate(turns, place).action?.label;
}

function locate(
  turns: readonly Turn[],
  { turnId, block: blockIndex, action: actionIndex }: ActionPlace,
): { block?: ReplyBlock | undefined; action?: ReplyAction | undefined } {
  const block = turns.find((turn) => turn.turnId === turnId)?.reply.blocks[blockIndex];
  if (block?.type === "actions") return { block, action: block.actions[actionIndex] };
  if (block?.type === "form") return { block, action: [block.submit, ...(block.more ?? [])][actionIndex] };
  return {};
}

/** Only the form's own fields and, of a selection, its own options. */
function readForm(
  fields: readonly FormField[],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind, options }) => {
      const value = Object.hasOwn(given, name) ? (given[name] ?? "").slice(0, MAX_FIELD_CHARACTERS) : "";
      const offered = kind !== "select" || options?.some((option) => option.value === value);
      return offered ? [[name, value.trim()]] : [];
    }),
  );
}
