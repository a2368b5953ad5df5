import type { ProgramStore } from "../../storage/index.ts";
import { hashContent, toCanonicalJson } from "./canonical-json.ts";
import type { ProgramFiles } from "./load-program-files.ts";

type Outcome = Awaited<ReturnType<ProgramStore["syncFiles"]>>;

/**
 * Brings the store to what the files say. What an admin changed at the desk stays until its file changes. Contents are
 * written with sorted keys, so that only what a file says counts as a change, not how it says it.
 */
export async function syncProgramFiles(
  files: Pick<ProgramFiles, "programs" | "lists">,
  store: ProgramStore,
  at: Date,
): Promise<{ programs: Outcome; lists: Outcome }> {
  const origin = { actor: "system:sync" };
  const programs = await store.syncFiles(
    files.programs.map((program) => ({ programId: program.id, ...toContent(program) })),
    at,
    origin,
  );
  const lists = await store.syncListFiles(
    files.lists.map(({ entryId, list, content }) => ({ entryId, list, ...toContent(content) })),
    at,
    origin,
  );
  return { programs, lists };
}

export function toContent(value: unknown): { content: unknown; contentHash: string } {
  return { content: JSON.parse(toCanonicalJson(value)), contentHash: hashContent(value) };
}
