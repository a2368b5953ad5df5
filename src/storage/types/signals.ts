export interface SignalRecord {
  /** Rises in the order in which they came. */
  sequence: number;
  /** JSON of conversation's ChannelSignal. */
  signal: unknown;
  at: string;
}

/** What a process that only takes in was told by a platform, for the one that works. */
export interface SignalStore {
  add(signal: unknown, at: Date): Promise<void>;
  /** The oldest first. */
  list(limit: number): Promise<SignalRecord[]>;
  remove(sequence: number): Promise<void>;
}
