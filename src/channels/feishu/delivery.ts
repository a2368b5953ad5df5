import { createHash } from "node:crypto";
import type { DeliveryReceipt, OutgoingReply, ReplyBlock } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import { remedyFor } from "./call-api.ts";
import { type CardSigner, scopeOf } from "./card-scope.ts";
import type { FeishuClient } from "./client.ts";
import { describeFailure, FeishuCallError, toChannelError } from "./failures.ts";
import { type RenderOptions, type ReplyPart, renderReply } from "./render.ts";
import { type ReplyTarget, replyTarget } from "./schema.ts";
import { type FileBlock, type OpenFile, sendFile } from "./send-file.ts";

export type Deliver = (outgoing: OutgoingReply) => Promise<DeliveryReceipt>;

/** Replies whose sent parts are remembered. Beyond that, and after a restart, the platform's own memory of uuids serves. */
const REMEMBERED_REPLIES = 500;
/** Deliveries in which a file may fail before it is said that it does not come: the outbox tries for most of an hour. */
const MAX_FILE_TRIES = 3;
/** With `-12-t` behind it, within the platform's 50 characters. */
const MAX_KEY_CHARACTERS = 40;

export interface DeliveryOptions {
  render: RenderOptions;
  signer: CardSigner;
  openFile?: OpenFile;
  logger: Logger;
}

interface Progress {
  /** By position: the parts, then the files. */
  sent: string[];
  fileFailures: number;
}

/**
 * Sends the parts of a reply in order, each at most once, as a card or, where the platform refuses the card, as text;
 * after them its files. A file that cannot be sent never holds back what is said.
 */
export function createDelivery(client: FeishuClient, options: DeliveryOptions): Deliver {
  const { signer, logger } = options;
  const underWay = new Map<string, Progress>();

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
    const parts = renderReply(reply, options.render, scope && ((action) => signer.sign(action, scope)));
    const key = toUuidKey(outboxId);
    const progress = underWay.get(outboxId) ?? { sent: [], fileFailures: 0 };
    remember(underWay, outboxId, progress);
    const { sent } = progress;
    try {
      for (const [position, part] of parts.entries()) {
        if (sent[position] !== undefined) continue;
        const uuid = parts.length === 1 ? key : `${key}-${position + 1}`;
        sent[position] = await sendPart(target, part, uuid);
      }
      for (const [index, file] of reply.blocks.filter(isFile).entries()) {
        const position = parts.length + index;
        if (sent[position] !== undefined) continue;
        const last = progress.fileFailures >= MAX_FILE_TRIES - 1;
        const sending = { target, language: reply.language, uuid: `${key}-f${index + 1}`, last };
        progress.fileFailures += 1;
        sent[position] = await sendFile(file, sending, { ...options, client });
        progress.fileFailures = 0;
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

function isFile(block: ReplyBlock): block is FileBlock {
  return block.type === "file";
}

function remember(underWay: Map<string, Progress>, outboxId: string, progress: Progress): void {
  underWay.delete(outboxId);
  underWay.set(outboxId, progress);
  const oldest = underWay.keys().next();
  if (underWay.size > REMEMBERED_REPLIES && !oldest.done) underWay.delete(oldest.value);
}
