import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLanguageModel, type LanguageModelKind, languageModelKinds } from "../../src/models/index.ts";
import { type AppError, createLogger, silentLogger } from "../../src/shared/index.ts";
import { deadEndpoint, type OpenAiServer, startOpenAiServer } from "../support/openai-server.ts";

const KEY = "sk-test-0123456789abcdef";
const languageFolder = join(import.meta.dirname, "../../src/models/language");

test("every folder of a language model is registered, and the other way round", () => {
  const folders = readdirSync(languageFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(folders.length).toBeGreaterThan(0);
  expect(Object.keys(languageModelKinds).sort()).toEqual(folders.sort());
});

describe.each(Object.keys(languageModelKinds) as LanguageModelKind[])("language model %s", (kind) => {
  let server: OpenAiServer;

  beforeEach(async () => {
    server = await startOpenAiServer();
  });
  afterEach(() => server.close());

  const connect = (overrides: { baseUrl?: string; timeoutMs?: number; logger?: typeof silentLogger } = {}) =>
    createLanguageModel(
      { kind, apiKey: KEY, baseUrl: overrides.baseUrl ?? server.baseUrl, model: "test-model" },
      { logger: overrides.logger ?? silentLogger, timeoutMs: overrides.timeoutMs ?? 5000 },
    );
  const ask = (model = connect()) =>
    model.invoke([
      { role: "system", content: "规则" },
      { role: "user", content: "问题" },
    ]);
  const failureOf = async (promise: Promise<unknown>): Promise<AppError> =>
    promise.then(
      () => {
        throw new Error("expected a failure");
      },
      (thrown) => thrown,
    );

  test("sends the messages in their roles and returns the text", async () => {
    server.script({ kind: "answer", content: "您好。" });
    await expect(ask()).resolves.toBe("您好。");
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(server.requests[0]?.body).toMatchObject({
      model: "test-model",
      messages: [
        { role: "system", content: "规则" },
        { role: "user", content: "问题" },
      ],
    });
  });

  test("a dead endpoint", async () => {
    const error = await failureOf(ask(connect({ baseUrl: await deadEndpoint() })));
    expect(error).toMatchObject({ code: "model", retryable: true });
    expect(error.safeMessage).toContain("无法连接");
  });

  test.each([
    ["hangs", { kind: "hang" } as const],
    ["stalls in the middle of the body", { kind: "stall", body: '{"choices":[{"mess' } as const],
    ["is slow", { kind: "answer", content: "迟到", delayMs: 3000 } as const],
  ])("an endpoint that %s is given up at the time limit", async (_name, step) => {
    server.script(step);
    const error = await failureOf(ask(connect({ timeoutMs: 300 })));
    expect(error).toMatchObject({ code: "model", retryable: true });
    expect(error.safeMessage).toContain("超时");
    expect(server.requests).toHaveLength(1);
  });

  test("a signal from outside ends the call", async () => {
    server.script({ kind: "hang" });
    const error = await failureOf(
      connect().invoke([{ role: "user", content: "问" }], { signal: AbortSignal.timeout(200) }),
    );
    expect(error.code).toBe("model");
  });

  test.each([
    [401, "密钥"],
    [403, "密钥"],
    [404, "OPENAI_MODEL"],
    [400, "OPENAI_MODEL"],
  ])("status %i is final and says the next step", async (status, hint) => {
    server.script({
      kind: "status",
      status,
      body: JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } }),
    });
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: "model", retryable: false });
    expect(error.safeMessage).toContain(hint);
    expect(server.requests).toHaveLength(1);
  });

  test.each([429, 500, 503])("status %i is tried once more", async (status) => {
    server.script({ kind: "status", status }, { kind: "answer", content: "第二次成功" });
    await expect(ask()).resolves.toBe("第二次成功");
    expect(server.requests).toHaveLength(2);
  });

  test("and only once", async () => {
    server.answerWith(() => ({ kind: "status", status: 500 }));
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: "model", retryable: true });
    expect(server.requests).toHaveLength(2);
  });

  test("a closed socket is tried once more", async () => {
    server.script({ kind: "close" }, { kind: "answer", content: "好" });
    await expect(ask()).resolves.toBe("好");
  });

  test.each([
    ["a web page", { kind: "raw", body: "<html>login</html>", contentType: "text/html" } as const],
    ["half a JSON", { kind: "raw", body: '{"choices":[{"message":{"con' } as const],
    ["another JSON", { kind: "raw", body: '{"ok":true}' } as const],
    ["no choice", { kind: "raw", body: '{"choices":[]}' } as const],
    ["null", { kind: "raw", body: "null" } as const],
    ["an empty text", { kind: "answer", content: "  \n" } as const],
    ["a book", { kind: "answer", content: "长".repeat(1_000_000) } as const],
  ])("%s is no answer", async (_name, step) => {
    server.answerWith(() => step);
    const error = await failureOf(ask());
    expect(error.code).toBe("model");
    expect(error.safeMessage).toMatch(/无法识别|无法连接/);
  });

  test("a body that is cut off is no answer", async () => {
    server.answerWith(() => ({ kind: "cut", body: '{"choices":[' }));
    expect((await failureOf(ask())).code).toBe("model");
  });

  test("a redirect is not followed: question and key stay with the endpoint", async () => {
    const elsewhere = await startOpenAiServer();
    const headers = { location: `${elsewhere.baseUrl}/chat/completions` };
    server.answerWith(() => ({ kind: "status", status: 307, headers }));
    expect((await failureOf(ask())).code).toBe("model");
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });

  describe("while it streams", () => {
    const stream = async (model = connect()) => {
      const told: string[] = [];
      const answer = model.invoke([{ role: "user", content: "问" }], { onText: (soFar) => told.push(soFar) });
      const outcome = await answer.then(
        (text) => ({ text }),
        (error: AppError) => ({ error }),
      );
      return { told, ...outcome };
    };

    test("the text is told as it grows, and is the answer in the end", async () => {
      server.script({ kind: "stream", pieces: ["您", "好", "。"] });
      expect(await stream()).toEqual({ told: ["您", "您好", "您好。"], text: "您好。" });
      expect(server.requests[0]?.body).toMatchObject({ stream: true });
      expect(server.requests[0]?.body).not.toHaveProperty("stream_options");
    });

    test("nobody who does not listen is streamed to", async () => {
      await ask();
      expect(server.requests[0]?.body).not.toMatchObject({ stream: true });
    });

    test.each([
      [
        "answers whole",
        { kind: "raw", body: JSON.stringify({ choices: [{ message: { content: "整段" } }] }) },
      ],
      ["refuses", { kind: "status", status: 400 }],
    ] as const)(
      "an endpoint that %s instead is asked again without, and the next time at once",
      async (_name, step) => {
        const model = connect();
        server.script(step, { kind: "answer", content: "好" }, { kind: "answer", content: "再好" });
        expect(await stream(model)).toEqual({ told: [], text: "好" });
        expect(await stream(model)).toEqual({ told: [], text: "再好" });
        const wanted = server.requests.map(({ body }) => (body as { stream?: boolean }).stream ?? false);
        expect(wanted).toEqual([true, false, false]);
      },
    );

    test("a stream that stalls is given up at the time limit, and not begun again", async () => {
      server.script({ kind: "stream", pieces: ["您"], end: "stall" });
      const { told, ...outcome } = await stream(connect({ timeoutMs: 400 }));
      expect(told).toEqual(["您"]);
      expect(outcome).toMatchObject({ error: { code: "model" } });
      expect(server.requests).toHaveLength(1);
    });

    test("a stream that breaks off is a failure, and not begun again", async () => {
      server.script({ kind: "stream", pieces: ["您"], end: "cut" });
      expect(await stream()).toMatchObject({ told: ["您"], error: { code: "model" } });
      expect(server.requests).toHaveLength(1);
    });

    test("a stream without end is cut", async () => {
      server.script({ kind: "stream", pieces: Array.from({ length: 200 }, () => "长".repeat(5_000)) });
      expect(await stream()).toMatchObject({ error: { code: "model" } });
    });
  });

  test("the key appears neither in the log nor in the error", async () => {
    let log = "";
    const logger = createLogger(
      "debug",
      new Writable({
        write(chunk, _encoding, done) {
          log += String(chunk);
          done();
        },
      }),
    );
    server.answerWith(() => ({
      kind: "status",
      status: 500,
      body: JSON.stringify({ error: { message: `key ${KEY} and question 问题` } }),
    }));
    const error = await failureOf(ask(connect({ logger })));
    const told = `${log} ${error.stack} ${error.safeMessage} ${JSON.stringify(error)} ${String(error.cause)}`;
    expect(log).toContain("status 500");
    expect(told).not.toContain(KEY.slice(3));
    expect(told).not.toContain("问题");
  });

  test("variables of the environment redirect nothing and trace nothing", async () => {
    const elsewhere = await startOpenAiServer();
    const variables: Record<string, string> = {
      LANGSMITH_TRACING: "true",
      LANGCHAIN_TRACING_V2: "true",
      LANGCHAIN_VERBOSE: "true",
      LANGSMITH_ENDPOINT: elsewhere.baseUrl,
      LANGCHAIN_ENDPOINT: elsewhere.baseUrl,
      LANGSMITH_API_KEY: "ls-test",
      LANGSMITH_GATEWAY: elsewhere.baseUrl,
      OPENAI_API_BASE: elsewhere.baseUrl,
      OPENAI_BASE_URL: elsewhere.baseUrl,
      OPENAI_ORGANIZATION: "org-elsewhere",
    };
    const before = { ...process.env };
    Object.assign(process.env, variables);
    try {
      await ask();
      // A tracer would post in the background.
      await new Promise((resolve) => setTimeout(resolve, 300));
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
      Object.assign(process.env, before);
    }
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers["openai-organization"]).toBeUndefined();
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });
});

test("the vendor's library is loaded at the first question, not before", async () => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { createLanguageModel } = await import("./src/models/index.ts");
    const { silentLogger } = await import("./src/shared/index.ts");
    const count = () => loaded.filter((url) => url.includes("langchain")).length;
    const model = createLanguageModel({ apiKey: "k", baseUrl: process.argv[1], model: "m" }, { logger: silentLogger });
    const before = count();
    await model.invoke([{ role: "user", content: "问" }]).catch(() => undefined);
    console.log(JSON.stringify({ before, after: count() }));
  `;
  const output = execFileSync(
    process.execPath,
    ["--input-type=module", "-e", script, "--", await deadEndpoint()],
    { cwd: join(import.meta.dirname, "../.."), encoding: "utf8" },
  );
  const { before, after } = JSON.parse(output);
  expect(before).toBe(0);
  expect(after).toBeGreaterThan(0);
});
