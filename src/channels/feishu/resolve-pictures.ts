import type { Reply } from "../../conversation/index.ts";
import type { Logger } from "../../shared/index.ts";
import { checkFile } from "../check-file.ts";
import type { OpenFile } from "../opened-file.ts";
import type { FeishuClient } from "./client.ts";
import { toChannelError } from "./failures.ts";

/** The platform's keys of uploaded pictures, by file id. */
export type PictureKeys = ReadonlyMap<string, string>;

export interface PictureOptions {
  client: Pick<FeishuClient, "uploadImage">;
  /** Absent: the installation hands out no files. */
  openFile?: OpenFile;
  logger: Logger;
}

/** The platform's limit for pictures. */
const LIMIT = { maxBytes: 10 * 1024 * 1024, tooLarge: "图片超过飞书 10 MB 的上限。" };

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
  return client.uploadImage(checkFile(await openFile?.(fileId), LIMIT).bytes);
}
