/**
 * Reads generated documents into a fresh knowledge base and brings the index up to date, as `ingest --publish` and the
 * next question do; then asks, lists and watches over them, closes and opens again:
 *   node scripts/bench-ingest.ts [--documents 1000] [--seed 7] [--questions 100] [--again] [--keep <folder>]
 * The documents come from a seeded generator (bench-ingest/generate-documents.ts). `--again` reads them a second time, and
 * brings the folder in twice as `plans` are brought in. `--keep` leaves the data directory there, for bench-publish; `--opened`
 * asks and lists over one that is there, without reading anything in.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Application } from "../src/app.ts";
import { systemClock, toShanghaiDay } from "../src/shared/index.ts";
import { askQuestions } from "./bench-ingest/ask-questions.ts";
import { generateDocuments, generateQuestions } from "./bench-ingest/generate-documents.ts";
import {
  type Cost,
  describeCost,
  describeLoad,
  describeSpread,
  measure,
  residentMb,
} from "./bench-ingest/meter.ts";
import { ADMIN, INSIDER, openBench } from "./bench-ingest/open-bench.ts";
import { peakMemoryMb } from "./bench-retrieval/measure.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "1000" },
    seed: { type: "string", default: "7" },
    questions: { type: "string", default: "100" },
    again: { type: "boolean", default: false },
    keep: { type: "string" },
    opened: { type: "boolean", default: false },
  },
});
const count = Number(values.documents);
const seed = Number(values.seed);
const directory = values.keep ? resolve(values.keep) : await mkdtemp(join(tmpdir(), "xiance-bench-ingest-"));
const sources = join(directory, "documents");
const STEPS = 10;

async function writeDocuments(): Promise<{ paths: string[]; characters: number }> {
  await mkdir(sources, { recursive: true });
  const paths: string[] = [];
  let characters = 0;
  for (const { fileName, text } of generateDocuments(count, seed)) {
    const path = join(sources, fileName);
    await writeFile(path, text);
    paths.push(path);
    characters += text.length;
  }
  return { paths, characters };
}

/** Returns clauses read in; a line for each tenth, which shows what grows with the number of documents. */
async function ingestAll({ knowledge }: Application, paths: readonly string[]): Promise<number> {
  const step = Math.ceil(paths.length / STEPS);
  let clauses = 0;
  for (let from = 0; from < paths.length; from += step) {
    const part = paths.slice(from, from + step);
    const { cost } = await measure(async () => {
      for (const path of part) clauses += (await knowledge.ingestFile(path, { publish: true })).clauses;
    });
    const each = (seconds: number) => ((seconds * 1000) / part.length).toFixed(1);
    console.log(
      `  ${String(from + part.length).padStart(6)} 份 ${String(clauses).padStart(7)} 段：每份 ${each(cost.wall)} 毫秒` +
        `（处理器 ${each(cost.processor)}），常驻内存 ${residentMb().toFixed(0)} MB，${describeLoad()}`,
    );
  }
  return clauses;
}

function report(name: string, clauses: number, ingest: Cost, index: Cost): void {
  const seconds = ingest.wall + index.wall;
  console.log(
    [
      `${name}：读入 ${describeCost(ingest)}，索引 ${describeCost(index)}`,
      `${(count / seconds).toFixed(1)} 份/秒`,
      `${Math.round(clauses / seconds)} 段/秒`,
      `常驻内存 ${residentMb().toFixed(0)} MB，峰值 ${peakMemoryMb().toFixed(0)} MB`,
    ].join("，"),
  );
}

async function ingestOnce(application: Application, paths: readonly string[], name: string): Promise<void> {
  const read = await measure(() => ingestAll(application, paths));
  const index = await measure(() => application.retriever.refresh());
  report(name, read.outcome, read.cost, index.cost);
}

async function syncTwice({ knowledge }: Application): Promise<void> {
  for (const name of ["同步目录（首次）", "同步目录（未变）"]) {
    const { outcome, cost } = await measure(() => knowledge.syncDirectory(sources, "synced"));
    const { added, changed, unchanged, failed } = outcome;
    const counts = `新增 ${added.length}，更新 ${changed.length}，未变 ${unchanged.length}，失败 ${failed.length}`;
    console.log(`${name}：${describeCost(cost)}；${counts}，常驻内存 ${residentMb().toFixed(0)} MB`);
  }
}

const questions = generateQuestions(Number(values.questions), seed + 1);

async function ask(
  name: string,
  application: Application,
  request?: Parameters<typeof askQuestions>[2],
): Promise<void> {
  const { costs, answered } = await askQuestions(application, questions, request);
  console.log(`${name}：${describeSpread(costs)}，答出 ${answered}/${questions.length}，${describeLoad()}`);
}

async function askAll(application: Application): Promise<void> {
  const first = await measure(() => application.answerer.answerQuestion({ question: questions[0] ?? "" }));
  console.log(`首个问题（目录和关系尚未算过）：${describeCost(first.cost, 3)}`);
  await ask("提问，全部公开", application);
  const today = toShanghaiDay(systemClock());
  await ask("提问，--as-of 今天", application, { asOf: today });
  await ask("提问，--as-of 2024-06-01", application, { asOf: "2024-06-01" });
  const [document] = await application.storage.knowledge.listDocuments({ collection: "ingest" });
  if (!document) return;
  await application.publishing.review.setVisibility(document.documentId, { kind: "internal" }, ADMIN);
  await ask("提问，一份内部文件，公众", application);
  await ask("提问，一份内部文件，专员", application, { audience: INSIDER });
  await application.publishing.review.setVisibility(document.documentId, { kind: "public" }, ADMIN);
}

async function listAll({ publishing }: Application): Promise<void> {
  const all = await measure(() => publishing.review.listDocuments(ADMIN));
  console.log(`文件列表（${all.outcome.length} 份）：${describeCost(all.cost, 2)}`);
  const some = await measure(() => publishing.review.listDocuments(ADMIN, { search: "云川市科技创新" }));
  console.log(`文件列表，按名称（${some.outcome.length} 份）：${describeCost(some.cost, 2)}`);
  const watched = await measure(() => publishing.watch());
  console.log(`watch（${watched.outcome.length} 条）：${describeCost(watched.cost, 2)}`);
  const audit = await measure(() => publishing.audit.verify(ADMIN));
  console.log(`审计核验（${audit.outcome.entries} 条）：${describeCost(audit.cost, 2)}`);
}

try {
  const { paths, characters } = values.opened ? { paths: [], characters: 0 } : await writeDocuments();
  const application = await openBench(directory);
  console.log(
    `生成文件 ${count} 份（种子 ${seed}），${(characters / 1e6).toFixed(1)} 百万字；打开后常驻内存 ${residentMb().toFixed(0)} MB`,
  );
  if (!values.opened) await ingestOnce(application, paths, "首次读入");
  await askAll(application);
  await listAll(application);
  if (values.again) {
    await ingestOnce(application, paths, "再次读入（未变）");
    await syncTwice(application);
  }
  const closing = await measure(() => application.close());
  const reopened = await measure(() => openBench(directory));
  console.log(
    `关闭 ${describeCost(closing.cost)}；再次打开 ${describeCost(reopened.cost)}（${reopened.outcome.retriever.describe()[0]}）`,
  );
  const answer = await measure(() =>
    reopened.outcome.answerer.answerQuestion({ question: questions[0] ?? "" }),
  );
  console.log(
    `打开后的首个回答：${describeCost(answer.cost, 2)}；常驻内存 ${residentMb().toFixed(0)} MB，峰值 ${peakMemoryMb().toFixed(0)} MB`,
  );
  await reopened.outcome.close();
} finally {
  if (!values.keep) await rm(directory, { recursive: true, force: true });
}
