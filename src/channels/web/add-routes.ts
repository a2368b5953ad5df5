import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  createRateLimiter,
  EXAMPLE_QUESTIONS,
  type InboundMessage,
  MAX_QUESTION_LENGTH,
} from "../../conversation/index.ts";
import { addAccountRoutes } from "./add-account-routes.ts";
import { addEmbedRoutes } from "./add-embed-routes.ts";
import { addFileRoute } from "./add-file-route.ts";
import { addPages } from "./add-pages.ts";
import { addSignInRoutes } from "./add-sign-in-routes.ts";
import { ADDRESS_LIMIT } from "./address-limit.ts";
import { findAction } from "./find-action.ts";
import { MAX_FILE_BYTES, MAX_FILES, UPLOAD_LIMITS } from "./read-upload.ts";
import { toActionMessage, toMessage } from "./receive.ts";
import { addErrorWords, languageOf, refuse } from "./refuse.ts";
import type { RouteOptions } from "./route-options.ts";
import { actionRequestSchema, sendRequestSchema, sessionRequestSchema } from "./schema.ts";
import type { UploadStore } from "./stores.ts";
import { createFileTaker } from "./take-files.ts";
import { requireSameSite, toSessionId } from "./verify.ts";
import { choose } from "./words.ts";

/** The interface of the page: session, messages, actions, files, events. */
export async function addRoutes(server: FastifyInstance, options: RouteOptions): Promise<void> {
  const { provider, signIns: store, publicUrl } = options;
  const sendChat = await addPages(server, options.parkName, options.logger);
  await addEmbedRoutes(server, options.embedOrigins, sendChat);
  addSignInRoutes(
    server,
    provider && store && publicUrl ? { ...options, provider, store, publicUrl } : undefined,
  );
  await server.register(async (scope) => {
    addErrorWords(scope);
    scope.addHook("onRequest", async (request, reply) => {
      requireSameSite(request.headers, request.host, options.publicUrl, languageOf(request));
      reply.header("cache-control", "no-store");
    });
    addSessionRoutes(scope, options);
    addAccountRoutes(scope, options, store);
    addMessageRoutes(scope, options);
    addEventRoute(scope, options);
    addFileRoute(scope, options.askers.require, options.openFile);
    if (options.uploads) await addUploadRoute(scope, options, options.uploads);
  });
}

function addSessionRoutes(server: FastifyInstance, options: RouteOptions): void {
  const { cookies, clock, askers, describeMe } = options;
  const limiter = createRateLimiter(clock, ADDRESS_LIMIT);
  server.post("/api/v1/chat/session", async (request, reply) => {
    const language = languageOf(request);
    if (limiter.check(request.ip) !== "allowed") return refuse(reply, 429, choose("too-fast", language));
    limiter.count(request.ip);
    const { renew, embedded } = sessionRequestSchema.parse(
      sessionRequestSchema.safeParse(request.body ?? {}).data ?? {},
    );
    const present = renew ? undefined : await askers.find(request.headers);
    const cookie = present && cookies.read(request.headers);
    const kept = cookie && (embedded || !cookie.embedded) ? cookie : { secret: cookies.create(), embedded };
    const asker = kept === cookie && present ? present : { session: toSessionId(kept.secret), embedded };
    reply.header("set-cookie", cookies.write(kept));
    return {
      // The name lets the page see that its stored messages belong to another conversation.
      session: asker.session.slice(0, 8),
      examples: EXAMPLE_QUESTIONS[language],
      me: await describeMe(asker),
      limits: { files: MAX_FILES, fileBytes: MAX_FILE_BYTES, textCharacters: MAX_QUESTION_LENGTH },
    };
  });
}

function addMessageRoutes(server: FastifyInstance, options: RouteOptions): void {
  const limiter = createRateLimiter(options.clock, ADDRESS_LIMIT);
  const tooFast = (request: FastifyRequest, reply: FastifyReply) =>
    refuse(reply, 429, choose("too-fast", languageOf(request)));
  const malformed = (request: FastifyRequest, reply: FastifyReply) =>
    refuse(reply, 400, choose("malformed", languageOf(request)));
  const take = async (request: FastifyRequest, reply: FastifyReply, message: InboundMessage) => {
    limiter.count(request.ip);
    const status = await options.accept(message);
    return status === "ignored" ? tooFast(request, reply) : reply.code(202).send({ status });
  };

  server.post("/api/v1/chat/messages", async (request, reply) => {
    const asker = await options.askers.require(request.headers);
    if (limiter.check(request.ip) !== "allowed") return tooFast(request, reply);
    const sent = sendRequestSchema.safeParse(request.body);
    if (!sent.success) return malformed(request, reply);
    return take(request, reply, toMessage(asker, sent.data, options.clock));
  });

  server.post("/api/v1/chat/actions", async (request, reply) => {
    const asker = await options.askers.require(request.headers);
    if (limiter.check(request.ip) !== "allowed") return tooFast(request, reply);
    const sent = actionRequestSchema.safeParse(request.body);
    if (!sent.success) return malformed(request, reply);
    const found = findAction(await options.readTurns(asker.session), sent.data);
    if (found.outcome === "incomplete") {
      const names = found.missing.join("、");
      const isEnglish = languageOf(request) === "en";
      return refuse(reply, 400, isEnglish ? `Please fill in: ${names}.` : `请填写：${names}。`);
    }
    const action = found.outcome === "found" ? found.action : undefined;
    return take(request, reply, toActionMessage(asker, sent.data, action, options.clock));
  });

  server.get("/api/v1/chat/messages", async (request) => ({
    turns: await options.readTurns((await options.askers.require(request.headers)).session),
  }));
}

async function addUploadRoute(
  server: FastifyInstance,
  { accept, askers, clock }: RouteOptions,
  uploads: UploadStore,
): Promise<void> {
  const takeFiles = createFileTaker({ accept, uploads, clock });
  await server.register(async (scope) => {
    addErrorWords(scope);
    await scope.register(multipart, UPLOAD_LIMITS);
    scope.post("/api/v1/chat/files", async (request, reply) => {
      const asker = await askers.require(request.headers);
      if (!request.isMultipart()) return refuse(reply, 415, choose("no-file", languageOf(request)));
      return takeFiles(request, reply, asker);
    });
  });
}

function addEventRoute(server: FastifyInstance, options: RouteOptions): void {
  server.get("/api/v1/chat/events", async (request, reply) => {
    const { session, signedIn } = await options.askers.require(request.headers);
    if (!options.streams.hasRoom(session)) {
      return refuse(reply, 429, choose("too-many-pages", languageOf(request)));
    }
    const lastTurnId = request.headers["last-event-id"];
    reply.hijack();
    reply.raw.writeHead(200, {
      ...reply.getHeaders(),
      "content-type": "text/event-stream; charset=utf-8",
      "x-accel-buffering": "no",
    } as Record<string, string>);
    const owner = { session, account: signedIn?.account };
    options.streams.open(owner, reply.raw, typeof lastTurnId === "string" ? lastTurnId : undefined);
    return reply;
  });
}
