import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import {
  type AcceptMessage,
  type ChannelHooks,
  type InboundMessage,
  readMenuKey,
} from "../../conversation/index.ts";
import { AppError, toAppError } from "../../shared/index.ts";
import type { CardSigner } from "./card-scope.ts";
import type { BotIdentitySource } from "./identity.ts";
import type { Presses, Toast } from "./presses.ts";
import { type Received, receiveMessage } from "./receive.ts";
import { receiveAction } from "./receive-action.ts";
import { receiveMenu } from "./receive-menu.ts";
import { receiveSignal, SIGNAL_EVENTS, type SignalEvent } from "./receive-signal.ts";
import { findForeign } from "./refuse-foreign.ts";
import { createRedactor, createSdkLogger, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";

export const CHANNEL_NAME = "feishu";

/** Subscribed by many apps, or sent without being asked for; acknowledged and not looked at. */
const UNUSED_EVENTS = [
  "im.message.message_read_v1",
  "im.message.reaction.created_v1",
  "im.message.reaction.deleted_v1",
] as const;

export interface DispatchOptions {
  identity: BotIdentitySource;
  accept: AcceptMessage;
  /** Absent: signals are acknowledged and not looked at, and nothing is overheard. */
  hooks?: ChannelHooks;
  signer: CardSigner;
  presses: Presses;
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
  const handle = (run: Handler, foreign: object = {}) => {
    return async (data: unknown) => {
      const own = { appId: settings.appId, tenantKey: options.identity.tenantKey() };
      const reason = findForeign(data, own);
      if (reason === undefined) return options.track(run(data, options, context));
      logger.warn({ reason }, "feishu: event ignored");
      return foreign;
    };
  };
  dispatcher.register(Object.fromEntries(UNUSED_EVENTS.map((name) => [name, nothing])));
  dispatcher.register(
    Object.fromEntries(
      SIGNAL_EVENTS.map((event) => [event, handle((data, ...parts) => handleSignal(event, data, ...parts))]),
    ),
  );
  dispatcher.register({
    "im.message.receive_v1": handle(handleMessage),
    "application.bot.menu_v6": handle(handleMenu),
    // An answer of another form than a toast or a card would show the person an error.
    "card.action.trigger": handle(handleAction, toast("info", FOREIGN_CARD)),
  });
  return dispatcher;
}

type Handler = (data: unknown, options: DispatchOptions, context: FeishuContext) => Promise<unknown>;

const FOREIGN_CARD = "这张卡片不属于本应用，请在与我的会话中重新操作。";

/**
 * Answers within the platform's 3 s. What the button asks for is done after it is stored; what is said to it stands in the
 * toast, if it is one line and comes in time, or else in the chat.
 */
async function handleAction(
  data: unknown,
  { accept, signer, presses }: DispatchOptions,
  { clock, logger, tuning }: FeishuContext,
): Promise<object> {
  const received = receiveAction(data, { channel: CHANNEL_NAME, signer, now: clock() });
  if (received.outcome === "refused") {
    logger.info({ reason: received.reason }, "feishu: action refused");
    return toast("info", received.toast);
  }
  const { messageKey } = received.message;
  // Before it is stored: the reply may be there sooner than the acceptance is known.
  const answered = presses.wait({ messageKey, messageId: received.messageId }, tuning.toastWaitMs);
  try {
    const acceptance = await accept(received.message);
    logger.info({ messageKey, acceptance }, "feishu: action received");
    if (acceptance !== "accepted") presses.release(messageKey);
    if (acceptance === "ignored") return toast("warning", "操作过于频繁，请稍后再试。");
    const said = await answered;
    return said ? { toast: said } : toast("success", "已收到，正在处理，结果会在会话中告知。");
  } catch (thrown) {
    presses.release(messageKey);
    const error = toAppError(thrown);
    logger.error({ messageKey, errorId: error.id, error: error.message }, "feishu: action not stored");
    return toast("error", `操作未能保存，请重试；错误编号：${error.id}`);
  }
}

function toast(type: Toast["type"], content: string): { toast: Toast } {
  return { toast: { type, content } };
}

/** An entry of the bot's menu is what its person would have typed. */
async function handleMenu(
  data: unknown,
  { accept }: DispatchOptions,
  { clock, logger }: FeishuContext,
): Promise<void> {
  const message = receiveMenu(data, { channel: CHANNEL_NAME, commandOf: readMenuKey, now: clock() });
  if (typeof message === "string") {
    logger.info({ reason: message }, "feishu: menu ignored");
    return;
  }
  const { messageKey } = message;
  try {
    logger.info({ messageKey, acceptance: await accept(message) }, "feishu: menu received");
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error({ messageKey, errorId: error.id, error: error.message }, "feishu: menu not stored");
    throw error;
  }
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
