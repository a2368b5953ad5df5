import type { EmbeddingModel } from "../../src/models/index.ts";

const DIMENSIONS = 512;

/** Stands in for a model: character bigrams hashed into 512 dimensions. It costs next to nothing, so that the index is timed. */
export const hashEmbedding: EmbeddingModel = {
  name: "hash-512",
  dimensions: DIMENSIONS,
  embed: async (texts) => texts.map(embedText),
};

function embedText(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (let index = 0; index + 1 < text.length; index += 1) {
    const hash = Math.imul(text.charCodeAt(index) * 31 + text.charCodeAt(index + 1), 0x9e3779b1) >>> 0;
    const slot = hash % DIMENSIONS;
    vector[slot] = (vector[slot] as number) + ((hash >>> 20) & 1 ? 1 : -1);
  }
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return vector.map((value) => value / length);
}
