import type { FastifyInstance } from "fastify";
import { createRateLimiter } from "../../conversation/index.ts";
import type { SignInProvider } from "../sign-in-provider.ts";
import { ADDRESS_LIMIT } from "./address-limit.ts";
import type { Asker } from "./read-asker.ts";
import { languageOf, refuse } from "./refuse.ts";
import type { RouteOptions } from "./route-options.ts";
import type { SignInStore } from "./stores.ts";
import { toSessionId } from "./verify.ts";
import { choose } from "./words.ts";

/** Roles as the console shows them. */
export type RolesOf = (account: string) => Promise<readonly string[]>;

/** What a page is told of who sits before it. */
export function createMeWriter(
  provider: SignInProvider | undefined,
  rolesOf: RolesOf | undefined,
): (asker: Asker) => Promise<object> {
  return async ({ signedIn }) => {
    if (!signedIn) {
      const signIn = provider ? { href: `/auth/${provider.name}/start`, name: provider.label } : null;
      return { signedIn: false, signIn };
    }
    const { account, name, expiresAt } = signedIn;
    return { signedIn: true, name, roles: (await rolesOf?.(account)) ?? [], expiresAt };
  };
}

/** Who is signed in, and signing out. */
export function addAccountRoutes(
  server: FastifyInstance,
  { askers, cookies, describeMe, streams, clock }: RouteOptions,
  store: SignInStore | undefined,
): void {
  const limiter = createRateLimiter(clock, ADDRESS_LIMIT);
  server.get("/api/v1/chat/me", async (request) => describeMe(await askers.require(request.headers)));

  server.post("/api/v1/chat/sign-out", async (request, reply) => {
    if (limiter.check(request.ip) !== "allowed")
      return refuse(reply, 429, choose("too-fast", languageOf(request)));
    limiter.count(request.ip);
    const asker = await askers.find(request.headers);
    if (asker?.signedIn) {
      await store?.signOut(asker.session);
      streams.endWhere(({ session }) => session === asker.session);
    }
    // What was said signed in is not for whoever sits here next.
    const present = cookies.read(request.headers);
    const keeps = asker !== undefined && !asker.signedIn && present !== undefined;
    const cookie = keeps ? present : { secret: cookies.create(), embedded: false };
    reply.header("set-cookie", cookies.write(cookie));
    return describeMe({ session: toSessionId(cookie.secret), embedded: cookie.embedded });
  });
}
