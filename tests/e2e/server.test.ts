import { request as rawRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { readConfig } from "../../src/config.ts";
import {
  answerSchema,
  documentListSchema,
  documentSchema,
  errorSchema,
} from "../../src/server/api-schema.ts";
import { createMetrics, createServer } from "../../src/server/index.ts";
import { AppError, randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { createEchoAnswerer } from "../support/test-answerer.ts";
import { CITED, openWebService, type WebService } from "../support/web-service.ts";

let service: WebService;

beforeAll(async () => {
  service = await openWebService(async ({ question }) => {
    if (question.includes("模型坏了")) {
      throw new AppError({ code: "model", message: "secret detail", safeMessage: "模型暂时不可用。" });
    }
    if (question.includes("程序坏了")) throw new Error("secret detail");
    return {};
  });
});

afterAll(async () => {
  await service.remove();
});

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(service.address + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** The error of a refusal: in Chinese, with a number, without insides. */
async function expectRefusal(response: Response, status: number): Promise<string> {
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(text).not.toMatch(/secret detail|\.ts:|node_modules/);
  const { error } = errorSchema.strict().parse(JSON.parse(text));
  expect(error.message).toMatch(/\p{Script=Han}/u);
  expect(error.id).toMatch(/^[0-9a-f]{8}$/);
  return error.message;
}

async function expectShape<Schema extends z.ZodObject>(
  response: Response,
  schema: Schema,
): Promise<z.output<Schema>> {
  expect(response.status).toBe(200);
  return schema.strict().parse(await response.json()) as z.output<Schema>;
}

describe("POST /api/v1/ask", () => {
  it("gives the answer by the interface, with the id of the request", async () => {
    const response = await post("/api/v1/ask", {
      id: "q1",
      question: "目标？",
      context: ["先前？"],
      asOf: "2026-01-02",
    });
    const answer = await expectShape(response, answerSchema);
    expect(answer).toMatchObject({
      id: "q1",
      kind: "answered",
      asOf: "2026-01-02",
      notStated: ["金额", "申报时间"],
    });
    expect(answer.citations[0]?.quote).toBe(CITED);
  });

  it.each([
    [{}, /问题|question/],
    [{ question: "   " }, /不能为空/],
    [{ question: 7 }, /文本/],
    [{ question: "长".repeat(2001) }, /2000/],
    [{ question: "问", asOf: "2026-13-01" }, /YYYY-MM-DD/],
    [{ question: "问", context: Array(11).fill("问") }, /10 条/],
    [{ question: "问", surprise: true }, /surprise/],
    [[], /JSON 对象/],
    ["{", /请求/],
    ["null", /问题|question|JSON/],
  ])("refuses %j", async (body, message) => {
    expect(await expectRefusal(await post("/api/v1/ask", body), 400)).toMatch(message);
  });

  it("refuses an unknown document, a foreign type and a huge body", async () => {
    await expectRefusal(await post("/api/v1/ask", { question: "问", document: "nowhere" }), 404);
    await expectRefusal(await post("/api/v1/ask", "question=1", { "content-type": "text/plain" }), 415);
    await expectRefusal(await post("/api/v1/ask", { question: "长".repeat(40_000) }), 413);
  });

  it("hides the insides of a failure", async () => {
    expect(await expectRefusal(await post("/api/v1/ask", { question: "模型坏了" }), 502)).toBe(
      "模型暂时不可用。",
    );
    expect(await expectRefusal(await post("/api/v1/ask", { question: "程序坏了" }), 500)).toContain(
      "系统内部错误",
    );
  });
});

describe("GET /api/v1/documents", () => {
  it("lists what is published, and gives text and outline of one", async () => {
    const list = await expectShape(await fetch(`${service.address}/api/v1/documents`), documentListSchema);
    expect(list).toMatchObject({ total: 1, documents: [{ documentId: "plan", status: "征求意见稿" }] });
    const response = await fetch(`${service.address}/api/v1/documents/plan`);
    const etag = response.headers.get("etag") ?? "";
    const document = await expectShape(response, documentSchema);
    expect(document.text).toContain(CITED);
    for (const { start, end } of document.nodes) expect(start).toBeLessThanOrEqual(end);
    const again = await fetch(`${service.address}/api/v1/documents/plan`, {
      headers: { "if-none-match": etag },
    });
    expect(again.status).toBe(304);
  });

  it("refuses what is not there", async () => {
    await expectRefusal(await fetch(`${service.address}/api/v1/documents/nowhere`), 404);
    await expectRefusal(await fetch(`${service.address}/api/v1/documents?limit=0`), 400);
    await expectRefusal(await fetch(`${service.address}/api/v1/nothing`), 404);
  });
});

describe("operations", () => {
  it("tells health, readiness and metrics", async () => {
    expect(await (await fetch(`${service.address}/healthz`)).json()).toEqual({ status: "ok" });
    const ready = await (await fetch(`${service.address}/readyz`)).json();
    expect(ready).toMatchObject({ status: "ready" });
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    expect(metrics).toContain('xiance_http_requests_total{route="/healthz",status="200"} 1');
    for (const line of metrics.trimEnd().split("\n")) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [\d.e+-]+)$/,
      );
    }
  });

  it("describes its interface, which names every route of the API", async () => {
    const description = (await (await fetch(`${service.address}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: object;
    };
    expect(description.openapi).toBe("3.1.0");
    expect(Object.keys(description.paths)).toEqual([
      "/api/v1/ask",
      "/api/v1/documents",
      "/api/v1/documents/{id}",
    ]);
  });

  it("guards its pages by headers", async () => {
    for (const path of ["/", "/documents/plan", "/assets/chat.js", "/api/v1/documents", "/nothing"]) {
      const { headers } = await fetch(service.address + path);
      expect(headers.get("content-security-policy")).toContain("script-src 'self'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("serves no file outside the page's folder", async () => {
    for (const path of [
      "/assets/../verify.ts",
      "/assets/..%2fverify.ts",
      "/assets/%2e%2e/%2e%2e/verify.ts",
    ]) {
      const { port } = new URL(service.address);
      // fetch would tidy the path before it is sent.
      const status = await new Promise((resolve, reject) => {
        rawRequest({ host: "127.0.0.1", port, path }, (response) => resolve(response.resume().statusCode))
          .on("error", reject)
          .end();
      });
      expect([400, 403, 404]).toContain(status);
    }
  });

  it("says which port is taken", async () => {
    const server = await openBareServer({ port: Number(new URL(service.address).port) });
    await expect(server.listen()).rejects.toMatchObject({
      code: "configuration",
      safeMessage: expect.stringContaining("XIANCE_HTTP_PORT"),
    });
    await server.close();
  });

  it("holds back an address that asks too often, and says when to come again", async () => {
    const server = await openBareServer({ rateLimit: { burst: 2, perMinute: 1 } });
    const address = await server.listen();
    const responses = [1, 2, 3].map(() => fetch(`${address}/api/v1/documents`));
    const refused = (await Promise.all(responses)).filter((response) => response.status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers.get("retry-after")).toBe("5");
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    await server.close();
  });
});

function openBareServer(options: Partial<Parameters<typeof createServer>[0]>) {
  const { http } = readConfig({ XIANCE_HTTP_PORT: "0" });
  return createServer({
    host: http.host,
    port: 0,
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
    answerer: createEchoAnswerer(),
    knowledge: service.storage.knowledge,
    metrics: createMetrics(),
    checkReadiness: async () => [{ name: "storage", healthy: false, detail: "数据库不可用", required: true }],
    ...options,
  });
}

describe("webhooks", () => {
  it("hand on the raw bytes, and turn failures into answers", async () => {
    const bodies: Buffer[] = [];
    const server = await openBareServer({
      webhooks: new Map([
        [
          "/webhooks/feishu/events",
          async ({ rawBody, headers }) => {
            bodies.push(rawBody);
            const failure = headers["x-failure"];
            if (failure === "untrusted" || failure === "unusable-input") {
              throw new AppError({ code: failure, message: "secret detail", safeMessage: "签名不符。" });
            }
            if (failure) throw new Error("secret detail");
            return { status: 200, body: { challenge: "c" } };
          },
        ],
      ]),
    });
    const address = await server.listen();
    const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      fetch(`${address}/webhooks/feishu/events`, { method: "POST", body, headers });
    const odd = new Uint8Array([0x7b, 0xff, 0x00, 0x20, 0x7d]);
    const response = await send(odd, { "content-type": "application/json" });
    expect(await response.json()).toEqual({ challenge: "c" });
    expect(bodies[0]?.equals(Buffer.from(odd))).toBe(true);
    expect((await send("")).status).toBe(200);
    await expectRefusal(await send("x", { "x-failure": "untrusted" }), 401);
    await expectRefusal(await send("x", { "x-failure": "unusable-input" }), 400);
    await expectRefusal(await send("x", { "x-failure": "other" }), 500);
    await expectRefusal(await send("x".repeat(1024 * 1024 + 1)), 413);
    await expectRefusal(await fetch(`${address}/webhooks/feishu/cards`, { method: "POST", body: "{}" }), 404);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    await server.close();
  });
});

describe("the web chat's interface", () => {
  const messages = "/api/v1/chat/messages";

  async function openSession(): Promise<Record<string, string>> {
    const response = await post("/api/v1/chat/session", {});
    return { cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? "" };
  }

  it("wants a session, a sound message, and a page of its own site", async () => {
    const message = { clientMessageId: "0123456789", text: "问" };
    await expectRefusal(await post(messages, message), 401);
    await expectRefusal(await post(messages, message, { cookie: "xiance_session=short" }), 401);
    const session = await openSession();
    await expectRefusal(await post(messages, { ...message, clientMessageId: "x" }, session), 400);
    await expectRefusal(await post(messages, { ...message, text: "长".repeat(40_000) }, session), 413);
    await expectRefusal(await post(messages, message, { ...session, "sec-fetch-site": "cross-site" }), 401);
    await expectRefusal(await post(messages, message, { ...session, origin: "https://elsewhere.test" }), 401);
    expect((await post(messages, message, { ...session, origin: service.address })).status).toBe(202);
    expect(await (await post(messages, message, session)).json()).toEqual({ status: "duplicate" });
  });

  it("keeps askers apart, also when they choose the same message id", async () => {
    const [one, other] = [await openSession(), await openSession()];
    for (const [session, text] of [
      [one, "甲的问题"],
      [other, "乙的问题"],
    ] as const) {
      const response = await post(messages, { clientMessageId: "same-message-id", text }, session);
      expect(await response.json()).toEqual({ status: "accepted" });
    }
    const read = async (headers: Record<string, string>) =>
      (await (await fetch(service.address + messages, { headers })).json()) as {
        turns: { question: string }[];
      };
    await expect.poll(async () => (await read(one)).turns.map((turn) => turn.question)).toEqual(["甲的问题"]);
    await expect
      .poll(async () => (await read(other)).turns.map((turn) => turn.question))
      .toEqual(["乙的问题"]);
  });

  it("sends events from where the page left off", async () => {
    const session = await openSession();
    for (const text of ["第一问", "第二问"]) {
      await post(messages, { clientMessageId: `message-${text === "第一问" ? 1 : 2}`, text }, session);
    }
    const whole = await readEvents(session, 2);
    expect(whole.map((event) => event.question)).toEqual(["第一问", "第二问"]);
    const rest = await readEvents({ ...session, "last-event-id": whole[0]?.turnId ?? "" }, 1);
    expect(rest.map((event) => event.question)).toEqual(["第二问"]);
  });

  it("tells a flooding asker politely", async () => {
    const session = await openSession();
    const statuses: number[] = [];
    for (let count = 0; count < 18; count += 1) {
      const response = await post(
        messages,
        { clientMessageId: `flooding-${count}`, text: `第${count}问` },
        session,
      );
      statuses.push(response.status);
    }
    expect(statuses.slice(0, 16)).toEqual(Array(16).fill(202));
    expect(statuses.at(-1)).toBe(429);
  });
});

/** Reads so many turns of the event stream. */
async function readEvents(
  headers: Record<string, string>,
  count: number,
): Promise<{ turnId: string; question: string }[]> {
  const response = await fetch(`${service.address}/api/v1/chat/events`, { headers });
  const turns: { turnId: string; question: string }[] = [];
  let buffered = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    buffered += chunk;
    const events = buffered.split("\n\n");
    buffered = events.pop() ?? "";
    for (const event of events.filter((each) => each.includes("event: turn"))) {
      turns.push(JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "{}"));
    }
    if (turns.length >= count) break;
  }
  return turns;
}
