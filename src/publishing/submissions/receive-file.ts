import { createHash } from "node:crypto";
import { type Actor, requireRight } from "../../access/index.ts";
import { cleanFileName, DEFAULT_READ_LIMITS, refuseLargeFile } from "../../readers/index.ts";
import { AppError, toAppError } from "../../shared/index.ts";
import type { SubmissionRecord } from "../../storage/index.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import { buildReview } from "../review/build-review.ts";
import type { ReceivedFile, SubmissionOutcome } from "../types.ts";
import { readSubmission } from "./read-submission.ts";

export interface SubmissionDesk {
  receive(file: ReceivedFile, by: Actor): Promise<SubmissionOutcome>;
  /** Somebody has just sent it in, and it is being read. */
  isInWork(submission: SubmissionRecord): boolean;
  /** Reads a submission that is `received`. */
  process(submission: SubmissionRecord): Promise<SubmissionOutcome>;
}

/** The same file that is sent twice at a time is read once. */
export function createSubmissionDesk(parts: PublishingParts): SubmissionDesk {
  const inWork = new Map<string, Promise<SubmissionOutcome>>();

  async function once(hash: string, work: () => Promise<SubmissionOutcome>): Promise<SubmissionOutcome> {
    const running = inWork.get(hash);
    if (running) return { ...(await running), duplicate: true };
    const started = work().finally(() => inWork.delete(hash));
    inWork.set(hash, started);
    return started;
  }

  return {
    async receive(file, by) {
      requireRight(by, "submit-document");
      refuseLargeFile(file.bytes.byteLength, DEFAULT_READ_LIMITS);
      const hash = createHash("sha256").update(file.bytes).digest("hex");
      const named = { ...file, fileName: cleanFileName(file.fileName) };
      return once(hash, () => receiveOnce(parts, named, hash, by));
    },
    isInWork: ({ originalHash }) => inWork.has(originalHash),
    process: (submission) => once(submission.originalHash, () => processSubmission(parts, submission)),
  };
}

async function receiveOnce(
  parts: PublishingParts,
  file: ReceivedFile,
  hash: string,
  by: Actor,
): Promise<SubmissionOutcome> {
  const known = await findKnown(parts, hash);
  if (known) return known;
  const { storage, ids, clock } = parts;
  const submissionId = ids();
  await storage.workflow.receive(
    {
      submissionId,
      originalHash: hash,
      fileName: file.fileName,
      bytes: file.bytes.byteLength,
      submittedBy: by.account,
      source: file.source,
      createdAt: clock().toISOString(),
    },
    file.bytes,
    { actor: by.account, details: { fileName: file.fileName, source: file.source } },
  );
  return processSubmission(parts, await findSubmission(parts, submissionId));
}

/** The outcome of the same bytes sent before; what failed then is tried anew. */
async function findKnown(parts: PublishingParts, hash: string): Promise<SubmissionOutcome | undefined> {
  const earlier = await parts.storage.workflow.listSubmissions({ originalHash: hash });
  const read = earlier.find(({ state, versionId }) => state === "parsed" && versionId !== null);
  if (read?.versionId)
    return { submission: read, review: await buildReview(parts, read.versionId), duplicate: true };
  const waiting = earlier.find(({ state }) => state === "received");
  return waiting && processSubmission(parts, waiting);
}

async function processSubmission(
  parts: PublishingParts,
  submission: SubmissionRecord,
): Promise<SubmissionOutcome> {
  const { storage, logger } = parts;
  const { submissionId } = submission;
  try {
    const bytes = await storage.workflow.getOriginal(submission.originalHash);
    if (!bytes) throw lostOriginal(submissionId);
    const outcome = await readSubmission(parts, submission, bytes);
    if (outcome.kind === "same") {
      const review = await buildReview(parts, outcome.versionId);
      const why = `与已有的《${review.title}》第 ${review.number} 版逐字相同，未另存新版本。`;
      await close(parts, submission, "discarded", why);
      return { submission: await findSubmission(parts, submissionId), review, duplicate: true };
    }
    const review = await buildReview(parts, outcome.versionId);
    return { submission: await findSubmission(parts, submissionId), review, duplicate: false };
  } catch (thrown) {
    const error = toAppError(thrown);
    // What the disk or the database refuses is no fault of the file: it stays received and is taken up again.
    if (error.code === "storage" || error.code === "data-directory") throw error;
    logger.warn({ submissionId, reason: error.message, errorId: error.id }, "submission could not be read");
    await close(parts, submission, "failed", error.safeMessage);
    return { submission: await findSubmission(parts, submissionId), duplicate: false };
  }
}

async function close(
  { storage, clock }: PublishingParts,
  { submissionId, submittedBy }: SubmissionRecord,
  state: "failed" | "discarded",
  failure: string,
): Promise<void> {
  await storage.workflow.closeSubmission(submissionId, { state, failure }, clock(), {
    actor: submittedBy,
    reason: failure,
  });
}

async function findSubmission({ storage }: PublishingParts, submissionId: string): Promise<SubmissionRecord> {
  const record = await storage.workflow.getSubmission(submissionId);
  if (record) return record;
  throw lostOriginal(submissionId);
}

function lostOriginal(submissionId: string): AppError {
  return new AppError({
    code: "internal",
    message: `submission ${submissionId} or its original is gone`,
    safeMessage: "这份文件的原件已不在库中，请重新提交。",
  });
}
