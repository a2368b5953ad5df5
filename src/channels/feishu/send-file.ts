import type { Reply } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import { checkFile, type FileBlock } from "../check-file.ts";
import { WORDS } from "../labels.ts";
import type { OpenFile } from "../opened-file.ts";
import type { FeishuClient, FeishuMessage } from "./client.ts";
import { toChannelError } from "./failures.ts";
import { toPostText } from "./post-text.ts";
import { shorten } from "./quote-pieces.ts";
import type { ReplyTarget } from "./schema.ts";

export interface FileSendingOptions {
  client: Pick<FeishuClient, "uploadFile" | "sendReply">;
  /** Absent: the installation hands out no files. */
  openFile?: OpenFile;
  logger: Logger;
}

export interface FileSending {
  target: ReplyTarget;
  language: Reply["language"];
  /** Of the file's message. What stands in for it has its own: other content wants another. */
  uuid: string;
  /** No further try will follow: whatever fails now is said. */
  last: boolean;
}

/** The platform's, for uploads. */
const LIMIT = {
  maxBytes: 30 * 1024 * 1024,
  tooLarge: "文件超过飞书 30 MB 的上限，请缩小范围后重新生成。",
};
const BUSY = "飞书暂时无法接收文件，请稍后重新生成。";

/**
 * Uploads a file and sends it as a message of its own; returns the message's id. What cannot work is said in its place;
 * what may work later throws, unless this was the last try.
 */
export async function sendFile(
  block: FileBlock,
  sending: FileSending,
  options: FileSendingOptions,
): Promise<string> {
  const { target, uuid, last } = sending;
  const { client, logger } = options;
  try {
    const opened = checkFile(await options.openFile?.(block.fileId), LIMIT);
    const fileKey = await client.uploadFile(opened);
    const content = JSON.stringify({ file_key: fileKey });
    return await client.sendReply(target, { msgType: "file", content }, uuid);
  } catch (thrown) {
    const error = thrown instanceof AppError ? thrown : toChannelError(thrown, `send file ${block.fileId}`);
    if (error.retryable && !last) throw error;
    logger.error({ uuid, errorId: error.id, error: error.message }, "feishu: file not sent, saying so");
    const reason = error.retryable ? BUSY : error.safeMessage;
    return client.sendReply(target, writeNotice(block, reason, sending.language), `${uuid}-n`);
  }
}

function writeNotice({ name }: FileBlock, reason: string, language: Reply["language"]): FeishuMessage {
  const text = WORDS[language].fileFailed(shorten(name), reason);
  const locale = language === "zh" ? "zh_cn" : "en_us";
  const content = { [locale]: { title: "", content: [[toPostText(text)]] } };
  return { msgType: "post", content: JSON.stringify(content) };
}
