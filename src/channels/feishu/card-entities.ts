import { setTimeout as waitFor } from "node:timers/promises";
import { remember } from "../../shared/index.ts";
import type { ApiCaller } from "./call-api.ts";
import { FeishuCallError } from "./failures.ts";
import type { Spending } from "./pace.ts";
import { createdCard } from "./schema.ts";
import type { FeishuContext } from "./settings.ts";

/** A card that the platform keeps apart from the message that shows it, so that parts of it can be changed. */
export interface CardEntity {
  cardId: string;
  /** Seconds since 1970. What numbers the changes of the card is counted from here, also after a restart. */
  openedAt: number;
}

/** The platform's CardKit. Failures are FeishuCallErrors. */
export interface CardEntities {
  /** `createdAt`: by the platform's clock, ms. */
  create(card: string): Promise<{ entity: CardEntity; createdAt: number | undefined }>;
  /** Puts the whole text into the element; what is longer than before is typed out by the client. */
  write(entity: CardEntity, elementId: string, content: string): Promise<void>;
  /** Puts another card in the place of this one. A repeat does no harm. */
  replace(entity: CardEntity, card: string): Promise<void>;
  /** Ends the time in which the card fills. */
  close(entity: CardEntity): Promise<void>;
}

/** More changes a second than anybody makes (the platform allows 10): numbers after a restart are surely higher. */
const NUMBERS_A_SECOND = 50;
/** After the platform said that a number was not higher: clocks were set back, or another process was faster. */
const LEAP = 100_000;
const MAX_NUMBER = 2_147_483_647;
const MAX_LEAPS = 2;
/** Waits while somebody's press on the card is being answered, ms. */
const BUSY_DELAYS_MS = [250, 500, 1_000];
const REMEMBERED_CARDS = 1_000;

export const NOT_RISING = 300317;
export const IN_INTERACTION = 200810;
const CARD_CALL: Spending = { kind: "card" };

/** Numbers for the changes of each card, higher each time. */
function createNumbers({ clock }: FeishuContext): (entity: CardEntity, leap: number) => number {
  const lastNumbers = new Map<string, number>();
  return ({ cardId, openedAt }, leap) => {
    const elapsed = Math.max(0, Math.floor(clock().getTime() / 1_000) - openedAt);
    const next = Math.max((lastNumbers.get(cardId) ?? 0) + 1, elapsed * NUMBERS_A_SECOND + 1) + leap;
    remember(lastNumbers, cardId, next, REMEMBERED_CARDS);
    return Math.min(next, MAX_NUMBER);
  };
}

/** Every try has a number of its own: after a lost answer nobody knows whether the last one was used. */
async function changeCard(
  run: (sequence: () => number) => Promise<unknown>,
  nextNumber: (leap: number) => number,
): Promise<void> {
  let leap = 0;
  const delays = [...BUSY_DELAYS_MS];
  for (let leaps = 0; ; ) {
    try {
      await run(() => nextNumber(leap));
      return;
    } catch (thrown) {
      const code = thrown instanceof FeishuCallError ? thrown.failure.code : undefined;
      const delayMs = code === IN_INTERACTION ? delays.shift() : undefined;
      if (delayMs !== undefined) await waitFor(delayMs);
      else if (code === NOT_RISING && leaps < MAX_LEAPS) leaps += 1;
      else throw thrown;
      leap = code === NOT_RISING ? LEAP : 0;
    }
  }
}

export function createCardEntities(call: ApiCaller["call"], context: FeishuContext): CardEntities {
  const { clock } = context;
  const numbers = createNumbers(context);
  const change = (entity: CardEntity, run: (sequence: () => number) => Promise<unknown>) =>
    changeCard(run, (leap) => numbers(entity, leap));

  return {
    create: async (card) => {
      const request = { method: "POST", url: "/open-apis/cardkit/v1/cards", $return_headers: true };
      const data = { type: "card_json", data: card };
      const openedAt = Math.floor(clock().getTime() / 1_000);
      const answer: unknown = await call(
        (lark, options) => lark.request({ ...request, data }, options),
        CARD_CALL,
      );
      const { data: body, headers } = createdCard.parse(answer);
      const createdAt = Date.parse(headers?.date ?? "");
      const entity = { cardId: body.data.card_id, openedAt };
      return { entity, createdAt: Number.isNaN(createdAt) ? undefined : createdAt };
    },
    write: (entity, elementId, content) =>
      change(entity, (sequence) => {
        const path = { card_id: entity.cardId, element_id: elementId };
        return call(
          (lark, options) =>
            lark.cardkit.v1.cardElement.content({ path, data: { content, sequence: sequence() } }, options),
          CARD_CALL,
        );
      }),
    replace: (entity, data) =>
      change(entity, (sequence) => {
        const path = { card_id: entity.cardId };
        const card = { type: "card_json" as const, data };
        return call(
          (lark, options) =>
            lark.cardkit.v1.card.update({ path, data: { card, sequence: sequence() } }, options),
          CARD_CALL,
        );
      }),
    close: (entity) =>
      change(entity, (sequence) => {
        const path = { card_id: entity.cardId };
        const settings = JSON.stringify({ config: { streaming_mode: false } });
        return call(
          (lark, options) =>
            lark.cardkit.v1.card.settings({ path, data: { settings, sequence: sequence() } }, options),
          CARD_CALL,
        );
      }),
  };
}
