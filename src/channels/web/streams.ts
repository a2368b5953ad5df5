import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Logger } from "../../shared/index.ts";
import type { PartialReply } from "./partials.ts";
import { toPartialEvent, toTurnEvent } from "./render.ts";
import type { Turn } from "./turn.ts";

const MAX_STREAMS = 2_000;
const MAX_STREAMS_OF_SESSION = 6;

/** Times that tests shorten. */
export interface StreamTuning {
  heartbeatMs: number;
  /** Heartbeats for which a page may leave unread what was written before it is cut off; it comes back. */
  stalledBeats: number;
  /** Heartbeats after which every stream ends: what a vanished page left behind is gone then at the latest. */
  lastBeat: number;
}

const DEFAULT_STREAM_TUNING: StreamTuning = { heartbeatMs: 20_000, stalledBeats: 2, lastBeat: 45 };

export interface StreamOwner {
  session: string;
  /** Of a signed-in session: its streams end with the sign-in. */
  account?: string | undefined;
}

/** Pages that listen. What they get comes from the stored history, so that nothing is lost between two connections. */
export interface Streams {
  /** False: too many are open. */
  hasRoom(session: string): boolean;
  /** Sends what follows `lastTurnId` (all when unknown), then `ready`, then every new turn. */
  open(owner: StreamOwner, response: ServerResponse, lastTurnId: string | undefined): void;
  /** Sends new turns to the pages of a session; resolves when they have taken them. */
  notify(session: string): Promise<void>;
  /** What a reply looks like so far. A page that is behind with reading gets the next one instead. */
  sendPartial(session: string, partial: PartialReply): void;
  /** Ends those that match; their pages come back and are asked anew who they are. */
  endWhere(matches: (owner: StreamOwner) => boolean): void;
  readonly size: number;
  close(): void;
}

interface Stream {
  owner: StreamOwner;
  response: ServerResponse;
  lastTurnId: string | undefined;
  /** Serialises the sending, so that no turn is sent twice. */
  queue: Promise<void>;
  beats: number;
  /** Heartbeats in a row that found something unread. */
  stalled: number;
}

export interface StreamSources {
  readTurns: (session: string) => Promise<Turn[]>;
  readPartials: (session: string) => PartialReply[];
  logger: Logger;
  tuning?: StreamTuning;
}

export function createStreams({
  readTurns,
  readPartials,
  logger,
  tuning = DEFAULT_STREAM_TUNING,
}: StreamSources): Streams {
  const sessions = new Map<string, Set<Stream>>();
  const all = () => [...sessions.values()].flatMap((streams) => [...streams]);
  const of = (session: string) => [...(sessions.get(session) ?? [])];
  const heartbeat = setInterval(() => {
    for (const stream of all()) beat(stream, tuning);
  }, tuning.heartbeatMs);
  heartbeat.unref();

  function synchronise(stream: Stream): Promise<void> {
    stream.queue = stream.queue
      .then(() => sendNew(stream, readTurns))
      .catch((error: unknown) => {
        logger.warn({ error: String(error) }, "web stream cut off");
        stream.response.destroy();
      });
    return stream.queue;
  }

  function keep(stream: Stream): void {
    const { session } = stream.owner;
    const streams = sessions.get(session) ?? new Set();
    sessions.set(session, streams.add(stream));
    stream.response.on("close", () => {
      streams.delete(stream);
      if (streams.size === 0 && sessions.get(session) === streams) sessions.delete(session);
    });
    stream.response.on("error", () => stream.response.destroy());
  }

  return {
    hasRoom: (session) => of(session).length < MAX_STREAMS_OF_SESSION && all().length < MAX_STREAMS,
    open(owner, response, lastTurnId) {
      const stream: Stream = { owner, response, lastTurnId, queue: Promise.resolve(), beats: 0, stalled: 0 };
      keep(stream);
      write(response, "retry: 2000\n\n");
      void synchronise(stream).then(() => {
        write(response, "event: ready\ndata: {}\n\n");
        for (const partial of readPartials(owner.session)) write(response, toPartialEvent(partial));
      });
    },
    async notify(session) {
      await Promise.all(of(session).map(synchronise));
    },
    sendPartial(session, partial) {
      for (const { response } of of(session)) {
        if (response.writableLength === 0) write(response, toPartialEvent(partial));
      }
    },
    endWhere(matches) {
      for (const { owner, response } of all()) if (matches(owner)) response.end();
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

/** Each turn waits until the page has taken the one before: memory holds one for a page that reads slowly. */
async function sendNew(stream: Stream, readTurns: StreamSources["readTurns"]): Promise<void> {
  const { owner, response } = stream;
  if (response.destroyed) return;
  const turns = await readTurns(owner.session);
  const seen = turns.findIndex((turn) => turn.turnId === stream.lastTurnId);
  for (const turn of turns.slice(seen + 1)) {
    write(response, toTurnEvent(turn));
    stream.lastTurnId = turn.turnId;
    await drained(response);
  }
}

async function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).finally(() =>
    waiting.abort(),
  );
}

/** A connection whose other end is gone takes what is written for a while; then it piles up, and that is seen. */
function beat(stream: Stream, { stalledBeats, lastBeat }: StreamTuning): void {
  const { response } = stream;
  stream.beats += 1;
  stream.stalled = response.writableLength > 0 ? stream.stalled + 1 : 0;
  if (stream.stalled >= stalledBeats) response.destroy();
  else if (stream.beats >= lastBeat) response.end();
  else if (stream.stalled === 0) write(response, ": still here\n\n");
}

function write(response: ServerResponse, text: string): void {
  if (!response.destroyed && !response.writableEnded) response.write(text);
}
