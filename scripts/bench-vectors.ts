import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openVectorIndex, type VectorIndex } from "../src/retrieval/vectors/index.ts";
import { silentLogger } from "../src/shared/index.ts";
import { listClusteredVectors } from "../tests/support/sample-vectors.ts";

// Exact search beside the graph over the same vectors: node scripts/bench-vectors.ts [--sizes 1000,10000] [--dimensions 512]

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,10000,50000,100000" },
    dimensions: { type: "string", default: "512" },
    questions: { type: "string", default: "200" },
    json: { type: "boolean", default: false },
  },
});
const dimensions = Number(values.dimensions);
const questionCount = Number(values.questions);
const NEAREST = 10;

interface Measure {
  size: number;
  strategy: string;
  buildSeconds: number;
  p50Ms: number;
  p95Ms: number;
  recall: number;
  breadth?: number;
  saveSeconds: number;
  loadSeconds: number;
  residentMb: number;
}

async function measure(
  size: number,
  exactUpTo: number,
  expected?: string[][],
): Promise<[Measure, string[][]]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-vectors-"));
  const options = { directory, modelName: "bench", dimensions, logger: silentLogger, exactUpTo };
  try {
    const index = await openVectorIndex(options);
    const questions = fill(index, size);
    const [, buildSeconds] = await timed(() => index.optimize());
    const times: number[] = [];
    const found = questions.map((question) => {
      const start = performance.now();
      const hits = index.search(question, NEAREST);
      times.push(performance.now() - start);
      return hits.map(({ key }) => key);
    });
    const { strategy, breadth } = index.describe();
    const [, saveSeconds] = await timed(() => index.save(1));
    index.close();
    const [, loadSeconds] = await timed(() => openVectorIndex(options));
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    return [
      {
        ...{ size, strategy, buildSeconds, p50Ms: at(0.5), p95Ms: at(0.95) },
        ...{ recall: recallOf(found, expected ?? found), saveSeconds, loadSeconds },
        residentMb: process.memoryUsage.rss() / 1e6,
        ...(breadth !== undefined && { breadth }),
      },
      found,
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Returns questions drawn like the vectors, but not among them. */
function fill(index: VectorIndex, size: number): Float32Array[] {
  const questions: Float32Array[] = [];
  const step = Math.floor(size / questionCount) || 1;
  let number = 0;
  for (const vector of listClusteredVectors(size + questionCount, dimensions)) {
    if (questions.length < questionCount && number % (step + 1) === step) questions.push(vector);
    else index.upsert([`k${number}`], [vector]);
    number += 1;
  }
  return questions;
}

function recallOf(found: readonly string[][], expected: readonly string[][]): number {
  let hits = 0;
  let total = 0;
  for (const [question, truth] of expected.entries()) {
    total += truth.length;
    for (const key of found[question] ?? []) if (truth.includes(key)) hits += 1;
  }
  return total === 0 ? 1 : hits / total;
}

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

for (const size of values.sizes.split(",").map(Number)) {
  const [exact, truth] = await measure(size, Number.POSITIVE_INFINITY);
  const [graph] = await measure(size, 0, truth);
  for (const line of [exact, graph]) {
    if (values.json) console.log(JSON.stringify(line));
    else
      console.log(
        `${String(line.size).padStart(7)}  ${line.strategy.padEnd(5)}  build ${line.buildSeconds.toFixed(1).padStart(6)} s` +
          `  p50 ${line.p50Ms.toFixed(2).padStart(6)} ms  p95 ${line.p95Ms.toFixed(2).padStart(6)} ms  recall@10 ${line.recall.toFixed(3)}` +
          `  save ${line.saveSeconds.toFixed(2)} s  load ${line.loadSeconds.toFixed(2)} s  rss ${line.residentMb.toFixed(0)} MB` +
          (line.breadth === undefined ? "" : `  ef ${line.breadth}`),
      );
  }
}
