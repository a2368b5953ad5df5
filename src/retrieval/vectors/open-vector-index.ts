import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "../../shared/index.ts";
import { readGraphFiles, removeGraphFiles, writeGraphFiles } from "./graph-file.ts";
import { NearestHits } from "./nearest-hits.ts";
import type { VectorHit, VectorIndex, VectorIndexState } from "./types.ts";
import { readVectorFile, UnusableVectorFile, writeVectorFile } from "./vector-file.ts";
import { VectorGraph } from "./vector-graph.ts";
import { VectorTable } from "./vector-table.ts";

export interface VectorIndexOptions {
  /** A directory of its own; made when missing. */
  directory: string;
  /** A file of another model is not used. */
  modelName: string;
  dimensions: number;
  logger: Logger;
  /** Largest size that is searched exactly. Default: by dimensions, some 12 ms a search (39,000 at 512), and never above 50,000. */
  exactUpTo?: number;
}

/** Multiplications that one exact search may cost. */
const EXACT_FLOATS = 20_000_000;
const MOST_EXACT = 50_000;
/** Vectors linked before other work gets its turn: some 10 ms. */
const SLICE = 8;
/** Replaced and removed vectors wear the graph out; above this share of its size it is built anew. */
const WORN_SHARE = 0.3;
/** With more than this share outside the graph, exact search over everything is the quicker way. */
const MOST_PENDING_SHARE = 0.2;

/** Loads the vectors of the directory, or starts empty when they are missing, damaged or of another model. */
export async function openVectorIndex(options: VectorIndexOptions): Promise<VectorIndex> {
  await mkdir(options.directory, { recursive: true });
  const path = join(options.directory, "vectors.bin");
  try {
    const stored = await readVectorFile(path, options);
    const index = new AdaptiveVectorIndex(options, stored.table, { savedRevision: stored.revision });
    await index.loadGraph(stored.checksum);
    return index;
  } catch (thrown) {
    if (!(thrown instanceof UnusableVectorFile)) throw thrown;
    return new AdaptiveVectorIndex(options, new VectorTable(options.dimensions), {
      rebuiltBecause: thrown.message,
    });
  }
}

class AdaptiveVectorIndex implements VectorIndex {
  readonly dimensions: number;
  savedRevision: number | undefined;
  readonly #options: VectorIndexOptions;
  readonly #table: VectorTable;
  readonly #exactUpTo: number;
  readonly #rebuiltBecause: string | undefined;
  #graph: VectorGraph | undefined;
  #recall: number | undefined;
  /** Slots that the graph does not hold yet. */
  readonly #pending = new Set<number>();
  /** The graph has proved its recall. */
  #isTrusted = false;
  #worn = 0;
  #optimizing: Promise<void> | undefined;
  #isClosed = false;

  constructor(
    options: VectorIndexOptions,
    table: VectorTable,
    origin: { savedRevision?: number; rebuiltBecause?: string },
  ) {
    this.dimensions = options.dimensions;
    this.savedRevision = origin.savedRevision;
    this.#rebuiltBecause = origin.rebuiltBecause;
    this.#options = options;
    this.#table = table;
    this.#exactUpTo =
      options.exactUpTo ?? Math.min(MOST_EXACT, Math.floor(EXACT_FLOATS / options.dimensions));
    for (let slot = 0; slot < table.slotCount; slot += 1)
      if (table.keyOf(slot) !== undefined) this.#pending.add(slot);
  }

  get size(): number {
    return this.#table.size;
  }

  has(key: string): boolean {
    return this.#table.slotOf(key) !== undefined;
  }

  keys(): Iterable<string> {
    return this.#table.keys();
  }

  upsert(keys: readonly string[], vectors: readonly Float32Array[]): void {
    if (keys.length !== vectors.length) throw new RangeError("as many vectors as keys are needed");
    for (const [index, key] of keys.entries()) {
      const known = this.#table.slotOf(key);
      if (known !== undefined) this.#forget(known);
      this.#pending.add(this.#table.set(key, vectors[index] as Float32Array));
    }
  }

  remove(keys: Iterable<string>): void {
    for (const key of keys) {
      const slot = this.#table.delete(key);
      if (slot !== undefined) this.#forget(slot);
    }
  }

  search(vector: Float32Array, count: number, accept?: (key: string) => boolean): VectorHit[] {
    if (vector.length !== this.dimensions)
      throw new RangeError(`a question of ${vector.length} dimensions among vectors of ${this.dimensions}`);
    const hits = new NearestHits(Math.min(count, this.size));
    const graph = this.#usableGraph();
    if (!graph || accept) {
      this.#table.scan(vector, hits, accept);
    } else {
      for (const slot of graph.search(vector, count)) hits.add(slot, this.#table.scoreAt(slot, vector));
      for (const slot of this.#pending) hits.add(slot, this.#table.scoreAt(slot, vector));
    }
    return hits.list().map(({ slot, score }) => ({ key: this.#table.keyOf(slot) ?? "", score }));
  }

  async optimize(): Promise<void> {
    this.#optimizing ??= this.#buildGraph().finally(() => {
      this.#optimizing = undefined;
    });
    await this.#optimizing;
  }

  async save(revision: number): Promise<void> {
    const { directory, modelName } = this.#options;
    const graphPath = join(directory, "graph.bin");
    const vectorsChecksum = await writeVectorFile(join(directory, "vectors.bin"), this.#table, {
      modelName,
      revision,
    });
    this.savedRevision = revision;
    if (this.#graph && this.#isTrusted && this.#pending.size === 0) {
      await writeGraphFiles(graphPath, this.#graph, { vectorsChecksum, recall: this.#recall ?? 0 });
    } else {
      await removeGraphFiles(graphPath);
    }
  }

  describe(): VectorIndexState {
    return {
      size: this.size,
      strategy: this.#usableGraph() ? "graph" : "exact",
      ...(this.#recall !== undefined && { recall: this.#recall }),
      ...(this.#graph && this.#isTrusted && { breadth: this.#graph.breadth }),
      ...(this.#rebuiltBecause !== undefined && { rebuiltBecause: this.#rebuiltBecause }),
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#graph = undefined;
  }

  async loadGraph(checksum: string): Promise<void> {
    if (this.size <= this.#exactUpTo) return;
    const stored = await readGraphFiles(join(this.#options.directory, "graph.bin"), {
      checksum,
      dimensions: this.dimensions,
    });
    if (!stored) return;
    this.#graph = stored.graph;
    this.#recall = stored.recall;
    this.#isTrusted = true;
    for (const slot of stored.graph.contained()) this.#pending.delete(slot);
  }

  #forget(slot: number): void {
    if (!this.#pending.delete(slot) && this.#graph) {
      this.#graph.remove(slot);
      this.#worn += 1;
    }
  }

  #usableGraph(): VectorGraph | undefined {
    if (!this.#isTrusted || this.#pending.size > this.size * MOST_PENDING_SHARE) return undefined;
    return this.#graph;
  }

  async #buildGraph(): Promise<void> {
    if (this.size <= this.#exactUpTo || this.#isClosed) return;
    if (!this.#graph || this.#worn > this.#graph.size * WORN_SHARE) await this.#startGraph();
    const linked = this.#pending.size;
    await this.#linkPending();
    const graph = this.#graph;
    if (!graph || this.#isClosed || (this.#isTrusted && linked === 0)) return;
    const { recall, suffices } = await graph.tune(this.#table);
    this.#recall = recall;
    this.#isTrusted = suffices;
    const { logger } = this.#options;
    const state = { size: this.size, recall, breadth: graph.breadth };
    if (suffices) logger.info(state, "vector graph ready");
    else logger.warn(state, "vector graph finds too little, searching exactly");
  }

  async #startGraph(): Promise<void> {
    this.#graph = await VectorGraph.create(this.dimensions, Math.ceil(this.#table.slotCount * 1.2));
    this.#isTrusted = false;
    this.#worn = 0;
    this.#pending.clear();
    for (let slot = 0; slot < this.#table.slotCount; slot += 1)
      if (this.#table.keyOf(slot) !== undefined) this.#pending.add(slot);
  }

  async #linkPending(): Promise<void> {
    while (this.#pending.size > 0 && this.#graph && !this.#isClosed) {
      let left = SLICE;
      for (const slot of this.#pending) {
        this.#graph.add(slot, this.#table.vectorAt(slot));
        this.#pending.delete(slot);
        left -= 1;
        if (left === 0) break;
      }
      await nextTurn();
    }
  }
}
