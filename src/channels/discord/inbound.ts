import { setTimeout as waitFor } from "node:timers/promises";
import type { AcceptMessage, ChannelHooks, ChannelStatus, InboundMessage } from "../../conversation/index.ts";
import { toAppError } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import { type ChannelFacts, createChannelFacts } from "./channel-facts.ts";
import { createGateway } from "./gateway.ts";
import type { HandleInteraction } from "./interactions.ts";
import { type Received, receiveMessage } from "./receive.ts";
import { receiveSignals } from "./receive-signal.ts";
import { registerCommands } from "./register-commands.ts";
import { NO_MENTIONS } from "./render.ts";
import { editedEvent, eventPlace, readyEvent } from "./schema.ts";
import { CHANNEL_NAME, type DiscordContext } from "./settings.ts";

/** The receiving half: the connection, and the events under way. */
export interface Inbound {
  start(accept: AcceptMessage, hooks?: ChannelHooks): Promise<void>;
  stop(): Promise<void>;
  status(): ChannelStatus;
}

/** How long after it was sent an edit can make a message one for the bot. */
const EDIT_MS = 5 * 60 * 1_000;

interface Work {
  call: CallApi;
  context: DiscordContext;
  facts: ChannelFacts;
  botUserId(): string | undefined;
  handleInteraction: HandleInteraction;
  accept: AcceptMessage;
  hooks: ChannelHooks | undefined;
  /** What an operator has to do about the commands. */
  noteCommands(trouble: string | undefined): void;
}

export function createInbound(
  call: CallApi,
  handleInteraction: HandleInteraction,
  context: DiscordContext,
): Inbound {
  const gateway = createGateway(context);
  const facts = createChannelFacts(call, gateway);
  const underWay = new Set<Promise<unknown>>();
  let started = false;
  let trouble: string | undefined;
  return {
    start: async (accept, hooks) => {
      started = true;
      const work: Work = {
        ...{ call, context, facts, handleInteraction, accept, hooks },
        botUserId: () => gateway.identity()?.userId,
        noteCommands: (found) => {
          trouble = found;
        },
      };
      gateway.start(async (type, data) => {
        const handling = handleEvent(type, data, work);
        underWay.add(handling);
        await handling.finally(() => underWay.delete(handling));
      });
    },
    stop: async () => {
      // What is under way may still need the platform; nothing new comes in.
      await gateway.stop();
      const finished = Promise.allSettled(underWay);
      await Promise.race([finished, waitFor(context.tuning.stopGraceMs, undefined, { ref: false })]);
    },
    status: () => {
      if (!started) return { healthy: false, detail: "Discord：尚未启动" };
      const { connected, detail } = gateway.state();
      const bot = gateway.identity();
      const parts = [detail, ...(bot ? [`机器人“${bot.name}”`] : []), ...(trouble ? [trouble] : [])];
      return { healthy: connected, detail: `Discord：${parts.join("；")}` };
    },
  };
}

async function handleEvent(type: string, data: unknown, work: Work): Promise<void> {
  switch (type) {
    case "READY":
      return handleReady(data, work);
    case "INTERACTION_CREATE":
      return work.handleInteraction(data, work.accept, work.hooks);
    case "MESSAGE_CREATE":
      return handleMessage(data, work);
    case "MESSAGE_UPDATE":
      return handleEdit(data, work);
    default:
      return handleSignal(type, data, work);
  }
}

async function handleReady(data: unknown, { call, context, facts, noteCommands }: Work): Promise<void> {
  const parsed = readyEvent.safeParse(data);
  if (!parsed.success) return;
  const { guilds, user, application } = parsed.data;
  facts.noteGuilds((guilds ?? []).map(({ id }) => id));
  const { guildId } = context.settings;
  const applicationId = application?.id ?? user.id;
  noteCommands(await registerCommands(call, { applicationId, guildId }, context.logger));
}

/** An edit is no new question; but a message that was not for the bot becomes one when the edit names it. */
async function handleEdit(data: unknown, work: Work): Promise<void> {
  const parsed = editedEvent.safeParse(data);
  if (!parsed.success || !parsed.data.guild_id) return;
  const sentAt = Date.parse(parsed.data.timestamp);
  // A message that was accepted before is a duplicate for the conversation, and stays as it was sent.
  if (!(work.context.clock().getTime() - sentAt < EDIT_MS)) return;
  await handleMessage(data, work, true);
}

async function handleMessage(data: unknown, work: Work, edited = false): Promise<void> {
  const { context, facts, accept, hooks } = work;
  const { logger, clock } = context;
  const botUserId = work.botUserId();
  const place = eventPlace.safeParse(data);
  if (!botUserId || !place.success) return;
  const { channel_id, guild_id } = place.data;
  const parentId = guild_id ? await facts.parentOf(channel_id) : undefined;
  const received = receiveMessage(data, { channel: CHANNEL_NAME, botUserId, now: clock(), parentId });
  const message =
    edited && received.outcome === "overheard" ? "an edit" : await chooseMessage(received, hooks);
  if (typeof message === "string") {
    logger.debug({ reason: message }, "discord: event ignored");
    return;
  }
  if (isUnreadable(message)) return sayUnreadable(channel_id, work);
  const { messageKey, overheard, chatKind, userId } = message;
  if (chatKind === "direct") facts.noteDirect(channel_id, userId);
  try {
    const acceptance = await accept(message);
    logger.info({ messageKey, acceptance, ...(overheard && { overheard }) }, "discord: message received");
    if (acceptance === "accepted" && !overheard) await showTyping(channel_id, work);
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error({ messageKey, errorId: error.id, error: error.message }, "discord: message not stored");
  }
}

/** The platform keeps back the words of messages that do not name the bot. */
function isUnreadable({ overheard, text, attachments }: InboundMessage): boolean {
  return overheard === true && text === "" && attachments === undefined;
}

/** Under a ticket somebody speaks to nobody's hearing: said once in a while, instead of silence. */
async function sayUnreadable(channelId: string, { call, facts, context }: Work): Promise<void> {
  if (!facts.mayHint(channelId, context.clock())) return;
  const content =
    "这条消息未提到我，Discord 不提供其内容，因此没有转达。请在消息中 @ 我，或用“回复”功能（保持提醒开启）回复我的消息。";
  const body = { content, allowed_mentions: NO_MENTIONS };
  await call({ method: "POST", route: `/channels/${channelId}/messages`, body }).catch(() => {});
}

/** Shown for ten seconds or until the reply comes; nothing depends on it. */
async function showTyping(channelId: string, { call }: Work): Promise<void> {
  await call({ method: "POST", route: `/channels/${channelId}/typing` }).catch(() => {});
}

/** The message to be stored, or why there is none. */
async function chooseMessage(received: Received, hooks?: ChannelHooks): Promise<InboundMessage | string> {
  if (received.outcome === "ignored") return received.reason;
  const { message } = received;
  if (received.outcome === "message") return message;
  const place = { channel: CHANNEL_NAME, chatId: message.chatId, messageIds: received.messageIds };
  return (await hooks?.follows(place)) ? message : "not spoken to the bot";
}

async function handleSignal(type: string, data: unknown, work: Work): Promise<void> {
  const { context, facts, hooks } = work;
  const botUserId = work.botUserId();
  if (!botUserId) return;
  const signals = receiveSignals(type, data, { ...facts.now(), botUserId, now: context.clock() });
  facts.noteEvent(type, data);
  for (const signal of signals) {
    try {
      await hooks?.onSignal(signal);
    } catch (thrown) {
      const error = toAppError(thrown);
      const fields = { kind: signal.kind, errorId: error.id, error: error.message };
      context.logger.error(fields, "discord: signal not handled");
    }
  }
}
