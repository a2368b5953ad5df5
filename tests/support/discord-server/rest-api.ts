import { setTimeout as waitFor } from "node:timers/promises";
import { APPLICATION_ROUTES } from "./application-routes.ts";
import { CHANNEL_ROUTES } from "./channel-routes.ts";
import { DIRECTORY_ROUTES } from "./directory-routes.ts";
import { answerOf, type Failure } from "./faults.ts";
import { INTERACTION_ROUTES } from "./interaction-routes.ts";
import type { ApiRequest, Platform, RouteSpec } from "./platform.ts";
import { signLink } from "./present.ts";
import { type ApiAnswer, REFUSALS, Refusal } from "./refusal.ts";
import { THREAD_ROUTES } from "./thread-routes.ts";
import type { World } from "./world.ts";

const ROUTES: readonly RouteSpec[] = [
  ...CHANNEL_ROUTES,
  ...THREAD_ROUTES,
  ...APPLICATION_ROUTES,
  ...DIRECTORY_ROUTES,
  ...INTERACTION_ROUTES,
];
const PREFIX = "/api/v10";

/** REST v10: token, rate limits, faults, then the route. */
export async function answerCall(platform: Platform, request: ApiRequest): Promise<ApiAnswer> {
  const path = request.path.startsWith(PREFIX)
    ? decodeURIComponent(request.path.slice(PREFIX.length))
    : undefined;
  if (path === undefined) return giveFile(platform, request);
  for (const spec of ROUTES) {
    const match = spec.method === request.method ? spec.pattern.exec(path) : null;
    if (!match) continue;
    const params = { ...match.groups };
    const answer = await run(platform, spec, request, params);
    platform.calls.push({
      route: spec.route,
      method: request.method,
      path,
      body: request.body,
      at: platform.world.clock.now(),
      status: answer.cut ? "cut" : answer.status,
    });
    return answer;
  }
  return REFUSALS.unknownRoute().answer;
}

async function run(
  platform: Platform,
  spec: RouteSpec,
  request: ApiRequest,
  params: Record<string, string>,
): Promise<ApiAnswer> {
  const failure = platform.faults.take(spec.route);
  if (failure?.delayMs !== undefined) await waitFor(failure.delayMs);
  if (failure?.refused) return { status: 500, cut: true };
  const wrong = failure && answerOf(failure);
  if (wrong) return wrong;
  if (spec.auth !== false && request.authorization !== `Bot ${platform.world.token}`)
    return REFUSALS.unauthorized().answer;
  const spent = platform.limits.spend(spec.route, params["channel"] ?? params["token"] ?? "");
  if ("refused" in spent) return spent.refused;
  return finish(failure, { ...carryOut(platform, spec, request, params), headers: spent.headers });
}

function finish(failure: Failure | undefined, answer: ApiAnswer): ApiAnswer {
  return failure?.lost ? { ...answer, cut: true } : answer;
}

function carryOut(
  platform: Platform,
  spec: RouteSpec,
  request: ApiRequest,
  params: Record<string, string>,
): ApiAnswer {
  try {
    return spec.handle(platform, request, params);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** A file by its signed link: gone when the link has expired or was changed. */
async function giveFile(platform: Platform, request: ApiRequest): Promise<ApiAnswer> {
  const { world } = platform;
  const failure = platform.faults.take("file");
  if (failure?.delayMs !== undefined) await waitFor(failure.delayMs);
  const wrong = failure && answerOf(failure);
  if (wrong) return wrong;
  if (failure?.refused || failure?.lost) return { status: 500, cut: true };
  const id = /^\/attachments\/\d+\/(\d+)\//.exec(request.path)?.[1];
  const file = id === undefined ? undefined : world.files.get(id);
  if (!file || !isValid(world, request)) return { status: 404, body: "This content is no longer available." };
  return { status: 200, headers: { "content-type": file.contentType }, body: file.bytes };
}

function isValid(world: World, { path, query }: ApiRequest): boolean {
  const ex = query.get("ex") ?? "";
  return (
    Number.parseInt(ex, 16) * 1_000 >= world.clock.now() && query.get("hm") === signLink(world, path, ex)
  );
}
