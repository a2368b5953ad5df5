import type { InboundMessage } from "../../../src/conversation/index.ts";
import type { StoredInteraction } from "./index.ts";
import type { DiscordPlace } from "./open-place.ts";
import { readShown } from "./read-shown.ts";
import { waitUntil } from "./wait.ts";

export interface WatchedPlace {
  /** The asker's command; resolves when it was handed in and the platform has its first answer. */
  slash(
    name: string,
    options?: Record<string, string>,
    place?: DiscordPlace["place"],
  ): Promise<{ used: StoredInteraction; message: InboundMessage }>;
  answered(used: StoredInteraction): Promise<void>;
  /** What this person sees there, message by message. */
  seenBy(userId: string): string[];
  /** What somebody else sees there, with all that stood there for a moment. */
  onlookerSees(): string;
}

/** `current`: the place of the test that runs. */
export function watchPlace(current: () => DiscordPlace): WatchedPlace {
  const answered = (used: StoredInteraction) => waitUntil(() => used.state !== "open", "the first answer");
  const seenBy = (userId: string) => {
    const at = current();
    return at.hands.sees(userId, at.place).map((message) => readShown(message).text);
  };
  return {
    answered,
    seenBy,
    slash: async (name, options = {}, place = current().place) => {
      const at = current();
      const used = at.hands.slash(at.asker.id, place, name, options);
      const message = await at.running.arrived(used.id);
      await answered(used);
      return { used, message };
    },
    onlookerSees: () => {
      const { hands, onlooker, place } = current();
      const earlier = hands
        .sees(onlooker.id, place)
        .flatMap(({ edits }) => edits.map(({ before }) => before));
      return [...seenBy(onlooker.id), ...earlier.map((each) => JSON.stringify(each))].join("\n");
    },
  };
}
