import type { FastifyInstance, FastifyReply } from "fastify";
import type { OpenedFile } from "../opened-file.ts";
import type { Asker } from "./read-asker.ts";
import type { Headers } from "./verify.ts";

/** Undefined: there is no such file, or it is not this account's: `web:<session>`, or the one that is signed in. */
export type OpenFile = (fileId: string, account: string) => Promise<OpenedFile | undefined>;

const NOT_THERE = "该文件不存在、已过期，或不属于当前会话。请返回对话，重新生成。";
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/;

/** Generated files as downloads: never shown in the page, never kept by anybody in between. */
export function addFileRoute(
  server: FastifyInstance,
  requireAsker: (headers: Headers) => Promise<Asker>,
  openFile: OpenFile | undefined,
): void {
  server.get<{ Params: { id: string } }>("/files/:id", async (request, reply) => {
    const asker = await requireAsker(request.headers);
    const file = await openFile?.(request.params.id, asker.signedIn?.account ?? `web:${asker.session}`);
    return file ? sendFile(reply, file) : reply.code(404).type("text/plain; charset=utf-8").send(NOT_THERE);
  });
}

function sendFile(reply: FastifyReply, { name, mediaType, bytes }: OpenedFile): FastifyReply {
  return reply
    .type(MEDIA_TYPE.test(mediaType) ? mediaType : "application/octet-stream")
    .headers({
      "content-disposition": toDisposition(name),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    })
    .send(Buffer.from(bytes));
}

/** The name by RFC 6266: for old readers in ASCII, for all others in UTF-8. */
function toDisposition(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cs}/\\:*?"<>|]/gu, "_").slice(0, 150);
  const ascii = clean.replace(/[^\x20-\x7e]|%/g, "_");
  const encoded = encodeURIComponent(clean.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
