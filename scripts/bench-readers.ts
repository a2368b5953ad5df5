/**
 * Pages a second and memory of every reader, through the reading process and without it, beside what the libraries alone
 * take in the same run:
 *   node scripts/bench-readers.ts [--formats docx,pdf,…] [--pages 100] [--seconds 3] [--scans 60] [--seed 7]
 * The files are generated (invented text). A page of a format without pages is 616 characters, as GB/T 9704 sets it.
 * `--scans`: so many scanned pages in a row in one process, memory printed; 0 leaves it out.
 */
import { parseArgs } from "node:util";
import { FORMAT_READERS } from "../src/readers/host/format-readers.ts";
import { createDocumentReader, DEFAULT_READ_LIMITS } from "../src/readers/index.ts";
import { type Cost, describeLoad, measure } from "./bench-ingest/meter.ts";
import { makeSample, SAMPLE_NAMES, type Sample, scanGenerated } from "./bench-readers/make-samples.ts";
import { floorOf, watchInference } from "./bench-readers/run-floor.ts";
import { readChild, watchChildren } from "./bench-readers/watch-child.ts";

const { values } = parseArgs({
  options: {
    formats: { type: "string", default: SAMPLE_NAMES.join(",") },
    pages: { type: "string", default: "100" },
    seconds: { type: "string", default: "3" },
    scans: { type: "string", default: "60" },
    seed: { type: "string", default: "7" },
  },
});
const seconds = Number(values.seconds);

interface Rate extends Cost {
  pages: number;
}

/** Once without counting, then again and again for a while. */
async function repeat(pages: number, work: () => Promise<unknown>): Promise<Rate> {
  await work();
  const rate: Rate = { pages: 0, wall: 0, processor: 0 };
  while (rate.wall < seconds) {
    const { cost } = await measure(work);
    rate.pages += pages;
    rate.wall += cost.wall;
    rate.processor += cost.processor;
  }
  return rate;
}

function show(name: string, { pages, wall, processor }: Rate, note = ""): void {
  const perSecond = pages / wall;
  const each = (total: number) => Number(((total * 1000) / pages).toPrecision(3));
  console.log(
    `  ${name.padEnd(14, "　")} ${perSecond.toFixed(perSecond < 10 ? 2 : 0).padStart(7)} 页/秒   每页 ${each(wall)} 毫秒（处理器 ${each(processor)}）${note}`,
  );
}

async function readInProcess({ format, bytes, fileName }: Sample): Promise<unknown> {
  const read = await FORMAT_READERS[format]();
  return read(bytes.slice(), { fileName, limits: DEFAULT_READ_LIMITS });
}

/** Through the process, as the service reads. Processor time is that of both sides. */
async function measureWhole(sample: Sample): Promise<void> {
  const reader = createDocumentReader();
  try {
    const read = () => reader.read({ bytes: sample.bytes.slice(), fileName: sample.fileName });
    const children = watchChildren();
    await read();
    children.look();
    const rate: Rate = { pages: 0, wall: 0, processor: 0 };
    while (rate.wall < seconds) {
      const { cost } = await measure(read);
      children.look();
      rate.pages += sample.pages;
      rate.wall += cost.wall;
      rate.processor += cost.processor;
    }
    const processor = rate.processor + children.processor();
    const peak = children.peakMb();
    const memory = peak > 0 ? `，读取进程内存峰值 ${peak.toFixed(0)} MB` : "，在服务进程内读取";
    show("经读取进程", { ...rate, processor }, memory);
  } finally {
    await reader.close();
  }
}

async function measureSample(name: string): Promise<void> {
  const sample = await makeSample(name, Number(values.pages), Number(values.seed));
  if (!sample) {
    console.log(`${name}：没有这种格式；可选 ${SAMPLE_NAMES.join("、")}`);
    return;
  }
  const { bytes, pages } = sample;
  console.log(`${name}：${(bytes.length / 1024).toFixed(0)} KB，${pages.toFixed(0)} 页，${describeLoad()}`);
  await measureWhole(sample);
  const recognises = name === "scan" || name === "image";
  const inference = recognises ? await watchInference() : undefined;
  const direct = await measureDirect(sample, inference);
  const floor = floorOf(sample);
  if (!floor) return;
  const least = await repeat(pages, () => floor.run(bytes));
  const times = (direct.processor / direct.pages / (least.processor / least.pages)).toFixed(1);
  show(floor.label, least, `；读取为其 ${times} 倍`);
}

async function measureDirect(sample: Sample, inference: (() => number) | undefined): Promise<Rate> {
  await readInProcess(sample);
  const before = inference?.() ?? 0;
  const rate = await repeat(sample.pages, () => readInProcess(sample));
  const share = inference && (inference() - before) / (rate.wall * (1 + sample.pages / rate.pages));
  show("不经读取进程", rate, share === undefined ? "" : `；其中模型推理占 ${(share * 100).toFixed(0)}%`);
  return rate;
}

const PAGES_A_FILE = 6;

/** File after file in one process: what a page leaves behind would add up. */
async function readScans(pages: number): Promise<void> {
  const bytes = await scanGenerated(PAGES_A_FILE, Number(values.seed));
  const reader = createDocumentReader();
  const children = watchChildren();
  const memory: string[] = [];
  const total: Rate = { pages: 0, wall: 0, processor: 0 };
  try {
    while (total.pages < pages) {
      const { cost } = await measure(() => reader.read({ bytes: bytes.slice(), fileName: "扫描件.pdf" }));
      total.pages += PAGES_A_FILE;
      total.wall += cost.wall;
      children.look();
      memory.push(`${total.pages} 页 ${readChild()?.residentMb.toFixed(0) ?? "未知"}`);
    }
    const each = (seconds: number) => (seconds / total.pages).toFixed(2);
    console.log(
      `连续识别 ${total.pages} 页：每页 ${each(total.wall)} 秒（读取进程处理器 ${each(children.processor("start"))} 秒），${describeLoad()}`,
    );
    console.log(`  读取进程常驻内存（MB）：${memory.join("，")}；峰值 ${children.peakMb().toFixed(0)}`);
  } finally {
    await reader.close();
  }
}

for (const name of values.formats.split(",")) await measureSample(name);
if (Number(values.scans) > 0) await readScans(Number(values.scans));
