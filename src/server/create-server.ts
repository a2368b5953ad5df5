import { type FastifyInstance, fastify } from "fastify";
import { AppError, toAppError } from "../shared/index.ts";
import { addAskRoute } from "./add-ask-route.ts";
import { addDocumentRoutes } from "./add-document-routes.ts";
import { addMatchRoutes } from "./add-match-routes.ts";
import { addOperationsRoutes } from "./add-operations-routes.ts";
import { addSecurityHeaders } from "./add-security-headers.ts";
import { addTriageRoute } from "./add-triage-route.ts";
import { addWebhookRoutes } from "./add-webhook-routes.ts";
import { addAdminRoutes } from "./admin/add-admin-routes.ts";
import { describeApi } from "./describe-api.ts";
import { addErrorReplies } from "./error-replies.ts";
import { limitRequests } from "./limit-requests.ts";
import type { Server, ServerOptions } from "./types.ts";

const BODY_LIMIT = 64 * 1024;

/** HTTP: operations, webhooks, REST interface, and the routes of channels that live here. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    // Event streams never end by themselves.
    forceCloseConnections: true,
    trustProxy: "loopback",
    genReqId: options.ids,
    routerOptions: { maxParamLength: 200 },
  });
  // Pages of other sites may send plain text without asking; JSON they may not.
  server.removeContentTypeParser("text/plain");
  addErrorReplies(server, options.logger);
  addSecurityHeaders(server);
  addRequestMetrics(server, options);
  addOperationsRoutes(server, options);
  await addWebhookRoutes(server, options);
  await server.register(async (scope) => {
    limitRequests(scope, options);
    addAskRoute(scope, options);
    addDocumentRoutes(scope, options);
    if (options.matching) addMatchRoutes(scope, options.matching, options);
    if (options.triage) addTriageRoute(scope, options.triage);
  });
  if (options.desk) {
    const { desk, matching, triage } = options;
    const parts = { ...desk, ...(matching && { matching }), ...(triage && { triage }) };
    await addAdminRoutes(server, parts, options);
  }
  const description = describeApi({
    withDesk: options.desk !== undefined,
    withMatching: options.matching !== undefined,
    withTriage: options.triage !== undefined,
  });
  server.get("/api/v1/openapi.json", async () => description);
  for (const plugin of options.plugins ?? []) await server.register(plugin);

  return {
    async listen() {
      try {
        await server.listen({ host: options.host, port: options.port });
      } catch (thrown) {
        throw toListenError(thrown, options);
      }
      return toAddress(server.server.address(), options.host);
    },
    close: () => server.close(),
  };
}

function addRequestMetrics(server: FastifyInstance, { metrics }: ServerOptions): void {
  const requests = metrics.counter("xiance_http_requests_total", "HTTP requests by route and status.");
  server.addHook("onResponse", async (request, reply) => {
    requests.add({ route: request.routeOptions.url ?? "other", status: String(reply.statusCode) });
  });
}

function toAddress(address: ReturnType<import("node:net").Server["address"]>, host: string): string {
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const anywhere = host === "0.0.0.0" || host === "::";
  const name = anywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function toListenError(thrown: unknown, { host, port }: ServerOptions): AppError {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  const failure = (safeMessage: string) =>
    new AppError({
      code: "configuration",
      message: `cannot listen on ${host}:${port}: ${String(code)}`,
      safeMessage,
      cause: thrown,
    });
  switch (code) {
    case "EADDRINUSE":
      return failure(
        `端口 ${port} 已被占用。请先停止占用它的程序，或用 XIANCE_HTTP_PORT 换一个端口（0 表示任选空闲端口）。`,
      );
    case "EACCES":
      return failure(`没有权限使用端口 ${port}。请用 XIANCE_HTTP_PORT 换一个 1024 以上的端口。`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return failure(`本机没有地址 ${host}。请检查 XIANCE_HTTP_HOST（仅本机访问用 127.0.0.1）。`);
    default:
      return toAppError(thrown);
  }
}
