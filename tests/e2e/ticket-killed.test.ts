import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { type FeishuServer, type SentMessage, startFeishuServer } from "../support/feishu-server/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import { spawnService } from "../support/spawn-service.ts";
import {
  createFeishuHands,
  environmentOf,
  type FeishuHands,
  labelsOf,
  SCIENCE_GROUP,
  setUp,
} from "../support/ticket-service.ts";

const MATTER = "天使轮融资想对接投资机构，请帮忙联系";

let server: FeishuServer;
let hands: FeishuHands;
let data: string;

beforeEach(async () => {
  server = await startFeishuServer();
  hands = createFeishuHands({ server, now: systemClock });
  data = await mkdtemp(join(tmpdir(), "xiance-ticket-killed-"));
  const surroundings = { clock: systemClock, ids: randomIds, logger: silentLogger };
  const app = await openApplication(readConfig({}, { data }), { mode: "write", ...surroundings });
  await setUp(app);
  await app.close();
});

afterEach(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

async function start() {
  const service = spawnService(data, environmentOf(server));
  await server.connection.waitForConnection();
  return service;
}

/** Submits, and kills the service when so many messages of what follows are on their way to the platform. */
async function submitAndKill(asker: string, sends: number): Promise<SentMessage> {
  const service = await start();
  hands.mark();
  await hands.say(asker, null, `找专员：${MATTER}`);
  const form = await hands.next("the confirmation", (message) => labelsOf(message).includes("提交"));
  const before = server.sendRequests.length;
  // The platform is slow: what was sent is under way when the service dies.
  if (sends > 0) server.failNext("send", ...Array.from({ length: sends }, () => ({ delayMs: 700 })));
  await hands.press(form, "提交", asker, { eventId: `evt_${asker}` });
  await waitUntil(() => server.sendRequests.length >= before + sends, "the sends");
  service.signal("SIGKILL");
  await service.exit();
  return form;
}

it("opens one ticket with one card and tells each once, killed after the click and while the card is sent", async () => {
  const clicked = await submitAndKill("ou_first", 0);
  const shown = await submitAndKill("ou_second", 2);
  hands.unmark();
  const last = await start();
  // The platform brings the clicks again.
  await hands.press(clicked, "提交", "ou_first", { eventId: "evt_ou_first" });
  await hands.press(shown, "提交", "ou_second", { eventId: "evt_ou_second" });
  for (const number of ["0001", "0002"]) {
    const isCard = ({ target }: SentMessage, text: string) =>
      target === SCIENCE_GROUP && text.includes(`-${number} ·`);
    const isNumber = (_: SentMessage, text: string) =>
      new RegExp(`已为您提交工单 \\d{8}-${number}`).test(text);
    const isClaim = (_: SentMessage, text: string) => text.includes(`-${number} 已由区科委 张专员受理`);
    const card = await hands.next("the card", isCard);
    await hands.next("the number", isNumber);
    await hands.press(card, "认领", "ou_zhang", { chat: SCIENCE_GROUP });
    await hands.shows(card, "处理中 · 区科委·张专员");
    await hands.next("word of the claim", isClaim);
    expect([isCard, isNumber, isClaim].map(hands.count)).toEqual([1, 1, 1]);
  }
  last.signal("SIGTERM");
  expect(await last.exit()).toBe(0);
  expect(hands.count((_, text) => text.includes("-0003"))).toBe(0);
}, 90_000);
