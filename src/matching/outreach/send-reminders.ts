import { toShanghaiDay } from "../../shared/index.ts";
import type { ReminderRecord } from "../../storage/index.ts";
import type { CatalogueEntry, Match } from "../types.ts";
import { createChangedEngine, toProfile } from "./match-changed.ts";
import { isPastDigest } from "./plan-sending.ts";
import { readSubject } from "./reminders.ts";
import { isQuietFor, type Sending, tryNotify } from "./sending.ts";
import { type ReminderOutcome, writeReminder } from "./write-messages.ts";
import { writeProgram } from "./write-program.ts";

const REMINDERS_AT_ONCE = 200;

/** Of their day, from nine o'clock on, judged anew on that day. */
export async function sendReminders(sending: Sending): Promise<number> {
  const { parts, now } = sending;
  if (!isPastDigest(now)) return 0;
  const today = toShanghaiDay(now);
  const entries = new Map((await parts.catalogue.entries(today)).map((entry) => [entry.program.id, entry]));
  const done = new Set<string>();
  let messages = 0;
  let stuck = 0;
  for (;;) {
    const page = await parts.store.dueReminders(today, REMINDERS_AT_ONCE + stuck);
    const fresh = page.filter(({ reminderId }) => !done.has(reminderId));
    if (fresh.length === 0) return messages;
    for (const reminder of fresh) {
      done.add(reminder.reminderId);
      if (await sendReminder(sending, reminder, entries)) messages += 1;
      else stuck += 1;
    }
  }
}

async function sendReminder(
  sending: Sending,
  reminder: ReminderRecord,
  entries: ReadonlyMap<string, CatalogueEntry>,
): Promise<boolean> {
  const { account, reminderId } = reminder;
  if (await isQuietFor(sending, account)) return false;
  const subject = readSubject(reminder);
  const outcome = await judge(sending, reminder, entries.get(subject.programId));
  const taken = await tryNotify(
    sending,
    account,
    `reminder:${reminderId}:${reminder.createdAt}`,
    writeReminder(subject, outcome),
  );
  if (taken === undefined) return false;
  await sending.parts.store.markReminder(reminderId, taken ? "sent" : "cancelled");
  return taken;
}

async function judge(
  { parts, now }: Sending,
  { enterpriseId, account }: ReminderRecord,
  entry: CatalogueEntry | undefined,
): Promise<ReminderOutcome> {
  if (!entry?.usable) return { state: "gone", entry };
  const today = toShanghaiDay(now);
  const isMember =
    enterpriseId !== null &&
    (await parts.enterprises.membersOf(enterpriseId)).some((member) => member.account === account);
  const facts = isMember ? await parts.enterprises.factsOf(enterpriseId) : [];
  const engine = createChangedEngine([entry], parts);
  const match = engine.check(entry.program.id, toProfile(facts, parts, today), { asOf: today });
  return match ? toOutcome(match) : { state: "gone", entry };
}

function toOutcome(match: Match): ReminderOutcome {
  const program = writeProgram(match, null, null);
  if (match.verdict === "not-eligible") {
    const unmet = match.criteria.filter(({ mandatory, verdict }) => mandatory && verdict === "unmet");
    return { state: "fails", unmet: unmet.map(({ text }) => text), program };
  }
  return { state: match.verdict === "eligible" ? "holds" : "open", program };
}
