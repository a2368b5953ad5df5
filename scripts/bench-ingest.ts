/**
 * Reads generated documents into a fresh knowledge base and brings the index up to date, as `ingest --publish` and the
 * next question do: `node scripts/bench-ingest.ts [--documents 1000] [--seed 7] [--again]`.
 * The documents come from a seeded generator (bench-ingest/generate-documents.ts). `--again` reads them a second time.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Application, openApplication } from "../src/app.ts";
import { createProgressBar } from "../src/commands/progress-bar.ts";
import { processIo } from "../src/commands/run-command.ts";
import { readConfig } from "../src/config.ts";
import { createLogger, randomIds, systemClock } from "../src/shared/index.ts";
import { generateDocuments } from "./bench-ingest/generate-documents.ts";
import { peakMemoryMb } from "./bench-retrieval/measure.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "1000" },
    seed: { type: "string", default: "7" },
    again: { type: "boolean", default: false },
  },
});
const count = Number(values.documents);
const directory = await mkdtemp(join(tmpdir(), "xiance-bench-ingest-"));
const sources = join(directory, "documents");

async function writeDocuments(): Promise<{ paths: string[]; characters: number }> {
  await mkdir(sources);
  const paths: string[] = [];
  let characters = 0;
  for (const { fileName, text } of generateDocuments(count, Number(values.seed))) {
    const path = join(sources, fileName);
    await writeFile(path, text);
    paths.push(path);
    characters += text.length;
  }
  return { paths, characters };
}

/** Returns clauses read in. */
async function ingestAll({ knowledge }: Application, paths: readonly string[]): Promise<number> {
  const bar = await createProgressBar(processIo());
  let clauses = 0;
  for (const [index, path] of paths.entries()) {
    bar.update(index, paths.length, `份，${clauses} 段`);
    clauses += (await knowledge.ingestFile(path, { publish: true })).clauses;
  }
  bar.stop();
  return clauses;
}

async function timed<Outcome>(work: () => Promise<Outcome>): Promise<{ outcome: Outcome; seconds: number }> {
  const startedAt = performance.now();
  const outcome = await work();
  return { outcome, seconds: (performance.now() - startedAt) / 1000 };
}

function report(name: string, clauses: number, ingestSeconds: number, indexSeconds: number): void {
  const seconds = ingestSeconds + indexSeconds;
  console.log(
    [
      `${name}：共 ${seconds.toFixed(1)} 秒（读入 ${ingestSeconds.toFixed(1)}，索引 ${indexSeconds.toFixed(1)}）`,
      `${(count / seconds).toFixed(1)} 份/秒`,
      `${Math.round(clauses / seconds)} 段/秒`,
      `内存峰值 ${peakMemoryMb().toFixed(0)} MB`,
    ].join("，"),
  );
}

try {
  const { paths, characters } = await writeDocuments();
  const config = readConfig({}, { data: join(directory, "data") });
  const logger = createLogger("warn");
  const surroundings = { mode: "write", clock: systemClock, ids: randomIds, logger } as const;
  const application = await openApplication(config, surroundings);
  const opened = peakMemoryMb();
  const first = await timed(() => ingestAll(application, paths));
  const index = await timed(() => application.retriever.refresh());
  console.log(
    `生成文件 ${count} 份（种子 ${values.seed}），${(characters / 1e6).toFixed(1)} 百万字，${first.outcome} 段；打开后内存 ${opened.toFixed(0)} MB`,
  );
  report("首次读入", first.outcome, first.seconds, index.seconds);
  const query = await timed(() => application.retriever.search("企业联合攻关补助", { top: 10 }));
  console.log(
    `首次检索：${(query.seconds * 1000).toFixed(0)} 毫秒，${query.outcome.hits.length} 条；索引 ${application.retriever.size} 段`,
  );
  if (values.again) {
    const again = await timed(() => ingestAll(application, paths));
    const refresh = await timed(() => application.retriever.refresh());
    report("再次读入（未变）", again.outcome, again.seconds, refresh.seconds);
  }
  const closing = await timed(() => application.close());
  const reopened = await timed(() => openApplication(config, surroundings));
  console.log(
    `关闭（写快照）${closing.seconds.toFixed(1)} 秒；再次打开 ${reopened.seconds.toFixed(1)} 秒（${reopened.outcome.retriever.describe()[0]}）`,
  );
  await reopened.outcome.close();
} finally {
  await rm(directory, { recursive: true, force: true });
}
