import type { NearestHits } from "./nearest-hits.ts";

/** So many vectors share one array, so that growing copies nothing. */
const BLOCK_ROWS = 4096;

/** Keys and vectors by slot. A slot keeps its number until it is freed; freed slots are used again. */
export class VectorTable {
  readonly dimensions: number;
  readonly #blocks: Float32Array[] = [];
  readonly #keys: (string | undefined)[] = [];
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];

  constructor(dimensions: number) {
    this.dimensions = dimensions;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** One more than the highest slot ever used. */
  get slotCount(): number {
    return this.#keys.length;
  }

  keyOf(slot: number): string | undefined {
    return this.#keys[slot];
  }

  slotOf(key: string): number | undefined {
    return this.#slots.get(key);
  }

  keys(): Iterable<string> {
    return this.#slots.keys();
  }

  /** The slot's vector itself, not a copy. */
  vectorAt(slot: number): Float32Array {
    const offset = (slot % BLOCK_ROWS) * this.dimensions;
    return this.#block(slot).subarray(offset, offset + this.dimensions);
  }

  /** Returns the slot. */
  set(key: string, vector: Float32Array): number {
    if (vector.length !== this.dimensions)
      throw new RangeError(`a vector of ${vector.length} dimensions among those of ${this.dimensions}`);
    const slot = this.#slots.get(key) ?? this.#free.pop() ?? this.#keys.length;
    this.#keys[slot] = key;
    this.#slots.set(key, slot);
    this.vectorAt(slot).set(vector);
    return slot;
  }

  /** Appends a slot as it was saved; `undefined` is a free one. For loading only. */
  append(key: string | undefined): number {
    const slot = this.#keys.length;
    this.#keys.push(key);
    if (key === undefined) this.#free.push(slot);
    else this.#slots.set(key, slot);
    this.#block(slot);
    return slot;
  }

  /** Returns the slot that was freed. */
  delete(key: string): number | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    this.#slots.delete(key);
    this.#keys[slot] = undefined;
    this.#free.push(slot);
    return slot;
  }

  scoreAt(slot: number, vector: Float32Array): number {
    return dotProduct(this.#block(slot), (slot % BLOCK_ROWS) * this.dimensions, vector);
  }

  /** Compares with every vector. */
  scan(vector: Float32Array, hits: NearestHits, accept?: (key: string) => boolean): void {
    for (const [blockIndex, block] of this.#blocks.entries()) {
      const first = blockIndex * BLOCK_ROWS;
      const end = Math.min(first + BLOCK_ROWS, this.#keys.length);
      for (let slot = first; slot < end; slot += 1) {
        const key = this.#keys[slot];
        if (key === undefined || (accept && !accept(key))) continue;
        const score = dotProduct(block, (slot - first) * this.dimensions, vector);
        if (score > hits.threshold) hits.add(slot, score);
      }
    }
  }

  #block(slot: number): Float32Array {
    const index = Math.floor(slot / BLOCK_ROWS);
    let block = this.#blocks[index];
    if (!block) {
      block = new Float32Array(BLOCK_ROWS * this.dimensions);
      this.#blocks[index] = block;
    }
    return block;
  }
}

/** Four running sums, so that one addition need not wait for the other. */
function dotProduct(rows: Float32Array, offset: number, vector: Float32Array): number {
  const length = vector.length;
  const whole = length - (length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let index = 0;
  for (; index < whole; index += 4) {
    const at = offset + index;
    first += (vector[index] as number) * (rows[at] as number);
    second += (vector[index + 1] as number) * (rows[at + 1] as number);
    third += (vector[index + 2] as number) * (rows[at + 2] as number);
    fourth += (vector[index + 3] as number) * (rows[at + 3] as number);
  }
  for (; index < length; index += 1) first += (vector[index] as number) * (rows[offset + index] as number);
  return first + second + third + fourth;
}
