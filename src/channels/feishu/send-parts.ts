import type { OutgoingReply, Reply } from "../../conversation/index.ts";
import { AppError, type Logger, remember } from "../../shared/index.ts";
import { isFile } from "../check-file.ts";
import type { OpenFile } from "../opened-file.ts";
import { acknowledge } from "./acknowledge.ts";
import { remedyFor } from "./call-api.ts";
import type { CardEntity } from "./card-entities.ts";
import { type CardSigner, scopeOf } from "./card-scope.ts";
import type { FeishuClient } from "./client.ts";
import { describeFailure, FeishuCallError, toChannelError } from "./failures.ts";
import { dropStream, finishStream, leaveStream } from "./finish-stream.ts";
import type { Streams } from "./open-streams.ts";
import type { Presses } from "./presses.ts";
import { type RenderOptions, type ReplyPart, renderOneCard, renderReply } from "./render.ts";
import { renderPlain } from "./render-plain.ts";
import { type PictureKeys, resolvePictures } from "./resolve-pictures.ts";
import { type ReplyTarget, replyTarget, type StreamResume, streamResume } from "./schema.ts";
import { sendFile } from "./send-file.ts";

/** Deliveries in which a file may fail before it is said that it does not come: the outbox tries for most of an hour. */
const MAX_FILE_TRIES = 3;
/** Replies whose sent parts are remembered. Beyond that, and after a restart, the platform's own memory of uuids serves. */
export const REMEMBERED_REPLIES = 500;

export interface DeliveryOptions {
  render: RenderOptions;
  signer: CardSigner;
  openFile?: OpenFile;
  logger: Logger;
  streams: Streams;
  presses: Presses;
}

/** How far one reply has come. */
export interface Progress {
  /** By position: the parts, then the files. */
  sent: string[];
  fileFailures: number;
  pictures?: PictureKeys;
  /** The card of the stream was given up. */
  left?: true;
  stubborn: number;
}

export interface Sender {
  client: FeishuClient;
  options: DeliveryOptions;
  /** Cards of streams by the message that shows them: they are changed by another interface. */
  entities: Map<string, CardEntity>;
}

export interface Sending {
  outgoing: OutgoingReply;
  progress: Progress;
  key: string;
  /** As one card that can be edited. */
  one: boolean;
}

export function startProgress(): Progress {
  return { sent: [], fileFailures: 0, stubborn: 0 };
}

/** A quiet reply is a toast or a mark; every other one goes out part by part. */
export async function sendReply(sending: Sending, sender: Sender): Promise<void> {
  const { outgoing, progress, key } = sending;
  const { client, options } = sender;
  const { reply, messageKey } = outgoing;
  const target = readTarget(outgoing.replyTarget);
  const stream = streamResume.safeParse(outgoing.stream).data;
  if (!reply.quiet) {
    options.presses.release(messageKey);
    await sendParts(target, stream, sending, sender);
    return;
  }
  if (progress.sent[0] !== undefined) return;
  if (stream) await dropStream(stream, { ...options, client });
  const inToast = options.presses.answer(messageKey, reply);
  progress.sent[0] = inToast
    ? `toast:${key}`
    : await acknowledge(target, reply, key, { client, logger: options.logger });
}

async function sendParts(
  target: ReplyTarget,
  stream: StreamResume | undefined,
  { outgoing: { reply }, progress, key, one }: Sending,
  sender: Sender,
): Promise<void> {
  const { sent } = progress;
  const parts = await renderParts(reply, target, { progress, one }, sender);
  for (const [position, part] of parts.entries()) {
    if (sent[position] !== undefined) continue;
    const uuid = parts.length === 1 ? key : `${key}-${position + 1}`;
    sent[position] =
      (position === 0 && stream && (await fillStream(stream, part, { reply, progress }, sender))) ||
      (await sendPart(target, part, uuid, sender));
  }
  for (const [index, file] of reply.blocks.filter(isFile).entries()) {
    const position = parts.length + index;
    if (sent[position] !== undefined) continue;
    const last = progress.fileFailures >= MAX_FILE_TRIES - 1;
    const sending = { target, language: reply.language, uuid: `${key}-f${index + 1}`, last };
    progress.fileFailures += 1;
    sent[position] = await sendFile(file, sending, { ...sender.options, client: sender.client });
    progress.fileFailures = 0;
  }
}

/** The message of the stream with the finished card in it; undefined: it cannot carry it, and says where to look. */
async function fillStream(
  stream: StreamResume,
  part: ReplyPart,
  { reply, progress }: { reply: Reply; progress: Progress },
  { client, options, entities }: Sender,
): Promise<string | undefined> {
  if (progress.left) return undefined;
  const parts = { ...options, client };
  if (
    part.card.msgType === "interactive" &&
    (await finishStream(stream, part.card.content, progress, parts))
  ) {
    const entity = { cardId: stream.cardId, openedAt: stream.openedAt };
    remember(entities, stream.messageId, entity, REMEMBERED_REPLIES);
    return stream.messageId;
  }
  await leaveStream(stream, reply.language, parts);
  progress.left = true;
  return undefined;
}

async function sendPart(
  target: ReplyTarget,
  part: ReplyPart,
  uuid: string,
  { client, options }: Sender,
): Promise<string> {
  try {
    return await client.sendReply(target, part.card, uuid);
  } catch (thrown) {
    if (!(thrown instanceof FeishuCallError) || remedyFor(thrown) !== "send-as-text") throw thrown;
    options.logger.warn({ uuid, failure: describeFailure(thrown.failure) }, "card refused, sending text");
    // Other content wants another uuid.
    return client.sendReply(target, part.fallback, `${uuid}-t`);
  }
}

/** With the pictures uploaded and the buttons signed for the place. */
export async function renderParts(
  reply: Reply,
  target: ReplyTarget,
  { progress, one }: { progress: Progress; one: boolean },
  { client, options }: Sender,
): Promise<ReplyPart[]> {
  if (reply.plain) return renderPlain(reply);
  progress.pictures ??= await resolvePictures(reply, { ...options, client });
  const scope = scopeOf(target);
  const sign = scope && ((action: Parameters<CardSigner["sign"]>[0]) => options.signer.sign(action, scope));
  const view = { ...options.render, pictures: progress.pictures };
  return one ? [renderOneCard(reply, view, sign)] : renderReply(reply, view, sign);
}

export async function changeCard(
  messageId: string,
  { card }: ReplyPart,
  { client, entities }: Sender,
): Promise<void> {
  const entity = entities.get(messageId);
  if (!entity) return client.updateCard(messageId, card);
  try {
    await client.cards.replace(entity, card.content);
  } catch (thrown) {
    if (toChannelError(thrown, "change a card").retryable) throw thrown;
    await client.updateCard(messageId, card);
  }
}

export function readTarget(stored: unknown): ReplyTarget {
  const parsed = replyTarget.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: "channel",
    message: "the stored reply target is not Feishu's",
    safeMessage: "找不到该回复在飞书中的去处，请重新提问。",
  });
}
