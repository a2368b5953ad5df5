import type { Knex } from "knex";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin, lockChanges } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toOptionalText, toText } from "../row-values.ts";
import type { ChangeOrigin, SubmissionRecord, WorkflowStore } from "../types.ts";
import { unknownSubmission } from "./finish-submission.ts";

interface SubmissionRow {
  submission_id: string;
  original_hash: string;
  file_name: string;
  bytes: number | string;
  submitted_by: string;
  source: string;
  state: SubmissionRecord["state"];
  document_id: DocumentId | null;
  version_id: VersionId | null;
  failure: string | null;
  created_at: string;
  updated_at: string;
}

type SubmissionsPart = Pick<
  WorkflowStore,
  "receive" | "getSubmission" | "listSubmissions" | "closeSubmission" | "getOriginal"
>;

type Received = Parameters<WorkflowStore["receive"]>[0];
type Outcome = Parameters<WorkflowStore["closeSubmission"]>[1];

/** The states that a submission may be closed from. A failed one may fail again, for another reason. */
const CLOSABLE: Readonly<Record<Outcome["state"], readonly SubmissionRecord["state"][]>> = {
  failed: ["received", "failed"],
  discarded: ["received", "failed", "parsed"],
};

export function createSubmissions({ read, write }: Database): SubmissionsPart {
  return {
    receive: (submission, bytes, origin) =>
      write.transaction((transaction) => receive(transaction, submission, bytes, origin)),
    async getSubmission(submissionId) {
      const row: SubmissionRow | undefined = await read("submissions")
        .where("submission_id", toText(submissionId))
        .first();
      return row && toSubmissionRecord(row);
    },
    async listSubmissions({ state, originalHash, limit } = {}) {
      const query = read("submissions").orderBy("sequence", "desc");
      if (state !== undefined) query.where("state", state);
      if (originalHash !== undefined) query.where("original_hash", toText(originalHash));
      if (limit !== undefined) query.limit(limit);
      const rows: SubmissionRow[] = await query;
      return rows.map(toSubmissionRecord);
    },
    closeSubmission: (submissionId, outcome, at, origin) =>
      changeWithin(write, (transaction) => close(transaction, submissionId, outcome, at, origin)),
    async getOriginal(hash) {
      const row: { bytes: Buffer } | undefined = await read("originals")
        .where("original_hash", toText(hash))
        .first("bytes");
      return row && new Uint8Array(row.bytes);
    },
  };
}

async function receive(
  transaction: Knex.Transaction,
  submission: Received,
  bytes: Uint8Array,
  origin: ChangeOrigin,
): Promise<void> {
  await keepOriginal(transaction, submission, bytes);
  // Only now: others need not wait while the bytes travel.
  await lockChanges(transaction);
  await transaction("submissions").insert({
    submission_id: toText(submission.submissionId),
    original_hash: toText(submission.originalHash),
    file_name: toText(submission.fileName),
    bytes: submission.bytes,
    submitted_by: toText(submission.submittedBy),
    source: toText(submission.source),
    state: "received",
    document_id: null,
    version_id: null,
    failure: null,
    created_at: submission.createdAt,
    updated_at: submission.createdAt,
  });
  const { originalHash, fileName, source } = submission;
  const facts = { originalHash, fileName, bytes: submission.bytes, source };
  const subject = `submission:${submission.submissionId}`;
  const at = new Date(submission.createdAt);
  await appendAudit(transaction, describeChange("submission.received", subject, facts, at, origin));
}

/** Once a hash; the bytes are not sent again when they are known. */
async function keepOriginal(
  transaction: Knex.Transaction,
  { originalHash, createdAt }: Received,
  bytes: Uint8Array,
): Promise<void> {
  const key = { original_hash: toText(originalHash) };
  const known: unknown = await transaction("originals").where(key).first("original_hash");
  if (known) return;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await transaction("originals")
    .insert({ ...key, created_at: createdAt, bytes: content })
    .onConflict("original_hash")
    .ignore();
}

async function close(
  transaction: Knex.Transaction,
  submissionId: string,
  { state, failure }: Outcome,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const key = { submission_id: toText(submissionId) };
  const row: SubmissionRow | undefined = await transaction("submissions").where(key).first();
  if (!row) throw unknownSubmission(submissionId);
  if (!CLOSABLE[state].includes(row.state)) throw cannotClose(row.state);
  await transaction("submissions")
    .where(key)
    .update({ state, failure: toOptionalText(failure ?? row.failure), updated_at: toInstant(at) });
  const facts = { originalHash: row.original_hash, ...(failure !== undefined && { failure }) };
  const subject = `submission:${submissionId}`;
  await appendAudit(transaction, describeChange(`submission.${state}`, subject, facts, at, origin));
}

function cannotClose(state: SubmissionRecord["state"]): AppError {
  return new AppError({
    code: "conflict",
    message: `the submission is ${state}`,
    safeMessage:
      state === "discarded"
        ? "这份材料已经弃用，无需再次处理。"
        : "这份材料已识别完成。请在对应的版本上处理，或重新提交文件。",
  });
}

function toSubmissionRecord(row: SubmissionRow): SubmissionRecord {
  return {
    submissionId: row.submission_id,
    originalHash: row.original_hash,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    submittedBy: row.submitted_by,
    source: row.source,
    state: row.state,
    documentId: row.document_id,
    versionId: row.version_id,
    failure: row.failure,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
