import { AppError } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { toJson, toOptionalText, toText } from "../row-values.ts";
import type { OutreachStore } from "../types.ts";
import { type ReminderRow, toReminderRecord } from "./outreach-rows.ts";

type RemindersPart = Pick<OutreachStore, "addReminder" | "dueReminders" | "remindersOf" | "markReminder">;

export function createReminders({ read, write }: Database): RemindersPart {
  return {
    async addReminder(reminder) {
      const row: ReminderRow = {
        reminder_id: toText(reminder.reminderId),
        account: toText(reminder.account),
        enterprise_id: toOptionalText(reminder.enterpriseId),
        due_on: toText(reminder.dueOn),
        state: "waiting",
        created_at: reminder.createdAt,
        subject: toJson(reminder.subject),
      };
      const written: unknown[] = await write("reminders")
        .insert(row)
        .onConflict("reminder_id")
        .ignore()
        .returning("reminder_id");
      return written.length > 0;
    },
    async dueReminders(today, limit) {
      const rows: ReminderRow[] = await read("reminders")
        .whereRaw("state = 'waiting'")
        .where("due_on", "<=", toText(today))
        .orderBy(["due_on", "reminder_id"])
        .limit(limit);
      return rows.map(toReminderRecord);
    },
    async remindersOf(account) {
      const rows: ReminderRow[] = await read("reminders")
        .where("account", toText(account))
        .orderBy(["due_on", "reminder_id"]);
      return rows.map(toReminderRecord);
    },
    async markReminder(reminderId, state) {
      const changed = await write("reminders").where("reminder_id", toText(reminderId)).update({ state });
      if (changed > 0) return;
      throw new AppError({
        code: "not-found",
        message: `reminder ${reminderId} does not exist`,
        safeMessage: "没有找到这条提醒，可能已随资料一并删除。如仍需要，请重新设置提醒。",
      });
    },
  };
}
