import type { Reply, ReplyAction } from "../../conversation/index.ts";
import type { ButtonScope, ButtonSigner, Carried } from "./custom-id.ts";
import { splitPages } from "./form-pages.ts";
import { WORDS } from "./labels.ts";
import { clip } from "./markdown.ts";
import { type ButtonComponent, LIMITS } from "./message-body.ts";
import { needsForm } from "./needs-form.ts";
import type { MakeButtons } from "./pieces.ts";

const STYLES = { primary: 1, default: 2, danger: 4 } as const;

export interface ButtonSource {
  reply: Reply;
  /** Under which the reply is kept: what does not fit into a button is looked up there. */
  outboxId: string;
  scope: ButtonScope;
  signer: ButtonSigner;
}

/** Makes the buttons of one reply. What can be neither carried nor looked up gets none: its typed command is shown. */
export function createButtonMaker({ reply, outboxId, scope, signer }: ButtonSource): MakeButtons {
  return (action, place) => {
    const block = reply.blocks[place.block];
    const confirm = action.confirm !== undefined;
    if (block?.type === "form" && needsForm(action, block.fields, place.action === 0)) {
      const pages = splitPages(block.fields);
      return pages.flatMap((_fields, page) => {
        const carried: Carried = { do: "open-form", confirm: false, outboxId, ...place, page };
        const words = WORDS[reply.language];
        const what = place.action === 0 ? words.fill : action.label;
        const label = pages.length > 1 ? words.fillPart(what, page + 1, pages.length) : action.label;
        return makeButton(label, action.style, signer.write(carried, scope));
      });
    }
    const { name, values } = action;
    // What stands in the form goes along, and what is asked before it goes out: both are in the kept reply.
    const keptOnly = confirm || (block?.type === "form" && block.fields.some(({ value }) => value));
    const customId =
      (keptOnly ? undefined : signer.write({ do: "act", confirm, name, values }, scope)) ??
      signer.write({ do: "look-up", confirm, outboxId, ...place, page: 0 }, scope);
    return makeButton(action.label, action.style, customId);
  };
}

export function makeButton(
  label: string,
  style: ReplyAction["style"],
  customId: string | undefined,
): ButtonComponent[] {
  if (customId === undefined) return [];
  return [{ type: 2, style: STYLES[style], label: clip(label, LIMITS.label) || "…", custom_id: customId }];
}
