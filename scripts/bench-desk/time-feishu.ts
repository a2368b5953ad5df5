import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@larksuiteoapi/node-sdk";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { startService } from "../../src/service.ts";
import { createLogger, randomIds } from "../../src/shared/index.ts";
import {
  APP,
  cardActionEvent,
  type FeishuServer,
  startFeishuServer,
} from "../../tests/support/feishu-server/index.ts";
import { waitUntil } from "../../tests/support/feishu-server/run-channel.ts";
import { type Times, timesOf } from "./times.ts";

/** People are invented; so many that none of them clicks faster than people may. */
const PEOPLE = Array.from({ length: 20 }, (_, index) => `ou_person${index}`);
const GROUP = "oc_bench";

export interface FeishuFigures {
  /** From the callback of a click to its edit arriving. */
  edited: Times;
  /** The SDK's edit of such a card, alone. */
  floor: Times;
}

/** The whole service over the shipped knowledge, with the real SDK against a local Feishu. */
export async function timeFeishu(clicks: number): Promise<FeishuFigures> {
  const data = await mkdtemp(join(tmpdir(), "xiance-bench-feishu-"));
  const server = await startFeishuServer();
  const offset = Date.parse("2026-11-24T10:00:00+08:00") - Date.now();
  const surroundings = {
    clock: () => new Date(Date.now() + offset),
    ids: randomIds,
    logger: createLogger("error", { write: () => undefined }),
  };
  const environment = {
    ...{ FEISHU_APP_ID: APP.appId, FEISHU_APP_SECRET: APP.appSecret, FEISHU_DOMAIN: server.url },
    ...{ XIANCE_PUBLIC_URL: "https://xiance.example.cn", XIANCE_HTTP_PORT: "0" },
  };
  const app = await openApplication(readConfig(environment, { data }), { mode: "write", ...surroundings });
  await setUp(app);
  const { publishing, access } = app;
  const stewardship = { publishing, access, digestAt: "23:59" };
  const service = await startService({ ...app, stewardship, rooms: app }, surroundings);
  try {
    await waitUntil(() => service.channels.get("feishu")?.status().healthy === true, "the channel");
    await openTickets(app, clicks);
    await waitFor(() => server.sent.filter(({ target }) => target === GROUP).length >= clicks, "the cards");
    const edited = await clickAll(server, clicks);
    return { edited, floor: await timeEdits(server, clicks) };
  } finally {
    await service.stop();
    await app.close();
    await server.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function setUp({ access, triage }: Application): Promise<void> {
  const operator = operatorOf("bench");
  for (const person of PEOPLE) await access.grant(`feishu:${person}`, "specialist", operator);
  const departments = triage.settingsDesk.current().departments.map((each) => ({
    ...each,
    hours: [["09:00", "17:00"] as const],
    specialists: PEOPLE.map((person, index) => ({ account: `feishu:${person}`, name: `专员${index}` })),
    group: `feishu:${GROUP}`,
  }));
  await triage.settingsDesk.save("departments", departments, operator, "测量");
}

async function openTickets({ tickets }: Application, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const userId = `u${index}`;
    await tickets.open({
      requestKey: `bench:${index}`,
      asker: {
        ...{ account: `web:${userId}`, channel: "web", userId, chatId: userId, chatKind: "direct" },
        ...{ sessionKey: `web/${userId}/${userId}/`, replyTarget: { session: userId } },
      },
      text: `想了解天使轮基金对接的条件，编号${index}`,
      ...{ context: [], files: [], enterpriseId: null, enterprise: null, contact: null, draft: null },
    });
  }
}

async function waitFor(condition: () => boolean, what: string): Promise<void> {
  const until = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > until) throw new Error(`in vain waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function clickAll(server: FeishuServer, clicks: number): Promise<Times> {
  const cards = server.sent.filter(({ target }) => target === GROUP).slice(0, clicks);
  const times = [];
  for (const [index, { messageId, content }] of cards.entries()) {
    const operatorOpenId = PEOPLE[index % PEOPLE.length] ?? "";
    const before = server.edits.length;
    const startedAt = performance.now();
    void server.connection.push(
      cardActionEvent(
        { appId: APP.appId, verificationToken: "" },
        { value: claimOf(JSON.parse(content)), operatorOpenId, chatId: GROUP, messageId },
      ),
    );
    await waitFor(() => server.edits.slice(before).some((edit) => edit.messageId === messageId), "an edit");
    times.push(performance.now() - startedAt);
    // What else the click has to say goes out before the next one.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return timesOf(times);
}

/** What the button 认领 carries. */
function claimOf(node: unknown): object {
  const found = find(node);
  if (found) return found;
  throw new Error("no button to claim");
}

function find(node: unknown): object | undefined {
  if (Array.isArray(node)) {
    for (const each of node) {
      const found = find(each);
      if (found) return found;
    }
    return undefined;
  }
  if (typeof node !== "object" || node === null) return undefined;
  const { text, behaviors } = node as {
    text?: { content?: string };
    behaviors?: { value: object }[];
  };
  if (text?.content === "认领" && behaviors?.[0]) return behaviors[0].value;
  return find(Object.values(node));
}

async function timeEdits(server: FeishuServer, count: number): Promise<Times> {
  const { appId, appSecret } = APP;
  const client = new Client({ appId, appSecret, domain: server.url });
  const cards = server.sent.filter(({ target }) => target === GROUP).slice(0, count);
  const times = [];
  for (const { messageId, content } of cards) {
    const startedAt = performance.now();
    await client.im.message.patch({ path: { message_id: messageId }, data: { content } });
    times.push(performance.now() - startedAt);
  }
  return timesOf(times);
}
