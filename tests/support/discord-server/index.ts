import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createFaultScript, type FaultScript } from "./faults.ts";
import { createGatewaySide, type GatewaySide } from "./gateway.ts";
import { createHands, type Hands } from "./hands.ts";
import type { LoggedCall, Platform } from "./platform.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import { readForm } from "./read-form.ts";
import type { ApiAnswer } from "./refusal.ts";
import { answerCall } from "./rest-api.ts";
import { createServerClock } from "./server-clock.ts";
import { BOT, createWorld, type StoredCommand, type StoredMessage, type World } from "./world.ts";

export type { Failure, Route, Weather } from "./faults.ts";
export type { Hands } from "./hands.ts";
export { PERMISSION } from "./permissions.ts";
export type { LoggedCall } from "./platform.ts";
export { BOT, CHANNEL_TYPE, type Json, type StoredInteraction, type StoredMessage } from "./world.ts";

export interface DiscordServerOptions {
  /** Default: any free port. */
  port?: number;
  /** Real limits divided by this. Default 50: a window of five seconds lasts a tenth of one. 1: as the platform. */
  rateCompression?: number;
  /** Privileged intents that are switched on. Default none. */
  privileged?: Partial<World["privileged"]>;
  heartbeatIntervalMs?: number;
  /** Milliseconds; default 3 000 and 15 minutes. */
  callbackMs?: number;
  tokenMs?: number;
  /** Default 10 MiB. */
  maxFileBytes?: number;
}

export interface DiscordServer {
  /** For `DISCORD_API_URL` and `rest: { api }`. */
  readonly apiUrl: string;
  readonly url: string;
  readonly world: World;
  readonly gateway: GatewaySide;
  readonly limits: RateLimits;
  /** People: what they say, press and see. */
  readonly hands: Hands;
  readonly failNext: FaultScript["failNext"];
  readonly setWeather: FaultScript["setWeather"];
  readonly faultCount: FaultScript["count"];
  /** Every call to the REST interface, refused ones included. */
  readonly calls: readonly LoggedCall[];
  /** What the bot has put before people and not taken back, in the order of its first being there. */
  readonly sent: readonly StoredMessage[];
  /** As registered now. */
  readonly commands: readonly StoredCommand[];
  /** Calls that write commands. */
  commandWrites(): number;
  /** Moves the platform's clock: tokens, links. */
  advance(milliseconds: number): void;
  /** The token stops working, as when it was reset in the portal. */
  resetToken(): void;
  close(): Promise<void>;
}

/** A local server that speaks Discord's REST v10 and its gateway, as strict as the platform with what it is sent. */
export async function startDiscordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const world = createWorld(createServerClock());
  Object.assign(world.privileged, options.privileged);
  const platform: Platform = {
    world,
    gateway: createGatewaySide(world),
    faults: createFaultScript(),
    limits: createRateLimits(Date.now, options.rateCompression ?? 50),
    calls: [],
    interactionLimits: { callbackMs: options.callbackMs ?? 3_000, tokenMs: options.tokenMs ?? 15 * 60_000 },
    maxFileBytes: options.maxFileBytes ?? 10 * 1024 * 1024,
  };
  if (options.heartbeatIntervalMs !== undefined)
    platform.gateway.setHeartbeatInterval(options.heartbeatIntervalMs);
  const server = createServer((request, response) => {
    receive(platform, request).then(
      (answer) => write(response, answer),
      (error: unknown) => write(response, { status: 500, body: `broken test server: ${String(error)}` }),
    );
  });
  server.on("upgrade", platform.gateway.upgrade);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    apiUrl: `${world.url}/api`,
    url: world.url,
    world,
    gateway: platform.gateway,
    limits: platform.limits,
    hands: createHands(platform),
    failNext: platform.faults.failNext,
    setWeather: platform.faults.setWeather,
    faultCount: platform.faults.count,
    calls: platform.calls,
    get sent() {
      return [...world.messages.values()].filter(
        ({ authorId, deleted }) => authorId === BOT.userId && !deleted,
      );
    },
    get commands() {
      return [...world.commands.values()];
    },
    commandWrites: () =>
      platform.calls.filter(({ route, method }) => route === "commands" && method !== "GET").length,
    advance: world.clock.advance,
    resetToken: () => {
      world.token = `${BOT.token}-reset`;
    },
    close: async () => {
      platform.gateway.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(platform: Platform, request: IncomingMessage): Promise<ApiAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const form = readForm(raw, request.headers["content-type"] ?? "");
  if (!form)
    return { status: 400, body: { code: 50109, message: "The request body contains invalid JSON." } };
  const url = new URL(request.url ?? "/", platform.world.url);
  const { method = "GET", headers } = request;
  return answerCall(platform, {
    method,
    path: url.pathname,
    query: url.searchParams,
    authorization: headers.authorization,
    ...form,
    size: raw.length,
  });
}

function write(response: ServerResponse, { status, headers, body, cut }: ApiAnswer): void {
  if (cut) {
    response.destroy();
    return;
  }
  if (body instanceof Uint8Array || body === undefined) {
    response.writeHead(status, headers).end(body);
    return;
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers }).end(text);
}
