export interface VectorHit {
  key: string;
  /** Dot product; the cosine, as all vectors have unit length. */
  score: number;
}

/**
 * Vectors of unit length by key. Exact below a size, a graph above it, with one behaviour: exact search answers until the
 * graph is built and has proved its recall, and whenever a filter is given.
 */
export interface VectorIndex {
  readonly dimensions: number;
  readonly size: number;
  /** The revision given to the last `save`, also in an earlier process; undefined when the files were of no use. */
  readonly savedRevision: number | undefined;
  has(key: string): boolean;
  keys(): Iterable<string>;
  /** Adds or replaces. Throws a RangeError for a vector of another length. */
  upsert(keys: readonly string[], vectors: readonly Float32Array[]): void;
  /** Unknown keys are ignored. */
  remove(keys: Iterable<string>): void;
  /** The nearest, best first; fewer than `count` when there are no more. */
  search(vector: Float32Array, count: number, accept?: (key: string) => boolean): VectorHit[];
  /** Builds or completes the graph in short slices; nothing to do for a small index. Resolves at once when closed. */
  optimize(): Promise<void>;
  /** Writes the files anew; the old ones stay valid until the new ones are whole. */
  save(revision: number): Promise<void>;
  describe(): VectorIndexState;
  close(): void;
}

export interface VectorIndexState {
  size: number;
  strategy: "exact" | "graph";
  /** Share of the true nearest ten that the graph found, on a sample; present once measured. */
  recall?: number;
  /** Breadth of the graph search, chosen by that measurement. */
  breadth?: number;
  /** Why it was not loaded from its file, for the log. */
  rebuiltBecause?: string;
}
