import { z } from "zod";
import type { FieldId } from "../../enterprises/index.ts";
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

const storedSchema = z.object({
  messageKey: z.string(),
  state: stateSchema,
  previous: stateSchema.nullable(),
});

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

/**
 * One dialogue a person: what a group's message began goes on in the direct chat. A message that is worked on again after
 * a crash finds the state that it found the first time: else “30” would answer the question that came after its own.
 */
export async function openDialogue(
  { dialogues }: Pick<MatchingSkillOptions, "dialogues">,
  message: Pick<InboundMessage, "channel" | "messageKey">,
  { actor, at }: Pick<SkillContext, "actor" | "at">,
): Promise<Dialogue> {
  const sessionKey = `match:${actor.account}`;
  const messageKey = `${message.channel}:${message.messageKey}`;
  const record = await dialogues.getDialogue(sessionKey);
  const stored = storedSchema.safeParse(record?.state);
  const isFresh = !record || Date.parse(at) - Date.parse(record.updatedAt) > EXPIRY_MS;
  const before = stored.success && !isFresh ? readState(stored.data, messageKey) : FRESH;
  return {
    state: before,
    save: (state, enterpriseId) =>
      dialogues.saveDialogue({
        sessionKey,
        account: actor.account,
        enterpriseId,
        state: { messageKey, state, previous: before },
        updatedAt: at,
      }),
  };
}

function readState(stored: z.infer<typeof storedSchema>, messageKey: string): DialogueState {
  return stored.messageKey === messageKey ? (stored.previous ?? FRESH) : stored.state;
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
