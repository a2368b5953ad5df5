import { z } from "zod";
import type { Actor } from "../../access/index.ts";
import type { Clock, IdSource } from "../../shared/index.ts";
import type { ConversationStore, GapRecord, TicketStore } from "../../storage/index.ts";
import type { KnownPersonalData } from "../redact/redact-types.ts";

/** What a gap keeps beside its counts. Wordings are without personal data, askers are hashes. */
export const gapContentSchema = z.object({
  wordings: z.array(z.object({ key: z.string(), text: z.string(), count: z.number(), lastAt: z.string() })),
  askers: z.array(z.string()),
  /** What the documents did not state, with counts: 金额, 申报时间. */
  missing: z.record(z.string(), z.number()),
  /** How often an answer to it was judged to be wrong or incomplete. */
  disputed: z.number().optional(),
  /** Turns counted lately: what is read again after an interruption is not counted again. */
  recent: z.array(z.object({ turnId: z.string(), at: z.string() })),
});

export type GapContent = z.infer<typeof gapContentSchema>;

export interface GapView {
  gapId: string;
  /** The most typical wording. */
  question: string;
  /** Other wordings, most frequent first; none while fewer than two people asked. */
  wordings: readonly { text: string; count: number }[];
  count: number;
  askers: number;
  /** What the documents do not state of it, most frequent first. */
  missing: readonly string[];
  /** How often there was an answer that was judged to be wrong or incomplete. */
  disputed: number;
  firstAt: string;
  lastAt: string;
  state: GapRecord["state"];
  by: string | null;
  note: string | null;
}

export interface GapFilter {
  state?: GapRecord["state"];
  /** Asked at least so often. */
  minCount?: number;
  /** Last asked at or after, ISO 8601. */
  since?: string;
  /** Default 50. */
  limit?: number;
}

export interface CollectedGaps {
  /** Turns looked at; those not counted before. */
  turns: number;
  /** Of these: counted as unanswered. */
  counted: number;
  opened: number;
  /** Marked as answered because the same question has an answer now. */
  answered: number;
}

/** Questions that the documents do not answer, grouped by meaning. */
export interface GapDesk {
  /** Reads on from where it stopped; may be interrupted and repeated at any point. */
  collect(now: Date): Promise<CollectedGaps>;
  /** Most asked first. Needs the right to read figures or to manage triage. */
  list(by: Actor, filter?: GapFilter): Promise<GapView[]>;
  /** Needs the right to manage triage. Throws `not-found`. */
  decide(gapId: string, state: "answered" | "dismissed", by: Actor, note?: string): Promise<GapView>;
}

export interface GapDeskOptions {
  turns: Pick<ConversationStore, "eachTurnSince">;
  store: Pick<TicketStore, "gaps" | "saveGaps" | "gapsReadUntil" | "decideGap">;
  clock: Clock;
  ids: IdSource;
  /** Refines the grouping; unit vectors, in the order of the texts. When it throws, words alone decide. */
  embed?(texts: readonly string[]): Promise<readonly Float32Array[]>;
  /** What is known of an account (its enterprise's names, the person's name), to be removed from what is kept. */
  knownOf?(account: string): Promise<KnownPersonalData>;
  /** Mixed into the hashes of askers, so that they cannot be guessed from a list of accounts. Keep it the same. */
  hashKey?: string;
}
