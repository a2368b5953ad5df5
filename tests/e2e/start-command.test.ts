import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { spawnService } from "../support/spawn-service.ts";

const ADDRESS = /网页问答：(http:\/\/127\.0\.0\.1:\d+)/;
let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-start-"));
});

afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

it("starts on the shipped knowledge, answers, says what is off, and stops at a signal", async () => {
  const service = spawnService(data);
  const [, address = ""] = await service.says(ADDRESS);
  // The report comes line by line.
  for (const line of [/FEISHU_APP_ID/, /OPENAI_API_KEY/, /EMBEDDING_MODEL/]) await service.says(line);
  expect(service.stdout()).toMatch(/知识库：1 份文件，\d+ 个条款/);
  const response = await fetch(`${address}/api/v1/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question: "天使轮项目有什么基金可以对接？" }),
  });
  expect(await response.json()).toMatchObject({ kind: "answered" });
  service.signal("SIGTERM");
  expect(await service.exit()).toBe(0);
  expect(service.stdout()).toContain("已停止。");
  expect(service.stderr()).toBe("");
});

it("leaves the data directory and the port to the first process", async () => {
  const first = spawnService(data);
  const [, address = ""] = await first.says(ADDRESS);
  const second = spawnService(data);
  expect(await second.exit()).toBe(1);
  expect(second.stderr()).toMatch(/^错误：数据目录正被另一个贤策进程使用.*（编号 [0-9a-f]{8}）\n$/);
  const elsewhere = await mkdtemp(join(tmpdir(), "xiance-start-"));
  const third = spawnService(elsewhere, { XIANCE_HTTP_PORT: new URL(address).port });
  expect(await third.exit()).toBe(1);
  expect(third.stderr()).toMatch(/^错误：端口 \d+ 已被占用。.*XIANCE_HTTP_PORT/);
  await rm(elsewhere, { recursive: true, force: true });
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
});

it("speaks JSON to programs", async () => {
  const service = spawnService(data, {}, ["--json"]);
  const [line] = await service.says(/^\{.*\}\n/);
  expect(JSON.parse(line)).toMatchObject({ address: expect.stringMatching(/^http:/), documents: 1 });
  service.signal("SIGINT");
  expect(await service.exit()).toBe(0);
  expect(service.stdout()).toBe(line);
});

it("ends with a clear line and an error code when something was not caught", async () => {
  const fault = "process.once('SIGUSR2', () => Promise.reject(new Error('planted')))";
  const service = spawnService(data, {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
  });
  await service.says(ADDRESS);
  service.signal("SIGUSR2");
  expect(await service.exit()).toBe(1);
  expect(service.stderr()).toContain("错误：程序遇到未预料的问题，即将退出");
  expect(service.stderr()).toContain("planted");
});
