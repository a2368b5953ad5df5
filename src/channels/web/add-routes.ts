import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type AcceptMessage,
  createRateLimiter,
  EXAMPLE_QUESTIONS,
  type InboundMessage,
} from "../../conversation/index.ts";
import { AppError, type Clock } from "../../shared/index.ts";
import { addFileRoute, type OpenFile } from "./add-file-route.ts";
import { findAction } from "./find-action.ts";
import { toActionMessage, toMessage } from "./receive.ts";
import { actionRequestSchema, sendRequestSchema, sessionRequestSchema } from "./schema.ts";
import type { Streams } from "./streams.ts";
import type { Turn } from "./turn.ts";
import { requireSameSite, type SessionCookies, toSessionId } from "./verify.ts";

const PAGE_DIRECTORY = join(import.meta.dirname, "page");
/** For one address, over all its sessions; the conversation limits each asker besides. */
const ADDRESS_LIMIT = { burst: 40, perMinute: 60 };

export interface RouteOptions {
  accept: AcceptMessage;
  streams: Streams;
  cookies: SessionCookies;
  readTurns: (session: string) => Promise<Turn[]>;
  clock: Clock;
  parkName: string;
  publicUrl?: string;
  openFile?: OpenFile;
}

/** The page and its interface: session, messages, actions, events, files. */
export async function addRoutes(server: FastifyInstance, options: RouteOptions): Promise<void> {
  await addPages(server, options.parkName);
  await server.register(async (scope) => {
    scope.addHook("onRequest", async (request, reply) => {
      requireSameSite(request.headers, request.host, options.publicUrl);
      reply.header("cache-control", "no-store");
    });
    addSessionRoute(scope, options);
    addMessageRoutes(scope, options);
    addEventRoute(scope, options);
    addFileRoute(scope, (headers) => readSession(headers, options), options.openFile);
  });
}

async function addPages(server: FastifyInstance, parkName: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: PAGE_DIRECTORY,
    prefix: "/assets/",
    index: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header("cache-control", "no-cache"),
  });
  const chat = await readPage("index.html", parkName);
  const reader = await readPage("reader.html", parkName);
  const send = (reply: FastifyReply, page: string) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page);
  server.get("/", (_request, reply) => send(reply, chat));
  server.get("/documents/:id", (_request, reply) => send(reply, reader));
}

async function readPage(file: string, parkName: string): Promise<string> {
  const page = await readFile(join(PAGE_DIRECTORY, file), "utf8");
  return page.replaceAll("{{park}}", escapeMarkup(parkName));
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function addSessionRoute(server: FastifyInstance, { cookies, clock }: RouteOptions): void {
  const limiter = createRateLimiter(clock, ADDRESS_LIMIT);
  server.post("/api/v1/chat/session", async (request, reply) => {
    if (limiter.check(request.ip) !== "allowed") return refuse(reply, 429, TOO_FAST);
    limiter.count(request.ip);
    const wanted = sessionRequestSchema.safeParse(request.body ?? {});
    const present = wanted.data?.renew === true ? undefined : cookies.read(request.headers);
    const secret = present ?? cookies.create();
    reply.header("set-cookie", cookies.write(secret));
    // The name lets the page see that its stored messages belong to another conversation.
    return { session: toSessionId(secret).slice(0, 8), examples: EXAMPLE_QUESTIONS.zh };
  });
}

function addMessageRoutes(server: FastifyInstance, options: RouteOptions): void {
  const limiter = createRateLimiter(options.clock, ADDRESS_LIMIT);
  const take = async (request: FastifyRequest, reply: FastifyReply, message: InboundMessage) => {
    limiter.count(request.ip);
    const status = await options.accept(message);
    if (status === "ignored") return refuse(reply, 429, TOO_FAST);
    return reply.code(202).send({ status });
  };

  server.post("/api/v1/chat/messages", async (request, reply) => {
    const session = readSession(request.headers, options);
    if (limiter.check(request.ip) !== "allowed") return refuse(reply, 429, TOO_FAST);
    const sent = sendRequestSchema.safeParse(request.body);
    if (!sent.success) return refuse(reply, 400, MALFORMED);
    return take(request, reply, toMessage(session, sent.data, options.clock));
  });

  server.post("/api/v1/chat/actions", async (request, reply) => {
    const session = readSession(request.headers, options);
    if (limiter.check(request.ip) !== "allowed") return refuse(reply, 429, TOO_FAST);
    const sent = actionRequestSchema.safeParse(request.body);
    if (!sent.success) return refuse(reply, 400, MALFORMED);
    const found = findAction(await options.readTurns(session), sent.data);
    if (found.outcome === "incomplete") return refuse(reply, 400, `请填写：${found.missing.join("、")}。`);
    const action = found.outcome === "found" ? found.action : undefined;
    return take(request, reply, toActionMessage(session, sent.data, action, options.clock));
  });

  server.get("/api/v1/chat/messages", async (request) => ({
    turns: await options.readTurns(readSession(request.headers, options)),
  }));
}

function addEventRoute(server: FastifyInstance, options: RouteOptions): void {
  server.get("/api/v1/chat/events", (request, reply) => {
    const session = readSession(request.headers, options);
    if (!options.streams.hasRoom(session)) {
      return refuse(reply, 429, "打开的页面过多，请关闭其他贤策页面后重试。");
    }
    const lastTurnId = request.headers["last-event-id"];
    reply.hijack();
    reply.raw.writeHead(200, {
      ...reply.getHeaders(),
      "content-type": "text/event-stream; charset=utf-8",
      "x-accel-buffering": "no",
    } as Record<string, string>);
    options.streams.open(session, reply.raw, typeof lastTurnId === "string" ? lastTurnId : undefined);
    return reply;
  });
}

const MALFORMED = "消息格式不正确，请刷新页面后重试。";
const TOO_FAST = "发送得有些频繁，请约一分钟后再试。";

function readSession(headers: FastifyRequest["headers"], { cookies }: RouteOptions): string {
  const secret = cookies.read(headers);
  if (secret) return toSessionId(secret);
  throw new AppError({
    code: "untrusted",
    message: "no session cookie",
    safeMessage: "会话已失效，请刷新页面；若仍如此，请允许浏览器保存本站的 Cookie。",
  });
}

function refuse(reply: FastifyReply, status: 400 | 429, safeMessage: string): FastifyReply {
  const { id } = new AppError({ code: "usage", message: "refused", safeMessage });
  if (status === 429) reply.header("retry-after", "60");
  return reply.code(status).send({ error: { code: "usage", message: safeMessage, id } });
}
