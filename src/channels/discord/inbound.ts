import { setTimeout as waitFor } from "node:timers/promises";
import { z } from "zod";
import type { AcceptMessage, ChannelHooks, InboundMessage } from "../../conversation/index.ts";
import { toAppError } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { type Received, receiveMessage } from "./receive.ts";
import { CHANNEL_NAME, type DiscordContext } from "./settings.ts";

export interface ChannelStatus {
  healthy: boolean;
  /** In Chinese. */
  detail: string;
}

/** The receiving half: the connection, and the events under way. */
export interface Inbound {
  start(accept: AcceptMessage, hooks?: ChannelHooks): Promise<void>;
  stop(): Promise<void>;
  status(): ChannelStatus;
}

const THREAD_TYPES: ReadonlySet<number> = new Set([10, 11, 12]);
const channelAnswer = z.object({ type: z.number(), parent_id: z.string().nullish() });

export function createInbound(call: CallApi, context: DiscordContext): Inbound {
  const { logger, clock } = context;
  const gateway: Gateway = createGateway(context);
  const underWay = new Set<Promise<unknown>>();
  let started = false;

  const parentOf = async (channelId: string): Promise<string | undefined> => {
    const known = gateway.parentOf(channelId);
    if (known) return known.parentId;
    try {
      const { type, parent_id } = channelAnswer.parse(
        await call({ method: "GET", route: `/channels/${channelId}` }),
      );
      return THREAD_TYPES.has(type) ? (parent_id ?? undefined) : undefined;
    } catch {
      return undefined;
    }
  };

  async function handleMessage(data: unknown, accept: AcceptMessage, hooks?: ChannelHooks): Promise<void> {
    const identity = gateway.identity();
    const place = z.object({ channel_id: z.string(), guild_id: z.string().nullish() }).safeParse(data);
    if (!identity || !place.success) return;
    const { channel_id, guild_id } = place.data;
    const parentId = guild_id ? await parentOf(channel_id) : undefined;
    const received = receiveMessage(data, {
      channel: CHANNEL_NAME,
      botUserId: identity.userId,
      now: clock(),
      parentId,
    });
    const message = await chooseMessage(received, hooks);
    if (typeof message === "string") {
      logger.debug({ reason: message }, "discord: event ignored");
      return;
    }
    const { messageKey, overheard } = message;
    try {
      const acceptance = await accept(message);
      logger.info({ messageKey, acceptance, ...(overheard && { overheard }) }, "discord: message received");
    } catch (thrown) {
      const error = toAppError(thrown);
      logger.error({ messageKey, errorId: error.id, error: error.message }, "discord: message not stored");
    }
  }

  return {
    start: async (accept, hooks) => {
      started = true;
      gateway.start(async (type, data) => {
        if (type !== "MESSAGE_CREATE") return;
        const work = handleMessage(data, accept, hooks);
        underWay.add(work);
        await work.finally(() => underWay.delete(work));
      });
    },
    stop: async () => {
      const finished = Promise.allSettled(underWay);
      await Promise.race([finished, waitFor(context.tuning.stopGraceMs, undefined, { ref: false })]);
      await gateway.stop();
    },
    status: () => {
      if (!started) return { healthy: false, detail: "Discord：尚未启动" };
      const { connected, detail } = gateway.state();
      const bot = gateway.identity();
      return { healthy: connected, detail: `Discord：${detail}${bot ? `；机器人“${bot.name}”` : ""}` };
    },
  };
}

/** The message to be stored, or why there is none. */
async function chooseMessage(received: Received, hooks?: ChannelHooks): Promise<InboundMessage | string> {
  if (received.outcome === "ignored") return received.reason;
  const { message } = received;
  if (received.outcome === "message") return message;
  const place = { channel: CHANNEL_NAME, chatId: message.chatId, messageIds: received.messageIds };
  return (await hooks?.follows(place)) ? message : "not spoken to the bot";
}
