import { z } from "zod";
import type { DraftAnswer, TicketAsker } from "../../triage/index.ts";
import { openKeptDialogue } from "../open-kept-dialogue.ts";
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

export interface TicketDialogue {
  state: TicketDialogueState;
  save(state: TicketDialogueState): Promise<void>;
}

const FRESH: TicketDialogueState = { pending: null, last: null };

/** One a person: what a group's message began is confirmed in the direct chat. */
export async function openTicketDialogue(
  { dialogues }: Pick<TicketSkillOptions, "dialogues">,
  message: Pick<InboundMessage, "channel" | "messageKey">,
  context: Pick<SkillContext, "actor" | "at">,
): Promise<TicketDialogue> {
  const kind = { prefix: "ticket", schema: stateSchema, fresh: FRESH, expiryMs: EXPIRY_MS };
  const kept = await openKeptDialogue(kind, dialogues.getDialogue, message, context);
  return { state: kept.state, save: (state) => dialogues.saveDialogue(kept.toStore(state)) };
}
