import type { InboundMessage, Reply } from "../../conversation/index.ts";
import type { ButtonSigner } from "./custom-id.ts";
import type { FirstAnswer, InteractionAnswers } from "./interaction-answers.ts";
import { FLAGS } from "./message-body.ts";
import { NO_MENTIONS } from "./render.ts";
import type { InteractionEvent, InteractionTarget } from "./schema.ts";
import type { DiscordContext } from "./settings.ts";

export interface InteractionParts {
  answers: InteractionAnswers;
  signer: ButtonSigner;
  /** The reply that is kept under an id of the outbox. */
  readReply(outboxId: string): Promise<Reply | undefined>;
  context: DiscordContext;
}

/** Stores what an interaction asks for, and gives it its first answer. */
export type StoreAndDefer = (
  event: InteractionEvent,
  message: InboundMessage,
  deferral: InteractionTarget["deferral"],
  first?: FirstAnswer,
) => Promise<void>;

/** One line that only who pressed sees. */
export function say(content: string): FirstAnswer {
  return { type: 4, data: { content, flags: FLAGS.ephemeral, allowed_mentions: NO_MENTIONS } };
}
