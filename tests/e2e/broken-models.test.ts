import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
  deadEndpoint,
  type OpenAiServer,
  type OpenAiStep,
  startOpenAiServer,
} from "../support/openai-server.ts";
import { type Ended, expectNoInternals, runCommandLine } from "../support/run-command-line.ts";

const QUESTION = "天使轮项目有什么基金可以对接？";
const FUND = "天使投资引导基金";

let data: string;
const servers: OpenAiServer[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-models-"));
  await runCommandLine(["ask", "--data", data, QUESTION]);
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

afterAll(async () => {
  await rm(data, { recursive: true, force: true });
});

async function endpointThat(step: OpenAiStep | "is dead"): Promise<string> {
  if (step === "is dead") return deadEndpoint();
  const server = await startOpenAiServer();
  servers.push(server);
  server.answerWith(() => step);
  return server.baseUrl;
}

function askWithModel(baseUrl: string, ...flags: string[]): Promise<Ended> {
  const environment = { OPENAI_API_KEY: "topsecret", OPENAI_BASE_URL: baseUrl, LOG_LEVEL: "error" };
  return runCommandLine(["ask", ...flags, "--data", data, QUESTION], { environment });
}

const FAILURES: [string, OpenAiStep | "is dead"][] = [
  ["is dead", "is dead"],
  ["never answers", { kind: "hang" }],
  ["stops in the middle", { kind: "stall", body: '{"id":"chat' }],
  ["cuts the line", { kind: "cut", body: '{"id":' }],
  ["refuses the key", { kind: "status", status: 401 }],
  ["is overloaded for a minute", { kind: "status", status: 429, headers: { "retry-after": "60" } }],
  ["is broken", { kind: "status", status: 500, body: "<html>" }],
  ["shows a page to sign in", { kind: "raw", body: "<html>登录</html>", contentType: "text/html" }],
  ["talks nonsense", { kind: "answer", content: "bla bla 一定给一千万元，电话 021-55550000。" }],
  [
    "makes up an amount with a clause number",
    { kind: "answer", content: '{"sentences":[{"text":"可获一千万元补贴。","clauses":[1]}]}' },
  ],
];

// At the same time: two of them wait for the model's whole allowance.
it("gives the extractive answer whatever the model does, and says so", { timeout: 90_000 }, async () => {
  const runs = FAILURES.map(async ([name, step], index) => {
    // Two at once; the slow ones first.
    await new Promise((resolve) => setTimeout(resolve, index * 700));
    return [name, await askWithModel(await endpointThat(step))] as const;
  });
  for (const [name, ended] of await Promise.all(runs)) {
    expect(ended.code, name).toBe(0);
    expect(ended.stdout, name).toContain(FUND);
    expect(ended.stdout, name).not.toMatch(/一千万|021-|bla/);
    expect(ended.stderr, name).toMatch(/^提示：语言模型没有给出可用的回答，以上为原文摘录；.*doctor.*\n$/);
    expectNoInternals(ended);
  }
});

it("takes what a sound model says, labelled, without a remark", async () => {
  const content = '{"sentences":[{"text":"文件提出设立天使投资引导基金，面向前沿新兴领域。","clauses":[1]}]}';
  const ended = await askWithModel(await endpointThat({ kind: "answer", content }));
  expect(ended.stdout).toContain("文件提出设立天使投资引导基金，面向前沿新兴领域。");
  expect(ended.stdout).toMatch(/AI|人工智能/);
  expect(ended.stderr).toBe("");
});

it("labels the engine for programs", async () => {
  const ended = await askWithModel(await endpointThat({ kind: "status", status: 500 }), "--json");
  expect(JSON.parse(ended.stdout)).toMatchObject({ kind: "answered", engine: "rules" });
  expect(ended.stderr).toBe("");
});

it("doctor says what to do about a model that refuses", async () => {
  const baseUrl = await endpointThat({ kind: "status", status: 401 });
  const environment = { OPENAI_API_KEY: "topsecret", OPENAI_BASE_URL: baseUrl, LOG_LEVEL: "silent" };
  const ended = await runCommandLine(["doctor", "--data", data], { environment });
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/\[异常\] 语言模型：.*OPENAI_API_KEY/);
  expectNoInternals(ended);
});

it("goes by words when the embedding endpoint is dead or hangs; doctor and start say so", async () => {
  const hanging = await startOpenAiServer();
  servers.push(hanging);
  hanging.script(...Array.from({ length: 20 }, (): OpenAiStep => ({ kind: "hang" })));
  for (const baseUrl of [await deadEndpoint(), hanging.baseUrl]) {
    const environment = {
      ...{ EMBEDDING_MODEL: "m", EMBEDDING_API_KEY: "topsecret", EMBEDDING_BASE_URL: baseUrl },
      LOG_LEVEL: "error",
    };
    const [asked, doctor] = await Promise.all([
      runCommandLine(["ask", "--data", data, QUESTION], { environment }),
      runCommandLine(["doctor", "--data", data], { environment }),
    ]);
    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain(FUND);
    expect(asked.stderr).toMatch(/^提示：已配置的向量模型无法使用，本次按词语检索；.*doctor.*\n$/);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/\[异常\] 向量检索：.*EMBEDDING_BASE_URL/);
    expectNoInternals(doctor);
  }
});
