import { AppError } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import { toChannelError } from "./failures.ts";
import { type AttachmentReference, attachmentReference, fetchedMessage } from "./schema.ts";
import type { DiscordContext } from "./settings.ts";

/** Where the platform keeps files. Addresses come with messages; anything else is fetched from nowhere. */
const HOSTS: ReadonlySet<string> = new Set(["cdn.discordapp.com", "media.discordapp.net"]);

const TOO_LARGE = "文件过大，请拆分后重新发送，或在服务器上用 ingest 命令导入。";
const GONE = "文件已失效或已被删除，请重新发送一次。";
const NO_DOWNLOAD = "文件未能从 Discord 下载，请重新发送一次；仍不行的，可在服务器上用 ingest 命令导入。";

/** The bytes of an attachment. Throws AppError `unusable-input` when it is too large or gone. */
export function createAttachmentFetcher(
  call: CallApi,
  { settings, tuning }: DiscordContext,
): (stored: unknown, maxBytes: number) => Promise<Uint8Array> {
  /** The address runs out after a day; the message knows a new one. */
  async function refresh(reference: AttachmentReference): Promise<string | undefined> {
    const { channelId, messageId, id } = reference;
    if (!messageId) return undefined;
    const route = `/channels/${channelId}/messages/${messageId}` as const;
    try {
      const message = fetchedMessage.parse(await call({ method: "GET", route }));
      return message.attachments?.find((each) => each.id === id)?.url;
    } catch (thrown) {
      const error = toChannelError(thrown, "fetch the message of an attachment");
      throw error.retryable ? error : unusable(error.message, GONE);
    }
  }

  return async (stored, maxBytes) => {
    const reference = attachmentReference.parse(stored);
    const first = await download(reference.url, maxBytes, settings.apiUrl, tuning.uploadTimeoutMs);
    if (first.outcome === "bytes") return first.bytes;
    const url = await refresh(reference);
    const again = url ? await download(url, maxBytes, settings.apiUrl, tuning.uploadTimeoutMs) : first;
    if (again.outcome === "bytes") return again.bytes;
    throw unusable(
      `attachment: ${again.why}`,
      again.why === "http 404" || again.why === "http 403" ? GONE : NO_DOWNLOAD,
    );
  };
}

type Download = { outcome: "bytes"; bytes: Uint8Array } | { outcome: "failed"; why: string };

async function download(url: string, maxBytes: number, apiUrl: string, timeoutMs: number): Promise<Download> {
  if (!isPlatformAddress(url, apiUrl)) return { outcome: "failed", why: "the address is not the platform's" };
  try {
    // A redirect could lead anywhere.
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return { outcome: "failed", why: `http ${response.status}` };
    }
    return { outcome: "bytes", bytes: await readBody(response.body, maxBytes) };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    return { outcome: "failed", why: thrown instanceof Error ? thrown.name : "no answer" };
  }
}

/** Counted while it comes: what a header says is not believed. */
async function readBody(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw unusable("the attachment is too large", TOO_LARGE);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The platform's hosts for files over https; a configured interface of another address serves its files itself. */
export function isPlatformAddress(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(apiUrl)) return false;
  const { protocol, hostname, host, username, password, port } = new URL(url);
  if (username !== "" || password !== "") return false;
  if (protocol === "https:" && HOSTS.has(hostname) && port === "") return true;
  const api = new URL(apiUrl);
  return host === api.host && protocol === api.protocol && !/(?:^|\.)discord\.com$/.test(api.hostname);
}

function unusable(message: string, safeMessage: string): AppError {
  return new AppError({ code: "unusable-input", message, safeMessage });
}
