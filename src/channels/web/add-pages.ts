import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../../shared/index.ts";
import { createNonce, loadPage, type PageAsset } from "./page-build/load-page.ts";

/** Names change with the contents, so that no copy is ever out of date. */
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * The chat page at `/`, the document reader at `/documents/ID`, and the files of both under `/assets/`. Returns what sends the
 * chat to be framed. Throws AppError `configuration` when there is no built page and none can be built.
 */
export async function addPages(
  server: FastifyInstance,
  parkName: string,
  logger: Logger,
): Promise<(reply: FastifyReply) => FastifyReply> {
  const page = await loadPage(logger);
  const sendChat = (reply: FastifyReply, mode: "page" | "embed") => {
    const nonce = createNonce();
    allowStyles(reply, nonce);
    return sendPage(reply, page.chat({ parkName, mode, nonce }));
  };
  server.get("/", (_request, reply) => sendChat(reply, "page"));
  server.get("/documents/:id", (_request, reply) => sendPage(reply, page.document({ parkName })));
  server.get<{ Params: { name: string } }>("/assets/:name", (request, reply) => {
    const asset = page.assets.get(request.params.name);
    return asset ? sendAsset(request, reply, asset) : reply.callNotFound();
  });
  return (reply) => sendChat(reply, "embed");
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page);
}

/** The component library writes its styles while it draws: they carry the nonce, and no others are let in. */
function allowStyles(reply: FastifyReply, nonce: string): void {
  const policy = String(reply.getHeader("content-security-policy") ?? "");
  reply.header("content-security-policy", policy.replace(/style-src [^;]*/, `$& 'nonce-${nonce}'`));
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: PageAsset): FastifyReply {
  reply.type(asset.mediaType).headers({ "cache-control": FOR_EVER, vary: "accept-encoding" });
  const accepted = String(request.headers["accept-encoding"] ?? "");
  if (asset.brotli && /\bbr\b/.test(accepted))
    return reply.header("content-encoding", "br").send(asset.brotli);
  if (asset.gzip && /\bgzip\b/.test(accepted))
    return reply.header("content-encoding", "gzip").send(asset.gzip);
  return reply.send(asset.bytes);
}
