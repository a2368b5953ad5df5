import { createHash } from "node:crypto";
import type { DeliveryReceipt, OutgoingReply } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import { DiscordCallError, describeFailure, remedyFor, toChannelError } from "./failures.ts";
import { type RenderOptions, type ReplyPart, renderReply } from "./render.ts";
import { type ReplyTarget, replyTarget } from "./schema.ts";
import { createSender, type Sender } from "./send-message.ts";

/** Replies whose sent parts are remembered. Beyond that, and after a restart, the platform's own memory of nonces serves. */
const REMEMBERED_REPLIES = 500;

export interface DeliveryOptions {
  call: CallApi;
  render: RenderOptions;
  logger: Logger;
}

interface Progress {
  /** By position. */
  sent: string[];
}

export interface Delivery {
  deliver(outgoing: OutgoingReply): Promise<DeliveryReceipt>;
}

/** Sends the parts of a reply in order, each at most once. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { logger, call } = options;
  const sender: Sender = createSender(call);
  const underWay = new Map<string, Progress>();

  async function sendPart(target: ReplyTarget, part: ReplyPart, key: string): Promise<string> {
    try {
      return await sender.send(target, part.body, toNonce(key));
    } catch (thrown) {
      if (!(thrown instanceof DiscordCallError) || !refusesForm(thrown)) throw thrown;
      logger.warn({ key, failure: describeFailure(thrown.failure) }, "discord: embed refused, sending text");
      let first: string | undefined;
      for (const [index, body] of part.fallback.entries()) {
        const id = await sender.send(target, body, toNonce(`${key}-t${index}`));
        first ??= id;
      }
      return first ?? "";
    }
  }

  return {
    deliver: async (outgoing) => {
      const { outboxId, reply } = outgoing;
      const target = readTarget(outgoing.replyTarget);
      const progress = underWay.get(outboxId) ?? { sent: [] };
      remember(underWay, outboxId, progress);
      try {
        for (const [position, part] of renderReply(reply, options.render).entries())
          progress.sent[position] ??= await sendPart(target, part, `${outboxId}-${position}`);
      } catch (thrown) {
        throw toChannelError(thrown, `deliver ${outboxId}`);
      }
      return { receipt: progress.sent[0] ?? `sent:${outboxId}` };
    },
  };
}

/** Also for want of the permission to embed, which the platform does not tell apart. */
function refusesForm(thrown: DiscordCallError): boolean {
  return remedyFor(thrown) === "send-as-text" || thrown.failure.code === 50013;
}

export function readTarget(stored: unknown): ReplyTarget {
  const parsed = replyTarget.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: "channel",
    message: "the stored reply target is not Discord's",
    safeMessage: "找不到该回复在 Discord 中的去处，请重新提问。",
  });
}

/** The platform takes up to 25 characters. */
export function toNonce(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 25);
}

function remember<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > REMEMBERED_REPLIES && !oldest.done) kept.delete(oldest.value);
}
