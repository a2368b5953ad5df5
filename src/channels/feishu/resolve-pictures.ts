import type { Reply } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import type { FeishuClient } from "./client.ts";
import { toChannelError } from "./failures.ts";
import type { OpenFile } from "./send-file.ts";

/** The platform's keys of uploaded pictures, by file id. */
export type PictureKeys = ReadonlyMap<string, string>;

export interface PictureOptions {
  client: Pick<FeishuClient, "uploadImage">;
  /** Absent: the installation hands out no files. */
  openFile?: OpenFile;
  logger: Logger;
}

/** The platform's limit for pictures. */
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024;

/** Uploads the pictures of a reply. One that cannot be had is left out: its description stands in, and nothing waits for it. */
export async function resolvePictures(reply: Reply, options: PictureOptions): Promise<PictureKeys> {
  const keys = new Map<string, string>();
  for (const block of reply.blocks) {
    if (block.type !== "picture" || keys.has(block.fileId)) continue;
    try {
      keys.set(block.fileId, await uploadPicture(block.fileId, options));
    } catch (thrown) {
      const error = toChannelError(thrown, `upload picture ${block.fileId}`);
      options.logger.warn({ errorId: error.id, error: error.message }, "feishu: picture shown as text");
    }
  }
  return keys;
}

async function uploadPicture(fileId: string, { client, openFile }: PictureOptions): Promise<string> {
  const opened = await openFile?.(fileId);
  if (!opened) throw unusable("the picture is gone");
  if (opened.bytes.length === 0) throw unusable("the picture is empty");
  if (opened.bytes.length > MAX_PICTURE_BYTES) throw unusable("the picture is too large");
  return client.uploadImage(opened.bytes);
}

function unusable(message: string): AppError {
  return new AppError({ code: "unusable-input", message, safeMessage: "图片未能发出。" });
}
