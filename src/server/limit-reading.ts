import type { FastifyInstance } from "fastify";

/** For files: 30 MB over a line of one megabit a second. */
export const UPLOAD_TIMEOUT_MS = 5 * 60 * 1000;
/** For everything else. */
const READING_MS = 30_000;

/** Who sends a small body byte by byte is cut off long before who sends a file. */
export function limitReading(server: FastifyInstance, readingMs: number = READING_MS): void {
  server.addHook("onRequest", async (request) => {
    const { raw } = request;
    const isUpload = String(request.headers["content-type"] ?? "").startsWith("multipart/form-data");
    if (isUpload || raw.complete || raw.method === "GET" || raw.method === "HEAD") return;
    const timer = setTimeout(() => raw.destroy(), readingMs);
    timer.unref();
    const stop = () => clearTimeout(timer);
    raw.once("end", stop).once("close", stop);
  });
}
