import { AppError } from "../../shared/index.ts";
import { assessReach } from "./assess-reach.ts";
import { createDocumentRuns, openProgramRuns } from "./open-runs.ts";
import type { Outreach, OutreachParts, OutreachSettings } from "./outreach-types.ts";
import { createReminders } from "./reminders.ts";
import { readRunPrograms } from "./run-programs.ts";
import { createEventNews } from "./send-event-news.ts";
import { sendItems } from "./send-items.ts";
import { sendReminders } from "./send-reminders.ts";
import { createWithdrawals } from "./send-withdrawals.ts";
import type { Sending } from "./sending.ts";
import { walkRun } from "./walk-run.ts";

export const OUTREACH_DEFAULTS: OutreachSettings = {
  quietFrom: "21:00",
  quietTo: "08:30",
  weeklyLimit: 3,
  batchSize: 500,
  reachLimit: 20_000,
};

/** Everything that must not be lost or doubled is in the store; what is kept here only saves looking twice. */
export function createOutreach(parts: OutreachParts): Outreach {
  const settings = { ...OUTREACH_DEFAULTS, ...parts.settings };
  const openDocumentRuns = createDocumentRuns(parts);
  const sendWithdrawals = createWithdrawals();
  const sendEventNews = createEventNews();

  async function runPending(signal?: AbortSignal) {
    await openProgramRuns(parts);
    await openDocumentRuns();
    const total = { runs: 0, seen: 0 };
    for (const run of await parts.store.unfinishedRuns()) {
      const programs = readRunPrograms(run.programs);
      if (!programs || signal?.aborted) continue;
      const { seen, done } = await walkRun(run, programs, settings.batchSize, parts, signal);
      total.seen += seen;
      if (done) total.runs += 1;
    }
    return total;
  }

  async function sendDue(notify: Sending["notify"]) {
    const sending: Sending = { parts, settings, notify, now: parts.clock() };
    let messages = await sendWithdrawals(sending);
    messages += await sendItems(sending);
    messages += await sendEventNews(sending);
    messages += await sendReminders(sending);
    return { messages };
  }

  return {
    ...createSubscriptions(parts, settings),
    ...createReminders(parts),
    runPending: onlyOnce(runPending),
    sendDue: onlyOnce(sendDue),
    assessReach: (programs) => assessReach(programs, settings, parts),
  };
}

type SubscriptionsPart = Pick<Outreach, "subscribe" | "unsubscribe" | "subscriptionsOf">;

function createSubscriptions({ store, ids }: OutreachParts, settings: OutreachSettings): SubscriptionsPart {
  return {
    async subscribe({ quietFrom, quietTo, weeklyLimit, ...request }, at) {
      if (request.kind === "programs" && request.enterpriseId === null) throw withoutEnterprise();
      return store.subscribe(
        {
          ...request,
          subscriptionId: ids(),
          quietFrom: quietFrom ?? settings.quietFrom,
          quietTo: quietTo ?? settings.quietTo,
          weeklyLimit: weeklyLimit ?? settings.weeklyLimit,
          consentedAt: at.toISOString(),
        },
        { actor: request.account },
      );
    },
    unsubscribe: (account, filter, at) => store.unsubscribe(account, filter, at, { actor: account }),
    subscriptionsOf: (account) => store.subscriptionsOf(account),
  };
}

function withoutEnterprise(): AppError {
  return new AppError({
    code: "unusable-input",
    message: "a subscription of programs names no enterprise",
    safeMessage: "订阅政策推送要先有企业档案。请先用一句话介绍贵企业，再订阅。",
  });
}

/** A call while one is under way gets that one's outcome. */
function onlyOnce<Values extends unknown[], Outcome>(
  work: (...values: Values) => Promise<Outcome>,
): (...values: Values) => Promise<Outcome> {
  let underWay: Promise<Outcome> | undefined;
  return (...values) => {
    underWay ??= work(...values).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
