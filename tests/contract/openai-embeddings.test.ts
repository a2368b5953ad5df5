import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmbeddingModel } from "../../src/models/index.ts";
import { type AppError, createLogger, type Logger, silentLogger } from "../../src/shared/index.ts";
import { deadEndpoint, hashVector, type OpenAiServer, startOpenAiServer } from "../support/openai-server.ts";

const KEY = "sk-test-0123456789abcdef";

let server: OpenAiServer;
beforeEach(async () => {
  server = await startOpenAiServer();
});
afterEach(() => server.close());

const connect = (overrides: { model?: string; baseUrl?: string; logger?: Logger; timeoutMs?: number } = {}) =>
  createEmbeddingModel(
    {
      kind: "openai-compatible",
      model: overrides.model ?? "test-embedding",
      baseUrl: overrides.baseUrl ?? server.baseUrl,
      apiKey: KEY,
    },
    { logger: overrides.logger ?? silentLogger, timeoutMs: overrides.timeoutMs ?? 5000 },
  );
const connected = async (model?: string) => {
  const found = await connect(model === undefined ? {} : { model });
  if (!found) throw new Error("no model");
  server.requests.length = 0;
  return found;
};
const failureOf = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => {
      throw new Error("expected a failure");
    },
    (thrown) => thrown,
  );
const inputs = () => server.requests.map(({ body }) => (body as { input: string[] }).input);
const answer = (data: unknown) => ({ kind: "raw", body: JSON.stringify({ object: "list", data }) }) as const;
const listen = () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { logger: createLogger("trace", destination), text: () => lines.join("") };
};

test("asks the configured endpoint with its key for plain floats", async () => {
  const model = await connected();
  await model.embed(["政策"], "document");
  expect(server.requests[0]).toMatchObject({
    path: "/v1/embeddings",
    headers: { authorization: `Bearer ${KEY}` },
    body: { model: "test-embedding", input: ["政策"], encoding_format: "float" },
  });
});

test("sends large amounts in batches", async () => {
  const model = await connected();
  await model.embed(
    Array.from({ length: 130 }, (_, number) => `第${number}条`),
    "document",
  );
  expect(inputs().map((input) => input.length)).toEqual([64, 64, 2]);
});

test("halves the batch where the endpoint takes less, and remembers it", async () => {
  const model = await connected();
  const texts = Array.from({ length: 20 }, (_, number) => `第${number}条`);
  server.script({ kind: "status", status: 400 });
  const vectors = await model.embed(texts, "document");
  expect(inputs().map((input) => input.length)).toEqual([20, 10, 10]);
  expect(vectors[13]).toEqual((await model.embed([texts[13] ?? ""], "document"))[0]);
  server.requests.length = 0;
  await model.embed(texts, "document");
  expect(inputs().map((input) => input.length)).toEqual([10, 10]);
});

test("puts the family's prefix in front of questions only", async () => {
  const model = await connected("BAAI/bge-small-zh-v1.5");
  await model.embed(["租房"], "query");
  await model.embed(["租房"], "document");
  expect(inputs()).toEqual([["为这个句子生成表示以用于检索相关文章：租房"], ["租房"]]);
});

test("puts vectors back in order by their index, and reads base64", async () => {
  const model = await connected();
  const [first, second] = await model.embed(["甲", "乙"], "document");
  const base64 = (text: string) => Buffer.from(Float32Array.from(hashVector(text)).buffer).toString("base64");
  server.script(
    answer([
      { index: 1, embedding: hashVector("乙") },
      { index: 0, embedding: base64("甲") },
    ]),
  );
  const swapped = await model.embed(["甲", "乙"], "document");
  for (const [index, value] of (swapped[0] ?? []).entries())
    expect(value).toBeCloseTo(first?.[index] ?? 0, 5);
  for (const [index, value] of (swapped[1] ?? []).entries())
    expect(value).toBeCloseTo(second?.[index] ?? 0, 5);
});

describe("an endpoint that misbehaves", () => {
  const one = hashVector("甲");
  test.each([
    ["other dimensions", answer([{ embedding: [1, 2, 3] }]), "无法识别"],
    ["no number", answer([{ embedding: one.map(() => null) }]), "无法识别"],
    ["zeros only", answer([{ embedding: one.map(() => 0) }]), "无法识别"],
    [
      "numbers too large",
      { kind: "raw", body: `{"data":[{"embedding":[1e400,1,1,1,1,1,1,1]}]}` } as const,
      "无法识别",
    ],
    ["an empty vector", answer([{ embedding: [] }]), "无法识别"],
    ["too few vectors", answer([]), "无法识别"],
    ["too many vectors", answer([{ embedding: one }, { embedding: one }]), "无法识别"],
    ["an index out of range", answer([{ index: 4_000_000_000, embedding: one }]), "无法识别"],
    ["another object", { kind: "raw", body: `{"hello":1}` } as const, "无法识别"],
    [
      "a web page",
      { kind: "raw", body: "<html>login</html>", contentType: "text/html" } as const,
      "无法识别",
    ],
    ["half JSON", { kind: "raw", body: `{"data":[` } as const, "无法识别"],
    [
      "a refused key",
      { kind: "status", status: 401, body: `{"error":{"message":"bad key ${KEY}"}}` } as const,
      "密钥",
    ],
    ["an unknown model", { kind: "status", status: 404 } as const, "EMBEDDING_MODEL"],
    ["a server error", { kind: "status", status: 500 } as const, "暂时不可用"],
    ["a closed connection", { kind: "close" } as const, "无法连接"],
    [
      "a redirect",
      { kind: "status", status: 302, headers: { location: "http://127.0.0.1:9/" } } as const,
      "",
    ],
  ])("%s: an AppError that says what to do, without key or vendor's words", async (_, step, expected) => {
    const model = await connected();
    server.script(step);
    const failure = await failureOf(model.embed(["甲"], "query"));
    expect(failure).toMatchObject({ code: "model", safeMessage: expect.stringContaining(expected) });
    const everything = `${failure.message} ${failure.safeMessage} ${failure.stack} ${JSON.stringify(failure)}`;
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain("bad key");
    await expect(model.embed(["甲"], "query")).resolves.toHaveLength(1);
  });

  test("documents are tried again after a passing failure, questions are not", async () => {
    const model = await connected();
    const retryAtOnce = { "retry-after-ms": "1" };
    server.script(
      { kind: "status", status: 429, headers: retryAtOnce },
      { kind: "status", status: 503, headers: retryAtOnce },
    );
    await expect(model.embed(["甲"], "document")).resolves.toHaveLength(1);
    expect(server.requests).toHaveLength(3);
    server.script({ kind: "status", status: 503, headers: retryAtOnce });
    await failureOf(model.embed(["甲"], "query"));
    expect(server.requests).toHaveLength(4);
  });

  test("a slow one is given up when the caller says so", async () => {
    const model = await connected();
    server.script({ kind: "hang" });
    const failure = await failureOf(model.embed(["甲"], "query", { signal: AbortSignal.timeout(50) }));
    expect(failure).toMatchObject({ code: "model", retryable: true });
  });
});

describe("at the start", () => {
  test("a dead endpoint: no model, a warning with advice, no key in the log", async () => {
    const log = listen();
    await expect(connect({ baseUrl: await deadEndpoint(), logger: log.logger })).resolves.toBeUndefined();
    expect(log.text()).toContain("EMBEDDING_BASE_URL");
    expect(log.text()).not.toContain(KEY);
  });

  test("a refused key: no model, a warning", async () => {
    const log = listen();
    server.script({ kind: "status", status: 401 });
    await expect(connect({ logger: log.logger })).resolves.toBeUndefined();
    expect(log.text()).toContain("EMBEDDING_API_KEY");
  });

  test("a model of known dimensions is used once its endpoint is back", async () => {
    server.script({ kind: "close" });
    server.embedWith((text) => hashVector(text, 512));
    const model = await connect({ model: "bge-small-zh-v1.5" });
    expect(model?.dimensions).toBe(512);
    await expect(model?.embed(["甲"], "query")).resolves.toHaveLength(1);
  });
});
