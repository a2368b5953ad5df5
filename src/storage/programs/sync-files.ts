import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { toInstant, toText } from "../row-values.ts";
import type { ProgramStore } from "../types.ts";
import {
  type Change,
  insertRevision,
  type NewProgram,
  publishRevision,
  retire,
  updateRow,
} from "./change-program.ts";
import { addProposal } from "./decide-program.ts";
import type { ProgramRow } from "./program-rows.ts";

export type SyncOutcome = Awaited<ReturnType<ProgramStore["syncFiles"]>>;
type ProgramFile = Parameters<ProgramStore["syncFiles"]>[0][number];

/** What the store knows of a program before the files are looked at. */
interface Known {
  published: ProgramRow | undefined;
  proposed: ProgramRow | undefined;
  /** The newest revision that came from a file, whatever became of it. */
  fromFile: ProgramRow | undefined;
}

const NOTHING: Known = { published: undefined, proposed: undefined, fromFile: undefined };

/**
 * A file is compared with what it said at the last start, not with what is published: an admin's withdrawal or an admin's
 * own revision holds until the file itself changes. Even then an admin's revision stays published, and the file's text
 * is proposed beside it.
 */
export async function syncPrograms(
  transaction: Knex.Transaction,
  files: readonly ProgramFile[],
  change: Change,
): Promise<SyncOutcome> {
  requireDistinct(files.map((file) => file.programId));
  const outcome: SyncOutcome = { added: [], changed: [], removed: [], unchanged: 0 };
  const known = await readKnown(transaction);
  for (const file of files) {
    const became = await syncFile(transaction, file, known.get(toText(file.programId)) ?? NOTHING, change);
    if (became === "unchanged") outcome.unchanged += 1;
    else outcome[became].push(file.programId);
  }
  const present = new Set(files.map((file) => toText(file.programId)));
  for (const [programId, { published }] of known) {
    if (present.has(programId) || published?.origin !== "file") continue;
    await retire(transaction, published, "program.vanish", change);
    outcome.removed.push(programId);
  }
  return outcome;
}

async function syncFile(
  transaction: Knex.Transaction,
  file: ProgramFile,
  { published, proposed, fromFile }: Known,
  change: Change,
): Promise<"added" | "changed" | "unchanged"> {
  const program: NewProgram = { ...file, origin: "file" };
  if (fromFile?.content_hash === toText(file.contentHash)) {
    if (published || fromFile.vanished_at === null) return "unchanged";
    await publishRevision(transaction, fromFile, null, change);
    return "added";
  }
  if (published && published.origin !== "file") {
    await proposeFile(transaction, program, proposed, change);
    return "unchanged";
  }
  const row = await insertRevision(transaction, program, "superseded", change);
  await publishRevision(transaction, row, null, change);
  return published ? "changed" : "added";
}

/** A proposal of the file's own gives way to its newer text; anybody else's is decided first. */
async function proposeFile(
  transaction: Knex.Transaction,
  program: NewProgram,
  open: ProgramRow | undefined,
  change: Change,
): Promise<void> {
  if (open && open.origin !== "file") return;
  if (open) {
    await updateRow(transaction, { ...open, state: "superseded", retired_at: toInstant(change.at) });
  }
  await addProposal(transaction, program, change);
}

async function readKnown(transaction: Knex.Transaction): Promise<Map<string, Known>> {
  const rows: ProgramRow[] = await transaction("programs").orderBy(["program_id", "revision"]);
  const known = new Map<string, Known>();
  for (const row of rows) {
    const before = known.get(row.program_id) ?? NOTHING;
    known.set(row.program_id, {
      published: row.state === "published" ? row : before.published,
      proposed: row.state === "proposed" ? row : before.proposed,
      fromFile: row.origin === "file" ? row : before.fromFile,
    });
  }
  return known;
}

export function requireDistinct(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new AppError({
    code: "conflict",
    message: `${twice} is in the files twice`,
    safeMessage: `知识文件中编号 ${twice} 出现了两次，本次没有载入任何内容。请改正其中一个编号后重新启动。`,
  });
}
