import type { Actor } from "../../access/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { EnterpriseRecord, EnterpriseStore } from "../../storage/index.ts";
import { checkCreditCode } from "../identity/check-credit-code.ts";
import type { SaidFact } from "../profile/weigh-fact.ts";
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

/** Each row is a change of its own: what is wrong with one is named, and the rest go on. */
export async function importList(
  options: EnterpriseServiceOptions,
  rows: Rows,
  reference: string,
  by: Actor,
  at: Date,
): Promise<Outcome> {
  requireAdmin(by);
  const outcome: Outcome = { added: 0, updated: 0, problems: [] };
  const imported = await listUnowned(options.store);
  const linesOfCodes = new Map<string, number>();
  const unknown = new Set<string>();
  for (const { line, values } of rows) {
    const report = (problem: ReadingProblem) => outcome.problems.push({ line, problem });
    const cells = readCells(values, options.reader, toShanghaiDay(at));
    for (const problem of cells.problems) {
      // A column that nobody knows is named once, not with every row.
      if (problem.kind === "unknown-field" && unknown.size === unknown.add(problem.words).size) continue;
      report(problem);
    }
    const listed = identify(cells.facts, report);
    if (!listed) continue;
    const { creditCode } = listed;
    const before = creditCode === null ? undefined : linesOfCodes.get(creditCode);
    if (creditCode !== null && before !== undefined) {
      report(repeatedCode(creditCode, before));
      continue;
    }
    if (creditCode !== null) linesOfCodes.set(creditCode, line);
    const done = await keep(options, listed, imported, `${reference}:${line}`, by, at);
    if (done !== "unchanged") outcome[done] += 1;
  }
  return outcome;
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
  options: EnterpriseServiceOptions,
  { name, creditCode, facts }: ListedEnterprise,
  imported: Map<string, EnterpriseRecord>,
  reference: string,
  by: Actor,
  at: Date,
): Promise<"added" | "updated" | "unchanged"> {
  const { store, ids } = options;
  const origin = { actor: by.account };
  const known = await findKnown(store, name, creditCode, imported);
  let record = known;
  if (!record) {
    record = await store.create({ enterpriseId: ids(), name, creditCode }, null, at, origin);
  } else if ((record.creditCode === null && creditCode !== null) || (record.name === null && name !== null)) {
    const identity = {
      ...(record.name === null && name !== null && { name }),
      ...(record.creditCode === null && creditCode !== null && { creditCode }),
    };
    record = await store.rename(record.enterpriseId, identity, at, origin);
  }
  if (record.name !== null && (!known || imported.has(record.name))) imported.set(record.name, record);
  const written = await writeFacts(
    options,
    record,
    facts,
    { kind: "file", by: by.account, reference },
    by,
    at,
  );
  if (!known) return "added";
  return written > 0 ? "updated" : "unchanged";
}

/** By code; without one, an enterprise of the same name that came by a list as well. A member's own is never guessed at. */
async function findKnown(
  store: EnterpriseStore,
  name: string | null,
  creditCode: string | null,
  imported: ReadonlyMap<string, EnterpriseRecord>,
): Promise<EnterpriseRecord | undefined> {
  const byCode = creditCode === null ? undefined : await store.findByCreditCode(creditCode);
  if (byCode) return byCode;
  const named = name === null ? undefined : imported.get(name);
  const otherCode = named?.creditCode != null && creditCode !== null && named.creditCode !== creditCode;
  if (!named || otherCode || (await store.membersOf(named.enterpriseId)).length > 0) return undefined;
  return named;
}

/** Enterprises by name; who has members is sorted out when it matters. The oldest of a name counts. */
async function listUnowned(store: EnterpriseStore): Promise<Map<string, EnterpriseRecord>> {
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
