import { z } from "zod";

/** What the page sends. `clientMessageId` is made by the page once a message and kept over its retries. */
export const sendRequestSchema = z.strictObject({
  clientMessageId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  text: z.string(),
});

export const sessionRequestSchema = z.strictObject({
  /** Leaves the present conversation for a new one. */
  renew: z.boolean().default(false),
});

/** Opaque to the conversation. */
export const replyTargetSchema = z.object({ session: z.string() });
export type ReplyTarget = z.output<typeof replyTargetSchema>;
