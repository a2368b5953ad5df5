import { type FastifyInstance, fastify } from "fastify";
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
import { limitReading, UPLOAD_TIMEOUT_MS } from "./limit-reading.ts";
import { limitRequests } from "./limit-requests.ts";
import { listenOn } from "./listen-on.ts";
import type { Server, ServerOptions } from "./types.ts";

const BODY_LIMIT = 64 * 1024;

/** HTTP: operations, webhooks, REST interface, and the routes of channels that live here. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    // The web chat's page may have to be built first: seconds, on a small machine more than the 10 that are the default.
    pluginTimeout: 120_000,
    // Event streams never end by themselves.
    forceCloseConnections: true,
    trustProxy: "loopback",
    genReqId: options.ids,
    routerOptions: { maxParamLength: 200 },
  });
  // Pages of other sites may send plain text without asking; JSON they may not.
  server.removeContentTypeParser("text/plain");
  addErrorReplies(server, options.logger);
  limitReading(server);
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
    listen: () => listenOn(server, options),
    close: () => server.close(),
  };
}

function addRequestMetrics(server: FastifyInstance, { metrics }: ServerOptions): void {
  const requests = metrics.counter("xiance_http_requests_total", "HTTP requests by route and status.");
  server.addHook("onResponse", async (request, reply) => {
    requests.add({ route: request.routeOptions.url ?? "other", status: String(reply.statusCode) });
  });
}
