import type { FormField, ReplyAction } from "../../conversation/index.ts";

/** A typed command that ends so wants words behind it. */
const WANTS_WORDS = /(?:…|\.\.\.|\s(?:原因|部门|内容|说明|reason|text))$/iu;

/**
 * Whether a button of a form opens it. Discord shows forms only when they are opened: what works without a word (claiming, a
 * score, putting off) must not cost two presses. `first`: the form's own button, which also sends what stands in it already.
 */
export function needsForm(
  { command }: Pick<ReplyAction, "command">,
  fields: readonly FormField[],
  first: boolean,
): boolean {
  if (command === undefined || WANTS_WORDS.test(command.trim())) return true;
  return first && fields.some(({ required, value }) => required === true || (value ?? "") !== "");
}
