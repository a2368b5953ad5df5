import { toShanghaiDay } from "../../shared/index.ts";
import type { EnterpriseRecord, OutreachItem, OutreachRun, SubscriptionRecord } from "../../storage/index.ts";
import type { CatalogueEntry, Match, MatchEngine } from "../types.ts";
import {
  createChangedEngine,
  matchRelevant,
  mayLearnOf,
  readAudience,
  readUsable,
  toProfile,
} from "./match-changed.ts";
import type { OutreachParts } from "./outreach-types.ts";
import { planSending } from "./plan-sending.ts";
import type { ChangedProgram, RunPrograms } from "./run-programs.ts";
import { writeReason } from "./write-program.ts";

type NewItem = Omit<OutreachItem, "itemId" | "sentAt">;

/** The programs of a run as they stand now; those that changed or fell meanwhile have a run or a withdrawal of their own. */
interface Looking {
  parts: OutreachParts;
  runId: string;
  changed: ReadonlyMap<string, ChangedProgram>;
  entries: ReadonlyMap<string, CatalogueEntry>;
  engine: MatchEngine;
}

/**
 * All enterprises, step by step; found items and cursor are one transaction. Stops between two steps when aborted.
 * Returns how many enterprises were looked at, and whether the run is done.
 */
export async function walkRun(
  run: OutreachRun,
  { programs }: RunPrograms,
  batchSize: number,
  parts: OutreachParts,
  signal?: AbortSignal,
): Promise<{ seen: number; done: boolean }> {
  const changed = new Map(programs.map((one) => [one.programId, one]));
  let looking: Looking | undefined;
  let { cursor } = run;
  let seen = 0;
  while (!signal?.aborted) {
    looking = await look(parts, run.runId, changed, looking);
    const batch = looking.entries.size === 0 ? [] : await parts.enterprises.eachBatch(cursor, batchSize);
    const items = await findItems(batch, looking);
    const done = batch.length < batchSize;
    cursor = batch.at(-1)?.enterpriseId ?? cursor;
    await parts.store.advanceRun(run.runId, { cursor, seen: batch.length, items, done }, parts.clock());
    seen += batch.length;
    if (done) return { seen, done };
  }
  return { seen, done: false };
}

/** The engine stays as long as the catalogue does. */
async function look(
  parts: OutreachParts,
  runId: string,
  changed: ReadonlyMap<string, ChangedProgram>,
  before: Looking | undefined,
): Promise<Looking> {
  const usable = await readUsable(parts, parts.clock());
  const entries = [...changed.values()].flatMap(({ programId, revision }) => {
    const entry = usable.get(programId);
    return entry?.revision === revision ? [entry] : [];
  });
  const isSame =
    before?.entries.size === entries.length &&
    entries.every((entry) => before.entries.get(entry.program.id) === entry);
  if (before && isSame) return before;
  return {
    parts,
    runId,
    changed,
    entries: new Map(entries.map((entry) => [entry.program.id, entry])),
    engine: createChangedEngine(entries, parts),
  };
}

/** Only of enterprises whose people wish it: of the others no fact is read. */
async function findItems(batch: readonly EnterpriseRecord[], looking: Looking): Promise<NewItem[]> {
  const { parts, engine, entries } = looking;
  if (batch.length === 0) return [];
  const subscriptions = await parts.store.subscribersOf({
    kind: "programs",
    enterpriseIds: batch.map(({ enterpriseId }) => enterpriseId),
  });
  const byEnterprise = Map.groupBy(subscriptions, ({ enterpriseId }) => enterpriseId);
  const ids = [...byEnterprise.keys()].filter((id) => id !== null);
  if (ids.length === 0) return [];
  const facts = await parts.enterprises.factsOfMany(ids);
  const now = parts.clock();
  const today = toShanghaiDay(now);
  const found: { enterpriseId: string; matches: Match[] }[] = [];
  for (const enterpriseId of ids) {
    const matches = matchRelevant(engine, toProfile(facts.get(enterpriseId) ?? [], parts, today), today);
    if (matches.length > 0) found.push({ enterpriseId, matches });
  }
  if (found.length === 0) return [];
  const known = await readKnown(parts, [...entries.keys()], found);
  const items: NewItem[] = [];
  for (const { enterpriseId, matches } of found) {
    const readers = await listReaders(parts, enterpriseId, byEnterprise.get(enterpriseId) ?? []);
    for (const reader of readers) {
      const audience = await readAudience(parts, reader.account);
      for (const match of matches) {
        const entry = entries.get(match.programId);
        if (!entry || !mayLearnOf(entry, audience)) continue;
        if (known.has(keyOf({ ...reader, enterpriseId, ...match, programRevision: entry.revision })))
          continue;
        items.push(makeItem(looking, { reader, enterpriseId, match, revision: entry.revision, now }));
      }
    }
  }
  return items;
}

/** Who subscribed and is still of the enterprise. */
async function listReaders(
  { enterprises }: OutreachParts,
  enterpriseId: string,
  subscriptions: readonly SubscriptionRecord[],
): Promise<SubscriptionRecord[]> {
  const members = new Set((await enterprises.membersOf(enterpriseId)).map(({ account }) => account));
  return subscriptions.filter(({ account }) => members.has(account));
}

/** Told, or about to be told, by another run; what was taken back since may be told again. */
async function readKnown(
  { store }: OutreachParts,
  programIds: readonly string[],
  found: readonly { enterpriseId: string }[],
): Promise<Set<string>> {
  const enterpriseIds = found.map(({ enterpriseId }) => enterpriseId);
  const items = await store.itemsFor({ programIds, enterpriseIds });
  return new Set(items.filter(({ state }) => state === "waiting" || state === "sent").map(keyOf));
}

function keyOf(
  item: Pick<OutreachItem, "account" | "enterpriseId" | "programId" | "programRevision">,
): string {
  return JSON.stringify([item.account, item.enterpriseId, item.programId, item.programRevision]);
}

function makeItem(
  { runId, changed }: Looking,
  found: { reader: SubscriptionRecord; enterpriseId: string; match: Match; revision: number; now: Date },
): NewItem {
  const { reader, enterpriseId, match, revision, now } = found;
  return {
    runId,
    enterpriseId,
    account: reader.account,
    programId: match.programId,
    programRevision: revision,
    reason: writeReason(match, changed.get(match.programId)?.news ?? "new"),
    state: "waiting",
    dueAt: planSending(now, reader).toISOString(),
  };
}
