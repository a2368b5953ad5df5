import { type IdSource, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore, InboxRecord } from "../storage/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import { dropStream } from "./drop-stream.ts";
import { finishWithin } from "./finish-within.ts";
import { fitReply } from "./fit-reply.ts";
import type { InboundMessage, Reply, ReplyStream } from "./types.ts";

export interface StreamParts {
  store: Pick<ConversationStore, "noteStream">;
  channels: ConversationChannels;
  ids: IdSource;
  logger: Logger;
}

/** The message that fills while the reply to one message is made. */
export interface FillingStream {
  /** Absent: nothing can be shown before the reply is whole. Opens the stream at the first call. */
  show?: (reply: Reply) => void;
  /** Shows nothing more. What the reply is to be delivered with; undefined: there is no stream. Never throws. */
  finish(): Promise<unknown>;
}

/** A stream that takes longer to open is done without. */
const OPEN_LIMIT_MS = 3_000;
const SETTLE_LIMIT_MS = 5_000;
const ANSWERED_ELSEWHERE = { zh: "答复请见另一条消息。", en: "Please see the answer in another message." };

/** A message that was in work before goes on with the stream that was opened then, and shows nothing until it is whole. */
export function createFillingStream(record: InboxRecord, parts: StreamParts): FillingStream {
  if (record.stream !== undefined) return { finish: async () => record.stream };
  const target = parts.channels.get(record.channel);
  const message = record.message as InboundMessage;
  const open = target?.openStream?.bind(target);
  if (!open || target?.capabilities?.streams !== true || message.overheard)
    return { finish: async () => undefined };
  const { channel, messageKey } = record;
  const { replyTarget } = message;
  let opening: Promise<ReplyStream | undefined> | undefined;
  let stream: ReplyStream | undefined;
  let latest: Reply | undefined;
  let isOver = false;

  async function openNow(reply: Reply): Promise<ReplyStream | undefined> {
    try {
      const opened = await open?.({ messageKey, replyTarget, reply });
      if (!opened) return undefined;
      await note(opened);
      if (isOver) await dropLate(opened);
      else if (latest && latest !== reply) opened.show(latest);
      stream = opened;
      return opened;
    } catch (thrown) {
      const error = toAppError(thrown);
      parts.logger.warn({ channel, messageKey, errorId: error.id, error: error.message }, "no stream");
      return undefined;
    }
  }

  /** Before anything else: after a crash it must be found again. */
  async function note({ resume }: ReplyStream): Promise<void> {
    await parts.store.noteStream(channel, messageKey, resume).catch((thrown: unknown) => {
      parts.logger.error({ channel, messageKey, error: String(thrown) }, "a stream could not be noted");
    });
  }

  /** The reply went out whole meanwhile. */
  async function dropLate(late: ReplyStream): Promise<void> {
    await finishWithin(late.settle(), SETTLE_LIMIT_MS);
    const line = ANSWERED_ELSEWHERE[latest?.language ?? "zh"];
    const { resume } = late;
    const outboxId = parts.ids();
    await dropStream({ ...parts, channel, outboxId, messageKey, replyTarget, stream: resume, line });
  }

  return {
    show(reply) {
      const fitted = fitReply(toPartial(reply), target.capabilities ?? {});
      latest = fitted;
      if (stream) stream.show(fitted);
      else opening ??= openWithin(openNow(fitted));
    },
    async finish() {
      // One that opened late is there all the same.
      const opened = (await opening) ?? stream;
      isOver = true;
      if (!opened) return undefined;
      await finishWithin(opened.settle(), SETTLE_LIMIT_MS).catch(() => false);
      return opened.resume;
    },
  };
}

/** Undefined after the time limit, counted from the start of opening. */
function openWithin(opening: Promise<ReplyStream | undefined>): Promise<ReplyStream | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), OPEN_LIMIT_MS);
    opening.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer));
  });
}

/** What can be pressed comes with the whole reply. */
function toPartial(reply: Reply): Reply {
  const blocks = reply.blocks.filter(({ type }) => type !== "actions" && type !== "form");
  return { ...reply, blocks, partial: true };
}
