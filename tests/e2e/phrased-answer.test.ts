import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../src/answering/index.ts";
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

  describe("told of the answer while it is made", () => {
    const GOOD = "文件提出面向前沿新兴领域，设立天使投资引导基金。";
    const listen = async (question = QUESTION) => {
      const partials: Answer[] = [];
      const answer = await application.answerer.answerQuestion({
        question,
        onPartial: (partial) => partials.push(partial),
      });
      return { partials, answer };
    };

    it("begins with the extract, shows only what was checked, and ends as the last part", async () => {
      say(GOOD, "单个项目最高可获500万元。", "面向前沿新兴领域，设立天使投资引导基金。");
      const { partials, answer } = await listen();
      expect(partials.map(({ engine }) => engine)).toEqual(["rules", "model", "model"]);
      expect(partials[0]?.citations).toEqual(answer.citations);
      expect(partials[1]?.conclusion).toBe(`${GOOD}[1]`);
      expect(partials.map((partial) => partial.answer).join()).not.toContain("500万元");
      expect(partials.at(-1)?.conclusion).toBe(answer.conclusion);
      expect(partials.at(-1)?.answer).toBe(answer.answer);
    });

    it("ends as the extract when the model fails", async () => {
      server.script({ kind: "status", status: 401 }, { kind: "status", status: 401 });
      const { partials, answer } = await listen();
      expect(partials.map((partial) => partial.answer)).toEqual([answer.answer]);
      expect(answer.engine).toBe("rules");
    });

    it("is told of nothing where the model is not asked", async () => {
      expect((await listen("今天天气怎么样")).partials).toEqual([]);
    });
  });
});
