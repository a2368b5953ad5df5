import type { SubmissionRecord } from "../../storage/index.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { SubmissionOutcome } from "../types.ts";
import type { SubmissionDesk } from "./receive-file.ts";

/** A file that ends the process each time it is read must not do so for ever. */
const MAX_ATTEMPTS = 3;
const ATTEMPT = "submission.resume";
const SYSTEM = "system:submissions";

/** Reads what an interrupted process left `received`. Attempts are counted in the audit log, which survives a crash. */
export async function resumeSubmissions(
  parts: PublishingParts,
  desk: SubmissionDesk,
  report: (outcome: SubmissionOutcome) => Promise<void> = async () => {},
): Promise<number> {
  const { workflow, audit } = parts.storage;
  const received = await workflow.listSubmissions({ state: "received" });
  const waiting = received.filter((submission) => !desk.isInWork(submission)).reverse();
  for (const submission of waiting) {
    const subject = `submission:${submission.submissionId}`;
    const resumed = (await audit.list({ subject, action: ATTEMPT, limit: MAX_ATTEMPTS })).length;
    if (resumed + 1 >= MAX_ATTEMPTS) {
      await report(await giveUp(parts, submission));
      continue;
    }
    await audit.append({
      at: parts.clock().toISOString(),
      actor: SYSTEM,
      action: ATTEMPT,
      subject,
      reason: null,
      details: { attempt: resumed + 2 },
    });
    await report(await desk.process(submission));
  }
  return waiting.length;
}

async function giveUp(
  { storage, clock, logger }: PublishingParts,
  submission: SubmissionRecord,
): Promise<SubmissionOutcome> {
  const { submissionId } = submission;
  logger.warn({ submissionId }, "submission given up");
  const failure = `读取这份文件时程序已连续 ${MAX_ATTEMPTS} 次中断，不再重试。原件已保留，请换一种格式（如 docx 或带文字的 PDF）重新提交。`;
  await storage.workflow.closeSubmission(submissionId, { state: "failed", failure }, clock(), {
    actor: SYSTEM,
    reason: failure,
  });
  return { submission: { ...submission, state: "failed", failure }, duplicate: false };
}
