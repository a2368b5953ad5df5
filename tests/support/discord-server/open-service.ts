import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operatorOf } from "../../../src/access/index.ts";
import { type Application, openApplication } from "../../../src/app.ts";
import { readConfig } from "../../../src/config.ts";
import { type Service, startService } from "../../../src/service.ts";
import { createLogger, randomIds } from "../../../src/shared/index.ts";
import type { Department } from "../../../src/triage/index.ts";
import { labelsOf } from "./hands.ts";
import {
  BOT,
  type DiscordServer,
  type StoredInteraction,
  type StoredMessage,
  startDiscordServer,
} from "./index.ts";
import { readShown } from "./read-shown.ts";
import { waitUntil } from "./wait.ts";
import type { Guild, Person, Place } from "./world.ts";

/** A Tuesday morning in working hours. */
const MORNING = Date.parse("2026-11-24T10:00:00+08:00");

/** The whole service over the shipped knowledge, as `start` runs it, with the vendor's library against a local Discord. */
export interface DiscordService {
  readonly server: DiscordServer;
  readonly hands: DiscordServer["hands"];
  readonly app: Application;
  readonly service: Service;
  readonly guild: Guild;
  /** Where enterprises ask. */
  readonly place: Place;
  /** Of the department of science. */
  readonly office: Place;
  readonly asker: Person;
  readonly onlooker: Person;
  readonly specialist: Person;
  log(): string;
  /** What this person sees in a place, as text. */
  seen(person: Person, where: Place): string[];
  /** The first message there that holds all the words, waited for. */
  find(where: Place, what: string, ...words: (string | RegExp)[]): Promise<StoredMessage>;
  /** What the deferred answer of an interaction became. */
  answerTo(used: StoredInteraction): Promise<StoredMessage>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export function discordEnvironment(server: DiscordServer): Record<string, string> {
  return {
    DISCORD_TOKEN: BOT.token,
    DISCORD_API_URL: server.apiUrl,
    XIANCE_HTTP_PORT: "0",
    XIANCE_PUBLIC_URL: "https://xiance.example.cn",
  };
}

export async function openDiscordService(): Promise<DiscordService> {
  const data = await mkdtemp(join(tmpdir(), "xiance-discord-"));
  const server = await startDiscordServer();
  server.advance(MORNING - server.world.clock.now());
  const { hands } = server;
  const guild = hands.guild();
  const [place, office] = [hands.channel(guild, "政策咨询"), hands.channel(guild, "区科委")];
  const people = ["提问者（虚构）", "旁观者（虚构）", "张专员（虚构）"].map((name) => hands.person(name));
  const [asker, onlooker, specialist] = people as [Person, Person, Person];
  for (const each of people) hands.join(guild, each);
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line: string) => lines.push(line) });
  const surroundings = { clock: () => new Date(server.world.clock.now()), ids: randomIds, logger };
  const config = readConfig(discordEnvironment(server), { data });
  const app = await openApplication(config, { mode: "write", ...surroundings });
  await setUp(app, { office, specialist });

  const begin = async (): Promise<Service> => {
    const { publishing, access } = app;
    // After today's digest would have gone out, or it would come in between.
    const stewardship = { publishing, access, digestAt: "23:59" };
    const started = await startService({ ...app, stewardship, rooms: app }, surroundings);
    await waitUntil(() => started.channels.get("discord")?.status().healthy === true, "the channel", 15_000);
    await waitUntil(() => server.commands.length > 0, "the commands");
    return started;
  };
  let service = await begin();
  const shown = (message: StoredMessage) => readShown(message).text;
  const fits = (text: string, words: readonly (string | RegExp)[]) =>
    words.every((word) => (typeof word === "string" ? text.includes(word) : word.test(text)));

  return {
    ...{ server, hands, app, guild, place, office, asker, onlooker, specialist },
    get service() {
      return service;
    },
    log: () => lines.join(""),
    seen: (person, where) => hands.sees(person.id, where).map(shown),
    find: async (where, what, ...words) => {
      const here = () => server.sent.filter(({ channelId }) => channelId === where.id);
      const found = () => here().find((message) => fits(shown(message), words));
      await waitUntil(() => found() !== undefined, what, 15_000).catch(() => {
        const rest = here().map((message) => `${shown(message)}\n[${labelsOf(message).join(" | ")}]`);
        throw new Error(
          `in vain waited for: ${what}\n${rest.join("\n----\n")}\n${lines.slice(-20).join("")}`,
        );
      });
      return found() as StoredMessage;
    },
    answerTo: async (used) => {
      const done = () => hands.broughtBy(used).find((message) => shown(message) !== "");
      await waitUntil(() => done() !== undefined, "the answer", 15_000);
      await service.conversation.drain();
      return done() as StoredMessage;
    },
    restart: async () => {
      await service.stop();
      service = await begin();
    },
    close: async () => {
      await service.stop();
      await app.close();
      await server.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

const HOURS: Department["hours"] = [
  ["09:00", "11:30"],
  ["13:30", "17:00"],
];

/** Science with one person and its channel, the fallback with the same person in their direct chat. */
async function setUp(
  { access, triage }: Application,
  { office, specialist }: { office: Place; specialist: Person },
): Promise<void> {
  const operator = operatorOf("test");
  const account = `discord:${specialist.id}`;
  await access.grant(account, "specialist", operator);
  const member = { account, name: "张专员" };
  const departments = triage.settingsDesk.current().departments.map((each) => {
    if (each.id === "science")
      return { ...each, hours: HOURS, specialists: [member], group: `discord:${office.id}` };
    return each.fallback ? { ...each, hours: HOURS, specialists: [member] } : { ...each, hours: HOURS };
  });
  await triage.settingsDesk.save("departments", departments, operator, "试点部门的人员和频道");
}
