import type { ReplyBlock } from "../types.ts";
import type { MatchTurn } from "./match-turn.ts";
import type { ReportFile } from "./matching-parts.ts";

/** Keeps generated files for the person and gives the blocks that hand them out. */
export async function saveFiles(
  { options, context, at }: MatchTurn,
  enterpriseId: string | null,
  files: readonly ReportFile[],
): Promise<ReplyBlock[]> {
  const blocks: ReplyBlock[] = [];
  for (const { name, mediaType, bytes } of files) {
    const fileId = options.ids();
    const createdAt = at.toISOString();
    const { account } = context.actor;
    await options.files.saveFile({ fileId, account, enterpriseId, name, mediaType, bytes, createdAt });
    const url = options.fileUrl?.(fileId);
    blocks.push({
      type: "file",
      fileId,
      name,
      mediaType,
      bytes: bytes.length,
      ...(url !== undefined && { url }),
    });
  }
  return blocks;
}
