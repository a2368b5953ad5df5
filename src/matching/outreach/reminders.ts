import { createHash } from "node:crypto";
import type { ReminderRecord } from "../../storage/index.ts";
import type { Outreach, OutreachParts, OutreachReminderRequest } from "./outreach-types.ts";

type RemindersPart = Pick<Outreach, "remind" | "remindersOf" | "cancelReminder">;

export function createReminders({ store }: Pick<OutreachParts, "store">): RemindersPart {
  return {
    async remind(request, at) {
      const { account, enterpriseId, dueOn, programId, programName, what } = request;
      const reminderId = nameReminder(request);
      const isNew = await store.addReminder({
        reminderId,
        account,
        enterpriseId,
        dueOn,
        subject: { programId, programName, what },
        createdAt: at.toISOString(),
      });
      if (isNew) return true;
      const before = (await store.remindersOf(account)).find((one) => one.reminderId === reminderId);
      if (before?.state !== "cancelled") return false;
      await store.markReminder(reminderId, "waiting");
      return true;
    },
    remindersOf: (account) => store.remindersOf(account),
    async cancelReminder(account, reminderId) {
      const own = (await store.remindersOf(account)).find((one) => one.reminderId === reminderId);
      if (own?.state !== "waiting") return false;
      await store.markReminder(reminderId, "cancelled");
      return true;
    },
  };
}

/** The same wish has the same name, however often it is said. */
function nameReminder({ account, enterpriseId, programId, dueOn }: OutreachReminderRequest): string {
  const wish = JSON.stringify([account, enterpriseId, programId, dueOn]);
  return `r${createHash("sha256").update(wish).digest("hex").slice(0, 15)}`;
}

export function readSubject({
  subject,
  dueOn,
}: ReminderRecord): Pick<OutreachReminderRequest, "programId" | "programName" | "what" | "dueOn"> {
  const said = (subject ?? {}) as { programId?: unknown; programName?: unknown; what?: unknown };
  const programId = String(said.programId ?? "");
  return {
    programId,
    programName: String(said.programName ?? programId),
    what: String(said.what ?? ""),
    dueOn,
  };
}
