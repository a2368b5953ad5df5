/**
 * Ranking quality on a set of one's own: `node scripts/measure-ranking.ts PASSAGES.jsonl QUERIES.jsonl [--home PLACES] [--misses]`.
 * Passages `{id, title?, text, heading?, places?}`; queries `{id, query, relevant: [passage ids], context?: [earlier]}`.
 * The passages go through the same retriever as everything else, in a data directory that is thrown away.
 * Passages with `document` become clauses of that document (all of one document must stand together); others are
 * passages of one collection.
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createRetriever } from "../src/retrieval/index.ts";
import { type DocumentId, silentLogger, systemClock, type VersionId } from "../src/shared/index.ts";
import { type NewVersion, openStorage, type Storage } from "../src/storage/index.ts";
import { measureRanking, type RankedQuery } from "./measure-ranking/measures.ts";

const name = z.union([z.string(), z.number()]).transform(String);
const passageSchema = z.object({
  id: name,
  title: z.string().optional(),
  text: z.string(),
  heading: z.array(z.string()).default([]),
  places: z.array(z.string()).default([]),
  document: z.string().optional(),
});
const querySchema = z.object({
  id: name,
  query: z.string(),
  relevant: z.array(name),
  context: z.array(z.string()).default([]),
});
type Passage = z.output<typeof passageSchema>;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { home: { type: "string", default: "" }, misses: { type: "boolean", default: false } },
});
const [passagesPath, queriesPath] = positionals;
if (!passagesPath || !queriesPath) {
  console.error(
    "用法：node scripts/measure-ranking.ts 段落.jsonl 问题.jsonl [--home 上海市,奉贤区] [--misses]",
  );
  process.exitCode = 2;
} else {
  await measure(passagesPath, queriesPath);
}

async function* readLines<Value>(path: string, schema: z.ZodType<Value>): AsyncGenerator<Value> {
  for await (const line of createInterface({ input: createReadStream(path, "utf8") })) {
    if (line.trim() !== "") yield schema.parse(JSON.parse(line));
  }
}

async function fill(storage: Storage, path: string): Promise<void> {
  let open: Passage[] = [];
  let number = 0;
  const flush = async () => {
    if (open.length > 0) await storage.knowledge.saveVersion(toVersion(open, number));
    number += 1;
    open = [];
  };
  for await (const passage of readLines(path, passageSchema)) {
    if (open.length > 0 && open[0]?.document !== passage.document) await flush();
    open.push(passage);
  }
  await flush();
}

function toVersion(passages: readonly Passage[], number: number): NewVersion {
  const [first] = passages;
  const isDocument = first?.document !== undefined;
  const title = isDocument ? (first.title ?? "") : "";
  return {
    collection: "measure",
    sourceKey: String(number),
    documentId: `document-${number}` as DocumentId,
    versionId: `version-${number}` as VersionId,
    title: title || String(number),
    contentHash: String(number),
    parserRevision: 1,
    text: "",
    metadata: { title, places: first?.places ?? [] },
    outline: [],
    warnings: [],
    clauses: passages.map((passage, ordinal) => ({
      ordinal,
      section: passage.id,
      level: 1,
      heading: isDocument ? passage.heading : passage.title ? [passage.title, ...passage.heading] : [],
      text: passage.text,
      start: 0,
      end: passage.text.length,
      page: null,
      passageId: isDocument ? null : passage.id,
    })),
    at: new Date(0),
    publish: true,
  };
}

async function measure(passages: string, queries: string): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-ranking-"));
  const storage = await openStorage({ dataDirectory });
  try {
    await fill(storage, passages);
    const retriever = await createRetriever({
      knowledgeStore: storage.knowledge,
      embeddingStore: storage.embeddings,
      dataDirectory,
      lexiconDirectory: resolve(import.meta.dirname, "../knowledge/lexicon"),
      homePlaces: options.home === "" ? [] : options.home.split(","),
      clock: systemClock,
      logger: silentLogger,
    });
    const ranked: RankedQuery[] = [];
    for await (const { query, relevant, context } of readLines(queries, querySchema)) {
      const { hits } = await retriever.search(query, { top: 100 }, context);
      const found = hits.map(({ clause }) => clause.passageId ?? clause.section);
      ranked.push({ found, relevant: new Set(relevant) });
      if (options.misses && !relevant.includes(found[0] ?? "")) {
        console.log(`✗ ${query}\n    ${hits[0]?.clause.text.slice(0, 100) ?? "（无结果）"}`);
      }
    }
    console.log(JSON.stringify({ passages: retriever.size, ...measureRanking(ranked) }));
    await retriever.close();
  } finally {
    await storage.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
