import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { OutreachStore } from "../types.ts";
import { createItems } from "./items.ts";
import { createReminders } from "./reminders.ts";
import { createRuns } from "./runs.ts";
import { createSubscriptions } from "./subscriptions.ts";

const OF_AN_ACCOUNT = ["subscriptions", "outreach_items", "reminders"] as const;

export function createOutreachStore(database: Database): OutreachStore {
  return {
    ...createSubscriptions(database),
    ...createRuns(database),
    ...createItems(database),
    ...createReminders(database),
    removeAccount: (account, at, origin) =>
      changeWithin(database.write, async (transaction) => {
        const removed: Record<string, number> = {};
        for (const table of OF_AN_ACCOUNT) {
          removed[table] = await transaction(table).where("account", toText(account)).delete();
        }
        const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
        if (total === 0) return 0;
        const entry = describeChange("outreach.erase", `account:${account}`, { removed }, at, origin);
        await appendAudit(transaction, entry);
        return total;
      }),
  };
}
