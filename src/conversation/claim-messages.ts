import type { Clock } from "../shared/index.ts";
import type { ConversationStore, InboxRecord } from "../storage/index.ts";
import type { Place } from "./create-pump.ts";

type NewMessage = Parameters<ConversationStore["acceptMessage"]>[0];
type Acceptance = "accepted" | "duplicate";

export interface Claims {
  /** Stores a message; one that need not wait is claimed with the same change and brought to the pump. */
  accept(record: NewMessage): Promise<Acceptance>;
  /** The next that waits. `isIdle`: none was in work when this was called. */
  take(isIdle: boolean): Promise<InboxRecord | undefined>;
  /** Whether the store has to be asked: false means that nothing waits. */
  mayHaveMore(): boolean;
}

export interface ClaimParts {
  store: Pick<ConversationStore, "acceptMessage" | "acceptAndClaim" | "claimNextMessage">;
  clock: Clock;
  /** Undefined: nothing can be brought now. */
  reserve(): Place<InboxRecord> | undefined;
  /** A message waits. */
  wake(): void;
}

/** Knows which messages wait, where this process alone takes them in, and so asks the store only for those that do. */
export function createClaims({ store, clock, reserve, wake }: ClaimParts): Claims {
  /** Undefined: not known. */
  let waiting: number | undefined;
  /** Since the start, not brought. */
  let stored = 0;

  function forget(thrown: unknown): never {
    // What failed may be written all the same.
    waiting = undefined;
    throw thrown;
  }

  function note(acceptance: Acceptance): Acceptance {
    if (acceptance !== "accepted") return acceptance;
    stored += 1;
    if (waiting !== undefined) waiting += 1;
    wake();
    return acceptance;
  }

  return {
    async accept(record) {
      const place = store.acceptAndClaim && waiting === 0 ? reserve() : undefined;
      if (!store.acceptAndClaim || !place) return note(await store.acceptMessage(record).catch(forget));
      let claimed: InboxRecord | undefined;
      try {
        const outcome = await store.acceptAndClaim(record, clock()).catch(forget);
        if (typeof outcome === "string") return note(outcome);
        claimed = outcome;
        return "accepted";
      } finally {
        place(claimed);
      }
    },
    async take(isIdle) {
      const before = stored;
      const record = await store.claimNextMessage(clock()).catch(forget);
      if (record && waiting !== undefined) waiting -= 1;
      // Behind what is in work others of its session may wait. What was stored meanwhile was perhaps not seen.
      if (!record && isIdle && store.acceptAndClaim) waiting = stored - before;
      return record;
    },
    mayHaveMore: () => waiting !== 0,
  };
}
