import { toShanghaiDay } from "../../shared/index.ts";
import type { CatalogueEntry } from "../types.ts";
import type { OutreachParts } from "./outreach-types.ts";
import { isQuietFor, type Sending, tryNotify } from "./sending.ts";
import { writeWithdrawal } from "./write-messages.ts";

interface Lost {
  programId: string;
  name: string;
  /** Published still, but its clauses are not. */
  entry: CatalogueEntry | undefined;
}

/**
 * Programs that were told of and stand no more: each reader is told once, and what waits is dropped. Looks again only after
 * a change, or while somebody is still to be told.
 */
export function createWithdrawals(): (sending: Sending) => Promise<number> {
  let settled: string | undefined;
  return async (sending) => {
    const revision = await sending.parts.catalogue.revision();
    if (revision === settled) return 0;
    let messages = 0;
    let isOpen = false;
    for (const lost of await findLost(sending.parts, sending.now)) {
      const outcome = await withdraw(sending, lost);
      messages += outcome.messages;
      isOpen ||= outcome.isOpen;
    }
    if (!isOpen) settled = revision;
    return messages;
  };
}

async function findLost({ programs, catalogue }: OutreachParts, now: Date): Promise<Lost[]> {
  const entries = await catalogue.entries(toShanghaiDay(now));
  const byId = new Map(entries.map((entry) => [entry.program.id, entry]));
  const known = await programs.listPrograms();
  return known.flatMap(({ programId, content }) => {
    const entry = byId.get(programId);
    return entry?.usable ? [] : [{ programId, name: nameOf(content) ?? programId, entry }];
  });
}

async function withdraw(sending: Sending, lost: Lost): Promise<{ messages: number; isOpen: boolean }> {
  const { parts, now } = sending;
  const items = await parts.store.itemsFor({ programIds: [lost.programId] });
  const waiting = items.filter(({ state }) => state === "waiting").map(({ itemId }) => itemId);
  if (waiting.length > 0) await parts.store.markItems(waiting, { state: "dropped" }, now);
  const told = Map.groupBy(
    items.filter(({ state }) => state === "sent"),
    ({ account }) => account,
  );
  let messages = 0;
  let isOpen = false;
  for (const [account, sent] of told) {
    if (await isQuietFor(sending, account)) {
      isOpen = true;
      continue;
    }
    const ids = sent.map(({ itemId }) => itemId);
    const key = `outreach-withdrawn:${Math.min(...ids)}`;
    const taken = await tryNotify(sending, account, key, writeWithdrawal(lost, lost.entry));
    if (taken === undefined) {
      isOpen = true;
      continue;
    }
    await parts.store.markItems(ids, { state: "withdrawn" }, now);
    if (taken) messages += 1;
  }
  return { messages, isOpen };
}

function nameOf(content: unknown): string | undefined {
  const name = (content as { name?: unknown } | null)?.name;
  return typeof name === "string" ? name : undefined;
}
