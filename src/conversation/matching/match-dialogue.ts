import { z } from "zod";
import type { FieldId } from "../../enterprises/index.ts";
import { openKeptDialogue } from "../open-kept-dialogue.ts";
import type { InboundMessage, SkillContext } from "../types.ts";
import type { MatchingSkillOptions } from "./matching-parts.ts";

/** After so long without a word of it, a question counts as dropped. */
const EXPIRY_MS = 60 * 60 * 1000;
/** Turns in which something is asked, in one dialogue. */
export const MAX_ASKING_TURNS = 4;

const stateSchema = z.object({
  /** Asked in the last turn. */
  asked: z.array(z.string()),
  /** Asked in any turn of it: not asked again. */
  everAsked: z.array(z.string()),
  turns: z.number(),
  /** Programs of the last result, best first: for “这个”, “第2个”. */
  shown: z.array(z.string()),
  language: z.enum(["zh", "en"]).nullable().default(null),
  /** The one program that was asked about: answers lead back to it. */
  focus: z.string().nullable().default(null),
  /** The group in which it began, whose binding it keeps in the direct chat. */
  chat: z.string().nullable(),
  pending: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("delete") }),
      z.object({ kind: z.literal("code"), code: z.string() }),
    ])
    .nullable(),
});

export type DialogueState = z.infer<typeof stateSchema>;

export interface Dialogue {
  state: DialogueState;
  save(state: DialogueState, enterpriseId: string | null): Promise<void>;
}

export const FRESH: DialogueState = {
  asked: [],
  everAsked: [],
  turns: 0,
  shown: [],
  language: null,
  focus: null,
  chat: null,
  pending: null,
};

/** One a person: what a group's message began goes on in the direct chat. */
export async function openDialogue(
  { dialogues }: Pick<MatchingSkillOptions, "dialogues">,
  message: Pick<InboundMessage, "channel" | "messageKey">,
  context: Pick<SkillContext, "actor" | "at">,
): Promise<Dialogue> {
  const kind = { prefix: "match", schema: stateSchema, fresh: FRESH, expiryMs: EXPIRY_MS };
  const kept = await openKeptDialogue(kind, dialogues.getDialogue, message, context);
  return {
    state: kept.state,
    save: (state, enterpriseId) => dialogues.saveDialogue({ ...kept.toStore(state), enterpriseId }),
  };
}

/** The state after questions were put; without any, nothing is open. */
export function afterAsking(state: DialogueState, fields: readonly FieldId[]): DialogueState {
  return {
    ...state,
    asked: [...fields],
    everAsked: [...new Set([...state.everAsked, ...fields])],
    turns: state.turns + (fields.length > 0 ? 1 : 0),
  };
}
