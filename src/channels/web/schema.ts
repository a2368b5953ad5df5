import { z } from "zod";

const clientMessageId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

/** `auto`: that of the words. */
const language = z.enum(["zh", "en", "auto"]);

/** What the page sends. `clientMessageId` is made by the page once a message and kept over its retries. */
export const sendRequestSchema = z.strictObject({
  clientMessageId,
  text: z.string(),
  language: language.optional(),
});
export type SendRequest = z.output<typeof sendRequestSchema>;

/** The fields beside the files. */
export const filesRequestSchema = z.strictObject({
  clientMessageId,
  text: z.string().default(""),
  language: language.optional(),
});

/** Longer contents of a field are cut, as the page's own fields do. */
export const MAX_FIELD_CHARACTERS = 1_000;

/**
 * A pressed button or a submitted form, by its place in a reply of this session. What it does is read from the stored
 * reply, never taken from the page; the name is a check against replies that a new release renders differently.
 */
export const actionRequestSchema = z.strictObject({
  clientMessageId,
  turnId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  block: z.int().min(0).max(999),
  action: z.int().min(0).max(99),
  name: z.string().min(1).max(64),
  form: z.record(z.string().max(64), z.string().max(20_000)).optional(),
  language: language.optional(),
});
export type ActionRequest = z.output<typeof actionRequestSchema>;

/** Where a button stands. */
export type ActionPlace = Pick<ActionRequest, "turnId" | "block" | "action">;

export const sessionRequestSchema = z.strictObject({
  /** Leaves the present conversation for a new one. */
  renew: z.boolean().default(false),
  /** The page stands in another site's frame. */
  embedded: z.boolean().default(false),
  language: language.optional(),
});

/** Opaque to the conversation. */
export const replyTargetSchema = z.object({ session: z.string() });
export type ReplyTarget = z.output<typeof replyTargetSchema>;
