/** MinHash over character 4-grams: the share of equal values estimates the share of 4-grams that two texts have in common. */
export const SKETCH_SIZE = 64;
const GRAM = 4;
/** Of longer texts a share of the 4-grams is taken, chosen by their hash, so that two editions choose the same ones. */
const MAX_GRAMS = 400_000;
const EMPTY = 0xffffffff;

const FACTORS = makeConstants(0x9e3779b9).map((value) => value | 1);
const OFFSETS = makeConstants(0x85ebca6b);

/** `words`: a text without blanks and punctuation. */
export function sketchText(words: string): number[] {
  const sketch = new Uint32Array(SKETCH_SIZE).fill(EMPTY);
  const mask = 2 ** Math.max(0, Math.ceil(Math.log2(words.length / MAX_GRAMS))) - 1;
  for (let index = 0; index + GRAM <= words.length; index += 1) {
    const gram = hashGram(words, index);
    if ((gram & mask) !== 0) continue;
    for (let which = 0; which < SKETCH_SIZE; which += 1) {
      const value = mix(Math.imul(gram, FACTORS[which] ?? 1) + (OFFSETS[which] ?? 0));
      if (value < (sketch[which] ?? EMPTY)) sketch[which] = value;
    }
  }
  return [...sketch];
}

/** 0–1; the standard error is at most 0.0625. A pair that cannot reach `least` is given up early: 0. */
export function compareSketches(one: readonly number[], other: readonly number[], least = 0): number {
  const { length } = one;
  if (other.length !== length || length === 0) return 0;
  const bearable = Math.floor(length * (1 - least));
  let differing = 0;
  for (let index = 0; index < length; index += 1) {
    if (one[index] === other[index]) continue;
    differing += 1;
    if (differing > bearable) return 0;
  }
  const isOfNothing = one.every((value) => value === EMPTY);
  return isOfNothing ? 0 : (length - differing) / length;
}

function hashGram(words: string, from: number): number {
  let hash = 0x811c9dc5;
  for (let index = from; index < from + GRAM; index += 1)
    hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193);
  return mix(hash);
}

function mix(seed: number): number {
  let value = seed | 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function makeConstants(seed: number): number[] {
  return Array.from({ length: SKETCH_SIZE }, (_, index) => mix(seed + Math.imul(index, 0x6c8e9cf5)));
}
