import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as waitFor } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runCommandLine } from "../support/run-command-line.ts";
import { spawnService } from "../support/spawn-service.ts";

const MAIN = join(import.meta.dirname, "../../src/main.ts");
const OLD = "云川市科技型企业房租补贴标准为每平方米十元。";
const NEW = "云川市科技型企业房租补贴标准为每平方米二十元。";
const QUESTION = "云川市科技型企业的房租补贴标准是多少？";

let directory: string;
let data: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "xiance-crash-"));
  data = join(directory, "data");
  file = join(directory, "房租补贴办法.txt");
  await writeFile(file, `云川市房租补贴办法\n${OLD}\n`);
  await runCommandLine(["ingest", "--publish", "--data", data, file]);
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function search(): Promise<string> {
  const { stdout } = await runCommandLine(["search", "--json", "--top", "3", "--data", data, QUESTION]);
  return (JSON.parse(stdout) as { hits: { text: string }[] }).hits.map(({ text }) => text).join("\n");
}

/** Kills it when the new version is being written: its pages spill into the log long before they are committed. */
async function ingestUntilKilled(): Promise<string> {
  const child = spawn(process.execPath, [MAIN, "ingest", "--publish", "--data", data, file]);
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  const ended = once(child, "close");
  for (let size = 0; size < 200_000 && child.exitCode === null; await waitFor(2))
    size = (await stat(join(data, "xiance.sqlite-wal")).catch(() => ({ size: 0 }))).size;
  child.kill("SIGKILL");
  await ended;
  return stdout;
}

it("answers from the old version after kill -9 in the middle of ingest, starts, and reads in again", async () => {
  const filler = Array.from({ length: 80_000 }, (_, number) => `云川市第${number}号园区受理企业的房租补贴。`);
  await writeFile(file, `云川市房租补贴办法\n${NEW}\n${filler.join("\n")}\n`);
  expect(await ingestUntilKilled()).toBe("");
  expect(await search()).toContain(OLD);

  const service = spawnService(data);
  const [, address = ""] = await service.says(/网页问答：(http:\S+)/);
  const response = await fetch(`${address}/api/v1/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question: QUESTION }),
  });
  const answer = JSON.stringify(await response.json());
  expect(answer).toContain(OLD);
  expect(answer).not.toContain(NEW);
  service.signal("SIGTERM");
  expect(await service.exit()).toBe(0);

  await writeFile(file, `云川市房租补贴办法\n${NEW}\n`);
  const again = await runCommandLine(["ingest", "--publish", "--data", data, file]);
  expect(again.stdout).toContain("更新");
  const found = await search();
  expect(found).toContain(NEW);
  expect(found).not.toContain(OLD);
}, 60_000);

it("leaves the data directory to a running service, says so, and asks beside it", async () => {
  const service = spawnService(data);
  await service.says(/网页问答：/);
  const [refused, asked] = await Promise.all([
    runCommandLine(["ingest", "--publish", "--data", data, file]),
    runCommandLine(["search", "--data", data, QUESTION]),
  ]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^错误：数据目录正被另一个贤策进程使用.*请先停止该进程.*\n$/);
  expect(asked.code).toBe(0);
  expect(asked.stdout).toContain(OLD);
});
