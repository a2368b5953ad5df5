import { fastify } from "fastify";
import { addOperationsRoutes } from "./add-operations-routes.ts";
import { addSecurityHeaders } from "./add-security-headers.ts";
import { addWebhookRoutes } from "./add-webhook-routes.ts";
import { addErrorReplies, HttpRefusal } from "./error-replies.ts";
import { listenOn } from "./listen-on.ts";
import type { Server, ServerOptions } from "./types.ts";

const STANDING_BY = "本实例处于备用状态，只接收平台消息；请稍后重试，或访问正在服务的实例。";

/**
 * HTTP of a process that takes in beside the one that works: webhooks of platforms, health and metrics. Not ready, so
 * that a load balancer sends people to the other; everything else answers 503.
 */
export async function createStandbyServer(
  options: Pick<
    ServerOptions,
    "host" | "port" | "ids" | "logger" | "metrics" | "checkReadiness" | "webhooks"
  >,
): Promise<Server> {
  const server = fastify({
    forceCloseConnections: true,
    trustProxy: "loopback",
    genReqId: options.ids,
    requestTimeout: 30_000,
  });
  addErrorReplies(server, options.logger);
  addSecurityHeaders(server);
  addOperationsRoutes(server, options);
  await addWebhookRoutes(server, options);
  const refuse = async () => {
    throw new HttpRefusal(503, STANDING_BY, 5);
  };
  server.all("/", refuse);
  server.all("/*", refuse);
  return { listen: () => listenOn(server, options), close: () => server.close() };
}
