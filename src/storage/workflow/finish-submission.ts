import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { toInstant, toText } from "../row-values.ts";
import type { SavedVersion } from "../types.ts";

/**
 * A submission was read as this version. Also one that had failed or was read before: it is read again. Throws `conflict`
 * when it was discarded meanwhile, and `not-found`.
 */
export async function finishSubmission(
  transaction: Knex.Transaction,
  submissionId: string,
  saved: SavedVersion,
  at: Date,
): Promise<void> {
  const changed = await transaction("submissions")
    .where("submission_id", toText(submissionId))
    .whereNot("state", "discarded")
    .update({
      state: "parsed",
      document_id: saved.documentId,
      version_id: saved.versionId,
      failure: null,
      updated_at: toInstant(at),
    });
  if (changed > 0) return;
  const known: unknown = await transaction("submissions")
    .where("submission_id", toText(submissionId))
    .first("state");
  throw known ? alreadyDiscarded(submissionId) : unknownSubmission(submissionId);
}

export function unknownSubmission(submissionId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `submission ${submissionId} does not exist`,
    safeMessage: `没有编号为 ${submissionId} 的送审材料。请核对编号，或重新提交文件。`,
  });
}

function alreadyDiscarded(submissionId: string): AppError {
  return new AppError({
    code: "conflict",
    message: `submission ${submissionId} was discarded`,
    safeMessage: "这份材料已被弃用，识别结果没有保存。如仍需使用，请重新提交文件。",
  });
}
