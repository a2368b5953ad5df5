import type { InboundMessage, OutgoingReply, Reply } from "../../../src/conversation/index.ts";
import { AppError } from "../../../src/shared/index.ts";
import {
  type DiscordServer,
  type DiscordServerOptions,
  type StoredMessage,
  startDiscordServer,
} from "./index.ts";
import { type RunningChannel, type RunOptions, runDiscordChannel } from "./run-channel.ts";
import type { Guild, Person, Place } from "./world.ts";

/** A server with one channel, somebody who asks, somebody who looks on, and the bot's channel running. */
export interface DiscordPlace {
  readonly server: DiscordServer;
  readonly hands: DiscordServer["hands"];
  readonly running: RunningChannel;
  readonly guild: Guild;
  readonly place: Place;
  readonly asker: Person;
  readonly onlooker: Person;
  /** A question by mention (or in the direct chat), as it was handed in. */
  ask(text?: string): Promise<{ said: StoredMessage; message: InboundMessage }>;
  tell(text?: string): Promise<{ said: StoredMessage; message: InboundMessage }>;
  /** A fresh process of the bot. */
  restart(options?: RunOptions): Promise<void>;
  close(): Promise<void>;
}

export async function openDiscordPlace(
  serverOptions: DiscordServerOptions = {},
  runOptions: RunOptions = {},
): Promise<DiscordPlace> {
  const server = await startDiscordServer(serverOptions);
  const { hands } = server;
  const guild = hands.guild();
  const place = hands.channel(guild);
  const [asker, onlooker] = [hands.person("提问者（虚构）"), hands.person("旁观者（虚构）")];
  hands.join(guild, asker);
  hands.join(guild, onlooker);
  let running = await runDiscordChannel(server, runOptions);
  if (runOptions.start !== false) await running.ready();
  const arrived = async (said: StoredMessage) => ({ said, message: await running.arrived(said.id) });
  return {
    ...{ server, hands, guild, place, asker, onlooker },
    get running() {
      return running;
    },
    ask: (text = "创新券怎么用？") => arrived(hands.say(asker.id, place, text, { mention: true })),
    tell: (text = "创新券怎么用？") => arrived(hands.tell(asker.id, text)),
    restart: async (options = runOptions) => {
      await running.channel.stop();
      running = await runDiscordChannel(server, options);
      await running.ready();
    },
    close: async () => {
      await running.channel.stop();
      await server.close();
    },
  };
}

let counter = 0;

export function outgoing(
  message: Pick<InboundMessage, "messageKey" | "replyTarget">,
  reply: Reply,
): OutgoingReply {
  counter += 1;
  const { messageKey, replyTarget } = message;
  return { outboxId: `discord-outbox-${counter}`, messageKey, replyTarget, reply };
}

/** As the outbox does: again under the same id while the channel says that it may pass. */
export async function deliverAtLast(
  running: RunningChannel,
  outgoingReply: OutgoingReply,
  tries = 15,
): Promise<string> {
  for (let tried = 1; ; tried += 1) {
    try {
      return (await running.channel.deliver(outgoingReply)).receipt;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || !thrown.retryable || tried === tries) throw thrown;
    }
  }
}

export async function failureOf(work: Promise<unknown>): Promise<AppError & { retryAfterMs?: number }> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error(`no AppError but ${String(thrown)}`);
  return thrown;
}

const WRITING = new Set(["create-message", "edit-message", "callback", "followup", "edit-original"]);
/** Callbacks without a message. */
const SILENT_CALLBACKS = [5, 6, 8, 9];

/** Calls that put words before people without forbidding that anybody is pinged by them. */
export function callsThatMayPing({ calls }: DiscordServer): string[] {
  return calls
    .filter(
      ({ route, body }) =>
        WRITING.has(route) && !(route === "callback" && SILENT_CALLBACKS.includes(Number(body["type"]))),
    )
    .filter(({ route, body }) => {
      const written = (route === "callback" ? body["data"] : body) as {
        allowed_mentions?: { parse?: unknown[] };
      };
      return written.allowed_mentions?.parse?.length !== 0;
    })
    .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body).slice(0, 200)}`);
}
