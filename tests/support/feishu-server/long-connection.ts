import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as waitFor } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import { decodeFrame, encodeFrame, type Frame } from "./frames.ts";

/** Seconds, as the platform gives them. */
export interface ClientConfig {
  ReconnectCount: number;
  ReconnectInterval: number;
  ReconnectNonce: number;
  PingInterval: number;
}

export interface Ack {
  /** 200 or 500. */
  code: number;
  /** The handler's return value. */
  data: unknown;
  elapsedMs: number;
}

export interface PushOptions {
  /** The event is sent in so many frames. Default 1. */
  fragments?: number;
  /** Default 3 000 ms, as on the platform. */
  ackTimeoutMs?: number;
}

export interface LongConnectionSide {
  /** A fresh address with a ticket that serves once. */
  issueAddress(baseUrl: string): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To one of the connections, as the platform does. Undefined: no acknowledgement in time. */
  push(event: object, options?: PushOptions): Promise<Ack | undefined>;
  /** Pushes again by the schedule until acknowledged with 200; returns how often it was pushed. */
  pushUntilAcked(event: object, scheduleMs: readonly number[], options?: PushOptions): Promise<number>;
  pushRaw(bytes: Buffer): void;
  connectionCount(): number;
  /** Connections ever made. */
  totalConnections(): number;
  /** Events sent on each connection that ever had one. */
  eventCounts(): number[];
  pings(): number;
  dropConnections(): void;
  /** The connections stay, but nothing is answered on them any more. */
  goSilent(): void;
  /** Refuses the next upgrades. */
  refuseUpgrades(count: number): void;
  waitForConnection(count?: number): Promise<void>;
  close(): void;
}

export function createLongConnectionSide(clientConfig: () => ClientConfig): LongConnectionSide {
  const server = new WebSocketServer({ noServer: true });
  const sockets = new Set<WebSocket>();
  const silentSockets = new WeakSet<WebSocket>();
  const eventsOf = new Map<WebSocket, number>();
  const tickets = createTicketOffice();
  const waiting: WaitingAcks = new Map();
  let total = 0;
  let pings = 0;

  function onMessage(socket: WebSocket, bytes: Buffer): void {
    if (silentSockets.has(socket)) return;
    const frame = decodeFrame(bytes);
    if (frame.method === 0 && frame.headers["type"] === "ping") {
      pings += 1;
      const payload = Buffer.from(JSON.stringify(clientConfig()));
      socket.send(encodeFrame({ ...frame, headers: { type: "pong" }, payload }));
      return;
    }
    waiting.get(frame.headers["message_id"] ?? "")?.(frame);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!tickets.redeem(request.url ?? "/")) {
      socket.end("HTTP/1.1 403 Forbidden\r\nHandshake-Status: 403\r\nHandshake-Msg: ticket\r\n\r\n");
      return;
    }
    server.handleUpgrade(request, socket, head, (opened) => {
      total += 1;
      sockets.add(opened);
      opened.on("message", (data: Buffer) => onMessage(opened, data));
      opened.on("close", () => sockets.delete(opened));
      opened.on("error", () => {});
    });
  }

  const dropConnections = () => sockets.forEach((socket) => void socket.terminate());
  let turn = 0;
  /** Each event goes to one of the connections, as on the platform; here in turn, so that all take part. */
  const nextSocket = () => {
    const live = [...sockets].filter((candidate) => !silentSockets.has(candidate));
    turn += 1;
    const socket = live[turn % Math.max(1, live.length)];
    if (socket) eventsOf.set(socket, (eventsOf.get(socket) ?? 0) + 1);
    return socket;
  };
  const push = createPusher(nextSocket, waiting);

  return {
    issueAddress: tickets.issueAddress,
    upgrade,
    push,
    pushUntilAcked: (event, scheduleMs, options) => pushUntilAcked(push, event, scheduleMs, options),
    pushRaw: (bytes) => {
      for (const socket of sockets) socket.send(bytes);
    },
    connectionCount: () => sockets.size,
    totalConnections: () => total,
    eventCounts: () => [...eventsOf.values()],
    pings: () => pings,
    dropConnections,
    goSilent: () => {
      for (const socket of sockets) silentSockets.add(socket);
    },
    refuseUpgrades: tickets.refuseNext,
    waitForConnection: (count = 1) => waitForSize(sockets, count),
    close: () => {
      dropConnections();
      server.close();
    },
  };
}

async function waitForSize(sockets: ReadonlySet<WebSocket>, count: number): Promise<void> {
  for (let waited = 0; sockets.size < count; waited += 10) {
    if (waited > 15_000) throw new Error("no connection came");
    await waitFor(10);
  }
}

/** Each address opens one connection. */
function createTicketOffice() {
  const tickets = new Set<string>();
  let refusals = 0;
  return {
    issueAddress: (baseUrl: string) => {
      const ticket = randomBytes(8).toString("hex");
      tickets.add(ticket);
      return `${baseUrl.replace(/^http/, "ws")}/ws?device_id=7&service_id=33554678&ticket=${ticket}`;
    },
    redeem: (path: string): boolean => {
      const ticket = new URL(path, "http://server").searchParams.get("ticket") ?? "";
      if (refusals === 0) return tickets.delete(ticket);
      refusals -= 1;
      return false;
    },
    refuseNext: (count: number) => {
      refusals = count;
    },
  };
}

/** By the frame's message id. */
type WaitingAcks = Map<string, (frame: Frame) => void>;

type Push = LongConnectionSide["push"];

function createPusher(pickSocket: () => WebSocket | undefined, waiting: WaitingAcks): Push {
  let counter = 0;
  return async (event, options = {}) => {
    const socket = pickSocket();
    if (!socket) return undefined;
    counter += 1;
    const id = `frame-${counter}`;
    const startedAt = performance.now();
    const acked = new Promise<Ack>((resolve) =>
      waiting.set(id, (frame) => resolve(readAck(frame, startedAt))),
    );
    for (const frame of toFrames(event, id, options.fragments ?? 1)) socket.send(encodeFrame(frame));
    const timeout = new AbortController();
    const late = waitFor(options.ackTimeoutMs ?? 3_000, undefined, { signal: timeout.signal });
    const ack = await Promise.race([acked, late.catch(() => undefined)]);
    timeout.abort();
    waiting.delete(id);
    return ack ?? undefined;
  };
}

async function pushUntilAcked(
  push: Push,
  event: object,
  scheduleMs: readonly number[],
  options?: PushOptions,
): Promise<number> {
  for (let pushes = 1; ; pushes += 1) {
    const ack = await push(event, options);
    if (ack?.code === 200) return pushes;
    const delayMs = scheduleMs[pushes - 1];
    if (delayMs === undefined) throw new Error(`not acknowledged after ${pushes} pushes`);
    await waitFor(delayMs);
  }
}

function toFrames(event: object, messageId: string, fragments: number): Frame[] {
  const payload = Buffer.from(JSON.stringify(event));
  const size = Math.ceil(payload.length / fragments);
  return Array.from({ length: fragments }, (_, seq) => ({
    seqId: 0,
    logId: 2 ** 40 + seq,
    service: 33554678,
    method: 1,
    headers: {
      type: "event",
      message_id: messageId,
      sum: String(fragments),
      seq: String(seq),
      trace_id: `trace-${messageId}`,
      timestamp: String(Date.now()),
    },
    payload: payload.subarray(seq * size, (seq + 1) * size),
  })).reverse();
}

function readAck(frame: Frame, startedAt: number): Ack {
  const answer = JSON.parse(frame.payload.toString("utf8")) as { code: number; data?: string };
  const data: unknown =
    answer.data === undefined ? undefined : JSON.parse(Buffer.from(answer.data, "base64").toString("utf8"));
  return { code: answer.code, data, elapsedMs: performance.now() - startedAt };
}
