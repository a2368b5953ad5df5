import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  APP,
  BOT_MENTION,
  type FeishuServer,
  QUICK_CLIENT,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import { type PostgresServer, postgresIsOff, startPostgresServer } from "../support/postgres-server.ts";
import { type ServiceProcess, spawnService } from "../support/spawn-service.ts";

const STANDBY = /本实例转为备用/;
const READY = /网页问答：(http\S+)/;

describe.skipIf(postgresIsOff)("two processes on one database", () => {
  let postgres: PostgresServer;
  let server: FeishuServer;
  let directory: string;
  let databaseUrl: string;

  beforeAll(async () => {
    postgres = await startPostgresServer();
  });
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    server = await startFeishuServer({ clientConfig: QUICK_CLIENT });
    directory = await mkdtemp(join(tmpdir(), "xiance-replicas-"));
    databaseUrl = await postgres.createSchema();
  });
  afterEach(async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  const spawn = (name: string): ServiceProcess =>
    spawnService(join(directory, name), {
      DATABASE_URL: databaseUrl,
      FEISHU_APP_ID: APP.appId,
      FEISHU_APP_SECRET: APP.appSecret,
      FEISHU_DOMAIN: server.url,
    });

  function ask(index: number): string {
    const messageId = `om_asked${index}`;
    void server.connection.pushUntilAcked(
      server.messageEvent({
        text: "@_user_1 天使轮项目有什么基金可以对接？",
        mentions: [BOT_MENTION],
        chatId: `oc_group${index % 5}`,
        senderOpenId: `ou_asker${index}`,
        messageId,
      }),
      // Again and again, as the platform does, until one of the processes has taken it.
      Array.from({ length: 60 }, () => 300),
      { ackTimeoutMs: 1_000 },
    );
    return messageId;
  }

  const repliesTo = (messageId: string) => server.sent.filter(({ target }) => target === messageId).length;

  it("take in whatever reaches them; one answers, and the other takes its place", {
    timeout: 120_000,
  }, async () => {
    const first = spawn("first");
    await first.says(READY);
    await waitUntil(() => server.connection.connectionCount() === 1, "the first connection");
    const second = spawn("second");
    await second.says(STANDBY);
    await waitUntil(() => server.connection.connectionCount() === 2, "the second connection");

    const asked = Array.from({ length: 20 }, (_, index) => ask(index));
    await waitUntil(() => asked.every((id) => repliesTo(id) > 0), "the replies");
    expect(Math.min(...server.connection.eventCounts()), "both take part").toBeGreaterThan(5);
    expect(server.connection.eventCounts()).toHaveLength(2);

    const more = Array.from({ length: 20 }, (_, index) => ask(20 + index));
    first.signal("SIGKILL");
    await second.says(READY);
    // What the dead process had not acknowledged comes again, to the other.
    await waitUntil(() => more.every((id) => repliesTo(id) > 0), "the replies of the second");
    for (const id of [...asked, ...more]) expect(repliesTo(id), id).toBe(1);

    // A third finds the second at work, and may be stopped while it waits.
    const third = spawn("third");
    await third.says(STANDBY);
    third.signal("SIGTERM");
    expect(await third.exit()).toBe(0);
  });
});
