import type { Reply } from "../../conversation/index.ts";
import type { Logger } from "../../shared/index.ts";
import { IN_INTERACTION, NOT_RISING } from "./card-entities.ts";
import type { FeishuClient } from "./client.ts";
import { describeFailure, FeishuCallError, toChannelError } from "./failures.ts";
import type { Streams } from "./open-streams.ts";
import { renderMovedCard } from "./render-stream.ts";
import type { StreamResume } from "./schema.ts";

export interface FinishOptions {
  client: Pick<FeishuClient, "cards" | "updateCard" | "deleteMessage">;
  streams: Streams;
  logger: Logger;
}

/** Codes that say that the card does not fill any more. */
const CLOSED: ReadonlySet<number> = new Set([200850, 300309]);
/** Pass as a rule; but a card that gives nothing else is given up in the end. */
const STUBBORN: ReadonlySet<number> = new Set([IN_INTERACTION, NOT_RISING, 300120]);
const MAX_STUBBORN_TRIES = 3;

/**
 * Ends the filling and puts the finished card in its place. False: this card cannot be used, and the reply must go out as
 * another message. Throws what passes with time. `tries`: deliveries in which the card was stubborn before.
 */
export async function finishStream(
  { messageId: _messageId, ...entity }: StreamResume,
  card: string,
  tries: { stubborn: number },
  { client, streams, logger }: FinishOptions,
): Promise<boolean> {
  await streams.settle(entity.cardId);
  try {
    await client.cards.close(entity).catch((thrown: unknown) => {
      if (!(thrown instanceof FeishuCallError) || !CLOSED.has(thrown.failure.code)) throw thrown;
    });
    await client.cards.replace(entity, card);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof FeishuCallError)) throw thrown;
    const stubborn = STUBBORN.has(thrown.failure.code);
    if (stubborn) tries.stubborn += 1;
    const failure = describeFailure(thrown.failure);
    const retryable = toChannelError(thrown, "finish a stream").retryable;
    if (retryable && !(stubborn && tries.stubborn >= MAX_STUBBORN_TRIES)) throw thrown;
    logger.warn({ cardId: entity.cardId, failure }, "feishu: card given up, the reply is sent anew");
    return false;
  }
}

/** Says on the card that the reply stands below it; where that cannot be said either, nothing is. */
export async function leaveStream(
  { messageId, ...entity }: StreamResume,
  language: Reply["language"],
  { client, streams, logger }: FinishOptions,
): Promise<void> {
  await streams.settle(entity.cardId);
  const card = renderMovedCard(language);
  try {
    await client.cards.replace(entity, card);
  } catch {
    await client.updateCard(messageId, { msgType: "interactive", content: card }).catch((thrown: unknown) => {
      const { message } = toChannelError(thrown, "leave a stream");
      logger.warn({ messageId, error: message }, "feishu: the card that was given up stays as it is");
    });
  }
}

/** Takes the card back: what is to be said is not said by a card. */
export async function dropStream(
  { messageId, cardId }: StreamResume,
  { client, streams, logger }: FinishOptions,
): Promise<void> {
  await streams.settle(cardId);
  await client.deleteMessage(messageId).catch((thrown: unknown) => {
    const { message } = toChannelError(thrown, "drop a stream");
    logger.warn({ messageId, error: message }, "feishu: the card of the stream stays");
  });
}
