import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import type { AcceptMessage } from "../../conversation/index.ts";
import { AppError, toAppError } from "../../shared/index.ts";
import type { CardSigner } from "./card-scope.ts";
import type { BotIdentitySource } from "./identity.ts";
import { receiveMessage } from "./receive.ts";
import { receiveAction } from "./receive-action.ts";
import { createRedactor, createSdkLogger, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";

export const CHANNEL_NAME = "feishu";

/** Subscribed by many apps, or sent without being asked for; acknowledged and not looked at. */
const UNUSED_EVENTS = [
  "im.message.message_read_v1",
  "im.message.recalled_v1",
  "im.message.reaction.created_v1",
  "im.message.reaction.deleted_v1",
  "im.chat.member.bot.added_v1",
  "im.chat.member.bot.deleted_v1",
  "im.chat.access_event.bot_p2p_chat_entered_v1",
  "application.bot.menu_v6",
] as const;

export interface DispatchOptions {
  identity: BotIdentitySource;
  accept: AcceptMessage;
  signer: CardSigner;
  /** Told of every event under way, so that stopping can wait for it. */
  track: <Result>(work: Promise<Result>) => Promise<Result>;
}

/** The SDK's dispatcher with our handlers; both transports feed it with what they have checked. */
export function createDispatcher(
  sdk: Sdk,
  options: DispatchOptions,
  context: FeishuContext,
): EventDispatcher {
  const { settings, logger } = context;
  const dispatcher = new sdk.EventDispatcher({
    logger: createSdkLogger(logger, createRedactor(settings)),
    loggerLevel: sdk.LoggerLevel.error,
  });
  const nothing = async () => {};
  dispatcher.register(Object.fromEntries(UNUSED_EVENTS.map((name) => [name, nothing])));
  dispatcher.register({
    "im.message.receive_v1": (data: unknown) => options.track(handleMessage(data, options, context)),
    // An answer of another form than a toast or a card would show the person an error.
    "card.action.trigger": (data: unknown) => options.track(handleAction(data, options, context)),
  });
  return dispatcher;
}

/** Answers within the platform's 3 s: what the button asks for is done after it is stored, and replied to in the chat. */
async function handleAction(
  data: unknown,
  { accept, signer }: DispatchOptions,
  { clock, logger }: FeishuContext,
): Promise<object> {
  const received = receiveAction(data, { channel: CHANNEL_NAME, signer, now: clock() });
  if (received.outcome === "refused") {
    logger.info({ reason: received.reason }, "feishu: action refused");
    return toast("info", received.toast);
  }
  const { messageKey } = received.message;
  try {
    const acceptance = await accept(received.message);
    logger.info({ messageKey, acceptance }, "feishu: action received");
    return acceptance === "ignored"
      ? toast("warning", "操作过于频繁，请稍后再试。")
      : toast("success", "已收到，正在处理，结果会在会话中告知。");
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error({ messageKey, errorId: error.id, error: error.message }, "feishu: action not stored");
    return toast("error", `操作未能保存，请重试；错误编号：${error.id}`);
  }
}

function toast(type: "info" | "success" | "warning" | "error", content: string): object {
  return { toast: { type, content } };
}

/** Resolves when the message is stored; until then the platform gets no acknowledgement. */
async function handleMessage(
  data: unknown,
  { identity, accept }: DispatchOptions,
  { clock, logger }: FeishuContext,
): Promise<void> {
  const received = receiveMessage(data, {
    channel: CHANNEL_NAME,
    botOpenId: identity.current()?.openId,
    now: clock(),
  });
  if (received.outcome === "ignored") {
    logger.debug({ reason: received.reason }, "feishu: event ignored");
    return;
  }
  if (received.outcome === "deferred") {
    logger.warn({ reason: received.reason }, "feishu: event deferred");
    throw new AppError({
      code: "channel",
      message: received.reason,
      safeMessage: "机器人身份尚未确认，请稍后再试。",
      retryable: true,
    });
  }
  const { messageKey } = received.message;
  try {
    const acceptance = await accept(received.message);
    logger.info({ messageKey, acceptance }, "feishu: message received");
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error({ messageKey, errorId: error.id, error: error.message }, "feishu: message not stored");
    throw error;
  }
}
