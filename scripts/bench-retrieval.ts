/**
 * Times the whole query path beside bare libraries over the same generated clauses and questions:
 * `node scripts/bench-retrieval.ts [--sizes 1000,10000,100000] [--questions 300] [--only xiance,minisearch,orama,fts5]`.
 * The corpus comes from a seeded generator (see generate-corpus.ts). The vector stage runs on a stand-in of 512 dimensions.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import type { BenchResult, BenchTask, Contestant } from "./bench-retrieval/contestant.ts";
import { generateQuestions } from "./bench-retrieval/generate-corpus.ts";

interface Entry {
  name: string;
  label: string;
  load(): Promise<Contestant>;
}

const CONTESTANTS: readonly Entry[] = [
  {
    name: "xiance",
    label: "贤策：建索引后",
    load: async () => (await import("./bench-retrieval/run-xiance.ts")).runBuild,
  },
  {
    name: "xiance",
    label: "贤策：载入快照",
    load: async () => (await import("./bench-retrieval/run-xiance.ts")).runLoaded,
  },
  {
    name: "xiance",
    label: "贤策：加向量（首次）",
    load: async () => (await import("./bench-retrieval/run-xiance.ts")).runWithVectors,
  },
  {
    name: "xiance",
    label: "贤策：加向量（载入）",
    load: async () => (await import("./bench-retrieval/run-xiance.ts")).runWithVectors,
  },
  {
    name: "minisearch",
    label: "MiniSearch（jieba）",
    load: async () => (await import("./bench-retrieval/run-minisearch.ts")).runMiniSearch,
  },
  {
    name: "orama",
    label: "Orama（Mandarin）",
    load: async () => (await import("./bench-retrieval/run-orama.ts")).runOrama,
  },
  {
    name: "fts5",
    label: "SQLite FTS5（二元字组）",
    load: async () => (await import("./bench-retrieval/run-fts5.ts")).runFts5,
  },
];

const SEED = 20_240_426;
/** A library that has not finished by then is left out of the table. */
const TIME_LIMIT_MS = 15 * 60_000;
const run = promisify(execFile);

const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,10000" },
    questions: { type: "string", default: "300" },
    only: { type: "string", default: "xiance,minisearch,orama,fts5" },
    /** Inner use: one contestant in this process. */
    entry: { type: "string" },
    directory: { type: "string", default: "" },
  },
});

if (options.entry === undefined) await compareAll();
else console.log(JSON.stringify(await runOne(Number(options.entry))));

function createTask(size: number, directory: string): BenchTask {
  return { size, seed: SEED, questions: generateQuestions(Number(options.questions), SEED + 1), directory };
}

async function runOne(entry: number): Promise<BenchResult> {
  const contestant = await CONTESTANTS[entry]?.load();
  if (!contestant) throw new RangeError(`no contestant ${entry}`);
  return contestant(createTask(Number(options.sizes), options.directory));
}

async function compareAll(): Promise<void> {
  const wanted = options.only.split(",");
  console.log(`生成的语料（种子 ${SEED}，非真实文本），每次查询取前 10 条，${options.questions} 个问题。\n`);
  for (const size of options.sizes.split(",").map(Number)) {
    const directory = await mkdtemp(join(tmpdir(), "xiance-bench-"));
    if (wanted.includes("xiance")) {
      const { fillStorage } = await import("./bench-retrieval/run-xiance.ts");
      await fillStorage(createTask(size, directory));
    }
    console.log(`## ${size.toLocaleString("en")} 条\n`);
    console.log("| | 建立 s | 载入 ms | 大小 MB | 峰值内存 MB | p50 ms | p95 ms | p95 倍数 |");
    console.log("|---|---|---|---|---|---|---|---|");
    let reference: number | undefined;
    for (const [index, entry] of CONTESTANTS.entries()) {
      if (!wanted.includes(entry.name)) continue;
      const result = await runInChild(index, size, directory);
      if (result && entry.label.includes("加向量（载入）")) reference = result.query.p95;
      console.log(formatRow(entry.label, result, reference));
    }
    console.log("");
    await rm(directory, { recursive: true, force: true });
  }
}

async function runInChild(entry: number, size: number, directory: string): Promise<BenchResult | undefined> {
  const parameters = ["--entry", String(entry), "--sizes", String(size), "--directory", directory];
  try {
    const { stdout } = await run(
      process.execPath,
      [import.meta.filename, ...parameters, "--questions", options.questions],
      { timeout: TIME_LIMIT_MS, maxBuffer: 1 << 24 },
    );
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  } catch (thrown) {
    console.error(`${CONTESTANTS[entry]?.label}: ${String(thrown).split("\n").slice(0, 12).join("\n")}`);
    return undefined;
  }
}

function formatRow(label: string, result: BenchResult | undefined, reference: number | undefined): string {
  if (!result) return `| ${label} | 未完成 | | | | | | |`;
  const show = (value: number | undefined, digits = 0) => (value === undefined ? "–" : value.toFixed(digits));
  const seconds = result.buildMs === undefined ? undefined : result.buildMs / 1000;
  const ratio = reference === undefined ? "" : `${(result.query.p95 / reference).toFixed(1)}×`;
  const cells = [
    show(seconds, 1),
    show(result.loadMs),
    show(result.sizeMb, 1),
    show(result.peakMb),
    show(result.query.p50, 2),
    show(result.query.p95, 2),
    ratio,
  ];
  return `| ${label} | ${cells.join(" | ")} |${result.note ? ` ${result.note}` : ""}`;
}
