import { createHash } from "node:crypto";
import type { DeliveryReceipt, OutgoingReply } from "../../conversation/index.ts";
import { remember } from "../../shared/index.ts";
import type { FeishuClient } from "./client.ts";
import { describeFailure, isGone, mustSendAnew, toChannelError } from "./failures.ts";
import { mustBeOneCard } from "./render.ts";
import { replyTarget } from "./schema.ts";
import {
  changeCard,
  type DeliveryOptions,
  type Progress,
  REMEMBERED_REPLIES,
  readTarget,
  renderParts,
  type Sender,
  sendReply,
  startProgress,
} from "./send-parts.ts";

export type Deliver = (outgoing: OutgoingReply) => Promise<DeliveryReceipt>;

/** With `-12-t` behind it, within the platform's 50 characters. */
const MAX_KEY_CHARACTERS = 40;

export interface Delivery {
  deliver: Deliver;
  /**
   * Puts a reply in the place of a card that was sent. Where the platform does not let that message be changed (too old,
   * gone, no card) a new one is sent, and its receipt returned.
   */
  revise: (receipt: string, outgoing: OutgoingReply) => Promise<DeliveryReceipt>;
  /** Takes a delivered reply back, all its messages as far as they are remembered. */
  withdraw: (receipt: string) => Promise<void>;
}

/**
 * Sends the parts of a reply in order, each at most once, as a card or, where the platform refuses the card, as text;
 * after them its files. A file that cannot be sent never holds back what is said.
 */
export function createDelivery(client: FeishuClient, options: DeliveryOptions): Delivery {
  const { logger, presses } = options;
  const underWay = new Map<string, Progress>();
  const sender: Sender = { client, options, entities: new Map() };

  async function send(outgoing: OutgoingReply, one: boolean): Promise<DeliveryReceipt> {
    const { outboxId } = outgoing;
    const progress = underWay.get(outboxId) ?? startProgress();
    remember(underWay, outboxId, progress, REMEMBERED_REPLIES);
    try {
      await sendReply({ outgoing, progress, key: toUuidKey(outboxId), one }, sender);
    } catch (thrown) {
      throw toChannelError(thrown, `deliver ${outboxId}`);
    }
    return { receipt: progress.sent[0] ?? `uuid:${toUuidKey(outboxId)}` };
  }

  return {
    deliver: (outgoing) => send(outgoing, mustBeOneCard(outgoing.reply)),
    revise: async (receipt, outgoing) => {
      const { outboxId, reply } = outgoing;
      const target = readTarget(outgoing.replyTarget);
      // What only acknowledged, or was sent without an answer, has no message that could be changed.
      if (reply.quiet || !isMessageId(receipt)) return send(outgoing, true);
      await presses.letGo(receipt);
      const [part] = await renderParts(reply, target, { progress: startProgress(), one: true }, sender);
      try {
        if (part) await changeCard(receipt, part, sender);
        return { receipt };
      } catch (thrown) {
        if (!mustSendAnew(thrown)) throw toChannelError(thrown, `revise ${outboxId}`);
        logger.warn({ outboxId, failure: describeFailure(thrown.failure) }, "feishu: sent anew, not edited");
        return send(outgoing, true);
      }
    },
    withdraw: async (receipt) => {
      const known = [...underWay.values()].find(({ sent }) => sent[0] === receipt);
      for (const messageId of new Set([receipt, ...(known?.sent ?? [])])) {
        if (!isMessageId(messageId)) continue;
        try {
          await client.deleteMessage(messageId);
        } catch (thrown) {
          if (!isGone(thrown)) throw toChannelError(thrown, `withdraw ${receipt}`);
        }
      }
    },
  };
}

function isMessageId(receipt: string): boolean {
  return replyTarget.shape.messageId.safeParse(receipt).success;
}

function toUuidKey(outboxId: string): string {
  if (outboxId.length <= MAX_KEY_CHARACTERS) return outboxId;
  return createHash("sha256").update(outboxId).digest("base64url").slice(0, MAX_KEY_CHARACTERS);
}
