import { createHmac } from "node:crypto";
import { z } from "zod";
import type { TurnRecord } from "../../storage/index.ts";

const outcomeSchema = z.object({
  kind: z.string(),
  notStated: z.array(z.string()).catch([]),
  resolvedQuestion: z.string().optional().catch(undefined),
});

const askerSchema = z.object({ channel: z.string(), userId: z.string() });

/** A turn as the list of gaps sees it. */
export interface ReadTurn {
  turnId: string;
  sessionKey: string;
  at: string;
  question: string;
  account: string;
  /** `disputed`: answered, and then judged to be wrong or incomplete. */
  outcome: "unanswered" | "partial" | "disputed" | "unclear" | "answered" | "other";
  notStated: readonly string[];
}

const OUTCOMES: Readonly<Record<string, ReadTurn["outcome"]>> = {
  "not-in-documents": "unanswered",
  partial: "partial",
  "judged-lacking": "disputed",
  "needs-clarification": "unclear",
  answered: "answered",
};

/** Undefined: holds nothing for the list (confidential, or not understood: other versions wrote turns as well). */
export function readTurn(turn: TurnRecord): ReadTurn | undefined {
  const outcome = outcomeSchema.safeParse(turn.answer);
  if (!outcome.success || turn.question.trim() === "") return undefined;
  const { kind, notStated, resolvedQuestion } = outcome.data;
  const question = (resolvedQuestion ?? turn.resolvedQuestion).trim() || turn.question.trim();
  const read = OUTCOMES[kind] ?? "other";
  return {
    turnId: turn.turnId,
    sessionKey: turn.sessionKey,
    at: turn.at,
    question,
    account: accountOf(turn),
    outcome: read === "partial" && notStated.length === 0 ? "other" : read,
    notStated,
  };
}

function accountOf({ asker, channel, sessionKey }: TurnRecord): string {
  const read = askerSchema.safeParse(asker);
  if (read.success) return `${read.data.channel}:${read.data.userId}`;
  // Turns from before the asker was kept: the session is of one asker in one place.
  return `${channel}:${sessionKey}`;
}

export function hashAccount(account: string, key: string): string {
  return createHmac("sha256", `gaps:${key}`).update(account).digest("base64url").slice(0, 14);
}
