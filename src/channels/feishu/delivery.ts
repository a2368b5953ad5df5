import { createHash } from "node:crypto";
import type { DeliveryReceipt, OutgoingReply, Reply, ReplyBlock } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import { acknowledge } from "./acknowledge.ts";
import { remedyFor } from "./call-api.ts";
import { type CardSigner, scopeOf } from "./card-scope.ts";
import type { FeishuClient } from "./client.ts";
import { describeFailure, FeishuCallError, mustSendAnew, toChannelError } from "./failures.ts";
import { mustBeOneCard, type RenderOptions, type ReplyPart, renderOneCard, renderReply } from "./render.ts";
import { type PictureKeys, resolvePictures } from "./resolve-pictures.ts";
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
  pictures?: PictureKeys;
}

export interface Delivery {
  deliver: Deliver;
  /**
   * Puts a reply in the place of a card that was sent. Where the platform does not let that message be changed (too old,
   * gone, no card) a new one is sent, and its receipt returned.
   */
  revise: (receipt: string, outgoing: OutgoingReply) => Promise<DeliveryReceipt>;
}

/**
 * Sends the parts of a reply in order, each at most once, as a card or, where the platform refuses the card, as text;
 * after them its files. A file that cannot be sent never holds back what is said.
 */
export function createDelivery(client: FeishuClient, options: DeliveryOptions): Delivery {
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

  /** With the pictures uploaded and the buttons signed for the place. */
  async function render(reply: Reply, target: ReplyTarget, progress: Progress, one: boolean) {
    progress.pictures ??= await resolvePictures(reply, { ...options, client });
    const scope = scopeOf(target);
    const sign = scope && ((action: Parameters<CardSigner["sign"]>[0]) => signer.sign(action, scope));
    const view = { ...options.render, pictures: progress.pictures };
    return one ? [renderOneCard(reply, view, sign)] : renderReply(reply, view, sign);
  }

  async function sendParts(
    target: ReplyTarget,
    { reply }: OutgoingReply,
    progress: Progress,
    [key, one]: [string, boolean],
  ): Promise<void> {
    const { sent } = progress;
    const parts = await render(reply, target, progress, one);
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
  }

  async function send(outgoing: OutgoingReply, one: boolean): Promise<DeliveryReceipt> {
    const { outboxId, reply } = outgoing;
    const target = readTarget(outgoing.replyTarget);
    const key = toUuidKey(outboxId);
    const progress = underWay.get(outboxId) ?? { sent: [], fileFailures: 0 };
    remember(underWay, outboxId, progress);
    const { sent } = progress;
    try {
      if (!reply.quiet) await sendParts(target, outgoing, progress, [key, one]);
      else sent[0] ??= await acknowledge(target, reply, key, { client, logger });
    } catch (thrown) {
      throw toChannelError(thrown, `deliver ${outboxId}`);
    }
    return { receipt: sent[0] ?? `uuid:${key}` };
  }

  return {
    deliver: (outgoing) => send(outgoing, mustBeOneCard(outgoing.reply)),
    revise: async (receipt, outgoing) => {
      const { outboxId, reply } = outgoing;
      const target = readTarget(outgoing.replyTarget);
      // What only acknowledged, or was sent without an answer, has no message that could be changed.
      if (reply.quiet || !isMessageId(receipt)) return send(outgoing, true);
      const [part] = await render(reply, target, { sent: [], fileFailures: 0 }, true);
      try {
        if (part) await client.updateCard(receipt, part.card);
        return { receipt };
      } catch (thrown) {
        if (!mustSendAnew(thrown)) throw toChannelError(thrown, `revise ${outboxId}`);
        logger.warn({ outboxId, failure: describeFailure(thrown.failure) }, "feishu: sent anew, not edited");
        return send(outgoing, true);
      }
    },
  };
}

function isMessageId(receipt: string): boolean {
  return replyTarget.shape.messageId.safeParse(receipt).success;
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
