import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Service, startService } from "../../src/service.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import {
  APP,
  cardActionEvent,
  type FeishuServer,
  type MessageSpec,
  type SentMessage,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";

const RULES = `青岚区概念验证中心管理办法

青科规〔2026〕7号

第一条 为支持概念验证，制定本办法。
第二条 对概念验证中心，每年最高支持80万元。
第三条 本办法自2026年1月1日起施行，有效期3年。
`;

let server: FeishuServer;
let data: string;
let app: Application;
let service: Service;

beforeAll(async () => {
  server = await startFeishuServer();
  data = await mkdtemp(join(tmpdir(), "xiance-feishu-desk-"));
  const environment = {
    FEISHU_APP_ID: APP.appId,
    FEISHU_APP_SECRET: APP.appSecret,
    FEISHU_DOMAIN: server.url,
    XIANCE_HTTP_PORT: "0",
  };
  const surroundings = { clock: systemClock, ids: randomIds, logger: silentLogger };
  app = await openApplication(readConfig(environment, { data }), { mode: "write", ...surroundings });
  const { publishing, access } = app;
  for (const person of ["ou_a", "ou_b"]) await access.grant(`feishu:${person}`, "admin", operatorOf("test"));
  // After today's digest would have gone out, or it would come in between.
  const stewardship = { publishing, access, digestAt: "23:59" };
  service = await startService({ ...app, stewardship }, surroundings);
  await waitUntil(() => service.channels.get("feishu")?.status().healthy === true, "the channel");
});

afterAll(async () => {
  await service.stop();
  await app.close();
  await server.close();
  await rm(data, { recursive: true });
});

async function push(spec: MessageSpec): Promise<void> {
  expect(await server.connection.push(server.messageEvent(spec))).toMatchObject({ code: 200 });
}

async function press(
  card: SentMessage,
  name: string,
  person: string,
  form?: Record<string, string>,
): Promise<void> {
  const value = findValue(JSON.parse(card.content), name);
  const event = cardActionEvent(
    { appId: APP.appId, verificationToken: "" },
    {
      value,
      operatorOpenId: person,
      chatId: `oc_${person}`,
      messageId: card.messageId.replace("_", "_x"),
      ...(form && { form }),
    },
  );
  expect(await server.connection.push(event)).toMatchObject({
    code: 200,
    data: { toast: { type: "success" } },
  });
}

/** What the button of this name carries. */
function findValue(node: unknown, name: string): object {
  const found = findValues(node).find((value) => (value as { name?: string }).name === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
}

function findValues(node: unknown): object[] {
  if (Array.isArray(node)) return node.flatMap(findValues);
  if (typeof node !== "object" || node === null) return [];
  const { behaviors } = node as { behaviors?: { value: object }[] };
  return [...(behaviors ?? []).map(({ value }) => value), ...Object.values(node).flatMap(findValues)];
}

async function next(description: string, matches: (message: SentMessage) => boolean): Promise<SentMessage> {
  await waitUntil(() => server.sent.some(matches), description);
  return server.sent.find(matches) as SentMessage;
}

it("takes a file from one administrator's chat to an answer in a group, with cards that the platform accepts", async () => {
  server.resources.set("om_upload/file_v3_rules", Buffer.from(RULES));
  await push({
    messageType: "file",
    content: { file_key: "file_v3_rules", file_name: "办法.txt" },
    chatType: "p2p",
    chatId: "oc_ou_a",
    senderOpenId: "ou_a",
    messageId: "om_upload",
  });
  const card = await next("the review card", ({ target }) => target === "om_upload");
  expect(card).toMatchObject({ msgType: "interactive" });
  expect(card.content).toContain("青科规〔2026〕7号");

  await press(card, "kb.submit", "ou_a");
  const request = await next("the other administrator's card", ({ target }) => target === "ou_b");
  expect(request).toMatchObject({ via: "create", msgType: "interactive" });
  expect(request.content).toContain("退回的原因");

  await press(request, "kb.approve", "ou_b");
  await next(
    "word to the first administrator",
    ({ target, content }) => target === "ou_a" && content.includes("已复核通过"),
  );

  const question = {
    text: "概念验证中心每年最高支持多少",
    chatType: "p2p" as const,
    messageId: "om_question",
  };
  await push(question);
  const answer = await next("the answer", ({ target }) => target === "om_question");
  expect(answer.content).toContain("80万元");

  // A stranger's file is refused in words.
  await push({
    messageType: "file",
    content: { file_key: "file_v3_x", file_name: "x.txt" },
    chatType: "p2p",
    senderOpenId: "ou_stranger",
    messageId: "om_stranger",
  });
  expect((await next("the refusal", ({ target }) => target === "om_stranger")).content).toContain("文字");
});
