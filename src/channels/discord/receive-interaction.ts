import type { InboundMessage } from "../../conversation/index.ts";
import { type InteractionPlace, toChat } from "./place.ts";
import { type CommandRequest, readCommand } from "./read-command.ts";
import { toMessageKey } from "./receive.ts";
import type { InteractionEvent, InteractionTarget, ReplyTarget } from "./schema.ts";
import { CHANNEL_NAME } from "./settings.ts";

export interface ReceivedCommand {
  message: InboundMessage;
  deferral: "public" | "ephemeral";
}

/** A slash command → a neutral message. Undefined: no command of ours. */
export function receiveCommand(
  event: InteractionEvent,
  place: InteractionPlace,
  now: Date,
): ReceivedCommand | undefined {
  const request: CommandRequest | undefined = readCommand(event, place);
  if (!request) return undefined;
  const deferral = request.isPrivate && place.guildId !== undefined ? "ephemeral" : "public";
  const { text, action, attachments, language } = request;
  const message: InboundMessage = {
    ...toFrame(event, place, { deferral, privately: request.isPrivate, now }),
    text,
    ...(action && { action }),
    ...(attachments.length > 0 && { attachments }),
    ...(attachments.length > 0 && text === "" && { unsupported: "文件" }),
    ...(language && { language }),
  };
  return { message, deferral };
}

/** A pressed button or a submitted form → a neutral message. */
export function receivePress(
  event: InteractionEvent,
  place: InteractionPlace,
  pressed: {
    action: NonNullable<InboundMessage["action"]>;
    privately: boolean;
    deferral: InteractionTarget["deferral"];
    now: Date;
  },
): InboundMessage {
  return {
    ...toFrame(event, place, pressed),
    text: "",
    action: pressed.action,
  };
}

function toFrame(
  event: InteractionEvent,
  place: InteractionPlace,
  { deferral, privately, now }: { deferral: InteractionTarget["deferral"]; privately: boolean; now: Date },
): Omit<InboundMessage, "text"> {
  const { userId, userName, guildId, channelId } = place;
  const { chatId, chatKind, threadId } = toChat(place, privately);
  const replyTarget: ReplyTarget = {
    ...(channelId && { channelId }),
    ...(guildId && { guildId }),
    ...(event.message && !place.onEphemeral && { messageId: event.message.id }),
    ...(chatKind === "direct" && { directUserId: userId }),
    ...(place.parentId !== undefined && { inThread: true }),
    askerId: userId,
    pressed: true,
    interaction: {
      id: event.id,
      applicationId: event.application_id,
      token: event.token,
      deferral,
      at: now.toISOString(),
    },
  };
  return {
    channel: CHANNEL_NAME,
    messageKey: toMessageKey(guildId, event.id),
    chatId,
    chatKind,
    userId,
    ...(threadId && { threadId }),
    ...(userName && { userName }),
    replyTarget,
    sentAt: now.toISOString(),
  };
}
