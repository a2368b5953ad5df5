import { toShanghaiDay } from "../../shared/index.ts";
import type { OutreachItem, SubscriptionRecord } from "../../storage/index.ts";
import type { CatalogueEntry } from "../types.ts";
import {
  createChangedEngine,
  matchRelevant,
  mayLearnOf,
  readAudience,
  readUsable,
  toProfile,
} from "./match-changed.ts";
import type { OutreachProgram } from "./outreach-types.ts";
import { frozenAt, isFrozen, isQuiet, leaveQuiet, nextDigest } from "./plan-sending.ts";
import { type Sending, tryNotify } from "./sending.ts";
import { writeProgramsMessage } from "./write-messages.ts";
import { writeProgram } from "./write-program.ts";

const ITEMS_AT_ONCE = 500;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** What is due, one message to a person. Returns how many messages were taken. */
export async function sendItems(sending: Sending): Promise<number> {
  const { store } = sending.parts;
  const usable = await readUsable(sending.parts, sending.now);
  const done = new Set<string>();
  let messages = 0;
  /** What could not be handed over stays due; it must not hide what comes after it. */
  let stuck = 0;
  for (;;) {
    const limit = ITEMS_AT_ONCE + stuck;
    const page = await store.dueItems(sending.now, limit);
    const groups = [...Map.groupBy(page, ({ account }) => account)].filter(([account]) => !done.has(account));
    // The last one may go on behind the page.
    if (page.length === limit && groups.length > 1) groups.pop();
    if (groups.length === 0) return messages;
    for (const [account] of groups) {
      done.add(account);
      const items = page.filter((item) => item.account === account);
      const outcome = await sendToPerson(sending, account, items, usable);
      messages += outcome.messages;
      if (outcome.stuck) stuck += items.length;
    }
  }
}

interface Outcome {
  messages: number;
  stuck: boolean;
}

/** First what a died process had begun to send, as it was; then everything else together. */
async function sendToPerson(
  sending: Sending,
  account: string,
  items: readonly OutreachItem[],
  usable: ReadonlyMap<string, CatalogueEntry>,
): Promise<Outcome> {
  const outcome: Outcome = { messages: 0, stuck: false };
  const begun = Map.groupBy(
    items.filter(({ dueAt }) => isFrozen(dueAt)),
    ({ dueAt }) => dueAt,
  );
  for (const [dueAt, group] of begun)
    await handOver(sending, { account, dueAt, items: group, usable }, outcome);
  const fresh = items.filter(({ dueAt }) => !isFrozen(dueAt));
  if (fresh.length === 0 || outcome.stuck) return outcome;
  const schedule = await readSchedule(sending, account);
  const later = await findLater(sending, account, schedule);
  const ids = fresh.map(({ itemId }) => itemId);
  const { store } = sending.parts;
  if (later) {
    await store.markItems(ids, { state: "waiting", dueAt: later.toISOString() }, sending.now);
    return outcome;
  }
  const dueAt = frozenAt(sending.now).toISOString();
  await store.markItems(ids, { state: "waiting", dueAt }, sending.now);
  await handOver(sending, { account, dueAt, items: fresh, usable }, outcome);
  return outcome;
}

type Settings = Pick<SubscriptionRecord, "cadence" | "quietFrom" | "quietTo" | "weeklyLimit">;

async function readSchedule({ parts, settings }: Sending, account: string): Promise<Settings> {
  const own = (await parts.store.subscriptionsOf(account)).filter(({ kind }) => kind === "programs");
  const [first] = own;
  if (!first) return { ...settings, cadence: "daily" };
  return { ...first, weeklyLimit: Math.min(...own.map(({ weeklyLimit }) => weeklyLimit)) };
}

/** Quiet hours wait for their end; what is too much waits for a digest that has room for it. */
async function findLater(
  { parts, now }: Sending,
  account: string,
  schedule: Settings,
): Promise<Date | undefined> {
  if (isQuiet(now, schedule)) return leaveQuiet(now, schedule);
  const sent = await parts.store.sentSince(account, new Date(now.getTime() - WEEK_MS));
  return sent >= schedule.weeklyLimit ? nextDigest(now, schedule) : undefined;
}

interface Message {
  account: string;
  dueAt: string;
  items: readonly OutreachItem[];
  usable: ReadonlyMap<string, CatalogueEntry>;
}

/** Only after it was taken do its items count as sent. */
async function handOver(sending: Sending, message: Message, outcome: Outcome): Promise<void> {
  const { parts, now } = sending;
  const { store } = parts;
  const { account, dueAt, items } = message;
  const { sendable, programs } = await checkItems(sending, message);
  const kept = new Set(sendable);
  const dropped = items.filter(({ itemId }) => !kept.has(itemId)).map(({ itemId }) => itemId);
  if (dropped.length > 0) await store.markItems(dropped, { state: "dropped" }, now);
  if (sendable.length === 0) return;
  const schedule = await readSchedule(sending, account);
  const key = `outreach:${dueAt}:${Math.min(...sendable)}`;
  const taken = await tryNotify(sending, account, key, writeProgramsMessage(programs, schedule));
  if (taken === undefined) outcome.stuck = true;
  else if (taken) {
    await store.markItems(sendable, { state: "sent" }, now);
    outcome.messages += 1;
  } else {
    const later = nextDigest(now, { ...schedule, cadence: "weekly" }).toISOString();
    await store.markItems(sendable, { state: "waiting", dueAt: later }, now);
  }
}

/** As of today: still of the enterprise, still subscribed, still published, still not unmet. Others are dropped. */
async function checkItems(
  { parts, now }: Sending,
  { account, items, usable }: Message,
): Promise<{ sendable: number[]; programs: OutreachProgram[] }> {
  const today = toShanghaiDay(now);
  const audience = await readAudience(parts, account);
  const wished = new Set(
    (await parts.store.subscriptionsOf(account)).map(({ enterpriseId }) => enterpriseId),
  );
  const byEnterprise = Map.groupBy(items, ({ enterpriseId }) => enterpriseId);
  const sendable: number[] = [];
  const programs: OutreachProgram[] = [];
  for (const [enterpriseId, own] of byEnterprise) {
    const members = await parts.enterprises.membersOf(enterpriseId);
    if (!wished.has(enterpriseId) || !members.some((member) => member.account === account)) continue;
    const entries = own.flatMap(({ programId, programRevision }) => {
      const entry = usable.get(programId);
      return entry && entry.revision === programRevision && mayLearnOf(entry, audience) ? [entry] : [];
    });
    const profile = toProfile(await parts.enterprises.factsOf(enterpriseId), parts, today);
    const matches = matchRelevant(createChangedEngine(entries, parts), profile, today);
    const name = byEnterprise.size > 1 ? ((await parts.enterprises.get(enterpriseId))?.name ?? null) : null;
    for (const match of matches) {
      const found = own.filter(({ programId }) => programId === match.programId);
      sendable.push(...found.map(({ itemId }) => itemId));
      programs.push(writeProgram(match, readNews(found[0]), name));
    }
  }
  return { sendable, programs };
}

function readNews(item: OutreachItem | undefined): OutreachProgram["news"] {
  const news = (item?.reason as { news?: unknown } | undefined)?.news;
  return news === "new" || news === "changed" || news === "again" ? news : null;
}
