import type { Actor } from "../../access/index.ts";
import type { SubmissionOutcome, VersionReview } from "../../publishing/index.ts";
import { toAppError } from "../../shared/index.ts";
import type { Reply } from "../types.ts";
import { type DocumentDeskOptions, nameProposal } from "./desk-parts.ts";
import { toDeskReply } from "./desk-reply.ts";
import { writeReview } from "./write-review.ts";

const PATIENCE_MS = 20_000;

/** States in which something is still to be done with a version. */
const PENDING: ReadonlySet<VersionReview["state"]> = new Set(["parsed", "returned", "in-review"]);

/** The original is kept before reading begins, so that a long reading may be answered in the meantime. */
export async function awaitReading(
  options: DocumentDeskOptions,
  reading: Promise<SubmissionOutcome>,
  name: string,
  actor: Actor,
  key: string,
): Promise<Reply> {
  const done = reading.then((outcome) => showOutcome(options, outcome, name, actor));
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), options.patienceMs ?? PATIENCE_MS);
  });
  const first = await Promise.race([done, waited]).finally(() => clearTimeout(timer));
  if (first) return first;
  void done
    .catch((thrown: unknown) => toDeskReply("desk-refused", toAppError(thrown).safeMessage, []))
    .then((reply) => options.notify(actor.account, `reading:${key}`, reply))
    .catch((thrown: unknown) => {
      const error = toAppError(thrown);
      options.logger.error({ errorId: error.id, error: error.message }, "reading could not be reported");
    });
  return toDeskReply("desk-progress", `已收到“${name}”，正在读取，完成后会把核对卡片发给您。`, []);
}

/** What became of a file that an interrupted process had promised to report. */
export async function reportReading(
  options: DocumentDeskOptions,
  outcome: SubmissionOutcome,
  actor: Actor,
): Promise<void> {
  const { submissionId, fileName } = outcome.submission;
  const reply = await showOutcome(options, outcome, fileName, actor);
  await options.notify(actor.account, `resumed:${submissionId}`, reply);
}

async function showOutcome(
  options: DocumentDeskOptions,
  outcome: SubmissionOutcome,
  name: string,
  actor: Actor,
): Promise<Reply> {
  const { review, submission, duplicate } = outcome;
  if (!review) {
    return toDeskReply("desk-refused", `“${name}”未能读取。`, [
      { type: "paragraph", text: submission.failure ?? "请检查文件后重新发送。" },
      { type: "paragraph", text: "原件已保存，修正后重新发送即可。" },
    ]);
  }
  // Sent again before it was decided on, or taken up again after a crash: its card is what is wanted.
  if (!duplicate || PENDING.has(review.state)) return showReview(options, review, actor);
  return toDeskReply(
    "desk-duplicate",
    `库内已有内容完全相同的文件：《${review.title}》第${review.number}版。`,
    [{ type: "paragraph", text: "没有新增版本。" }],
  );
}

export async function showReview(
  options: DocumentDeskOptions,
  review: VersionReview,
  actor: Actor,
): Promise<Reply> {
  const { openProposal, state, versionId } = review;
  const impact = PENDING.has(state)
    ? await options.publishing.review.assessImpact(versionId, actor)
    : undefined;
  const open = openProposal ? await nameProposal(options, openProposal, actor) : undefined;
  return writeReview(review, impact, open);
}
