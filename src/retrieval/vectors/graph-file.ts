import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { VectorGraph } from "./vector-graph.ts";

const noteSchema = z.object({
  /** Of the vector file that the graph was built over. */
  vectorsChecksum: z.string(),
  graphChecksum: z.string(),
  breadth: z.number().int().positive(),
  recall: z.number(),
  contained: z.array(z.number().int().nonnegative()),
});

export interface StoredGraph {
  graph: VectorGraph;
  recall: number;
}

/** The graph as hnswlib writes it, and beside it a note that says what it belongs to. */
export async function writeGraphFiles(
  path: string,
  graph: VectorGraph,
  about: { vectorsChecksum: string; recall: number },
): Promise<void> {
  const temporary = `${path}.new`;
  await graph.write(temporary);
  const note: z.infer<typeof noteSchema> = {
    ...about,
    graphChecksum: await checksumOf(temporary),
    breadth: graph.breadth,
    contained: [...graph.contained()],
  };
  await rename(temporary, path);
  await writeFile(`${path}.json.new`, JSON.stringify(note));
  await rename(`${path}.json.new`, `${path}.json`);
}

/** Undefined when there is none for these vectors, or when it is damaged. */
export async function readGraphFiles(
  path: string,
  vectors: { checksum: string; dimensions: number },
): Promise<StoredGraph | undefined> {
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(`${path}.json`, "utf8")));
    if (note.vectorsChecksum !== vectors.checksum) return undefined;
    if ((await checksumOf(path)) !== note.graphChecksum) return undefined;
    const contained = new Set(note.contained);
    const graph = await VectorGraph.read(path, vectors.dimensions, contained, note.breadth);
    return { graph, recall: note.recall };
  } catch {
    return undefined;
  }
}

export async function removeGraphFiles(path: string): Promise<void> {
  for (const file of [path, `${path}.json`, `${path}.new`, `${path}.json.new`])
    await rm(file, { force: true });
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
