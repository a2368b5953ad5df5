import {
  type Channel,
  type ChannelHooks,
  type ChannelSignal,
  type Conversation,
  createAskSkill,
  createFeedbackSkill,
  createWelcome,
  type MessageSkill,
  type Welcome,
} from "./conversation/index.ts";
import type { Park } from "./park.ts";
import { type Clock, type Logger, toAppError } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";
import { createFeedbackDesk, type FeedbackDesk } from "./triage/index.ts";

export interface ServeAnswersParts {
  storage: Pick<Storage, "conversation" | "feedback">;
  park: Pick<Park, "name"> & Partial<Pick<Park, "contact">>;
  /** Absent: one is made over the storage. */
  feedback?: FeedbackDesk | undefined;
  /** Tickets are taken, and companies matched. */
  rooms: boolean;
  channels: ReadonlyMap<string, Channel>;
  /** Made after this. */
  conversation(): Conversation;
  clock: Clock;
  logger: Logger;
}

export interface ServedAnswers {
  /** Asked after tickets. */
  feedback: MessageSkill;
  /** Asked last. */
  ask: MessageSkill;
  welcome: Welcome;
  /** A welcome first, then what else wants to know of it. */
  hooksOver(hooks: ChannelHooks | undefined): ChannelHooks;
}

/** What stands under an answer, and who is greeted. */
export function serveAnswers(parts: ServeAnswersParts): ServedAnswers {
  const { storage, park, rooms, channels, clock, logger } = parts;
  const turns = storage.conversation;
  const feedback = parts.feedback ?? createFeedbackDesk({ store: storage.feedback, turns, clock });
  const welcome = createWelcome({
    ...{ channels, store: turns },
    facts: {
      parkName: park.name,
      ...(park.contact !== undefined && { contact: park.contact }),
      ...{ matches: rooms, handsOver: rooms },
    },
    notify: (notice) => parts.conversation().notify(notice),
  });
  return {
    feedback: createFeedbackSkill({ feedback, turns, handOver: rooms }),
    ask: createAskSkill(),
    welcome,
    hooksOver: (hooks) => ({
      follows: async () => false,
      ...hooks,
      async onSignal(signal: ChannelSignal) {
        await greet(welcome, signal, logger);
        await hooks?.onSignal(signal);
      },
    }),
  };
}

/** A welcome that fails must not keep tickets from hearing of the signal. */
async function greet(welcome: Welcome, signal: ChannelSignal, logger: Logger): Promise<void> {
  try {
    await welcome.onSignal(signal);
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error({ signal: signal.kind, errorId: error.id, error: error.message }, "no welcome");
  }
}
