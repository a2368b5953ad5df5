import { setImmediate as nextTurn } from "node:timers/promises";
import type { HierarchicalNSW } from "hnswlib-node";
import { NearestHits } from "./nearest-hits.ts";
import type { VectorTable } from "./vector-table.ts";

/** Links per vector and breadth while building: the usual middle between build time and recall. */
const LINKS = 16;
const BUILD_BREADTH = 200;
/** Fixed, so that the same vectors give the same graph. */
const SEED = 100;
const BREADTHS = [256, 384, 512, 768];
const LEAST_RECALL = 0.96;
const SAMPLE_SIZE = 60;
const SAMPLE_NEIGHBOURS = 10;

/** A navigable small-world graph over the slots of a table (hnswlib). */
export class VectorGraph {
  readonly #graph: HierarchicalNSW;
  readonly #contained: Set<number>;
  breadth: number;

  constructor(graph: HierarchicalNSW, contained: Set<number>, breadth = BREADTHS[0] ?? 256) {
    this.#graph = graph;
    this.#contained = contained;
    this.breadth = breadth;
  }

  static async create(dimensions: number, capacity: number): Promise<VectorGraph> {
    const graph = await createEmpty(dimensions);
    graph.initIndex(Math.max(1, capacity), LINKS, BUILD_BREADTH, SEED);
    return new VectorGraph(graph, new Set());
  }

  /** Reads what `write` wrote; the caller has checked that the file is whole, as the library does not. */
  static async read(path: string, dimensions: number, contained: Set<number>, breadth: number) {
    const graph = await createEmpty(dimensions);
    await graph.readIndex(path);
    if (graph.getNumDimensions() !== dimensions) throw new RangeError("the graph has other dimensions");
    return new VectorGraph(graph, contained, breadth);
  }

  async write(path: string): Promise<void> {
    await this.#graph.writeIndex(path);
  }

  get size(): number {
    return this.#contained.size;
  }

  contained(): Iterable<number> {
    return this.#contained;
  }

  /** Takes 1–2 ms at 512 dimensions. A slot that was removed and is used again is linked anew. */
  add(slot: number, vector: Float32Array): void {
    const capacity = this.#graph.getMaxElements();
    if (slot >= capacity) this.#graph.resizeIndex(Math.max(slot + 1, Math.ceil(capacity * 1.5)));
    this.#graph.addPoint(Array.from(vector), slot);
    this.#contained.add(slot);
  }

  remove(slot: number): void {
    if (this.#contained.delete(slot)) this.#graph.markDelete(slot);
  }

  search(vector: Float32Array, count: number): number[] {
    const wanted = Math.min(count, this.#contained.size);
    if (wanted === 0) return [];
    this.#graph.setEf(Math.max(this.breadth, wanted));
    return this.#graph.searchKnn(Array.from(vector), wanted).neighbors;
  }

  /**
   * Compares with the exact search on a sample and takes the smallest breadth that finds enough. Returns the recall
   * reached, and whether it suffices. Gives way to other work after each question of the sample.
   */
  async tune(table: VectorTable): Promise<{ recall: number; suffices: boolean }> {
    const sample: { vector: Float32Array; nearest: ReadonlySet<number> }[] = [];
    for (const vector of listSample(table)) {
      const hits = new NearestHits(SAMPLE_NEIGHBOURS);
      table.scan(vector, hits);
      sample.push({ vector, nearest: new Set(hits.list().map(({ slot }) => slot)) });
      await nextTurn();
    }
    let recall = 0;
    for (const breadth of BREADTHS) {
      this.breadth = breadth;
      recall = this.#measure(sample);
      if (recall >= LEAST_RECALL) break;
      await nextTurn();
    }
    return { recall, suffices: recall >= LEAST_RECALL };
  }

  #measure(sample: readonly { vector: Float32Array; nearest: ReadonlySet<number> }[]): number {
    let found = 0;
    let total = 0;
    for (const { vector, nearest } of sample) {
      total += nearest.size;
      for (const slot of this.search(vector, nearest.size)) if (nearest.has(slot)) found += 1;
    }
    return total === 0 ? 1 : found / total;
  }
}

async function createEmpty(dimensions: number): Promise<HierarchicalNSW> {
  const library = await import("hnswlib-node");
  return new library.default.HierarchicalNSW("ip", dimensions);
}

/** Midpoints of stored vectors: they lie where questions lie, and no stored vector answers them by itself. */
function listSample(table: VectorTable): Float32Array[] {
  const used: number[] = [];
  for (let slot = 0; slot < table.slotCount; slot += 1) if (table.keyOf(slot) !== undefined) used.push(slot);
  const step = Math.max(1, Math.floor(used.length / SAMPLE_SIZE));
  const sample: Float32Array[] = [];
  for (let index = 0; index < used.length && sample.length < SAMPLE_SIZE; index += step) {
    const one = table.vectorAt(used[index] ?? 0);
    const other = table.vectorAt(used[(index + 1) % used.length] ?? 0);
    const middle = one.map((value, position) => 0.7 * value + 0.3 * (other[position] ?? 0));
    const length = Math.hypot(...middle) || 1;
    sample.push(middle.map((value) => value / length));
  }
  return sample;
}
