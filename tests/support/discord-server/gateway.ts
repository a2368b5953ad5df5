import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { createSession, type Intended, type Session } from "./gateway-session.ts";
import { presentGuild, userOf } from "./present.ts";
import { BOT, type Json, type World } from "./world.ts";

const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;
const MAX_PAYLOAD_BYTES = 4_096;
const SENDS_A_MINUTE = 120;
/** Bits that exist. */
const KNOWN_INTENTS = 0b11_0000_0001_1111_1111_1111_1111;
const INTENT = { guildMembers: 1 << 1, presences: 1 << 8, messageContent: 1 << 15 } as const;

export interface GatewaySide {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To every session whose intents ask for it; kept for those that are away. */
  dispatch(type: string, data: Json, intended?: Intended): void;
  /** The next events are kept back until `release`, which brings them in the order asked for. */
  hold(): void;
  release(order?: "kept" | "reversed"): void;
  /** Cuts all connections as a broken line does; sessions live on. */
  drop(): void;
  /** Closes with the platform's code. */
  close(code: number): void;
  /** op 7. */
  askToReconnect(): void;
  /** Half-open: nothing goes to the present connections any more, no acknowledgement either. */
  freeze(): void;
  /** The next RESUME is answered with op 9 `d:false` (or `true`), so many times. */
  refuseResume(times?: number, resumable?: boolean): void;
  /** At the next RESUME the last so many events that the bot has already are brought once more. */
  repeatAtResume(events: number): void;
  /** The next IDENTIFY is answered with this close code. */
  refuseIdentify(code: number): void;
  /** Sessions without a connection end, as after minutes of absence. */
  forgetAbsent(): void;
  setHeartbeatInterval(milliseconds: number): void;
  readonly counts: {
    identifies: number;
    resumes: number;
    resumed: number;
    heartbeats: number;
    connections: number;
  };
  /** Sessions with a living connection that were greeted. */
  connected(): number;
  stop(): void;
}

/** The socket side: HELLO, heartbeats, IDENTIFY, RESUME, with the platform's checks and close codes. */
export function createGatewaySide(world: World): GatewaySide {
  const wss = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identifies: 0, resumes: 0, resumed: 0, heartbeats: 0, connections: 0 };
  const script = {
    refuseResumes: 0,
    resumable: false,
    repeat: 0,
    refuseIdentify: 0,
    heartbeatInterval: 41_250,
  };
  let held: (() => void)[] | undefined;

  function identify(socket: WebSocket, data: Json): Session | undefined {
    counts.identifies += 1;
    const refusal = script.refuseIdentify || judgeIdentify(world, data);
    script.refuseIdentify = 0;
    if (refusal) {
      socket.close(refusal);
      return undefined;
    }
    const session = createSession(randomUUID().replaceAll("-", ""), Number(data["intents"]), socket);
    sessions.set(session.id, session);
    session.push("READY", describeReady(world, session.id));
    for (const guild of world.guilds.values())
      if (guild.members.has(BOT.userId)) session.push("GUILD_CREATE", presentGuild(world, guild));
    return session;
  }

  function resume(socket: WebSocket, data: Json): Session | undefined {
    counts.resumes += 1;
    const session = sessions.get(String(data["session_id"]));
    if (data["token"] !== world.token) {
      socket.close(4004);
      return undefined;
    }
    if (script.refuseResumes > 0 || !session) {
      const resumable = script.refuseResumes > 0 && script.resumable && session !== undefined;
      script.refuseResumes = Math.max(0, script.refuseResumes - 1);
      if (session && !resumable) sessions.delete(session.id);
      sendFrame(socket, { op: OP.invalid, d: resumable });
      return undefined;
    }
    const from = Number(data["seq"]);
    if (from > session.lastSequence()) {
      socket.close(4007);
      return undefined;
    }
    session.attach(socket, Math.max(0, from - script.repeat));
    script.repeat = 0;
    session.push("RESUMED", { _trace: [] });
    counts.resumed += 1;
    return session;
  }

  function greet(socket: WebSocket): void {
    counts.connections += 1;
    let session: Session | undefined;
    let sends: number[] = [];
    sendFrame(socket, { op: OP.hello, d: { heartbeat_interval: script.heartbeatInterval } });
    socket.on("error", () => undefined);
    socket.on("message", (raw) => {
      const now = Date.now();
      sends = [...sends.filter((at) => now - at < 60_000), now];
      const payload = readPayload(raw as Buffer);
      if (!payload) return socket.close(4002);
      if (sends.length > SENDS_A_MINUTE) return socket.close(4008);
      const data = (payload["d"] ?? {}) as Json;
      if (payload["op"] === OP.heartbeat) {
        counts.heartbeats += 1;
        if (!session?.frozen) sendFrame(socket, { op: OP.ack });
      } else if (payload["op"] === OP.identify) {
        if (session) return socket.close(4005);
        session = identify(socket, data);
      } else if (payload["op"] === OP.resume) {
        if (session) return socket.close(4005);
        session = resume(socket, data);
      } else if (!session) socket.close(4003);
    });
    socket.on("close", (code) => {
      session?.detach(socket);
      // What the client closes with 1000 or 1001 is over for good.
      if (session && (code === 1000 || code === 1001)) sessions.delete(session.id);
    });
  }

  const deliver = (type: string, data: Json, intended?: Intended) => {
    for (const session of sessions.values()) session.offer(type, data, intended);
  };

  return {
    counts,
    upgrade: (request, socket, head) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      if (url.searchParams.get("v") !== "10" || url.searchParams.get("encoding") !== "json") {
        socket.destroy();
        return;
      }
      wss.handleUpgrade(request, socket, head, greet);
    },
    dispatch: (type, data, intended) => {
      if (held) held.push(() => deliver(type, data, intended));
      else deliver(type, data, intended);
    },
    hold: () => {
      held ??= [];
    },
    release: (order = "kept") => {
      const waiting = held ?? [];
      held = undefined;
      for (const each of order === "kept" ? waiting : waiting.reverse()) each();
    },
    drop: () => {
      for (const socket of wss.clients) socket.terminate();
      for (const session of sessions.values()) session.detach();
    },
    close: (code) => {
      for (const socket of wss.clients) socket.close(code);
      for (const session of sessions.values()) session.detach();
    },
    askToReconnect: () => {
      for (const socket of wss.clients) sendFrame(socket, { op: OP.reconnect, d: null });
    },
    freeze: () => {
      for (const session of sessions.values()) session.freeze();
    },
    refuseResume: (times = 1, resumable = false) => {
      script.refuseResumes = times;
      script.resumable = resumable;
    },
    repeatAtResume: (events) => {
      script.repeat = events;
    },
    refuseIdentify: (code) => {
      script.refuseIdentify = code;
    },
    forgetAbsent: () => {
      for (const session of sessions.values()) if (!session.attached()) sessions.delete(session.id);
    },
    setHeartbeatInterval: (milliseconds) => {
      script.heartbeatInterval = milliseconds;
    },
    connected: () => [...sessions.values()].filter((session) => session.attached()).length,
    stop: () => {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
    },
  };
}

function sendFrame(socket: WebSocket, frame: Json): void {
  socket.send(JSON.stringify({ t: null, s: null, ...frame }));
}

function readPayload(raw: Buffer): Json | undefined {
  if (raw.length > MAX_PAYLOAD_BYTES) return undefined;
  try {
    return JSON.parse(raw.toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

function judgeIdentify(world: World, data: Json): number {
  if (data["token"] !== world.token) return 4004;
  const intents = data["intents"];
  if (typeof intents !== "number" || !Number.isInteger(intents) || intents < 0 || intents & ~KNOWN_INTENTS)
    return 4013;
  if (!data["properties"]) return 4002;
  const { messageContent, members } = world.privileged;
  if (intents & INTENT.presences) return 4014;
  if (intents & INTENT.messageContent && !messageContent) return 4014;
  if (intents & INTENT.guildMembers && !members) return 4014;
  return 0;
}

function describeReady(world: World, sessionId: string): Json {
  const guilds = [...world.guilds.values()].filter(({ members }) => members.has(BOT.userId));
  return {
    v: 10,
    user: { ...userOf(world, BOT.userId), verified: true, mfa_enabled: false, email: null, flags: 0 },
    user_settings: {},
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    relationships: [],
    private_channels: [],
    presences: [],
    session_id: sessionId,
    session_type: "normal",
    resume_gateway_url: `${world.url.replace("http", "ws")}/resumed-gateway`,
    shard: [0, 1],
    application: { id: BOT.applicationId, flags: 0 },
  };
}
