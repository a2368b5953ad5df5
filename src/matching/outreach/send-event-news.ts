import type { ListEntryRecord, OutreachRun } from "../../storage/index.ts";
import type { ListContent } from "../catalogue/list-schema.ts";
import { readRunPrograms } from "./run-programs.ts";
import { isQuietFor, type Sending, tryNotify } from "./sending.ts";
import { writeEventNews } from "./write-messages.ts";

/**
 * Events of the calendar that got a date or changed: those who wished it before are told once. A run without programs keeps
 * which change was told; it ends when everybody knows.
 */
export function createEventNews(): (sending: Sending) => Promise<number> {
  /** Changes that are told, so that the store is asked about each only once. */
  const told = new Set<string>();
  return async (sending) => {
    const { store, programs, ids } = sending.parts;
    let messages = 0;
    for (const entry of await programs.listEntries("events")) {
      const trigger = `list-entry:${entry.entryId}@${entry.updatedAt}`;
      const content = readContent(entry);
      if (told.has(trigger) || (content.startsOn === null && entry.origin === "file")) continue;
      const subject = { event: entry.entryId };
      const run = await store.openRun({ runId: ids(), trigger, programs: subject }, sending.now);
      const outcome = run.state === "done" ? { messages: 0, isDone: true } : await tell(sending, entry, run);
      messages += outcome.messages;
      if (outcome.isDone) told.add(trigger);
    }
    await closeOutdated(sending, told);
    return messages;
  };
}

async function tell(
  sending: Sending,
  entry: ListEntryRecord,
  run: OutreachRun,
): Promise<{ messages: number; isDone: boolean }> {
  const { store } = sending.parts;
  const subscribers = await store.subscribersOf({ kind: "event", topic: entry.entryId });
  const message = writeEventNews(readContent(entry));
  let messages = 0;
  let isDone = true;
  // Who subscribed after the change has read it already.
  for (const { account, consentedAt } of subscribers) {
    if (consentedAt > run.startedAt) continue;
    const taken = (await isQuietFor(sending, account))
      ? undefined
      : await tryNotify(sending, account, `outreach-event:${run.runId}`, message);
    if (taken === undefined) isDone = false;
    else if (taken) messages += 1;
  }
  if (isDone) await close(sending, run, messages);
  return { messages, isDone };
}

/** Of changes that were overtaken by another one, or whose event is gone. */
async function closeOutdated(sending: Sending, told: ReadonlySet<string>): Promise<void> {
  const current = new Set(
    (await sending.parts.programs.listEntries("events")).map(
      ({ entryId, updatedAt }) => `list-entry:${entryId}@${updatedAt}`,
    ),
  );
  for (const run of await sending.parts.store.unfinishedRuns()) {
    if (readRunPrograms(run.programs) || current.has(run.trigger) || told.has(run.trigger)) continue;
    await close(sending, run, 0);
  }
}

async function close({ parts, now }: Sending, { runId }: OutreachRun, seen: number): Promise<void> {
  await parts.store.advanceRun(runId, { cursor: null, seen, items: [], done: true }, now);
}

function readContent({ content, entryId }: ListEntryRecord) {
  const { name, startsOn, endsOn, details } = (content ?? {}) as Partial<ListContent>;
  return {
    name: name ?? entryId,
    startsOn: startsOn ?? null,
    endsOn: endsOn ?? null,
    details: details ?? [],
  };
}
