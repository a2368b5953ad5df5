import type { ReplyBlock } from "../conversation/index.ts";
import { AppError } from "../shared/index.ts";
import type { OpenedFile } from "./opened-file.ts";

export type FileBlock = Extract<ReplyBlock, { type: "file" }>;

export function isFile(block: ReplyBlock): block is FileBlock {
  return block.type === "file";
}

/** A file that the platform takes. Throws AppError `unusable-input`; its safeMessage goes to those who wait for the file. */
export function checkFile(
  opened: OpenedFile | undefined,
  limit: { maxBytes: number; tooLarge: string },
): OpenedFile {
  if (!opened) throw unusable("the file is gone", "文件已过期或已删除，请重新生成。");
  if (opened.bytes.length === 0) throw unusable("the file is empty", "文件是空的，请重新生成。");
  if (opened.bytes.length > limit.maxBytes) throw unusable("the file is too large", limit.tooLarge);
  return opened;
}

function unusable(message: string, safeMessage: string): AppError {
  return new AppError({ code: "unusable-input", message, safeMessage });
}
