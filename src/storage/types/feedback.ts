export interface FeedbackRecord {
  /** Of the message that was answered, with `messageKey`. */
  channel: string;
  messageKey: string;
  /** Who judges: `feishu:ou_…`. */
  account: string;
  verdict: "helpful" | "unhelpful";
  /** What was wrong, of a short list: `wrong-clause`, `outdated`, `incomplete`, `unclear`, `other`. */
  cause: string | null;
  /** In the judge's own words. */
  reason: string | null;
  at: string;
}

export interface FeedbackStore {
  /** The latest word of an account counts. `changed`: it had judged this answer before. */
  save(record: FeedbackRecord): Promise<"saved" | "changed">;
  get(channel: string, messageKey: string, account: string): Promise<FeedbackRecord | undefined>;
  /** `from` included, `to` not, ISO 8601; latest first. */
  list(
    period: { from?: string; to?: string },
    filter?: { verdict?: FeedbackRecord["verdict"]; limit?: number },
  ): Promise<FeedbackRecord[]>;
  /** Everything that an account said, oldest first. */
  ofAccount(account: string): Promise<FeedbackRecord[]>;
  count(period: { from?: string; to?: string }): Promise<Record<FeedbackRecord["verdict"], number>>;
  /** How many were removed. */
  eraseAccount(account: string): Promise<number>;
}
