import type { Actor } from "../../access/index.ts";
import type { Clock } from "../../shared/index.ts";
import type { ConversationStore, FeedbackRecord, FeedbackStore } from "../../storage/index.ts";
import type { KnownPersonalData } from "../redact/redact-types.ts";

/** What can be wrong with an answer, in the order in which it is offered. */
export const FEEDBACK_CAUSES = ["wrong-clause", "outdated", "incomplete", "unclear", "other"] as const;
export type FeedbackCause = (typeof FEEDBACK_CAUSES)[number];

export const CAUSE_LABELS: Readonly<Record<FeedbackCause, { zh: string; en: string }>> = {
  "wrong-clause": { zh: "引用的条款不对", en: "Wrong clause quoted" },
  outdated: { zh: "内容过时", en: "Out of date" },
  incomplete: { zh: "回答不完整", en: "Incomplete" },
  unclear: { zh: "看不懂", en: "Hard to understand" },
  other: { zh: "其他", en: "Other" },
};

/** Characters of what is kept of a judge's own words. */
export const MAX_REASON = 500;

export interface AnswerJudgement {
  /** Of the message that was answered, with `messageKey`. */
  channel: string;
  messageKey: string;
  /** Who judges: `feishu:ou_…`. */
  account: string;
  verdict: FeedbackRecord["verdict"];
  /** Absent: what this account said before of the same answer and verdict stays. */
  cause?: FeedbackCause;
  reason?: string;
  /** The judge's name, so that it can be taken out of their words. */
  name?: string;
}

export interface FeedbackPeriod {
  /** `YYYY-MM-DD` in Asia/Shanghai, included; absent: thirty days ago. */
  from?: string | undefined;
  /** Not included; absent: tomorrow. */
  to?: string | undefined;
}

/** One judgement as the commission reads it: without who judged and who asked. */
export interface FeedbackView {
  at: string;
  channel: string;
  verdict: FeedbackRecord["verdict"];
  cause: FeedbackCause | null;
  causeName: string | null;
  reason: string | null;
  /** Without personal data; null: the asker had their data deleted. */
  question: string | null;
  conclusion: string | null;
  sections: string[];
}

export interface FeedbackFigures {
  period: { from: string; to: string };
  helpful: number;
  unhelpful: number;
  /** Of what was unhelpful, the most frequent first; null: no cause was given. */
  causes: { cause: FeedbackCause | null; name: string; count: number }[];
}

/** What people say of the answers they got. */
export interface FeedbackDesk {
  /** The latest word of an account counts. `cut`: the reason was longer than is kept. */
  judge(judgement: AnswerJudgement): Promise<{ outcome: "saved" | "changed"; cut: boolean }>;
  /** Latest first. Needs the right to read figures. */
  list(
    by: Actor,
    period: FeedbackPeriod,
    filter?: { verdict?: FeedbackRecord["verdict"] | undefined; limit?: number | undefined },
  ): Promise<FeedbackView[]>;
  /** Needs the right to read figures. */
  figures(by: Actor, period: FeedbackPeriod): Promise<FeedbackFigures>;
  /** For the export and the deletion of one's own data. */
  personalData: {
    name: string;
    give(account: string): Promise<unknown>;
    forget(account: string, at: Date): Promise<void>;
  };
}

export interface FeedbackDeskOptions {
  store: FeedbackStore;
  turns: Pick<ConversationStore, "turnOf">;
  clock: Clock;
  /** What is known of an account, to be taken out of its words. */
  knownOf?(account: string): Promise<KnownPersonalData>;
}
