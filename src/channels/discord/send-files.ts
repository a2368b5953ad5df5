import type { OutgoingReply } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import { type FileBlock, isFile } from "../check-file.ts";
import type { OpenFile } from "../opened-file.ts";
import { toChannelError } from "./failures.ts";
import { WORDS } from "./labels.ts";
import { clip, escapeMarkdown } from "./markdown.ts";
import { openUpload } from "./open-uploads.ts";
import type { Outlet } from "./outlet.ts";
import type { Progress } from "./progress.ts";
import { NO_MENTIONS, type ReplyPart } from "./render.ts";
import type { ReplyTarget } from "./schema.ts";
import type { SendPart } from "./send-part.ts";

/** Deliveries in which a file may fail before it is said that it does not come: the outbox tries for most of an hour. */
const MAX_FILE_TRIES = 3;
const BUSY = "Discord 暂时无法接收文件，请稍后重新生成。";

export interface FileOptions {
  sendPart: SendPart;
  openFile?: OpenFile;
  logger: Logger;
}

/** Every file as a message of its own. What cannot work is said in its place; it never holds back what is said. */
export async function sendFiles(
  outlet: Outlet,
  [{ outboxId, reply }]: [OutgoingReply, ReplyTarget],
  [before, progress]: [number, Progress],
  options: FileOptions,
): Promise<void> {
  for (const [index, file] of reply.blocks.filter(isFile).entries()) {
    const position = before + index;
    if (progress.sent[position] !== undefined) continue;
    const last = progress.fileFailures >= MAX_FILE_TRIES - 1;
    progress.fileFailures += 1;
    const key = `${outboxId}-f${index}`;
    const sending = { position, key, last, language: reply.language };
    progress.sent[position] = await sendFile(outlet, file, sending, options);
    progress.fileFailures = 0;
  }
}

async function sendFile(
  outlet: Outlet,
  file: FileBlock,
  { position, key, last, language }: { position: number; key: string; last: boolean; language: "zh" | "en" },
  { sendPart, openFile, logger }: FileOptions,
): Promise<string> {
  try {
    const upload = await openUpload(file, openFile);
    return await sendPart(outlet, toPart("", [upload]), { position, key });
  } catch (thrown) {
    const error = thrown instanceof AppError ? thrown : toChannelError(thrown, `send file ${file.fileId}`);
    if (error.retryable && !last) throw thrown;
    logger.error({ key, errorId: error.id, error: error.message }, "discord: file not sent, saying so");
    const reason = error.retryable ? BUSY : error.safeMessage;
    const line = WORDS[language].fileFailed(clip(file.name, 200), reason);
    return sendPart(outlet, toPart(line, []), { position, key: `${key}-n` });
  }
}

function toPart(text: string, uploads: ReplyPart["uploads"]): ReplyPart {
  const body = { content: escapeMarkdown(text), allowed_mentions: NO_MENTIONS };
  return { body, uploads, fallback: [] };
}
