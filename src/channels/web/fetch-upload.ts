import { z } from "zod";
import type { InboundMessage } from "../../conversation/index.ts";
import { AppError } from "../../shared/index.ts";
import type { UploadReference } from "./receive.ts";
import type { UploadStore } from "./stores.ts";

const referenceSchema: z.ZodType<UploadReference> = z.object({ position: z.int().min(0) });

/** The bytes of a file that came with a message. Throws AppError `unusable-input` when it is too large or gone. */
export async function fetchUpload(
  uploads: UploadStore,
  { messageKey }: Pick<InboundMessage, "messageKey">,
  reference: unknown,
  maxBytes: number,
): Promise<Uint8Array> {
  const { position } = referenceSchema.parse(reference);
  const bytes = await uploads.read(messageKey, position);
  if (!bytes) throw unusable("the upload is gone", "文件已过期，请重新发送。");
  if (bytes.length <= maxBytes) return bytes;
  const limit = Math.floor(maxBytes / 1024 / 1024);
  throw unusable(`more than ${maxBytes} bytes`, `文件超过 ${limit} MB 上限，请压缩或拆分后重新发送。`);
}

function unusable(message: string, safeMessage: string): AppError {
  return new AppError({ code: "unusable-input", message, safeMessage });
}
