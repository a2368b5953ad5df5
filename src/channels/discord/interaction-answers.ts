import type { CallApi } from "./call-api.ts";
import { DiscordCallError, describeFailure } from "./failures.ts";
import type { MessageBody } from "./message-body.ts";
import type { Modal } from "./modal.ts";
import type { DiscordContext } from "./settings.ts";

/** The first answer to an interaction, which the platform wants within 3 s and takes once. */
export type FirstAnswer =
  | { type: 4 | 7; data: Partial<MessageBody> }
  | { type: 5; data?: { flags: number } }
  | { type: 6 }
  | { type: 8; data: { choices: { name: string; value: string }[] } }
  | { type: 9; data: Modal };

export interface InteractionAnswers {
  /** Never rejects: what comes too late is replied to by an ordinary message. */
  answer(interaction: { id: string; token: string }, first: FirstAnswer): Promise<boolean>;
  /** From now until the returned function is called, `settled` waits: a reply must not come before the first answer. */
  begin(interactionId: string): () => void;
  settled(interactionId: string): Promise<void>;
}

export function createInteractionAnswers(call: CallApi, { logger }: DiscordContext): InteractionAnswers {
  const open = new Map<string, Promise<void>>();
  return {
    answer: async ({ id, token }, first) => {
      try {
        await call({
          method: "POST",
          route: `/interactions/${id}/${token}/callback`,
          body: first,
          withoutToken: true,
        });
        return true;
      } catch (thrown) {
        const failure = thrown instanceof DiscordCallError ? describeFailure(thrown.failure) : String(thrown);
        logger.warn(
          { interactionId: id, type: first.type, failure },
          "discord: interaction not acknowledged",
        );
        return false;
      }
    },
    begin: (id) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      open.set(id, promise);
      return () => {
        open.delete(id);
        resolve();
      };
    },
    settled: async (id) => open.get(id),
  };
}
