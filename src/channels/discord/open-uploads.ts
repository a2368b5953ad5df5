import type { Reply } from "../../conversation/index.ts";
import { type Logger, toAppError } from "../../shared/index.ts";
import { checkFile, type FileBlock } from "../check-file.ts";
import type { OpenFile } from "../opened-file.ts";
import type { Upload } from "./message-body.ts";

/** What every server allows; more only by boosts. */
const LIMIT = {
  maxBytes: 10 * 1024 * 1024,
  tooLarge: "文件超过 Discord 10 MB 的上限，请缩小范围后重新生成，或在网页端获取。",
};

export async function openUpload(
  { fileId }: Pick<FileBlock, "fileId">,
  open: OpenFile | undefined,
): Promise<Upload> {
  const file = checkFile(await open?.(fileId), LIMIT);
  return { name: toFileName(file.name), mediaType: file.mediaType, bytes: file.bytes };
}

/** By file id. What cannot be opened is shown as its description; a picture never holds a reply back. */
export async function openPictures(
  reply: Reply,
  open: OpenFile | undefined,
  logger: Logger,
): Promise<ReadonlyMap<string, Upload>> {
  const pictures = new Map<string, Upload>();
  for (const block of reply.blocks) {
    if (block.type !== "picture" || pictures.has(block.fileId)) continue;
    try {
      const upload = await openUpload(block, open);
      const name = `picture-${pictures.size + 1}.png`;
      pictures.set(block.fileId, { ...upload, name, description: block.alt });
    } catch (thrown) {
      logger.warn({ error: toAppError(thrown).message }, "discord: picture not shown");
    }
  }
  return pictures;
}

/** As the platform writes names, so that an embed finds its picture and a person the file. */
function toFileName(name: string): string {
  const clean = [...name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "_")].slice(-100).join("");
  return clean === "" ? "file" : clean;
}
