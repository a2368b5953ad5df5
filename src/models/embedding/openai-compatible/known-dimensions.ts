/**
 * Lengths of the vectors of common models. With these a model whose endpoint is down at the start is used as soon as it
 * is back; of others the length is only learnt from an answer.
 */
const KNOWN: readonly (readonly [RegExp, number])[] = [
  [/^text-embedding-(?:3-small|ada-002)$/, 1536],
  [/^text-embedding-3-large$/, 3072],
  [/bge-small-zh/i, 512],
  [/bge-base-zh/i, 768],
  [/bge-large-zh|bge-m3/i, 1024],
  [/qwen3-embedding-0\.6b/i, 1024],
];

export function knownDimensions(model: string): number | undefined {
  return KNOWN.find(([name]) => name.test(model))?.[1];
}
