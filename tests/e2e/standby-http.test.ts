import { expect, it, onTestFinished } from "vitest";
import { createMetrics, createStandbyServer } from "../../src/server/index.ts";
import { randomIds, silentLogger } from "../../src/shared/index.ts";

async function start(): Promise<{ address: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = await createStandbyServer({
    ...{ host: "127.0.0.1", port: 0, ids: randomIds, logger: silentLogger, metrics: createMetrics() },
    checkReadiness: async () => [{ name: "role", healthy: false, detail: "备用", required: true }],
    webhooks: new Map([
      [
        "/webhooks/feishu/events",
        async ({ rawBody }) => {
          bodies.push(rawBody.toString());
          return { status: 200, body: {} };
        },
      ],
    ]),
  });
  onTestFinished(() => server.close());
  return { address: await server.listen(), bodies };
}

it("takes in what platforms send, and sends everybody else to the process that works", async () => {
  const { address, bodies } = await start();
  const sent = await fetch(`${address}/webhooks/feishu/events`, { method: "POST", body: '{"a":1}' });
  expect([sent.status, bodies]).toEqual([200, ['{"a":1}']]);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await fetch(`${address}/readyz`)).status).toBe(503);
  for (const path of ["/", "/documents/x", "/api/v1/chat/messages"]) {
    const answer = await fetch(address + path);
    expect([path, answer.status, answer.headers.get("retry-after")]).toEqual([path, 503, "5"]);
    expect(await answer.text()).toContain("备用");
  }
});
