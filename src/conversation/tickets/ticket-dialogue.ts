import { z } from "zod";
import type { DraftAnswer, TicketAsker } from "../../triage/index.ts";
import type { InboundMessage, SkillContext } from "../types.ts";
import type { TicketSkillOptions } from "./ticket-parts.ts";

/** A card that was not confirmed for so long counts as dropped. */
const EXPIRY_MS = 30 * 60 * 1000;

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

const pendingSchema = z.object({
  /** Of the message that began it; one ticket for one key. */
  requestKey: z.string(),
  language: z.enum(["zh", "en"]),
  /** Empty: the asker is to write it next. */
  text: z.string(),
  context: z.array(z.string()),
  contact: z.string().nullable(),
  share: z.boolean(),
  files: z.array(
    z.object({ fileId: z.string(), name: z.string(), mediaType: z.string(), bytes: z.number() }),
  ),
  /** The chat in which the card stands; null: the asker's direct chat. */
  place: z.string().nullable(),
  asker: z.custom<TicketAsker>(isObject),
  /** The group whose binding decides whose profile it is. */
  chat: z.string().nullable(),
  draft: z.custom<DraftAnswer>(isObject).nullable(),
  similar: z.object({ ticketId: z.string(), number: z.string() }).nullable(),
});

/** A request that was shown to its asker and is not handed over yet. */
export type PendingRequest = z.infer<typeof pendingSchema>;

const stateSchema = z.object({
  pending: pendingSchema.nullable(),
  /** What became of the last one, for a second click. */
  last: z.object({ requestKey: z.string(), number: z.string().nullable() }).nullable(),
});

export type TicketDialogueState = z.infer<typeof stateSchema>;

const storedSchema = z.object({
  messageKey: z.string(),
  state: stateSchema,
  previous: stateSchema,
});

export interface TicketDialogue {
  state: TicketDialogueState;
  save(state: TicketDialogueState): Promise<void>;
}

const FRESH: TicketDialogueState = { pending: null, last: null };

/**
 * One a person: what a group's message began is confirmed in the direct chat. A message that is worked on again after a crash
 * finds the state that it found the first time.
 */
export async function openTicketDialogue(
  { dialogues }: Pick<TicketSkillOptions, "dialogues">,
  message: Pick<InboundMessage, "channel" | "messageKey">,
  { actor, at }: Pick<SkillContext, "actor" | "at">,
): Promise<TicketDialogue> {
  const sessionKey = `ticket:${actor.account}`;
  const messageKey = `${message.channel}:${message.messageKey}`;
  const record = await dialogues.getDialogue(sessionKey);
  const stored = storedSchema.safeParse(record?.state);
  const isFresh = !record || Date.parse(at) - Date.parse(record.updatedAt) > EXPIRY_MS;
  const before = stored.success && !isFresh ? readState(stored.data, messageKey) : FRESH;
  return {
    state: before,
    save: (state) =>
      dialogues.saveDialogue({
        sessionKey,
        account: actor.account,
        state: { messageKey, state, previous: before },
        updatedAt: at,
      }),
  };
}

function readState(stored: z.infer<typeof storedSchema>, messageKey: string): TicketDialogueState {
  return stored.messageKey === messageKey ? stored.previous : stored.state;
}
