import type { Actor } from "../../access/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { EnterpriseRecord, EnterpriseStore, NewEnterprise } from "../../storage/index.ts";
import { checkCreditCode } from "../identity/check-credit-code.ts";
import { joinSaid, type SaidFact, toNewFact } from "../profile/weigh-fact.ts";
import type { EnterpriseService, ReadingProblem } from "../types.ts";
import { readCells } from "./read-cells.ts";
import { writeFacts } from "./record-facts.ts";
import { requireAdmin } from "./require-enterprise.ts";
import type { EnterpriseServiceOptions } from "./service-parts.ts";

type Rows = Parameters<EnterpriseService["importList"]>[0];
type Outcome = Awaited<ReturnType<EnterpriseService["importList"]>>;

const BATCH = 500;

interface ListedEnterprise {
  name: string | null;
  creditCode: string | null;
  facts: SaidFact[];
}

/** What an import has in hand. New enterprises wait until there are enough of them for one transaction. */
interface Import {
  options: EnterpriseServiceOptions;
  named: Map<string, EnterpriseRecord>;
  waiting: NewEnterprise[];
  by: Actor;
  at: Date;
}

/**
 * What is wrong with a row is named, and the rest go on. Broken off, it can be run again: what is there already is found by
 * code or name, and the same line of the same file says nothing twice.
 */
export async function importList(
  options: EnterpriseServiceOptions,
  rows: Rows,
  reference: string,
  by: Actor,
  at: Date,
): Promise<Outcome> {
  requireAdmin(by);
  const outcome: Outcome = { added: 0, updated: 0, problems: [] };
  const running: Import = { options, named: await listNamed(options.store), waiting: [], by, at };
  const linesOfCodes = new Map<string, number>();
  const unknown = new Set<string>();
  for (const { line, values } of rows) {
    const report = (problem: ReadingProblem) => outcome.problems.push({ line, problem });
    const listed = identify(readRow(values, running, unknown, report), report);
    if (!listed) continue;
    const { creditCode } = listed;
    const before = creditCode === null ? undefined : linesOfCodes.get(creditCode);
    if (creditCode !== null && before !== undefined) {
      report(repeatedCode(creditCode, before));
      continue;
    }
    if (creditCode !== null) linesOfCodes.set(creditCode, line);
    const done = await keep(running, listed, `${reference}:${line}`);
    if (done !== "unchanged") outcome[done] += 1;
  }
  await writeWaiting(running);
  return outcome;
}

/** A column that nobody knows is named once, not with every row. */
function readRow(
  values: Rows[number]["values"],
  { options, at }: Import,
  unknown: Set<string>,
  report: (problem: ReadingProblem) => void,
): SaidFact[] {
  const cells = readCells(values, options.reader, toShanghaiDay(at));
  for (const problem of cells.problems) {
    const known = problem.kind === "unknown-field" && unknown.has(problem.words);
    if (problem.kind === "unknown-field") unknown.add(problem.words);
    if (!known) report(problem);
  }
  return cells.facts;
}

/** Undefined when nobody can say which enterprise it is; that is reported. A doubtful code is reported and left out. */
function identify(
  facts: readonly SaidFact[],
  report: (problem: ReadingProblem) => void,
): ListedEnterprise | undefined {
  const textOf = (id: string) => {
    const value = facts.find(({ field }) => field === id)?.value;
    return value?.kind === "text" && value.text.trim() !== "" ? value.text.trim() : undefined;
  };
  const code = checkCreditCode(textOf("credit-code") ?? "");
  if (code.outcome === "doubtful") report(doubtfulCode(code));
  const sound = code.outcome === "sound" ? code.code : null;
  const name = textOf("name")?.normalize("NFKC").replace(/\(/g, "（").replace(/\)/g, "）") ?? null;
  if (name === null && sound === null) {
    report({
      field: "name",
      words: "",
      kind: "unclear",
      message: "缺少企业名称，也没有可用的统一社会信用代码，本行未导入。请至少补充其中一项。",
    });
    return undefined;
  }
  const kept = facts.filter(({ field }) => field !== "credit-code" || sound !== null);
  return { name, creditCode: sound, facts: kept };
}

async function keep(
  running: Import,
  listed: ListedEnterprise,
  reference: string,
): Promise<"added" | "updated" | "unchanged"> {
  const { options, named, waiting, by, at } = running;
  const known = await findKnown(options.store, listed, named);
  if (!known) {
    await add(running, listed, reference);
    return "added";
  }
  if (waiting.some(({ enterpriseId }) => enterpriseId === known.enterpriseId)) await writeWaiting(running);
  const record = await identifyKnown(running, known, listed);
  const source = { kind: "file" as const, by: by.account, reference };
  const written = await writeFacts(options, record, listed.facts, source, by, at);
  return written > 0 ? "updated" : "unchanged";
}

async function add(
  running: Import,
  { name, creditCode, facts }: ListedEnterprise,
  reference: string,
): Promise<void> {
  const { options, named, waiting, by, at } = running;
  const enterpriseId = options.ids();
  const source = { kind: "file" as const, by: by.account, reference };
  const written = joinSaid(facts).map((said) => toNewFact(said, source, "current", at));
  waiting.push({ enterpriseId, name, creditCode, facts: written });
  const stamp = at.toISOString();
  const record = {
    enterpriseId,
    name,
    creditCode,
    createdBy: by.account,
    createdAt: stamp,
    updatedAt: stamp,
  };
  if (name !== null) named.set(name, record);
  if (waiting.length >= BATCH) await writeWaiting(running);
}

async function writeWaiting({ options, waiting, by, at }: Import): Promise<void> {
  if (waiting.length === 0) return;
  await options.store.createMany(waiting.splice(0), at, { actor: by.account });
}

/** What was without a name or a code gets it; a name that it has is not changed by a list. */
async function identifyKnown(
  { options, named, by, at }: Import,
  known: EnterpriseRecord,
  { name, creditCode }: ListedEnterprise,
): Promise<EnterpriseRecord> {
  const identity = {
    ...(known.name === null && name !== null && { name }),
    ...(known.creditCode === null && creditCode !== null && { creditCode }),
  };
  if (Object.keys(identity).length === 0) return known;
  const record = await options.store.rename(known.enterpriseId, identity, at, { actor: by.account });
  if (record.name !== null) named.set(record.name, record);
  return record;
}

/** By code; without one, an enterprise of the same name that came by a list as well. A member's own is never guessed at. */
async function findKnown(
  store: EnterpriseStore,
  { name, creditCode }: ListedEnterprise,
  named: ReadonlyMap<string, EnterpriseRecord>,
): Promise<EnterpriseRecord | undefined> {
  const byCode = creditCode === null ? undefined : await store.findByCreditCode(creditCode);
  if (byCode) return byCode;
  const alike = name === null ? undefined : named.get(name);
  const otherCode = alike?.creditCode != null && creditCode !== null && alike.creditCode !== creditCode;
  if (!alike || otherCode || (await store.membersOf(alike.enterpriseId)).length > 0) return undefined;
  return alike;
}

/** Enterprises by name; who has members is sorted out when it matters. The oldest of a name counts. */
async function listNamed(store: EnterpriseStore): Promise<Map<string, EnterpriseRecord>> {
  const named = new Map<string, EnterpriseRecord>();
  let after: string | null = null;
  while (true) {
    const batch: EnterpriseRecord[] = await store.eachBatch(after, BATCH);
    for (const record of batch) {
      if (record.name === null) continue;
      const before = named.get(record.name);
      if (before && (await store.membersOf(before.enterpriseId)).length === 0) continue;
      named.set(record.name, record);
    }
    after = batch.at(-1)?.enterpriseId ?? null;
    if (after === null) return named;
  }
}

function doubtfulCode({
  code,
  why,
  suggestion,
}: {
  code: string;
  why: string;
  suggestion: string | null;
}): ReadingProblem {
  const hint = suggestion === null ? "" : `，是否为 ${suggestion}？`;
  return {
    field: "credit-code",
    words: code,
    kind: "checksum",
    message: `统一社会信用代码“${code}”需核对：${why}${hint === "" ? "。" : hint}代码未记入，请对照营业执照更正后重新导入。`,
  };
}

function repeatedCode(code: string, line: number): ReadingProblem {
  return {
    field: "credit-code",
    words: code,
    kind: "contradiction",
    message: `统一社会信用代码“${code}”在第${line}行已出现，本行未导入。请核对后保留一行。`,
  };
}
