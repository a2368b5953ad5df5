import { createHash } from "node:crypto";
import type { DeliveryReceipt, OutgoingReply } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import { remedyFor } from "./call-api.ts";
import { type CardSigner, scopeOf } from "./card-scope.ts";
import type { FeishuClient } from "./client.ts";
import { describeFailure, FeishuCallError, toChannelError } from "./failures.ts";
import { type RenderOptions, type ReplyPart, renderReply } from "./render.ts";
import { type ReplyTarget, replyTarget } from "./schema.ts";

export type Deliver = (outgoing: OutgoingReply) => Promise<DeliveryReceipt>;

/** Replies whose sent parts are remembered. Beyond that, and after a restart, the platform's own memory of uuids serves. */
const REMEMBERED_REPLIES = 500;
/** With `-12-t` behind it, within the platform's 50 characters. */
const MAX_KEY_CHARACTERS = 40;

/** Sends the parts of a reply in order, each at most once, as a card or, where the platform refuses the card, as text. */
export function createDelivery(
  client: FeishuClient,
  options: RenderOptions,
  signer: CardSigner,
  logger: Logger,
): Deliver {
  const sentParts = new Map<string, string[]>();

  async function sendPart(target: ReplyTarget, part: ReplyPart, uuid: string): Promise<string> {
    try {
      return await client.sendReply(target, part.card, uuid);
    } catch (thrown) {
      if (!(thrown instanceof FeishuCallError) || remedyFor(thrown) !== "send-as-text") throw thrown;
      logger.warn({ uuid, failure: describeFailure(thrown.failure) }, "card refused, sending text");
      // Other content wants another uuid.
      return client.sendReply(target, part.fallback, `${uuid}-t`);
    }
  }

  return async ({ outboxId, replyTarget: stored, reply }) => {
    const target = readTarget(stored);
    const scope = scopeOf(target);
    const parts = renderReply(reply, options, scope && ((action) => signer.sign(action, scope)));
    const key = toUuidKey(outboxId);
    const sent = sentParts.get(outboxId) ?? [];
    remember(sentParts, outboxId, sent);
    try {
      for (const [position, part] of parts.entries()) {
        if (sent[position] !== undefined) continue;
        const uuid = parts.length === 1 ? key : `${key}-${position + 1}`;
        sent[position] = await sendPart(target, part, uuid);
      }
    } catch (thrown) {
      throw toChannelError(thrown, `deliver ${outboxId}`);
    }
    return { receipt: sent[0] ?? `uuid:${key}` };
  };
}

function readTarget(stored: unknown): ReplyTarget {
  const parsed = replyTarget.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: "channel",
    message: "the stored reply target is not Feishu's",
    safeMessage: "找不到该回复在飞书中的去处，请重新提问。",
  });
}

function toUuidKey(outboxId: string): string {
  if (outboxId.length <= MAX_KEY_CHARACTERS) return outboxId;
  return createHash("sha256").update(outboxId).digest("base64url").slice(0, MAX_KEY_CHARACTERS);
}

function remember(sentParts: Map<string, string[]>, outboxId: string, sent: string[]): void {
  sentParts.delete(outboxId);
  sentParts.set(outboxId, sent);
  const oldest = sentParts.keys().next();
  if (sentParts.size > REMEMBERED_REPLIES && !oldest.done) sentParts.delete(oldest.value);
}
