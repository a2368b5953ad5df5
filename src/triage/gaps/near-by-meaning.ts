import type { GapDeskOptions } from "./gap-types.ts";

/** Cosine from which a gap is looked at although it shares no word. */
const NEAR = 0.75;
const BATCH = 64;

/** Vectors of standing questions and of new wordings, where the composition gives a model. */
export interface NearByMeaning {
  /** Embeds what will be asked for. Does nothing without a model, or when it fails. */
  prepare(texts: readonly string[]): Promise<void>;
  /** Cosine by gap, of those that are near; undefined without vectors. */
  near(
    text: string,
    standing: Iterable<{ gapId: string; question: string }>,
  ): Map<string, number> | undefined;
}

export function createNearByMeaning(embed: GapDeskOptions["embed"]): NearByMeaning {
  const vectors = new Map<string, Float32Array>();
  return {
    async prepare(texts) {
      if (!embed) return;
      const wanted = [...new Set(texts)].filter((text) => !vectors.has(text));
      for (let at = 0; at < wanted.length; at += BATCH) {
        const batch = wanted.slice(at, at + BATCH);
        // A model that is away for a while must not stop the counting: words alone decide then.
        const made = await embed(batch).catch(() => []);
        for (const [index, text] of batch.entries()) {
          const vector = made[index];
          if (vector) vectors.set(text, vector);
        }
      }
    },
    near(text, standing) {
      const vector = vectors.get(text);
      if (!vector) return undefined;
      const found = new Map<string, number>();
      for (const { gapId, question } of standing) {
        const other = vectors.get(question);
        const cosine = other ? dot(vector, other) : 0;
        if (cosine >= NEAR) found.set(gapId, cosine);
      }
      return found;
    },
  };
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
