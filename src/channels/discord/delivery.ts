import type { DeliveryReceipt, OutgoingReply, Reply } from "../../conversation/index.ts";
import { AppError, type Clock, type Logger, remember } from "../../shared/index.ts";
import type { OpenFile } from "../opened-file.ts";
import { acknowledge } from "./acknowledge.ts";
import { createButtonMaker } from "./buttons.ts";
import type { ButtonSigner } from "./custom-id.ts";
import { type DiscordCallError, describeFailure, remedyFor, toChannelError } from "./failures.ts";
import type { InteractionAnswers } from "./interaction-answers.ts";
import { mustBeOneMessage, renderOneMessage } from "./one-message.ts";
import { openPictures } from "./open-uploads.ts";
import { chooseOutlet, type Outlet, scopeOfOutlet } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import type { Progress } from "./progress.ts";
import { type RenderOptions, type ReplyPart, renderReply } from "./render.ts";
import { announcePrivate, coverPublicAnswer, sayDirectClosed } from "./say-private.ts";
import { type ReplyTarget, replyTarget, snowflake, streamTarget } from "./schema.ts";
import { sendFiles } from "./send-files.ts";
import type { Sender } from "./send-message.ts";
import { createPartSender, type SendPart } from "./send-part.ts";
import type { StartThread } from "./start-thread.ts";

/** Replies whose sent parts are remembered. Beyond that, and after a restart, the platform's own memory of nonces serves. */
const REMEMBERED_REPLIES = 500;

export interface DeliveryOptions {
  sender: Sender;
  answers: Pick<InteractionAnswers, "settled">;
  signer: ButtonSigner;
  render: RenderOptions;
  startThread: StartThread;
  /** Replies are to be found by `recent`, since they are kept nowhere else. */
  keepsReplies: boolean;
  pace: Pick<Pace, "note" | "hold">;
  openFile?: OpenFile;
  clock: Clock;
  logger: Logger;
}

export interface Delivery {
  deliver(outgoing: OutgoingReply): Promise<DeliveryReceipt>;
  revise(receipt: string, outgoing: OutgoingReply): Promise<DeliveryReceipt>;
  withdraw(receipt: string, stored: unknown): Promise<void>;
  /** Of those sent lately. */
  recent(outboxId: string): Reply | undefined;
  /** As a stream shows a reply: its first message, without buttons. */
  preview(reply: Reply): ReplyPart | undefined;
}

interface Work {
  options: DeliveryOptions;
  sendPart: SendPart;
  underWay: Map<string, Progress>;
  recent: Map<string, Reply>;
}

/** Sends the parts of a reply in order, each at most once; after them its files. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const work: Work = {
    options,
    sendPart: createPartSender(options),
    underWay: new Map(),
    recent: new Map(),
  };
  return {
    deliver: (outgoing) => send(work, outgoing),
    revise: (receipt, outgoing) => revise(work, receipt, outgoing),
    withdraw: (receipt, stored) => withdraw(work, receipt, stored),
    recent: (outboxId) => work.recent.get(outboxId),
    preview: (reply) => renderReply(reply, options.render)[0],
  };
}

async function send(work: Work, outgoing: OutgoingReply): Promise<DeliveryReceipt> {
  const { options, underWay } = work;
  const { outboxId, reply } = outgoing;
  const target = readTarget(outgoing.replyTarget);
  if (target.interaction) await options.answers.settled(target.interaction.id);
  const progress = underWay.get(outboxId) ?? { sent: [], fileFailures: 0, announced: false };
  remember(underWay, outboxId, progress, REMEMBERED_REPLIES);
  if (options.keepsReplies) remember(work.recent, outboxId, reply, REMEMBERED_REPLIES);
  const run = async (withoutToken: boolean): Promise<void> => {
    const outlet = chooseOutlet(target, reply, { now: options.clock(), withoutToken });
    if (reply.quiet) progress.sent[0] ??= await acknowledge({ target, outlet, outboxId }, reply, options);
    else await sendParts(work, outlet, [outgoing, target], progress);
  };
  try {
    try {
      await run(false);
    } catch (thrown) {
      if (remedyFor(thrown) !== "send-outside-interaction" || !target.interaction) throw thrown;
      await run(true);
    }
  } catch (thrown) {
    const error = toChannelError(thrown, `deliver ${outboxId}`);
    if (error.retryAfterMs !== undefined) options.pace.hold(target, error.retryAfterMs);
    throw error;
  }
  // Only ids are remembered, no pictures.
  delete progress.pictures;
  return { receipt: progress.sent[0] || `sent:${outboxId}` };
}

async function sendParts(
  work: Work,
  outlet: Outlet,
  [outgoing, target]: [OutgoingReply, ReplyTarget],
  progress: Progress,
): Promise<void> {
  const { options, sendPart } = work;
  const { outboxId, reply } = outgoing;
  const parts = await render(options, outlet, [outgoing, target], progress);
  const stream = streamTarget.safeParse(outgoing.stream);
  if (!progress.announced) await coverPublicAnswer(outlet, reply, options);
  try {
    for (const [position, part] of parts.entries()) {
      if (progress.sent[position] !== undefined) continue;
      const taken = position === 0 && stream.success ? stream.data : undefined;
      const key = `${outboxId}-${position}`;
      progress.sent[position] = await sendPart(outlet, part, { position, key, stream: taken });
      options.pace.note(target);
    }
  } catch (thrown) {
    // Nobody but the person can open their direct messages; the others learn nothing but that.
    if (!(await sayDirectClosed(thrown, outlet, [reply, outboxId], options))) throw thrown;
    progress.sent[0] ??= "";
    return;
  }
  if (!progress.announced) await announcePrivate(outlet, [reply, outboxId], options);
  progress.announced = true;
  await sendFiles(outlet, [outgoing, target], [parts.length, progress], { ...options, sendPart });
  const [first] = progress.sent;
  if (first) await options.startThread(outlet, reply, first);
}

/** With the pictures opened and the buttons signed for the place. */
async function render(
  options: DeliveryOptions,
  outlet: Outlet,
  [{ outboxId, reply }, target]: [OutgoingReply, ReplyTarget],
  progress: Progress,
): Promise<ReplyPart[]> {
  progress.pictures ??= await openPictures(reply, options.openFile, options.logger);
  const uploads = progress.pictures;
  const scope = scopeOfOutlet(outlet, target);
  const view: RenderOptions = {
    ...options.render,
    uploads,
    makeButtons: scope && createButtonMaker({ reply, outboxId, scope, signer: options.signer }),
  };
  return mustBeOneMessage(reply) ? renderOneMessage(reply, view) : renderReply(reply, view);
}

async function revise(work: Work, receipt: string, outgoing: OutgoingReply): Promise<DeliveryReceipt> {
  const { options } = work;
  const { outboxId, reply } = outgoing;
  const target = readTarget(outgoing.replyTarget);
  // What only acknowledged has no message that could be changed.
  if (reply.quiet || !snowflake.safeParse(receipt).success) return send(work, outgoing);
  if (options.keepsReplies) remember(work.recent, outboxId, reply, REMEMBERED_REPLIES);
  const outlet = chooseOutlet(target, reply, { now: options.clock(), withoutToken: false });
  const progress: Progress = { sent: [], fileFailures: 0, announced: true };
  const scope = scopeOfOutlet(outlet, target);
  progress.pictures = await openPictures(reply, options.openFile, options.logger);
  const view: RenderOptions = {
    ...options.render,
    uploads: progress.pictures,
    makeButtons: scope && createButtonMaker({ reply, outboxId, scope, signer: options.signer }),
  };
  const [part] = renderOneMessage(reply, view);
  try {
    if (part) await editPart(options.sender, outlet, [receipt, target], part);
    return { receipt };
  } catch (thrown) {
    if (!mustSendAnew(thrown)) throw toChannelError(thrown, `revise ${outboxId}`);
    options.logger.warn(
      { outboxId, failure: describeFailure(thrown.failure) },
      "discord: sent anew, not edited",
    );
    return send(work, outgoing);
  }
}

async function editPart(
  sender: Sender,
  outlet: Outlet,
  [receipt, target]: [string, ReplyTarget],
  { body, uploads }: ReplyPart,
): Promise<void> {
  if (outlet.by === "original" && outlet.ephemeral) {
    await sender.editOriginal(outlet.interaction, { body, uploads });
    return;
  }
  const place = outlet.by === "message" ? outlet.target : target;
  await sender.edit(await sender.channelOf(place), receipt, { body, uploads });
}

/** Whether an edit failed because of that message, so that a new one may still work. */
function mustSendAnew(thrown: unknown): thrown is DiscordCallError {
  const remedy = remedyFor(thrown);
  return remedy === "send-fresh" || remedy === "send-outside-interaction" || remedy === "send-as-text";
}

async function withdraw({ options, underWay }: Work, receipt: string, stored: unknown): Promise<void> {
  const { sender, logger } = options;
  const target = readTarget(stored);
  if (!snowflake.safeParse(receipt).success) return;
  const { interaction } = target;
  const others = [...underWay.values()].find(({ sent }) => sent[0] === receipt)?.sent ?? [receipt];
  for (const id of others.filter((each) => snowflake.safeParse(each).success)) {
    try {
      if (interaction?.deferral === "ephemeral") await sender.removeOriginal(interaction);
      else await remove(sender, target, id);
    } catch (thrown) {
      const error = toChannelError(thrown, "withdraw");
      if (error.retryable) throw error;
      logger.info({ error: error.message }, "discord: could not be withdrawn");
    }
  }
}

/** What only the asker was to see may stand in their direct chat. */
async function remove(sender: Sender, target: ReplyTarget, messageId: string): Promise<void> {
  try {
    await sender.remove(await sender.channelOf(target), messageId);
  } catch (thrown) {
    if (remedyFor(thrown) !== "send-fresh" || !target.guildId || !target.askerId) throw thrown;
    await sender.remove(await sender.directChannel(target.askerId), messageId);
  }
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
