import { toShanghaiDay } from "../../shared/index.ts";
import type { Program } from "../types.ts";
import { createChangedEngine, matchRelevant, toProfile } from "./match-changed.ts";
import type { OutreachParts, OutreachSettings, Reach } from "./outreach-types.ts";

/** Programs as if they were published; nothing is written. */
export async function assessReach(
  programs: readonly Program[],
  { batchSize, reachLimit }: OutreachSettings,
  parts: OutreachParts,
): Promise<Reach> {
  const engine = createChangedEngine(programs.map(toEntry), parts);
  const today = toShanghaiDay(parts.clock());
  const counts = new Map(programs.map(({ id, name }) => [id, { programId: id, name, eligible: 0, open: 0 }]));
  const reach = { enterprises: 0, subscribed: 0, seen: 0 };
  let cursor: string | null = null;
  let capped = false;
  while (programs.length > 0) {
    const size = Math.min(batchSize, reachLimit - reach.seen);
    const batch = await parts.enterprises.eachBatch(cursor, Math.max(size, 1));
    if (batch.length === 0) break;
    if (size <= 0) {
      capped = true;
      break;
    }
    const ids = batch.map(({ enterpriseId }) => enterpriseId);
    const facts = await parts.enterprises.factsOfMany(ids);
    const found = ids.filter((id) => {
      const matches = matchRelevant(engine, toProfile(facts.get(id) ?? [], parts, today), today);
      for (const { programId, verdict } of matches) {
        const count = counts.get(programId);
        if (count) count[verdict === "eligible" ? "eligible" : "open"] += 1;
      }
      return matches.length > 0;
    });
    const subscribers = await parts.store.subscribersOf({ kind: "programs", enterpriseIds: found });
    reach.enterprises += found.length;
    reach.subscribed += new Set(subscribers.map(({ enterpriseId }) => enterpriseId)).size;
    reach.seen += batch.length;
    cursor = batch.at(-1)?.enterpriseId ?? cursor;
  }
  return { programs: [...counts.values()], ...reach, capped };
}

function toEntry(program: Program) {
  return {
    program,
    revision: 0,
    documentId: null,
    versionId: null,
    documentTitle: program.document,
    documentStatus: "待发布",
    visibility: { kind: "internal" },
    quotes: new Map(),
    usable: true,
  };
}
