import type { FastifyInstance } from "fastify";
import { toAppError } from "../shared/index.ts";
import type { ReadinessCheck, ServerOptions } from "./types.ts";

type Operations = Pick<ServerOptions, "checkReadiness" | "metrics" | "logger">;

/** Liveness, readiness and metrics, for whoever runs the service. */
export function addOperationsRoutes(server: FastifyInstance, options: Operations): void {
  server.get("/healthz", async () => ({ status: "ok" }));

  server.get("/readyz", async (_request, reply) => {
    const checks = await readChecks(options);
    const ready = checks.every((check) => check.healthy || !check.required);
    reply.code(ready ? 200 : 503).header("cache-control", "no-store");
    return { status: ready ? "ready" : "not-ready", checks };
  });

  server.get("/metrics", async (_request, reply) => {
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    return options.metrics.render();
  });
}

async function readChecks(options: Operations): Promise<ReadinessCheck[]> {
  try {
    return await options.checkReadiness();
  } catch (thrown) {
    const error = toAppError(thrown);
    options.logger.error({ errorId: error.id, error: error.message }, "readiness could not be checked");
    return [
      {
        name: "readiness",
        healthy: false,
        detail: `${error.safeMessage}（编号 ${error.id}）`,
        required: true,
      },
    ];
  }
}
