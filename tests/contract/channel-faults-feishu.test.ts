import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationStore } from "../../src/storage/index.ts";
import { createRandom } from "../support/desk-simulation/random.ts";
import { createRandomFaults, ENDPOINT_FAULTS, REST_FAULTS } from "../support/feishu-server/faults.ts";
import { type FeishuServer, type MessageSpec, startFeishuServer } from "../support/feishu-server/index.ts";
import { type RunningConversation, runConversation } from "../support/feishu-server/run-conversation.ts";

let server: FeishuServer;
let open: RunningConversation | undefined;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  server.failBy(undefined);
  await open?.close();
  open = undefined;
  await server.close();
});

async function run(options: Parameters<typeof runConversation>[1] = {}): Promise<RunningConversation> {
  open = await runConversation(server, options);
  await server.connection.waitForConnection();
  return open;
}

async function expectOneReply({ settle, repliesTo }: RunningConversation, spec: MessageSpec): Promise<void> {
  await settle();
  expect(repliesTo(spec)).toHaveLength(1);
}

describe("one message, one reply, through every fault of the REST interface", () => {
  it.each(Object.entries(REST_FAULTS))("%s, once and several times in a row", async (_name, fault) => {
    const world = await run();
    const failure = "headers" in fault ? { ...fault, headers: { "x-ogw-ratelimit-reset": "0.05" } } : fault;
    server.failNext("send", failure);
    await expectOneReply(world, await world.ask());
    server.failNext("send", ...Array.from({ length: 5 }, () => failure));
    const second = await world.ask();
    await expectOneReply(world, second);
    expect((await world.storage.conversation.counts()).outbox["dead"]).toBeUndefined();
  });

  it("whatever a repeated uuid is answered with", async () => {
    for (const refused of [false, true]) {
      await open?.close();
      const world = await run();
      server.refuseRepeats(() => refused);
      server.failNext("send", { lost: true });
      await expectOneReply(world, await world.ask({ messageId: `om_refused_${refused}` }));
      const requests = server.sendRequests.filter(({ path }) => path.includes(`om_refused_${refused}`));
      expect(requests.length).toBeGreaterThan(1);
      expect(new Set(requests.map(({ uuid }) => uuid)).size).toBe(1);
    }
  });

  it("tokens that are revoked while replies are on their way", async () => {
    const world = await run();
    const asked = [];
    for (let count = 0; count < 6; count += 1) {
      server.revokeTokens();
      asked.push(await world.ask());
    }
    for (const spec of asked) await expectOneReply(world, spec);
  });

  it("the token interface fails, and comes back", async () => {
    const world = await run();
    server.revokeTokens();
    server.failNext(
      "token",
      { status: 503, rawBody: "<html>" },
      { refused: true },
      { status: 200, code: 10014 },
    );
    await expectOneReply(world, await world.ask());
  });
});

/** Whichever way the store takes a message in. */
function aroundAcceptance(
  store: ConversationStore,
  around: <Outcome>(accept: () => Promise<Outcome>) => Promise<Outcome>,
): void {
  const { acceptMessage, acceptAndClaim } = store;
  store.acceptMessage = async (record) => around(() => acceptMessage(record));
  if (acceptAndClaim) store.acceptAndClaim = async (record, at) => around(() => acceptAndClaim(record, at));
}

describe("one message, one reply, however it is brought", () => {
  it("at the same time under the same event id and under another", async () => {
    const world = await run();
    const [first, second] = await Promise.all([
      world.ask({ messageId: "om_twice", eventId: "evt_one" }),
      world.ask({ messageId: "om_twice", eventId: "evt_one" }),
      world.ask({ messageId: "om_twice", eventId: "evt_two" }),
    ]);
    await expectOneReply(world, first);
    // After the reply too.
    await world.ask({ ...second, eventId: "evt_three" });
    await expectOneReply(world, first);
  });

  it("by the platform's schedule, while storing fails", async () => {
    const world = await run();
    let failures = 4;
    aroundAcceptance(world.storage.conversation, (accept) => {
      failures -= 1;
      if (failures >= 0) throw new Error("disk full");
      return accept();
    });
    await expectOneReply(world, await world.ask());
    expect(failures).toBe(-1);
  });

  it("when its acknowledgement is lost with the connection", async () => {
    const world = await run();
    let dropped = false;
    aroundAcceptance(world.storage.conversation, async (accept) => {
      const acceptance = await accept();
      if (!dropped) server.connection.dropConnections();
      dropped = true;
      return acceptance;
    });
    const event = server.messageEvent({
      text: "你好",
      chatType: "p2p",
      messageId: "om_lost",
      chatId: "oc_p2p",
    });
    const pushes = await server.connection.pushUntilAcked(event, [200, 400, 800, 2_000], {
      ackTimeoutMs: 200,
    });
    expect(pushes).toBeGreaterThan(1);
    await expectOneReply(world, { messageId: "om_lost" });
  });

  it("on a connection that is half-open, and then on a new one", async () => {
    server.setClientConfig({
      ReconnectCount: -1,
      ReconnectInterval: 0.05,
      ReconnectNonce: 0,
      PingInterval: 0.3,
    });
    const world = await run({ tuning: { pingTimeoutSeconds: 0.1 } });
    server.connection.goSilent();
    await expectOneReply(world, await world.ask());
    expect(server.connection.totalConnections()).toBeGreaterThan(1);
  });

  it("out of order, in fragments of any order, many at once", async () => {
    const world = await run();
    const specs = Array.from({ length: 12 }, (_, index): MessageSpec => {
      // What was written first comes last.
      return {
        messageId: `om_order${index}`,
        text: `@_user_1 ${"长".repeat(200)}${index}`,
        createTime: Date.now() - index * 60_000,
      };
    });
    const events = specs.map((spec) =>
      server.messageEvent({
        ...spec,
        chatType: "p2p",
        chatId: `oc_${spec.messageId}`,
        senderOpenId: `ou_${spec.messageId}`,
      }),
    );
    await Promise.all(
      events.map((event, index) => server.connection.push(event, { fragments: 1 + (index % 5) })),
    );
    for (const spec of specs) await expectOneReply(world, spec);
  });

  it("with a clock that differs from the platform's by minutes", async () => {
    const world = await run();
    for (const skew of [-4 * 60_000, 4 * 60_000])
      await expectOneReply(world, await world.ask({ createTime: Date.now() + skew }));
  });
});

describe("the endpoint of the long connection", () => {
  it.each(Object.entries(ENDPOINT_FAULTS))("%s: connects in the end", async (_name, failure) => {
    server.failNext("endpoint", failure, failure);
    const world = await run();
    await expectOneReply(world, await world.ask());
  });
});

describe("a group that the bot has left", () => {
  it("gets nothing, is told once to the log, and holds nobody else up", async () => {
    const world = await run();
    server.left.add("oc_gone");
    const gone = await world.ask({ chatId: "oc_gone", messageId: "om_gone" });
    const other = await world.ask();
    await expectOneReply(world, other);
    expect(world.repliesTo(gone)).toEqual([]);
    const [dead, ...more] = await world.storage.conversation.deadReplies(10);
    expect(more).toEqual([]);
    expect(dead).toMatchObject({ attempts: 1, lastError: expect.stringContaining("230002") });
  });
});

describe("everything at random", () => {
  it.each([1, 2, 3])("seed %i: as many replies as messages, each once", async (seed) => {
    const random = createRandom(seed);
    const world = await run();
    server.failBy(createRandomFaults({ random: createRandom(seed + 100), probability: 0.3 }));
    server.refuseRepeats(() => random.chance(0.5));
    const asked: Promise<MessageSpec>[] = [];
    for (let count = 0; count < 40; count += 1) {
      if (random.chance(0.05)) server.connection.dropConnections();
      if (random.chance(0.05)) server.revokeTokens();
      const spec = world.ask();
      asked.push(spec);
      if (random.chance(0.2))
        void spec.then((again) => world.ask({ ...again, eventId: `${again.eventId}b` }));
      if (random.chance(0.3)) await spec;
    }
    const specs = await Promise.all(asked);
    server.failBy(undefined);
    await world.settle();
    const counts = specs.map((spec) => world.repliesTo(spec).length);
    expect(counts).toEqual(specs.map(() => 1));
  });
});
