import { setTimeout as waitFor } from "node:timers/promises";
import type { OutgoingReply, Reply, ReplyStream } from "../../conversation/index.ts";
import { type Logger, remember } from "../../shared/index.ts";
import type { Delivery } from "./delivery.ts";
import { readTarget } from "./delivery.ts";
import { toChannelError } from "./failures.ts";
import type { InteractionAnswers } from "./interaction-answers.ts";
import { chooseOutlet, type Outlet } from "./outlet.ts";
import type { StreamTarget } from "./schema.ts";
import type { Sender } from "./send-message.ts";
import type { DiscordContext } from "./settings.ts";

export interface StreamParts {
  sender: Sender;
  answers: Pick<InteractionAnswers, "settled">;
  preview: Delivery["preview"];
  context: DiscordContext;
}

export type StreamStart = Pick<OutgoingReply, "messageKey" | "replyTarget" | "reply">;

const MAX_OPENED = 500;

/** A message, or the deferred answer of a command, that is edited while its reply is made. Never rejects. */
export function createStreams(parts: StreamParts): (start: StreamStart) => Promise<ReplyStream | undefined> {
  const opened = new Map<string, StreamTarget>();
  return async (start) => {
    const { sender, answers, preview, context } = parts;
    try {
      const target = readTarget(start.replyTarget);
      if (target.interaction) await answers.settled(target.interaction.id);
      const outlet = chooseOutlet(target, start.reply, { now: context.clock(), withoutToken: false });
      // What only one person may see is sent whole.
      if (outlet.by === "follow-up" || (outlet.by === "message" && outlet.announce)) return undefined;
      const part = preview(start.reply);
      if (!part) return undefined;
      const { body, uploads } = part;
      const known = opened.get(start.messageKey);
      const resume: StreamTarget =
        known ?? (await open(sender, outlet, { body, uploads }, `stream:${start.messageKey}`));
      remember(opened, start.messageKey, resume, MAX_OPENED);
      return createStream(resume, outlet, parts);
    } catch (thrown) {
      context.logger.warn({ error: toChannelError(thrown, "open a stream").message }, "discord: no stream");
      return undefined;
    }
  };
}

async function open(
  sender: Sender,
  outlet: Exclude<Outlet, { by: "follow-up" }>,
  sending: Parameters<Sender["send"]>[1],
  key: string,
): Promise<StreamTarget> {
  if (outlet.by === "original") {
    await sender.editOriginal(outlet.interaction, sending);
    return { in: "original" };
  }
  const messageId = await sender.send(outlet.target, sending, key);
  return { in: "message", channelId: await sender.channelOf(outlet.target), messageId };
}

function createStream(
  resume: StreamTarget,
  outlet: Exclude<Outlet, { by: "follow-up" }>,
  { sender, preview, context }: StreamParts,
): ReplyStream {
  let next: Reply | undefined;
  let settled = false;
  let running: Promise<void> | undefined;
  const stopped = new AbortController();

  const showOne = async (reply: Reply): Promise<void> => {
    const part = preview(reply);
    if (!part) return;
    const sending = { body: part.body, uploads: [] };
    if (outlet.by === "original") await sender.editOriginal(outlet.interaction, sending);
    else if (resume.in === "message") await sender.edit(resume.channelId, resume.messageId, sending);
  };
  const run = async (): Promise<void> => {
    while (next && !settled) {
      const reply = next;
      next = undefined;
      await showOne(reply).catch((thrown: unknown) => logPause(context.logger, thrown));
      const pause = waitFor(context.tuning.streamIntervalMs, undefined, {
        ref: false,
        signal: stopped.signal,
      });
      await pause.catch(() => {});
    }
    running = undefined;
  };
  return {
    resume,
    show: (reply) => {
      if (settled) return;
      next = reply;
      running ??= run();
    },
    settle: async () => {
      settled = true;
      stopped.abort();
      await running;
    },
  };
}

/** What was not shown stands in the finished reply. */
function logPause(logger: Logger, thrown: unknown): void {
  logger.debug({ error: toChannelError(thrown, "show").message }, "discord: stream not shown");
}
