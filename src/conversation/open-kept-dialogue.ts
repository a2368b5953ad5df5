import { z } from "zod";
import type { InboundMessage, SkillContext } from "./types.ts";

interface KeptDialogue<State> {
  state: State;
  /** What is stored for this message when the state becomes `next`. */
  toStore(next: State): { sessionKey: string; account: string; state: unknown; updatedAt: string };
}

export interface DialogueKind<State> {
  /** One dialogue a person: `prefix:account`. What a group's message began goes on in the direct chat. */
  prefix: string;
  schema: z.ZodType<State>;
  fresh: State;
  /** After so long without a word of it, it counts as dropped. */
  expiryMs: number;
}

/**
 * A skill's dialogue with a person. A message that is worked on again after a crash finds the state that it found the first
 * time: else “30” would answer the question that came after its own.
 */
export async function openKeptDialogue<State>(
  { prefix, schema, fresh, expiryMs }: DialogueKind<State>,
  getDialogue: (sessionKey: string) => Promise<{ state: unknown; updatedAt: string } | undefined>,
  message: Pick<InboundMessage, "channel" | "messageKey">,
  { actor: { account }, at }: Pick<SkillContext, "actor" | "at">,
): Promise<KeptDialogue<State>> {
  const sessionKey = `${prefix}:${account}`;
  const messageKey = `${message.channel}:${message.messageKey}`;
  const record = await getDialogue(sessionKey);
  const stored = z
    .object({ messageKey: z.string(), state: schema, previous: schema.nullable() })
    .safeParse(record?.state);
  const isCurrent = record !== undefined && Date.parse(at) - Date.parse(record.updatedAt) <= expiryMs;
  const { data } = stored;
  const seen = data && isCurrent ? (data.messageKey === messageKey ? data.previous : data.state) : null;
  const state = seen ?? fresh;
  return {
    state,
    toStore: (next) => ({
      sessionKey,
      account,
      state: { messageKey, state: next, previous: state },
      updatedAt: at,
    }),
  };
}
