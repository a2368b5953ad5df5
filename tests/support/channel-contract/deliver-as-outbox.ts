import { expect } from "vitest";
import type { OutgoingReply, Reply } from "../../../src/conversation/index.ts";
import { AppError } from "../../../src/shared/index.ts";
import type { ChannelWorld, Question } from "./channel-world.ts";

let outboxCounter = 0;

export function outgoingTo({ messageKey, replyTarget }: Question, reply: Reply): OutgoingReply {
  outboxCounter += 1;
  const outboxId = `00000000-0000-4000-8000-${String(outboxCounter).padStart(12, "0")}`;
  return { outboxId, messageKey, replyTarget, reply };
}

const MAX_DELIVERIES = 12;

/** As the outbox does: again under the same id, as long as the channel says that it may pass. */
export async function deliver(world: ChannelWorld, outgoing: OutgoingReply): Promise<void> {
  const fitted = { ...outgoing, reply: world.prepare?.(outgoing.reply) ?? outgoing.reply };
  await world.beforeDelivery?.(fitted);
  for (let tries = 1; ; tries += 1) {
    try {
      const { receipt } = await world.channel.deliver(fitted);
      expect(receipt).not.toBe("");
      return;
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
      if (!(thrown instanceof AppError) || !thrown.retryable || tries === MAX_DELIVERIES) throw thrown;
    }
  }
}
