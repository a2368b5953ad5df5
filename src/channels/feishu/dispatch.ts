import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import type { AcceptMessage, ChannelHooks, InboundMessage } from "../../conversation/index.ts";
import { AppError, toAppError } from "../../shared/index.ts";
import type { CardSigner } from "./card-scope.ts";
import type { BotIdentitySource } from "./identity.ts";
import { type Received, receiveMessage } from "./receive.ts";
import { receiveAction } from "./receive-action.ts";
import { receiveSignal, SIGNAL_EVENTS, type SignalEvent } from "./receive-signal.ts";
import { createRedactor, createSdkLogger, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";

export const CHANNEL_NAME = "feishu";

/** Subscribed by many apps, or sent without being asked for; acknowledged and not looked at. */
const UNUSED_EVENTS = [
  "im.message.message_read_v1",
  "im.message.reaction.created_v1",
  "im.message.reaction.deleted_v1",
  "im.chat.member.bot.added_v1",
  "im.chat.access_event.bot_p2p_chat_entered_v1",
  "application.bot.menu_v6",
] as const;

export interface DispatchOptions {
  identity: BotIdentitySource;
  accept: AcceptMessage;
  /** Absent: signals are acknowledged and not looked at, and nothing is overheard. */
  hooks?: ChannelHooks;
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
  dispatcher.register(
    Object.fromEntries(
      SIGNAL_EVENTS.map((event) => [
        event,
        (data: unknown) => options.track(handleSignal(event, data, options, context)),
      ]),
    ),
  );
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
  options: DispatchOptions,
  { clock, logger }: FeishuContext,
): Promise<void> {
  const botOpenId = options.identity.current()?.openId;
  const received = receiveMessage(data, { channel: CHANNEL_NAME, botOpenId, now: clock() });
  if (received.outcome === "deferred") {
    logger.warn({ reason: received.reason }, "feishu: event deferred");
    throw new AppError({
      code: "channel",
      message: received.reason,
      safeMessage: "机器人身份尚未确认，请稍后再试。",
      retryable: true,
    });
  }
  try {
    const message = await chooseMessage(received, options);
    if (typeof message === "string") {
      logger.debug({ reason: message }, "feishu: event ignored");
      return;
    }
    const acceptance = await options.accept(message);
    const { messageKey, overheard } = message;
    logger.info({ messageKey, acceptance, ...(overheard && { overheard }) }, "feishu: message received");
  } catch (thrown) {
    const error = toAppError(thrown);
    const messageKey = received.outcome === "ignored" ? undefined : received.message.messageKey;
    logger.error({ messageKey, errorId: error.id, error: error.message }, "feishu: message not stored");
    throw error;
  }
}

/** The message to be stored, or why there is none. */
async function chooseMessage(
  received: Exclude<Received, { outcome: "deferred" }>,
  { hooks }: DispatchOptions,
): Promise<InboundMessage | string> {
  if (received.outcome === "ignored") return received.reason;
  const { message } = received;
  if (received.outcome === "message") return message;
  const { chatId } = message;
  const place = { channel: CHANNEL_NAME, chatId, messageIds: received.messageIds };
  return (await hooks?.follows(place)) ? message : "not spoken to the bot";
}

/** Resolves when what the signal says is stored; until then the platform brings it again. */
async function handleSignal(
  event: SignalEvent,
  data: unknown,
  { hooks }: DispatchOptions,
  { clock, logger }: FeishuContext,
): Promise<void> {
  const signal = receiveSignal(event, data, { channel: CHANNEL_NAME, now: clock() });
  if (!signal || !hooks) {
    logger.debug({ event, malformed: !signal }, "feishu: signal ignored");
    return;
  }
  try {
    await hooks.onSignal(signal);
    logger.info({ signal: signal.kind }, "feishu: signal received");
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error(
      { signal: signal.kind, errorId: error.id, error: error.message },
      "feishu: signal not handled, the platform will bring it again",
    );
    throw error;
  }
}
