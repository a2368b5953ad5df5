import { setTimeout as waitFor } from "node:timers/promises";
import { createBackOff } from "./back-off.ts";
import type { BotIdentity, FeishuClient } from "./client.ts";
import { toChannelError } from "./failures.ts";
import type { FeishuContext } from "./settings.ts";

/** Who the bot is on the platform. Without it nobody can tell whether a group message mentions the bot. */
export interface BotIdentitySource {
  current(): BotIdentity | undefined;
  /** The organisation whose app it is, where the app may ask for it. */
  tenantKey(): string | undefined;
  /** Why it is still unknown, in Chinese. */
  trouble(): string | undefined;
  /** Asks until the platform answers; returns at once. */
  start(): void;
  stop(): Promise<void>;
}

export function createIdentitySource(
  { fetchBot, fetchTenantKey }: Pick<FeishuClient, "fetchBot" | "fetchTenantKey">,
  { settings, tuning, logger, random }: FeishuContext,
): BotIdentitySource {
  const stopping = new AbortController();
  let identity: BotIdentity | undefined;
  let trouble: string | undefined;
  let tenantKey = settings.tenantKey;
  let asking: Promise<void> | undefined;

  async function learnTenant(): Promise<void> {
    tenantKey = await fetchTenantKey().catch(() => undefined);
  }

  async function ask(): Promise<void> {
    const backOff = createBackOff(tuning.firstBackoffMs, tuning.maxBackoffMs, random);
    while (!identity && !stopping.signal.aborted) {
      try {
        identity = await fetchBot();
        trouble = undefined;
        logger.info({ bot: identity.name }, "feishu: identity known");
        // Needs a scope that few apps have; nothing waits for it.
        if (tenantKey === undefined) void learnTenant();
      } catch (thrown) {
        const error = toChannelError(thrown, "learn the bot's identity");
        trouble = error.safeMessage;
        logger.warn({ errorId: error.id, error: error.message }, "feishu: identity unknown, will ask again");
        const delayMs = Math.max(backOff.next(), error.retryAfterMs ?? 0);
        await waitFor(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  return {
    current: () => identity,
    tenantKey: () => tenantKey,
    trouble: () => trouble,
    start: () => {
      asking ??= ask();
    },
    stop: async () => {
      stopping.abort();
      await asking;
    },
  };
}
