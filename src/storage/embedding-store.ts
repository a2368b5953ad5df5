import type { Database } from "./dialect.ts";
import { insertRows, maxRowsPerInsert } from "./insert-rows.ts";
import { fromVectorBytes, inChunks, toText, toVectorBytes } from "./row-values.ts";
import type { EmbeddingStore } from "./types.ts";

const COLUMNS = ["model", "text_hash", "vector"] as const;
const HASHES_PER_QUERY = 1000;

export function createEmbeddingStore({ read, write }: Database): EmbeddingStore {
  return {
    async get(model, textHashes) {
      const found = new Map<string, Float32Array>();
      for (const hashes of inChunks(new Set(textHashes.map(toText)), HASHES_PER_QUERY)) {
        const rows: { text_hash: string; vector: Buffer }[] = await read("embeddings")
          .where("model", toText(model))
          .whereIn("text_hash", hashes)
          .select("text_hash", "vector");
        for (const row of rows) found.set(row.text_hash, fromVectorBytes(row.vector));
      }
      return found;
    },
    async put(model, vectors) {
      await write.transaction(async (transaction) => {
        for (const chunk of inChunks(vectors, maxRowsPerInsert(COLUMNS))) {
          const rows = chunk.map(([hash, vector]) => [toText(model), toText(hash), toVectorBytes(vector)]);
          const replace = "on conflict (model, text_hash) do update set vector = excluded.vector";
          await insertRows(transaction, "embeddings", COLUMNS, rows, replace);
        }
      });
    },
  };
}
