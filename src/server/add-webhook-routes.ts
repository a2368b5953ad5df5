import type { FastifyInstance } from "fastify";
import { HttpRefusal } from "./error-replies.ts";
import type { ServerOptions } from "./types.ts";

const WEBHOOK_PATHS = ["/webhooks/feishu/events", "/webhooks/feishu/cards"];
const WEBHOOK_BODY_LIMIT = 1024 * 1024;

/** Hands raw request bodies to the channels. A request that no channel trusts changes nothing. */
export async function addWebhookRoutes(
  server: FastifyInstance,
  options: Pick<ServerOptions, "webhooks">,
): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit: WEBHOOK_BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );
    const paths = new Set([...WEBHOOK_PATHS, ...(options.webhooks?.keys() ?? [])]);
    for (const path of paths) {
      scope.post(path, { bodyLimit: WEBHOOK_BODY_LIMIT }, async (request, reply) => {
        const handle = options.webhooks?.get(path);
        if (!handle) throw new HttpRefusal(404, "该平台未接入，或未使用 webhook 方式接收消息。");
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const response = await handle({ rawBody, headers: request.headers });
        reply.code(response.status);
        return response.body === undefined ? reply.send() : reply.send(response.body);
      });
    }
  });
}
