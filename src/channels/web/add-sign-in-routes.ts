import { createHash, createHmac, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createRateLimiter } from "../../conversation/index.ts";
import type { Clock, Logger } from "../../shared/index.ts";
import type { SignInOutcome, SignInProvider } from "../sign-in-provider.ts";
import { type AskerReader, expiryOf } from "./read-asker.ts";
import { toReturnPath } from "./return-path.ts";
import type { SignInStore } from "./stores.ts";
import { type SessionCookies, toSessionId } from "./verify.ts";
import { describeTrouble, SIGN_IN_STYLE, type TroubleName, writeSignInPage } from "./write-sign-in-page.ts";

/** The platform's code lives five minutes; people also read, choose an account, wait for a message. */
const STATE_MS = 10 * 60 * 1000;
const ADDRESS_LIMIT = { burst: 20, perMinute: 20 };
const STATE = /^[A-Za-z0-9_-]{43}$/;
const MAX_CODE_CHARACTERS = 1_000;

export interface SignInOptions {
  provider: SignInProvider;
  store: SignInStore;
  cookies: SessionCookies;
  askers: AskerReader;
  /** Where browsers reach us: the platform sends them back to an address below it. */
  publicUrl: string;
  clock: Clock;
  logger: Logger;
}

type Query = Readonly<Record<string, unknown>>;
type SignInRequest = FastifyRequest<{ Querystring: Query }>;

/** To the platform and back. Without options the addresses say that signing in is off. */
export function addSignInRoutes(server: FastifyInstance, options: SignInOptions | undefined): void {
  server.get("/auth/page.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(SIGN_IN_STYLE),
  );
  const name = options?.provider.name ?? "feishu";
  const limiter = options && createRateLimiter(options.clock, ADDRESS_LIMIT);
  const guard = (
    run: (request: SignInRequest, reply: FastifyReply, options: SignInOptions) => Promise<FastifyReply>,
  ) => {
    return async (request: SignInRequest, reply: FastifyReply) => {
      reply.header("cache-control", "no-store");
      if (!options || !limiter) return fail(reply, options, "off");
      if (limiter.check(request.ip) !== "allowed") return fail(reply, options, "too-fast");
      limiter.count(request.ip);
      return run(request, reply, options);
    };
  };
  server.get<{ Querystring: Query }>(`/auth/${name}/start`, guard(begin));
  server.get<{ Querystring: Query }>(`/auth/${name}/callback`, guard(finish));
}

async function begin(
  request: SignInRequest,
  reply: FastifyReply,
  options: SignInOptions,
): Promise<FastifyReply> {
  const { provider, store, cookies, clock } = options;
  const present = cookies.read(request.headers);
  // A frame's cookie is not there when the browser comes back; the window gets its own.
  const secret = present && !present.embedded ? present.secret : cookies.create();
  const state = randomBytes(32).toString("base64url");
  await store.beginSignIn({
    stateHash: hash(state),
    sessionId: toSessionId(secret),
    returnTo: toReturnPath(request.query["return"]),
    expiresAt: new Date(clock().getTime() + STATE_MS).toISOString(),
  });
  const codeChallenge = hash(toVerifier(secret, state));
  const address = provider.authorizeUrl({ redirectUri: redirectUri(options), state, codeChallenge });
  return reply.header("set-cookie", cookies.write({ secret, embedded: false })).redirect(address, 302);
}

async function finish(
  request: SignInRequest,
  reply: FastifyReply,
  options: SignInOptions,
): Promise<FastifyReply> {
  const { provider, store, cookies, clock, logger } = options;
  const { state, code, error } = request.query;
  const cookie = cookies.read(request.headers);
  if (!cookie || cookie.embedded || typeof state !== "string" || !STATE.test(state))
    return fail(reply, options, "stale");
  const { secret } = cookie;
  const begun = await store.takeSignIn(hash(state), toSessionId(secret), clock());
  if (!begun) return fail(reply, options, "stale");
  const { returnTo } = begun;
  if (error === "access_denied") return fail(reply, options, "denied", returnTo);
  if (typeof code !== "string" || code === "" || code.length > MAX_CODE_CHARACTERS)
    return fail(reply, options, "code", returnTo);
  const codeVerifier = toVerifier(secret, state);
  const who = await provider.identify({ code, redirectUri: redirectUri(options), codeVerifier });
  if (who.outcome === "refused") {
    logger.warn({ provider: provider.name, why: who.why, detail: who.detail }, "sign-in refused");
    return fail(reply, options, who.why, returnTo);
  }
  await admit(reply, who, options);
  return reply.redirect(returnTo, 303);
}

/** A new secret: whoever knew the old one, or planted it, gains nothing. What was said before stays with the old one. */
async function admit(
  reply: FastifyReply,
  { account, name }: Extract<SignInOutcome, { outcome: "identified" }>,
  { store, cookies, clock, logger }: SignInOptions,
): Promise<void> {
  const secret = cookies.create("signed-in");
  const now = clock();
  const signedInAt = now.toISOString();
  const expiresAt = expiryOf(signedInAt, now);
  await store.signIn({ sessionId: toSessionId(secret), account, name, signedInAt, expiresAt });
  reply.header("set-cookie", cookies.write({ secret, embedded: false }));
  logger.info({ account }, "signed in");
}

function redirectUri({ publicUrl, provider }: SignInOptions): string {
  return `${publicUrl}/auth/${provider.name}/callback`;
}

/** Only the browser with the cookie can finish what it began, also for who reads the database. */
function toVerifier(secret: string, state: string): string {
  return createHmac("sha256", secret).update(`pkce ${state}`).digest("base64url");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function fail(
  reply: FastifyReply,
  options: SignInOptions | undefined,
  name: TroubleName,
  returnTo = "/",
): FastifyReply {
  const { name: provider, label } = options?.provider ?? { name: "feishu", label: "飞书" };
  const trouble = describeTrouble(name, label);
  return reply
    .code(trouble.status)
    .type("text/html; charset=utf-8")
    .send(writeSignInPage(trouble, provider, returnTo));
}
