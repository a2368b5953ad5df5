import type { Database } from "../dialect.ts";
import { fromJson, toInstant, toJson } from "../row-values.ts";
import type { SignalStore } from "../types.ts";

interface SignalRow {
  sequence: number | string;
  signal: string;
  at: string;
}

const TABLE = "platform_signals";

export function createSignalStore({ read, write }: Database): SignalStore {
  return {
    async add(signal, at) {
      await write(TABLE).insert({ signal: toJson(signal), at: toInstant(at) });
    },
    async list(limit) {
      const rows: SignalRow[] = await read(TABLE).orderBy("sequence").limit(limit);
      return rows.map(({ sequence, signal, at }) => ({
        sequence: Number(sequence),
        signal: fromJson(signal),
        at,
      }));
    },
    async remove(sequence) {
      await write(TABLE).where({ sequence }).delete();
    },
  };
}
