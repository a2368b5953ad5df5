import type { FastifyInstance } from "fastify";
import { createRateLimiter } from "../conversation/index.ts";
import { HttpRefusal } from "./error-replies.ts";
import type { ServerOptions } from "./types.ts";

const DEFAULT_LIMIT = { burst: 30, perMinute: 60 };

/** Holds back an address that asks too often. The web chat has the conversation's own limit for each asker. */
export function limitRequests(server: FastifyInstance, options: ServerOptions): void {
  const limiter = createRateLimiter(options.clock, options.rateLimit ?? DEFAULT_LIMIT);
  server.addHook("onRequest", async (request) => {
    if (limiter.check(request.ip) !== "allowed") {
      throw new HttpRefusal(429, "请求过于频繁，请稍候几秒再试。", 5);
    }
    limiter.count(request.ip);
  });
}
