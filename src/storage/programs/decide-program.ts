import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { toInstant, toText } from "../row-values.ts";
import type { ProgramRecord } from "../types.ts";
import {
  type Change,
  findInState,
  insertRevision,
  type NewProgram,
  publishRevision,
  recordProgram,
  requireProgram,
  retire,
  updateRow,
} from "./change-program.ts";
import { type ProgramRow, toProgramRecord } from "./program-rows.ts";

export async function proposeProgram(
  transaction: Knex.Transaction,
  program: NewProgram,
  change: Change,
): Promise<ProgramRecord> {
  const open = await findInState(transaction, program.programId, "proposed");
  if (open) {
    throw new AppError({
      code: "conflict",
      message: `program ${program.programId} has an open proposal already`,
      safeMessage: `项目 ${program.programId} 已有一份待审的修订（第 ${open.revision} 版）。请先通过或退回它，再提交新的修订。`,
    });
  }
  return toProgramRecord(await addProposal(transaction, program, change));
}

export async function addProposal(
  transaction: Knex.Transaction,
  program: NewProgram,
  change: Change,
): Promise<ProgramRow> {
  const row = await insertRevision(transaction, program, "proposed", change);
  const facts = { revision: row.revision, origin: row.origin };
  await recordProgram(transaction, "program.propose", row.program_id, facts, change);
  return row;
}

export async function decideProgram(
  transaction: Knex.Transaction,
  programId: string,
  decision: "publish" | "reject",
  change: Change,
): Promise<ProgramRecord> {
  await requireProgram(transaction, programId);
  const open = await findInState(transaction, programId, "proposed");
  if (!open) {
    throw new AppError({
      code: "conflict",
      message: `program ${programId} has no open proposal`,
      safeMessage: `项目 ${programId} 没有待审的修订，可能已由他人处理。请刷新待审列表后查看。`,
    });
  }
  const { actor } = change.origin;
  if (decision === "publish") {
    return toProgramRecord(await publishRevision(transaction, open, actor, change));
  }
  const rejected: ProgramRow = {
    ...open,
    state: "rejected",
    decided_by: toText(actor),
    retired_at: toInstant(change.at),
  };
  await updateRow(transaction, rejected);
  await recordProgram(transaction, "program.reject", programId, { revision: open.revision }, change);
  return toProgramRecord(rejected);
}

export async function withdrawProgram(
  transaction: Knex.Transaction,
  programId: string,
  change: Change,
): Promise<ProgramRecord> {
  await requireProgram(transaction, programId);
  const published = await findInState(transaction, programId, "published");
  if (!published) {
    throw new AppError({
      code: "conflict",
      message: `program ${programId} is not published`,
      safeMessage: `项目 ${programId} 目前没有发布，无需撤下。请刷新项目目录后查看。`,
    });
  }
  return toProgramRecord(await retire(transaction, published, "program.withdraw", change));
}
