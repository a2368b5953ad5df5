import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type DiscordServer,
  type Failure,
  type Route,
  startDiscordServer,
} from "../support/discord-server/index.ts";
import { discordEnvironment } from "../support/discord-server/open-service.ts";
import { readShown } from "../support/discord-server/read-shown.ts";
import { waitUntil } from "../support/discord-server/wait.ts";
import { runCommandLine } from "../support/run-command-line.ts";
import { type ServiceProcess, spawnService } from "../support/spawn-service.ts";

const QUESTION = "天使轮项目有什么基金可以对接？";
const FUND = "设立天使投资引导基金，发挥财政资金的杠杆放大效应";
const START_MS = 40_000;

let server: DiscordServer;
let directory: string;
let guild: ReturnType<DiscordServer["hands"]["guild"]>;
let place: ReturnType<DiscordServer["hands"]["channel"]>;
let asker: ReturnType<DiscordServer["hands"]["person"]>;

beforeEach(async () => {
  server = await startDiscordServer({ callbackMs: 30_000 });
  directory = await mkdtemp(join(tmpdir(), "xiance-discord-"));
  guild = server.hands.guild();
  place = server.hands.channel(guild);
  asker = server.hands.person("提问者（虚构）");
  server.hands.join(guild, asker);
});

afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

async function start(): Promise<ServiceProcess> {
  const before = server.gateway.counts.identifies;
  const process = spawnService(directory, discordEnvironment(server));
  await waitUntil(
    () => server.gateway.counts.identifies > before && server.gateway.connected() > 0,
    "the service",
    START_MS,
  );
  return process;
}

async function kill(process: ServiceProcess): Promise<void> {
  process.signal("SIGKILL");
  await process.exit();
  server.gateway.forgetAbsent();
}

const whole = () => server.sent.filter((message) => readShown(message).text.includes(FUND));
const sends = (...routes: Route[]) => server.calls.filter(({ route }) => routes.includes(route)).length;

/** A second question, answered, proves that nothing more of the first is on its way. */
async function settle(): Promise<void> {
  const other = server.hands.channel(guild, "另一频道");
  server.hands.say(asker.id, other, "你好", { mention: true });
  await waitUntil(() => server.sent.some(({ channelId }) => channelId === other.id), "the marker", 20_000);
}

describe("killed between acceptance and reply", { timeout: 120_000 }, () => {
  it.each<[string, Failure]>([
    ["while the platform takes its time", { delayMs: 1_500 }],
    ["after the platform took the reply and its answer was lost", { lost: true }],
  ])("a mention has exactly one whole answer after the restart: %s", async (_when, failure) => {
    const first = await start();
    server.failNext("create-message", failure, failure);
    server.hands.say(asker.id, place, QUESTION, { mention: true });
    await waitUntil(() => sends("create-message") > 0 || server.faultCount() > 0, "the send", 20_000);
    await kill(first);
    const second = await start();
    await waitUntil(() => whole().length > 0, "the answer", 20_000);
    await settle();
    second.signal("SIGTERM");
    expect(await second.exit()).toBe(0);
    expect(server.sent.filter(({ channelId }) => channelId === place.id)).toHaveLength(1);
  });

  it("a command: its deferred answer is filled by the next process, once", async () => {
    const first = await start();
    await waitUntil(() => server.commands.length > 0, "the commands", 20_000);
    server.failNext(
      "edit-original",
      { refused: true },
      { refused: true },
      { refused: true },
      { refused: true },
    );
    const used = server.hands.slash(asker.id, place, "ask", { question: QUESTION });
    await waitUntil(() => used.state !== "open", "the deferral", 20_000);
    await kill(first);
    const writes = server.commandWrites();
    const second = await start();
    await waitUntil(() => whole().length > 0, "the answer", 20_000);
    await settle();
    second.signal("SIGTERM");
    expect(await second.exit()).toBe(0);
    expect(
      server.hands.broughtBy(used).filter((message) => readShown(message).text.includes(FUND)),
    ).toHaveLength(1);
    expect(whole()).toHaveLength(1);
    expect(server.commandWrites()).toBe(writes);
  });
});

it("doctor names the bot and its servers, and what the bot may not do where", {
  timeout: 120_000,
}, async () => {
  const doctor = async () => {
    const { stdout, stderr } = await runCommandLine(["doctor", "--data", directory], {
      environment: discordEnvironment(server),
    });
    expect(stdout + stderr).not.toContain("invented-token");
    return stdout.split("\n").find((line) => line.includes("Discord")) ?? `${stdout}\n${stderr}`;
  };
  expect(await doctor()).toMatch(/xiance.*1 个服务器/);
  server.hands.deny(place, "embedLinks", "attachFiles");
  const line = await doctor();
  expect(line).toContain("缺少权限");
  expect(line).toMatch(new RegExp(`#${place.name}（嵌入链接、附加文件）`));
});
