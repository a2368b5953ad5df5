/** A small deterministic generator (mulberry32): the same seed, the same numbers in 0–1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Unit vectors in overlapping clusters whose spread falls off over the dimensions, as that of text embeddings does;
 * evenly random vectors would be harder than any real text and tell nothing of recall.
 */
export function* listClusteredVectors(
  count: number,
  dimensions: number,
  options: { seed?: number; clusters?: number } = {},
): Generator<Float32Array> {
  const random = createRandom(options.seed ?? 1);
  const clusters = options.clusters ?? Math.max(1, Math.round(Math.sqrt(count)));
  const spread = Float32Array.from({ length: dimensions }, (_, index) => 1 / Math.sqrt(1 + index / 8));
  const draw = (scale: number) => spread.map((width) => (random() + random() - 1) * width * scale);
  const centres = Array.from({ length: clusters }, () => draw(1));
  for (let index = 0; index < count; index += 1) {
    const centre = centres[Math.floor(random() * clusters)] as Float32Array;
    const offset = draw(0.8);
    yield toUnit(centre.map((value, position) => value + (offset[position] as number)));
  }
}

export function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}
