import { createHash } from "node:crypto";
import { setTimeout as waitFor } from "node:timers/promises";
import type { OutgoingReply, Reply, ReplyStream } from "../../conversation/index.ts";
import { remember } from "../../shared/index.ts";
import type { CardEntity } from "./card-entities.ts";
import type { FeishuClient, FeishuMessage } from "./client.ts";
import { createDenial } from "./denial.ts";
import { describeFailure, FeishuCallError, toChannelError } from "./failures.ts";
import type { Pace } from "./pace.ts";
import type { RenderOptions } from "./render.ts";
import { ANSWER_ELEMENT, renderStreamView, type StreamView } from "./render-stream.ts";
import { type ReplyTarget, replyTarget, type StreamResume } from "./schema.ts";
import type { FeishuContext } from "./settings.ts";

export type StreamStart = Pick<OutgoingReply, "messageKey" | "replyTarget" | "reply">;

export interface Streams {
  /** Never throws. Undefined: not possible here or now. */
  open(start: StreamStart): Promise<ReplyStream | undefined>;
  /** Resolves when nothing is under way on this card; it is not written to any more. */
  settle(cardId: string): Promise<void>;
}

export interface StreamOptions {
  client: Pick<FeishuClient, "cards" | "sendTimedReply" | "deleteMessage">;
  pace: Pick<Pace, "hasSpare">;
  render: RenderOptions;
  context: FeishuContext;
}

interface LiveStream extends ReplyStream {
  readonly cardId: string;
}

/** Streams of replies that are being made. Beyond that, each is found again by what was kept of it. */
const REMEMBERED_STREAMS = 500;
/** Clocks of the platform's machines differ by less. */
const REPEAT_TOLERANCE_MS = 2_000;

/** Opens cards that fill while their reply is made, in the order in which it was shown and not faster than allowed. */
export function createStreams(options: StreamOptions): Streams {
  const { pace, render, context } = options;
  const { logger } = context;
  const denial = createDenial(context);
  const byMessage = new Map<string, Promise<LiveStream | undefined>>();
  const byCard = new Map<string, LiveStream>();

  async function open(start: StreamStart): Promise<LiveStream | undefined> {
    const target = replyTarget.safeParse(start.replyTarget);
    if (!target.success || denial.holds() || !pace.hasSpare("card") || !pace.hasSpare("send"))
      return undefined;
    try {
      const view = renderStreamView(start.reply, render);
      const { entity, messageId } = await sendCard(
        target.data,
        view,
        toStreamUuid(start.messageKey),
        options,
      );
      const stream = createStream(view, { entity, messageId }, options);
      remember(byCard, entity.cardId, stream, REMEMBERED_STREAMS);
      return stream;
    } catch (thrown) {
      denial.note(thrown);
      const error = toChannelError(thrown, "open a stream");
      logger.warn({ messageKey: start.messageKey, error: error.message }, "feishu: reply not streamed");
      return undefined;
    }
  }

  return {
    open: (start) => {
      const opening = byMessage.get(start.messageKey) ?? open(start);
      remember(byMessage, start.messageKey, opening, REMEMBERED_STREAMS);
      return opening;
    },
    settle: async (cardId) => byCard.get(cardId)?.settle(),
  };
}

function toStreamUuid(messageKey: string): string {
  return `s-${createHash("sha256").update(messageKey).digest("base64url").slice(0, 38)}`;
}

interface SentCard {
  entity: CardEntity;
  messageId: string;
}

/**
 * Sends the card under the message's own uuid. When a process that is gone had done so before, the platform answers with
 * that first message, whose card nobody knows any more: it is taken back, and this card sent in its place.
 */
async function sendCard(
  target: ReplyTarget,
  view: StreamView,
  uuid: string,
  { client, context }: StreamOptions,
): Promise<SentCard> {
  const { entity, createdAt } = await client.cards.create(view.card);
  const content = JSON.stringify({ type: "card", data: { card_id: entity.cardId } });
  const message: FeishuMessage = { msgType: "interactive", content };
  const sent = await client.sendTimedReply(target, message, uuid);
  const isOlder = (at: number) => createdAt !== undefined && at < createdAt - REPEAT_TOLERANCE_MS;
  const unknown = sent.messageId.startsWith("uuid:");
  if (!unknown && (sent.sentAt === undefined || !isOlder(sent.sentAt)))
    return { entity, messageId: sent.messageId };
  context.logger.warn({ uuid }, "feishu: an earlier stream of this message is given up");
  if (!unknown) await client.deleteMessage(sent.messageId);
  const own = `${uuid}-${entity.cardId}`.slice(-50);
  const { messageId } = await client.sendTimedReply(target, message, own);
  return { entity, messageId };
}

function createStream(
  first: StreamView,
  { entity, messageId }: SentCard,
  { client, render, context }: StreamOptions,
): LiveStream {
  const { tuning, logger } = context;
  const stopping = new AbortController();
  let shown = first;
  let wanted: StreamView | undefined;
  let working: Promise<void> | undefined;
  let broken = false;

  async function write(view: StreamView): Promise<void> {
    if (view.frame !== shown.frame) await client.cards.replace(entity, view.card);
    else if (view.text !== shown.text) await client.cards.write(entity, ANSWER_ELEMENT, view.text);
    shown = view;
  }

  async function work(): Promise<void> {
    while (wanted && !broken) {
      await waitFor(tuning.streamIntervalMs, undefined, { signal: stopping.signal }).catch(() => {});
      const view = wanted;
      wanted = undefined;
      if (!view || stopping.signal.aborted) return;
      try {
        await write(view);
      } catch (thrown) {
        // The finished reply takes the card's place whatever became of this; what passes soon is tried with newer words.
        const error = toChannelError(thrown, "write a stream");
        broken = !error.retryable;
        const failure = thrown instanceof FeishuCallError ? describeFailure(thrown.failure) : error.message;
        logger.warn({ cardId: entity.cardId, failure, broken }, "feishu: stream not written");
      }
    }
  }

  const resume: StreamResume = { messageId, ...entity };
  return {
    cardId: entity.cardId,
    resume,
    show: (reply: Reply) => {
      if (broken || stopping.signal.aborted) return;
      wanted = renderStreamView(reply, render);
      working ??= work().finally(() => {
        working = undefined;
      });
    },
    settle: async () => {
      stopping.abort();
      await working;
    },
  };
}
