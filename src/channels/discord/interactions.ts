import { setTimeout as waitFor } from "node:timers/promises";
import type { AcceptMessage, ChannelHooks } from "../../conversation/index.ts";
import { toAppError } from "../../shared/index.ts";
import { createPressHandler } from "./handle-press.ts";
import type { FirstAnswer } from "./interaction-answers.ts";
import { type InteractionParts, type StoreAndDefer, say } from "./interaction-parts.ts";
import { SAID } from "./interaction-words.ts";
import { FLAGS } from "./message-body.ts";
import { type InteractionPlace, readPlace } from "./place.ts";
import { receiveCommand } from "./receive-interaction.ts";
import { type InteractionEvent, type InteractionTarget, interactionEvent } from "./schema.ts";
import type { DiscordContext } from "./settings.ts";

export type HandleInteraction = (data: unknown, accept: AcceptMessage, hooks?: ChannelHooks) => Promise<void>;

const COMMAND = 2;
const BUTTON = 3;
const COMPLETION = 4;
const MODAL = 5;
const MAX_CHOICES = 25;
const MAX_CHOICE_CHARACTERS = 100;

export function createInteractionHandler(parts: InteractionParts): HandleInteraction {
  const { answers, context } = parts;
  const press = createPressHandler(parts);
  return async (data, accept, hooks) => {
    const parsed = interactionEvent.safeParse(data);
    const place = parsed.success ? readPlace(parsed.data) : undefined;
    if (!parsed.success || !place) {
      const path = parsed.error?.issues[0]?.path.join(".");
      context.logger.warn({ path }, "discord: malformed interaction ignored");
      return;
    }
    const event = parsed.data;
    const store: StoreAndDefer = (...given) => storeAndDefer(parts, accept, place, given);
    switch (event.type) {
      case COMMAND: {
        const received = receiveCommand(event, place, context.clock());
        if (received) await store(event, received.message, received.deferral);
        else await answers.answer(event, say(SAID[place.language].unknown));
        return;
      }
      case COMPLETION:
        await answers.answer(event, { type: 8, data: { choices: await complete(event, hooks, context) } });
        return;
      case BUTTON:
      case MODAL:
        await press(event, place, store);
        return;
      default:
        return;
    }
  };
}

/**
 * The message is stored first, and then the platform is answered; when storing takes long the answer goes before, so that it
 * is in time.
 */
async function storeAndDefer(
  { answers, context }: InteractionParts,
  accept: AcceptMessage,
  { language }: InteractionPlace,
  [event, message, deferral, first]: Parameters<StoreAndDefer>,
): Promise<void> {
  const { logger, tuning } = context;
  const { messageKey } = message;
  const settle = answers.begin(event.id);
  try {
    const storing = accept(message).then(
      (acceptance) => ({ acceptance }),
      (thrown: unknown) => ({ error: toAppError(thrown) }),
    );
    const early = await Promise.race([
      storing,
      waitFor(tuning.acknowledgeWithinMs, undefined, { ref: false }),
    ]);
    if (!early) await answers.answer(event, first ?? toDeferral(deferral));
    const stored = early ?? (await storing);
    if ("error" in stored) {
      const { error } = stored;
      logger.error(
        { messageKey, errorId: error.id, error: error.message },
        "discord: interaction not stored",
      );
      if (early) await answers.answer(event, say(SAID[language].notStored(error.id)));
      return;
    }
    logger.info({ messageKey, acceptance: stored.acceptance }, "discord: interaction received");
    if (!early || stored.acceptance === "duplicate") return;
    const refused = stored.acceptance === "ignored";
    await answers.answer(event, refused ? say(SAID[language].tooFast) : (first ?? toDeferral(deferral)));
  } finally {
    settle();
  }
}

function toDeferral(deferral: InteractionTarget["deferral"]): FirstAnswer {
  if (deferral === "update") return { type: 6 };
  return deferral === "ephemeral" ? { type: 5, data: { flags: FLAGS.ephemeral } } : { type: 5 };
}

async function complete(
  event: InteractionEvent,
  hooks: ChannelHooks | undefined,
  { tuning }: DiscordContext,
): Promise<{ name: string; value: string }[]> {
  const options = (event.data?.options ?? []).flatMap((option) => [option, ...(option.options ?? [])]);
  const typed = options.find(({ focused }) => focused)?.value;
  const found = hooks?.suggestPrograms?.(String(typed ?? "").slice(0, MAX_CHOICE_CHARACTERS), MAX_CHOICES);
  const names = await Promise.race([
    found ?? [],
    waitFor(tuning.acknowledgeWithinMs, [] as string[], { ref: false }),
  ]);
  const fitting = [...new Set(names)].filter((name) => name !== "" && name.length <= MAX_CHOICE_CHARACTERS);
  return fitting.slice(0, MAX_CHOICES).map((name) => ({ name, value: name }));
}
