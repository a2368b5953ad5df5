import type { NotifyPerson, OutreachParts, OutreachSettings } from "./outreach-types.ts";
import { isQuiet, type QuietHours } from "./plan-sending.ts";

/** One round of sending. */
export interface Sending {
  parts: OutreachParts;
  settings: OutreachSettings;
  notify: NotifyPerson;
  now: Date;
}

/** Undefined: it could not be handed over now; the next round tries again. */
export async function tryNotify(
  { notify, parts }: Sending,
  ...[account, key, message]: Parameters<NotifyPerson>
): Promise<boolean | undefined> {
  try {
    return await notify(account, key, message);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    parts.logger.warn({ account, key, reason }, "outreach message not taken");
    return undefined;
  }
}

/** What somebody asked for, else the park's hours. */
export async function isQuietFor({ parts, settings, now }: Sending, account: string): Promise<boolean> {
  const [own] = await parts.store.subscriptionsOf(account);
  const hours: QuietHours = own ?? settings;
  return isQuiet(now, hours);
}
