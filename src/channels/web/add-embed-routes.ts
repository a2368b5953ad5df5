import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";

const LAUNCHER = join(import.meta.dirname, "embed", "embed.js");

/**
 * The launcher for other sites' pages, and the chat that it opens in a frame. The launcher is public; the chat lets itself
 * be framed by the listed origins only. No origins: neither is there.
 */
export async function addEmbedRoutes(
  server: FastifyInstance,
  embedOrigins: readonly string[],
  sendChat: (reply: FastifyReply) => FastifyReply,
): Promise<void> {
  if (embedOrigins.length === 0) return;
  const script = await readFile(LAUNCHER, "utf8");
  server.get("/embed.js", (_request, reply) =>
    reply
      .type("text/javascript; charset=utf-8")
      .headers({ "cache-control": "public, max-age=300", "cross-origin-resource-policy": "cross-origin" })
      .send(script),
  );
  server.get("/embed", (_request, reply) => sendChat(allowFraming(reply, embedOrigins)));
}

/** For this answer only: everything else of ours stays out of frames. */
function allowFraming(reply: FastifyReply, origins: readonly string[]): FastifyReply {
  const policy = String(reply.getHeader("content-security-policy") ?? "");
  // It knows no list; where the policy names one, browsers go by that.
  reply.removeHeader("x-frame-options");
  return reply.headers({
    "content-security-policy": policy.replace(
      /frame-ancestors [^;]*/,
      `frame-ancestors ${origins.join(" ")}`,
    ),
    "cross-origin-resource-policy": "cross-origin",
  });
}
