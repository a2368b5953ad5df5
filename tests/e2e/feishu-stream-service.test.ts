import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Service, startService } from "../../src/service.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import {
  APP,
  BOT_MENTION,
  cardActionEvent,
  type FeishuServer,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import { findValue } from "../support/feishu-server/sample-ticket.ts";
import { type OpenAiServer, startOpenAiServer } from "../support/openai-server.ts";

const MODEL_TAKES_MS = 4_000;
const PHRASED = "文件提出面向前沿新兴领域，设立天使投资引导基金。";

let server: FeishuServer;
let model: OpenAiServer;
let application: Application;
let service: Service;
let data: string;

beforeAll(async () => {
  [server, model] = await Promise.all([startFeishuServer(), startOpenAiServer()]);
  data = await mkdtemp(join(tmpdir(), "xiance-stream-"));
  const environment = {
    ...{ OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: "test-model" },
    ...{ FEISHU_APP_ID: APP.appId, FEISHU_APP_SECRET: APP.appSecret, FEISHU_DOMAIN: server.url },
    ...{ XIANCE_HTTP_PORT: "0", XIANCE_PUBLIC_URL: "https://xiance.example.cn" },
  };
  const surroundings = { clock: systemClock, ids: randomIds, logger: silentLogger };
  application = await openApplication(readConfig(environment, { data }), { mode: "write", ...surroundings });
  service = await startService(application, surroundings);
  await waitUntil(() => service.channels.get("feishu")?.status().healthy === true, "the channel");
});

afterAll(async () => {
  await service.stop();
  await application.close();
  await Promise.all([server.close(), model.close()]);
  await rm(data, { recursive: true });
});

it("shows what the documents say while the model is still phrasing it, in the card that becomes the reply", async () => {
  // Later than anything until it is asked.
  let modelAskedAt = Number.POSITIVE_INFINITY;
  model.answerWith(() => {
    modelAskedAt = Date.now();
    const content = JSON.stringify({ sentences: [{ text: PHRASED, clauses: [1] }] });
    return { kind: "answer", content, delayMs: MODEL_TAKES_MS };
  });
  await server.connection.push(
    server.messageEvent({
      ...{ text: "@_user_1 天使轮项目有什么基金可以对接？", mentions: [BOT_MENTION] },
      ...{ chatId: "oc_group1", messageId: "om_question1", threadId: "omt_topic" },
    }),
  );
  await waitUntil(() => server.sent.length > 0, "the first content");
  const [message] = server.sent;
  const first = message?.content ?? "";
  // The model has not said a word yet.
  expect(message?.sentAt).toBeLessThan(modelAskedAt + MODEL_TAKES_MS);
  expect(first).toContain("正在整理答复");
  expect(first).toContain("天使投资引导基金");
  expect(message).toMatchObject({ target: "om_question1", inThread: true });

  await waitUntil(() => server.sent[0]?.content.includes("有帮助") === true, "the whole reply");
  expect(server.sent).toHaveLength(1);
  expect(Date.now()).toBeGreaterThanOrEqual(modelAskedAt + MODEL_TAKES_MS - 50);
  expect([...server.cards.values()].map(({ streaming }) => streaming)).toEqual([false]);
  const whole = server.sent[0]?.content ?? "";
  expect(whole).toContain("设立天使投资引导基金");
  expect(whole).toContain("AI 生成");
  expect(whole).toContain("https://xiance.example.cn/documents/");
});

it("says thanks for a judgement in the toast of the pressed button, and in no message", async () => {
  const [message] = server.sent;
  const press = cardActionEvent(
    { appId: APP.appId, verificationToken: "" },
    {
      value: findValue(message?.content, "answer.helpful"),
      ...{ messageId: message?.messageId ?? "", chatId: "oc_group1", operatorOpenId: "ou_reader" },
    },
  );
  const said = await server.connection.push(press);
  expect(said?.data).toMatchObject({ toast: { type: "success", content: expect.stringContaining("谢谢") } });
  expect(server.sent).toHaveLength(1);
});
