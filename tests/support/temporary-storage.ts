import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStorage, type Storage } from "../../src/storage/index.ts";

/** The real storage in a directory that vanishes with it. */
export async function openTemporaryStorage(): Promise<Storage & { remove(): Promise<void> }> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-test-"));
  const storage = await openStorage({ dataDirectory });
  return {
    ...storage,
    async remove() {
      await storage.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
