import { statfs } from "node:fs/promises";
import type { StorageFacts } from "./dialect.ts";
import { chooseDialect } from "./dialects.ts";
import type { OpenStorageOptions } from "./types.ts";
import { findWriter } from "./writer-lock.ts";

/**
 * Facts for doctor, whether or not a writer is at work. Changes nothing. Reads the whole SQLite file to check it: about
 * a second a gigabyte. Throws like `openStorage` when a PostgreSQL server cannot be reached.
 */
export async function describeStorage(options: OpenStorageOptions): Promise<StorageFacts> {
  const dialect = chooseDialect(options);
  const disk = await statfs(options.dataDirectory).catch(() => undefined);
  try {
    return {
      dialect: dialect.name,
      ...(await dialect.describe(options)),
      freeBytes: disk ? disk.bavail * disk.bsize : null,
      writer: await findWriter(options.dataDirectory),
    };
  } catch (thrown) {
    throw dialect.toAppError(thrown, options) ?? thrown;
  }
}
