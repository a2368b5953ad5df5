/**
 * From the start of the process to the first answer over the shipped knowledge, as whole processes, medians:
 * `node scripts/bench-start.ts [--runs 5]`. Cold: an empty data directory; warm: one that an earlier process left.
 * (The files of the operating system's cache are warm in both.)
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
const MAIN = resolve(import.meta.dirname, "../src/main.ts");
const QUESTION = "天使轮项目有什么基金可以对接";

interface Times {
  /** Milliseconds since the process was started. */
  listening: number;
  answered: number;
}

function launch(...words: string[]) {
  const environment = { PATH: process.env["PATH"] ?? "", XIANCE_HTTP_PORT: "0", LOG_LEVEL: "error" };
  return spawn(process.execPath, [MAIN, ...words], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function timeStart(data: string): Promise<Times> {
  const startedAt = performance.now();
  const child = launch("start", "--json", "--data", data);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const listening = performance.now() - startedAt;
  const { address } = JSON.parse(line.toString()) as { address: string };
  const response = await fetch(`${address}/api/v1/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question: QUESTION }),
  });
  const answer = (await response.json()) as { kind?: string };
  const answered = performance.now() - startedAt;
  if (answer.kind !== "answered") throw new Error(`no answer: ${JSON.stringify(answer)}`);
  const ended = once(child, "close");
  child.kill("SIGTERM");
  await ended;
  return { listening, answered };
}

async function timeAsk(data: string): Promise<Times> {
  const startedAt = performance.now();
  const child = launch("ask", "--json", "--data", data, QUESTION);
  await once(child.stdout, "data");
  const answered = performance.now() - startedAt;
  await once(child, "close");
  return { listening: Number.NaN, answered };
}

async function repeat(measure: (data: string) => Promise<Times>, isWarm: boolean): Promise<Times[]> {
  const times: Times[] = [];
  let data = await mkdtemp(join(tmpdir(), "xiance-bench-start-"));
  if (isWarm) await measure(data);
  for (let run = 0; run < runs; run += 1) {
    times.push(await measure(data));
    if (isWarm) continue;
    await rm(data, { recursive: true });
    data = await mkdtemp(join(tmpdir(), "xiance-bench-start-"));
  }
  await rm(data, { recursive: true });
  return times;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function report(name: string, times: readonly Times[]): void {
  const seconds = (value: number) => `${(value / 1000).toFixed(2)} 秒`;
  const listening = median(times.map((each) => each.listening));
  const answered = times.map((each) => each.answered);
  const parts = [
    ...(Number.isNaN(listening) ? [] : [`可访问 ${seconds(listening)}`]),
    `首个回答 ${seconds(median(answered))}（${seconds(Math.min(...answered))}–${seconds(Math.max(...answered))}）`,
  ];
  console.log(`${name}：${parts.join("，")}`);
}

console.log(`各 ${runs} 次，取中位数，括号内为最快–最慢；目标：热启动到首个回答 ≤ 2 秒`);
report("start 冷", await repeat(timeStart, false));
report("start 热", await repeat(timeStart, true));
report("ask   冷", await repeat(timeAsk, false));
report("ask   热", await repeat(timeAsk, true));
