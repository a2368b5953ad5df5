import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const KNOWLEDGE_DIRECTORY = resolve(import.meta.dirname, "../../knowledge");

export interface ProgramDirectory {
  /** To be given to `loadProgramFiles`. */
  path: string;
  /** Writes a file beneath `programs/`. */
  write(name: string, text: string): Promise<void>;
  /** Rewrites a shipped file of `programs/`, found by how its name begins. */
  change(prefix: string, change: (text: string) => string): Promise<void>;
  remove(): Promise<void>;
}

/** A copy of the shipped `knowledge/programs/` that a test may spoil. */
export async function copyProgramDirectory(): Promise<ProgramDirectory> {
  const path = await mkdtemp(join(tmpdir(), "xiance-programs-"));
  const programs = join(path, "programs");
  await cp(join(KNOWLEDGE_DIRECTORY, "programs"), programs, { recursive: true });
  return {
    path,
    write: (name, text) => writeFile(join(programs, name), text),
    async change(prefix, change) {
      const folder = prefix.startsWith("lists/") ? "lists" : "";
      const start = prefix.replace(/^lists\//, "");
      const name = (await readdir(join(programs, folder))).find((file) => file.startsWith(start));
      if (name === undefined) throw new Error(`no program file ${prefix}`);
      const file = join(programs, folder, name);
      const before = await readFile(file, "utf8");
      const after = change(before);
      if (after === before) throw new Error(`the change of ${prefix} changes nothing`);
      await writeFile(file, after);
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
