import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { type OpenAiServer, startOpenAiServer } from "../support/openai-server.ts";

let server: OpenAiServer;
let application: Application;
let data: string;

beforeAll(async () => {
  server = await startOpenAiServer();
  data = await mkdtemp(join(tmpdir(), "xiance-phrased-"));
  const environment = {
    OPENAI_API_KEY: "test-key",
    OPENAI_BASE_URL: server.baseUrl,
    OPENAI_MODEL: "test-model",
  };
  application = await openApplication(readConfig(environment, { data }), {
    mode: "write",
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
  });
});

afterAll(async () => {
  await application.close();
  await server.close();
  await rm(data, { recursive: true });
});

const QUESTION = "天使轮的项目有什么基金可以对接";
const say = (...texts: string[]) =>
  server.script({
    kind: "answer",
    content: JSON.stringify({ sentences: texts.map((text) => ({ text, clauses: [1] })) }),
  });
const ask = () => application.answerer.answerQuestion({ question: QUESTION });

describe("with a language model", () => {
  it("says what the model phrased, with the numbers of its clauses, labelled as written by AI", async () => {
    say("文件提出面向前沿新兴领域，设立天使投资引导基金。");
    const answer = await ask();
    expect(answer.engine).toBe("model");
    expect(answer.conclusion).toBe("文件提出面向前沿新兴领域，设立天使投资引导基金。[1]");
    expect(answer.answer).toContain("人工智能");
    expect(answer.citations[0]?.section).toBe("三（六）¶2");
  });

  it("drops a sentence with an invented figure and keeps the rest", async () => {
    say("文件提出面向前沿新兴领域，设立天使投资引导基金。", "单个项目最高可获500万元。");
    const answer = await ask();
    expect(answer.engine).toBe("model");
    expect(answer.answer).not.toContain("500万元");
    expect(answer.reasons.join()).toContain("dropped");
  });

  it("falls back to the extract when nothing holds, the model fails or talks nonsense", async () => {
    say("保证每家企业都能拿到500万元。");
    expect((await ask()).engine).toBe("rules");
    server.script({ kind: "answer", content: "我觉得可以" });
    expect((await ask()).engine).toBe("rules");
    server.script({ kind: "status", status: 401 });
    const answer = await ask();
    expect(answer.engine).toBe("rules");
    expect(answer.kind).toBe("answered");
    expect(answer.citations[0]?.section).toBe("三（六）¶2");
  });

  it("does not ask the model when there is nothing to phrase", async () => {
    const before = server.requests.length;
    await application.answerer.answerQuestion({ question: "今天天气怎么样" });
    await application.answerer.answerQuestion({ question: "天使投资引导基金规模多大" });
    expect(server.requests.length).toBe(before);
  });
});
