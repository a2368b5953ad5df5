import type { MatchingOutreach } from "../../src/conversation/index.ts";
import { randomIds } from "../../src/shared/index.ts";
import type { OutreachStore } from "../../src/storage/index.ts";

/** Pushes and reminders straight over the store, as far as the chat needs them. */
export function createStoreOutreach(store: OutreachStore): MatchingOutreach {
  const originOf = (account: string) => ({ actor: account });
  return {
    subscribe: (request, at) =>
      store.subscribe(
        {
          ...request,
          subscriptionId: randomIds(),
          quietFrom: "20:00",
          quietTo: "09:00",
          weeklyLimit: 5,
          consentedAt: at.toISOString(),
        },
        originOf(request.account),
      ),
    unsubscribe: (account, filter, at) => store.unsubscribe(account, filter, at, originOf(account)),
    subscriptionsOf: (account) => store.subscriptionsOf(account),
    remind: ({ account, enterpriseId, dueOn, programId, programName, what }, at) =>
      store.addReminder({
        reminderId: `${account}:${programId}:${dueOn}`,
        account,
        enterpriseId,
        dueOn,
        subject: { programId, programName, what },
        createdAt: at.toISOString(),
      }),
    remindersOf: (account) => store.remindersOf(account),
    async cancelReminder(account, reminderId) {
      const own = await store.remindersOf(account);
      if (!own.some((each) => each.reminderId === reminderId)) return false;
      await store.markReminder(reminderId, "cancelled");
      return true;
    },
  };
}
