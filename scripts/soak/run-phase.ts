import { setTimeout as waitFor } from "node:timers/promises";
import { createRandom, type Random } from "../../tests/support/desk-simulation/random.ts";
import {
  createLimiter,
  createRandomFaults,
  type PlatformLimits,
} from "../../tests/support/feishu-server/faults.ts";
import {
  BOT_MENTION,
  type FeishuServer,
  startFeishuServer,
} from "../../tests/support/feishu-server/index.ts";
import { compressSchedule } from "../../tests/support/feishu-server/redelivery.ts";
import type { BotOptions } from "./bot-process.ts";
import { bringTrouble, type Trouble } from "./bring-trouble.ts";
import { inventQuestion } from "./invent-questions.ts";
import { createLedger, type Exchange, type Ledger, toReplyId } from "./ledger.ts";
import { createLives, type Life } from "./lives.ts";

export interface PhaseOptions
  extends Pick<BotOptions, "bot" | "dataDirectory" | "logFile" | "profileDirectory"> {
  seconds: number;
  /** Messages a second. */
  rate: number;
  groups: number;
  seed: number;
  /** Of a REST call to go wrong, 0 … 1; 0: no faults of any kind. */
  faults: number;
  /** Seconds between two kills; 0: none. */
  killEvery: number;
  /** Milliseconds that each REST call takes on the platform's side. */
  latencyMs: number;
  /** The platform's schedule of re-delivery runs so many times as fast. */
  hurry: number;
  limits: PlatformLimits;
}

export interface PhaseResult {
  ledger: Ledger;
  lives: readonly Life[];
  /** How often each fault was brought. */
  counts: ReadonlyMap<string, number>;
  /** The platform never had an acknowledgement, though it tried five times. */
  neverAccepted: number;
  /** Replies were still missing when the waiting ended. */
  waitedSeconds: number;
  /** Processor time of this process and seconds; the platform must not be what is slow. */
  platformLoad: number;
}

/** The platform's are up to 30 s before the first and 120 s before each further try, and 120 s between two pings. */
const CLIENT_CONFIG = { ReconnectCount: -1, ReconnectInterval: 2, ReconnectNonce: 1, PingInterval: 20 };
const USERS_OF_A_GROUP = 40;
const MAX_QUIET_WAIT_MS = 240_000;
/** A reply that comes twice comes late. */
const SETTLE_MS = 3_000;

/** The bot under load against the local platform, until everything accepted is answered or the patience ends. */
export async function runPhase(options: PhaseOptions): Promise<PhaseResult> {
  const random = createRandom(options.seed);
  const ledger = createLedger();
  const server = await startFeishuServer({
    clientConfig: CLIENT_CONFIG,
    onSent: ({ target, uuid, messageId }) => ledger.noteReply(target, toReplyId(uuid, messageId)),
  });
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const { bot, dataDirectory, logFile, profileDirectory } = options;
  const lives = createLives(
    { bot, dataDirectory, logFile, domain: server.url, ...(profileDirectory && { profileDirectory }) },
    server,
  );
  await lives.begin();
  failAtRandom(server, options, { random: createRandom(options.seed + 1), count });
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const trouble: Trouble = { server, lives, random: createRandom(options.seed + 2), count };
  const stopTrouble = bringTrouble(options, trouble);
  const pushing = await pushAll(options, { server, ledger, random, count });
  await stopTrouble();
  const { user, system } = process.cpuUsage(cpu);
  const platformLoad = (user + system) / 1_000 / (performance.now() - startedAt);
  server.failBy(undefined);
  const waited = performance.now();
  const neverAccepted = (await Promise.all(pushing)).filter((accepted) => !accepted).length;
  while (ledger.open().length > 0 && performance.now() - waited < MAX_QUIET_WAIT_MS) await waitFor(100);
  const waitedSeconds = (performance.now() - waited) / 1_000;
  await waitFor(options.faults > 0 ? SETTLE_MS : 200);
  await lives.stop();
  await server.close();
  return { ledger, lives: lives.all, counts, neverAccepted, waitedSeconds, platformLoad };
}

function failAtRandom(
  server: FeishuServer,
  { faults, latencyMs, limits }: PhaseOptions,
  { random, count }: { random: Random; count: (name: string) => void },
): void {
  const limit = createLimiter(limits);
  const chance = createRandomFaults({ random, probability: faults, latencyMs, count });
  server.failBy((route, chat) => {
    const beyond = route === "send" ? limit(chat ?? "", performance.now()) : undefined;
    if (beyond) count("beyond the platform's limit");
    return beyond ?? chance(route);
  });
  // Of a repeated uuid the documentation does not say what comes back.
  if (faults > 0) server.refuseRepeats(() => random.chance(0.5));
}

interface Pushing {
  server: FeishuServer;
  ledger: Ledger;
  random: Random;
  count: (name: string) => void;
}

/** Resolves when the last message was pushed first; the promises are true for what was acknowledged in the end. */
async function pushAll(options: PhaseOptions, pushing: Pushing): Promise<Promise<boolean>[]> {
  const total = Math.round(options.seconds * options.rate);
  const startedAt = performance.now();
  const pushes: Promise<boolean>[] = [];
  const run = Math.floor(Date.now() / 1_000);
  for (let index = 0; index < total; index += 1) {
    const due = startedAt + (index * 1_000) / options.rate;
    const early = due - performance.now();
    if (early > 1) await waitFor(early);
    pushes.push(pushOne(options, pushing, [index, run]));
  }
  return pushes;
}

/** One message, with what the platform may do to it: late, in pieces, twice, under another event id. */
async function pushOne(
  options: PhaseOptions,
  pushing: Pushing,
  [index, run]: [number, number],
): Promise<boolean> {
  const { server, ledger, random, count } = pushing;
  const group = index % options.groups;
  const leftGroup = options.faults > 0 && random.chance(0.005);
  const chatId = leftGroup ? "oc_left" : `oc_group${group}`;
  if (leftGroup) server.left.add(chatId);
  const event = server.messageEvent({
    text: `@_user_1 ${inventQuestion(random)}`,
    mentions: [BOT_MENTION],
    chatId,
    senderOpenId: `ou_person${group}x${random.below(USERS_OF_A_GROUP)}`,
    messageId: `om_soak${run}x${index}`,
    eventId: `evt_soak${run}x${index}`,
  });
  const happens = (share: number, name: string) => {
    const chosen = random.chance(options.faults > 0 ? share : 0);
    if (chosen) count(name);
    return chosen;
  };
  const lateMs = happens(0.05, "out of order") ? random.below(300) : 0;
  const fragments = happens(0.05, "in fragments") ? 2 + random.below(4) : 1;
  const again = happens(0.05, "pushed twice, same event") || happens(0.05, "pushed twice, another event id");
  const otherId = random.chance(0.5);
  if (lateMs > 0) await waitFor(lateMs);
  const exchange = ledger.begin({ messageId: `om_soak${run}x${index}`, chatId, unreachable: leftGroup });
  if (again) {
    const header = { ...event.header, ...(otherId && { event_id: `${event.header.event_id}again` }) };
    void waitFor(random.below(2_000)).then(() => server.connection.push({ ...event, header }));
  }
  return pushUntilAccepted(server, event, exchange, { fragments, hurry: options.hurry });
}

async function pushUntilAccepted(
  server: FeishuServer,
  event: object,
  exchange: Exchange,
  { fragments, hurry }: { fragments: number; hurry: number },
): Promise<boolean> {
  for (const delayMs of [...compressSchedule(hurry), undefined]) {
    exchange.pushes += 1;
    const ack = await server.connection.push(event, { fragments });
    if (ack?.code === 200) {
      exchange.acceptedAt = performance.now();
      return true;
    }
    if (delayMs !== undefined) await waitFor(delayMs);
  }
  return false;
}
