import { stringify } from "yaml";
import { type Actor, requireRight } from "../../access/index.ts";
import type { ProfileLexicon } from "../../enterprises/index.ts";
import { AppError, type Clock } from "../../shared/index.ts";
import type { ProgramRecord, ProgramStore } from "../../storage/index.ts";
import type { Catalogue } from "../catalogue/create-catalogue.ts";
import { quotesOf, stands } from "../catalogue/index-quotes.ts";
import { describeProblem } from "../catalogue/program-problem.ts";
import { readProgram } from "../catalogue/read-program.ts";
import { readStoredProgram, toProgramFile } from "../catalogue/stored-program.ts";
import { toContent } from "../catalogue/sync-program-files.ts";
import type { Direction, Program, ProgramDesk, ProgramListing, Suggestion } from "../types.ts";

export interface ProgramDeskParts {
  store: Pick<ProgramStore, "propose" | "decide" | "withdraw" | "listPrograms" | "getPublished" | "history">;
  catalogue: Catalogue;
  directions: ReadonlyMap<string, Direction>;
  lexicon: ProfileLexicon;
  /** A program takes effect when another admin than its proposer agrees. */
  secondAdmin: boolean;
  /** Drafts programs from a text; see `suggestPrograms`. */
  suggest(
    document: Parameters<ProgramDesk["suggest"]>[0],
    existing: readonly Program[],
  ): Promise<Suggestion[]> | Suggestion[];
  clock: Clock;
}

/** Keeping the catalogue, as `ProgramDesk` promises it. */
export function createProgramDesk(parts: ProgramDeskParts): ProgramDesk {
  const { store, clock } = parts;
  return {
    async list(by, filter = {}) {
      requireRight(by, "read-programs");
      const records = await store.listPrograms(filter.state ? { state: filter.state } : {});
      const listings = await describeRecords(records, parts);
      return filter.problemsOnly ? listings.filter(({ problems }) => problems.length > 0) : listings;
    },
    async show(programId, by) {
      requireRight(by, "read-programs");
      const record = await findNewest(programId, parts);
      const program = readRecord(record);
      const listing = await describeRecord(record, parts);
      return { listing, program, yaml: stringify(toProgramFile(program), { lineWidth: 0 }) };
    },
    async suggest(document, by) {
      requireRight(by, "manage-programs");
      const published = await store.listPrograms({ state: "published" });
      return parts.suggest(
        document,
        published.map((record) => readRecord(record)),
      );
    },
    async propose(given, by, origin, reason) {
      requireRight(by, "manage-programs");
      const program = await check(given, parts);
      const record = await store.propose(
        { programId: program.id, origin, ...toContent(program) },
        clock(),
        originOf(by, reason),
      );
      return describeRecord(record, parts);
    },
    async publish(programId, by, reason) {
      requireRight(by, "manage-programs");
      const open = await findOpen(programId, parts);
      if (parts.secondAdmin && open.createdBy === by.account) throw needsAnother(programId);
      // What was quoted may have changed since it was proposed.
      await check(toProgramFile(readRecord(open)), parts);
      return describeRecord(await store.decide(programId, "publish", clock(), originOf(by, reason)), parts);
    },
    async reject(programId, by, reason) {
      requireRight(by, "manage-programs");
      return describeRecord(await store.decide(programId, "reject", clock(), originOf(by, reason)), parts);
    },
    async withdraw(programId, by, reason) {
      requireRight(by, "manage-programs");
      return describeRecord(await store.withdraw(programId, clock(), originOf(by, reason)), parts);
    },
  };
}

function originOf({ account }: Actor, reason: string | undefined) {
  return { actor: account, ...(reason === undefined ? {} : { reason }) };
}

/** Schema, then every quote against what is published: nothing is kept of a program that has a fault. */
async function check(given: unknown, { catalogue, lexicon, directions }: ProgramDeskParts): Promise<Program> {
  const read = readProgram(given, { lexicon, directions });
  if ("problems" in read) throw unusable(read.problems.map(describeProblem));
  const { program } = read;
  const sources = await catalogue.sources();
  const document = sources.find(program.document);
  if (!document) {
    throw unusable([
      `document：《${program.document}》没有已发布的版本。请先发布该文件，或改正 document 的标题。`,
    ]);
  }
  const lost = (await sources.check(document, quotesOf(program))).filter((quote) => !stands(quote));
  if (lost.length === 0) return program;
  throw unusable(
    lost.map(
      ({ section, quote }) =>
        `${section}：“${quote.slice(0, 40)}${quote.length > 40 ? "…" : ""}”在《${program.document}》现行文本中找不到。请逐字照录原文。`,
    ),
  );
}

function unusable(faults: readonly string[]): AppError {
  const more = faults.length > 5 ? `另有 ${faults.length - 5} 处。` : "";
  return new AppError({
    code: "unusable-input",
    message: `program not accepted: ${faults.join(" ")}`,
    safeMessage: `该项目未登记，有 ${faults.length} 处需要修改。${faults.slice(0, 5).join(" ")}${more}`,
  });
}

function readRecord({ programId, content }: ProgramRecord): Program {
  const program = readStoredProgram(content);
  if (program) return program;
  throw new AppError({
    code: "unusable-input",
    message: `stored program ${programId} cannot be read`,
    safeMessage: `项目 ${programId} 存储的内容无法读取，请重新登记或撤下。`,
  });
}

async function findNewest(programId: string, { store }: ProgramDeskParts): Promise<ProgramRecord> {
  const history = await store.history(programId);
  const newest = [...history].sort((one, other) => other.revision - one.revision)[0];
  const published = await store.getPublished(programId);
  const shown = history.find(({ state }) => state === "proposed") ?? published ?? newest;
  if (shown) return shown;
  throw new AppError({
    code: "not-found",
    message: `no program ${programId}`,
    safeMessage: `没有编号为 ${programId} 的项目。可用 programs list 查看全部项目。`,
  });
}

async function findOpen(programId: string, { store }: ProgramDeskParts): Promise<ProgramRecord> {
  const open = (await store.history(programId)).find(({ state }) => state === "proposed");
  if (open) return open;
  throw new AppError({
    code: "not-found",
    message: `nothing proposed of ${programId}`,
    safeMessage: `项目 ${programId} 没有待审核的修改。可用 programs list --state proposed 查看待审核的项目。`,
  });
}

function needsAnother(programId: string): AppError {
  return new AppError({
    code: "forbidden",
    message: `${programId} was proposed by the same admin`,
    safeMessage: `项目 ${programId} 由您登记，须由另一位管理员审核通过。`,
  });
}

async function describeRecord(record: ProgramRecord, parts: ProgramDeskParts): Promise<ProgramListing> {
  const [listing] = await describeRecords([record], parts);
  if (listing) return listing;
  throw new AppError({
    code: "internal",
    message: "a record without listing",
    safeMessage: "系统内部错误，请稍后重试。",
  });
}

async function describeRecords(
  records: readonly ProgramRecord[],
  { catalogue }: ProgramDeskParts,
): Promise<ProgramListing[]> {
  const faults = new Map((await catalogue.listProblems()).map((fault) => [fault.programId, fault]));
  return records.map(({ programId, revision, state, origin, content }) => {
    const told = content as Partial<Program> | null;
    const fault = state === "published" ? faults.get(programId) : undefined;
    return {
      programId,
      name: told?.name ?? programId,
      kind: told?.kind ?? "其他",
      revision,
      state,
      origin,
      documentTitle: told?.document ?? "",
      problems: fault ? [fault.message] : [],
    };
  });
}
