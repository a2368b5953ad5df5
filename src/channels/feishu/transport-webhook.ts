import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import { createNonceMemory } from "./nonce-memory.ts";
import type { FeishuContext } from "./settings.ts";
import { REPLAY_WINDOW_MS, verifyFeishuRequest, type WebhookRequest } from "./verify.ts";

export interface WebhookAnswer {
  status: number;
  body: object;
}

export interface Webhook {
  handle(request: WebhookRequest): Promise<WebhookAnswer>;
}

/**
 * Requests of the platform, checked here on their raw bytes: the SDK's own adapters check a re-serialised body, never the
 * token or the time, answer forgeries with 200, and reject on what cannot be decrypted. Never rejects.
 */
export function createWebhook(
  getDispatcher: () => EventDispatcher | undefined,
  { settings, clock, logger }: FeishuContext,
): Webhook {
  const nonces = createNonceMemory(2 * REPLAY_WINDOW_MS);

  return {
    handle: async (request) => {
      const verdict = verifyFeishuRequest(request, settings, clock(), nonces);
      if (verdict.outcome === "refused") {
        logger.warn({ status: verdict.status, reason: verdict.reason }, "feishu: webhook request refused");
        return { status: verdict.status, body: {} };
      }
      if (verdict.outcome === "challenge") return { status: 200, body: { challenge: verdict.challenge } };
      const dispatcher = getDispatcher();
      if (!dispatcher) {
        verdict.forget();
        return { status: 503, body: {} };
      }
      try {
        const result: unknown = await dispatcher.invoke(verdict.envelope, { needCheck: false });
        // For events that nobody handles the dispatcher returns a sentence, which is no answer for the platform.
        return { status: 200, body: typeof result === "object" && result !== null ? result : {} };
      } catch {
        // Logged where it was thrown. The platform brings the event again.
        verdict.forget();
        return { status: 503, body: {} };
      }
    },
  };
}
