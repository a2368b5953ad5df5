import type { ServerResponse } from "node:http";
import type { Logger } from "../../shared/index.ts";
import { toTurnEvent } from "./render.ts";
import type { Turn } from "./turn.ts";

const HEARTBEAT_MS = 20_000;
/** A browser that reads nothing is cut off; it reconnects and gets what it missed. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const MAX_STREAMS = 2_000;
const MAX_STREAMS_OF_SESSION = 6;

/** Pages that listen. What they get comes from the stored history, so that nothing is lost between two connections. */
export interface Streams {
  /** False: too many are open. */
  hasRoom(session: string): boolean;
  /** Sends what follows `lastTurnId` (all when unknown), then `ready`, then every new turn. */
  open(session: string, response: ServerResponse, lastTurnId: string | undefined): void;
  /** Sends new turns to the pages of a session; resolves when they are written. */
  notify(session: string): Promise<void>;
  readonly size: number;
  close(): void;
}

interface Stream {
  response: ServerResponse;
  lastTurnId: string | undefined;
  /** Serialises the sending, so that no turn is sent twice. */
  queue: Promise<void>;
}

export function createStreams(readTurns: (session: string) => Promise<Turn[]>, logger: Logger): Streams {
  const sessions = new Map<string, Set<Stream>>();
  const all = () => [...sessions.values()].flatMap((streams) => [...streams]);
  const heartbeat = setInterval(() => {
    for (const { response } of all()) write(response, ": still here\n\n");
  }, HEARTBEAT_MS);
  heartbeat.unref();

  function synchronise(session: string, stream: Stream): Promise<void> {
    stream.queue = stream.queue
      .then(() => sendNew(session, stream))
      .catch((error: unknown) => {
        logger.warn({ error: String(error) }, "web stream cut off");
        stream.response.destroy();
      });
    return stream.queue;
  }

  async function sendNew(session: string, stream: Stream): Promise<void> {
    if (stream.response.destroyed) return;
    const turns = await readTurns(session);
    const seen = turns.findIndex((turn) => turn.turnId === stream.lastTurnId);
    for (const turn of turns.slice(seen + 1)) {
      write(stream.response, toTurnEvent(turn));
      stream.lastTurnId = turn.turnId;
    }
    if (stream.response.writableLength > MAX_UNREAD_BYTES) stream.response.destroy();
  }

  return {
    hasRoom: (session) =>
      (sessions.get(session)?.size ?? 0) < MAX_STREAMS_OF_SESSION && all().length < MAX_STREAMS,
    open(session, response, lastTurnId) {
      const stream: Stream = { response, lastTurnId, queue: Promise.resolve() };
      const streams = sessions.get(session) ?? new Set();
      sessions.set(session, streams.add(stream));
      response.on("close", () => {
        streams.delete(stream);
        if (streams.size === 0 && sessions.get(session) === streams) sessions.delete(session);
      });
      response.on("error", () => response.destroy());
      write(response, "retry: 2000\n\n");
      void synchronise(session, stream).then(() => write(response, "event: ready\ndata: {}\n\n"));
    },
    async notify(session) {
      await Promise.all([...(sessions.get(session) ?? [])].map((stream) => synchronise(session, stream)));
    },
    get size() {
      return all().length;
    },
    close() {
      clearInterval(heartbeat);
      for (const { response } of all()) response.end();
    },
  };
}

function write(response: ServerResponse, text: string): void {
  if (!response.destroyed && !response.writableEnded) response.write(text);
}
