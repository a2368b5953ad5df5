import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Service, startService } from "../../src/service.ts";
import { type Clock, createLogger, randomIds } from "../../src/shared/index.ts";
import type { Department } from "../../src/triage/index.ts";
import {
  APP,
  BOT_MENTION,
  cardActionEvent,
  type EventEnvelope,
  type FeishuServer,
  type MessageSpec,
  type SentMessage,
  startFeishuServer,
} from "./feishu-server/index.ts";
import { waitUntil } from "./feishu-server/run-channel.ts";
import { buttonValue, describeSent, labelsOf, readCard } from "./read-card.ts";

export { describeSent, labelsOf, readCard } from "./read-card.ts";

/** A Tuesday morning in working hours. */
const MORNING = Date.parse("2026-11-24T10:00:00+08:00");

export const SCIENCE_GROUP = "oc_science";
export const CENTER_GROUP = "oc_center";
const HOURS: Department["hours"] = [
  ["09:00", "11:30"],
  ["13:30", "17:00"],
];

/** People are invented. */
export const SPECIALISTS = {
  zhang: { openId: "ou_zhang", name: "张专员" },
  li: { openId: "ou_li", name: "李专员" },
  wang: { openId: "ou_wang", name: "王专员" },
} as const;

export interface TicketService {
  server: FeishuServer;
  readonly app: Application;
  readonly service: Service;
  readonly data: string;
  /** The clock of the service runs on from the morning; this sets it forward. */
  advance(milliseconds: number): void;
  now: Clock;
  log(): string;
  /** Bearer token of an account that holds these roles. */
  token(account: string): Promise<string>;
  restart(): Promise<void>;
  /** With the time of the daily digest; one that is past sends it. */
  restartAt(digestAt: string): Promise<void>;
  end(): Promise<void>;
  begin(): Promise<void>;
  /** Lets go of the data directory as well, so that commands can work on it. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

export interface TicketServiceOptions {
  feishu?: boolean;
  environment?: Record<string, string>;
  /** Given to the desk before the service starts; default: two departments with groups. */
  departments?: (departments: readonly Department[]) => readonly Department[];
  admins?: readonly string[];
  start?: string;
  /** False: nobody has the role. */
  specialists?: boolean;
}

/** The whole service over the shipped knowledge, as `start` runs it, with the real SDK against a local Feishu. */
export async function openTicketService(options: TicketServiceOptions = {}): Promise<TicketService> {
  const data = await mkdtemp(join(tmpdir(), "xiance-tickets-"));
  const server = await startFeishuServer();
  let offset = (options.start ? Date.parse(options.start) : MORNING) - Date.now();
  const now = () => new Date(Date.now() + offset);
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line: string) => lines.push(line) });
  const surroundings = { clock: now, ids: randomIds, logger };
  let port = 0;
  let digestAt = "23:59";
  const configOf = () =>
    readConfig({ ...environmentOf(server, options), XIANCE_HTTP_PORT: String(port) }, { data });
  let app = await openApplication(configOf(), { mode: "write", ...surroundings });
  let service: Service | undefined;
  const begin = async () => {
    const { publishing, access } = app;
    // After today's digest would have gone out, or it would come in between.
    const stewardship = { publishing, access, digestAt };
    service = await startService({ ...app, stewardship, rooms: app }, surroundings);
    port = Number(new URL(service.address).port);
    if (options.feishu !== false)
      await waitUntil(() => service?.channels.get("feishu")?.status().healthy === true, "the channel");
  };
  const end = async () => {
    await service?.stop();
    service = undefined;
  };
  await setUp(app, options);
  await begin();
  return {
    server,
    data,
    now,
    get app() {
      return app;
    },
    async suspend() {
      await end();
      await app.close();
    },
    async resume() {
      app = await openApplication(configOf(), { mode: "write", ...surroundings });
      await begin();
    },
    get service() {
      if (!service) throw new Error("the service is ended");
      return service;
    },
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    log: () => lines.join(""),
    token: (account) => app.access.issueToken(account, operatorOf("test")),
    begin,
    end,
    restartAt: async (time) => {
      digestAt = time;
      await end();
      await begin();
    },
    restart: async () => {
      await end();
      await begin();
    },
    close: async () => {
      await end();
      await app.close();
      await server.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

export function environmentOf(
  server: FeishuServer,
  options: TicketServiceOptions = {},
): Record<string, string> {
  return {
    ...(options.feishu !== false && {
      FEISHU_APP_ID: APP.appId,
      FEISHU_APP_SECRET: APP.appSecret,
      FEISHU_DOMAIN: server.url,
    }),
    XIANCE_PUBLIC_URL: "https://xiance.example.cn",
    ...options.environment,
  };
}

/** Roles and departments, as administrators would have set them. */
export async function setUp(
  { access, triage }: Pick<Application, "access" | "triage">,
  options: TicketServiceOptions = {},
): Promise<void> {
  const operator = operatorOf("test");
  for (const admin of options.admins ?? ["feishu:ou_admin", "api:admin"])
    await access.grant(admin, "admin", operator);
  for (const { openId } of options.specialists === false ? [] : Object.values(SPECIALISTS))
    await access.grant(`feishu:${openId}`, "specialist", operator);
  const change = options.departments ?? withGroups;
  const departments = change(triage.settingsDesk.current().departments);
  await triage.settingsDesk.save("departments", departments, operator, "试点部门的人员和群");
}

/** Science with two people, the fallback with one; each with its group. */
export function withGroups(departments: readonly Department[]): readonly Department[] {
  const { zhang, li, wang } = SPECIALISTS;
  const person = ({ openId, name }: { openId: string; name: string }) => ({
    account: `feishu:${openId}`,
    name,
  });
  return departments.map((each) => {
    const hours = HOURS;
    if (each.id === "science")
      return {
        ...each,
        hours,
        specialists: [person(zhang), person(li)],
        leads: ["feishu:ou_lead"],
        group: `feishu:${SCIENCE_GROUP}`,
      };
    if (each.fallback)
      return { ...each, hours, specialists: [person(wang)], group: `feishu:${CENTER_GROUP}` };
    return { ...each, hours };
  });
}

interface PressOptions {
  form?: Record<string, string>;
  chat?: string;
  eventId?: string;
}

/** Feishu as people use it. */
export function createFeishuHands({ server, now }: Pick<TicketService, "server" | "now">) {
  let counter = 0;
  let from = 0;
  const recent = () => server.sent.slice(from);

  async function push(event: EventEnvelope): Promise<void> {
    // A service that has just started may not know itself yet: the platform brings it again.
    await server.connection.pushUntilAcked(event, [300, 600, 1_200, 2_400, 4_800]);
  }

  /** Returns the id of the message. */
  async function say(
    person: string,
    chat: string | null,
    text: string,
    spec: MessageSpec = {},
  ): Promise<string> {
    counter += 1;
    const messageId = spec.messageId ?? `om_said${counter}`;
    const direct = chat === null;
    await push(
      server.messageEvent({
        text,
        senderOpenId: person,
        chatType: direct ? "p2p" : "group",
        chatId: chat ?? `oc_with_${person}`,
        createTime: now().getTime(),
        ...spec,
        messageId,
      }),
    );
    return messageId;
  }

  async function press(
    card: SentMessage,
    label: string,
    person: string,
    { form, chat, eventId }: PressOptions,
  ): Promise<void> {
    await push(
      cardActionEvent(
        { appId: APP.appId, verificationToken: "" },
        {
          value: buttonValue(card, label),
          operatorOpenId: person,
          chatId: chat ?? `oc_with_${person}`,
          messageId: card.messageId,
          ...(form && { form }),
          ...(eventId !== undefined && { eventId }),
        },
      ),
    );
  }

  const current = (card: SentMessage) =>
    server.sent.find(({ messageId }) => messageId === card.messageId) ?? card;

  return {
    push,
    say,
    /** As it stands now, with all edits. */
    current,
    /** What was sent before is not looked at any more. */
    mark: () => {
      from = server.sent.length;
    },
    unmark: () => {
      from = 0;
    },
    /** With a mention of the bot. */
    ask: (person: string, chat: string, text: string, spec: MessageSpec = {}) =>
      say(person, chat, `@_user_1 ${text}`, { mentions: [BOT_MENTION], ...spec }),
    /** A click on the button that is labelled so. Resolves with what the platform shows at once. */
    press: (card: SentMessage, label: string, person: string, options: PressOptions = {}) =>
      press(current(card), label, person, options),
    /** The card as it was when it was taken, as a slow phone still shows it. */
    pressAsShown: (card: SentMessage, label: string, person: string, options: PressOptions = {}) =>
      press(card, label, person, options),
    /** The first message that fits among those sent, waited for. */
    async next(what: string, matches: (message: SentMessage, text: string) => boolean): Promise<SentMessage> {
      const find = () => recent().find((message) => matches(message, readCard(message)));
      await waitUntil(() => find() !== undefined, what).catch(() => {
        throw new Error(`in vain waited for: ${what}\n${describeSent({ sent: recent() })}`);
      });
      return find() as SentMessage;
    },
    /** Until the words stand in the card as it is now. */
    async shows(card: SentMessage, ...words: (string | RegExp)[]): Promise<void> {
      const text = () => readCard(current(card));
      const holds = () =>
        words.every((word) => (typeof word === "string" ? text().includes(word) : word.test(text())));
      await waitUntil(holds, "").catch(() => {
        throw new Error(`in vain waited for ${words.join(" / ")} in\n${text()}`);
      });
    },
    count: (matches: (message: SentMessage, text: string) => boolean) =>
      recent().filter((message) => matches(message, readCard(message))).length,
  };
}

export type FeishuHands = ReturnType<typeof createFeishuHands>;

/** Until the service knows that the platform has it; people need longer to answer than that. */
export async function whenKnown({ app }: Pick<TicketService, "app">, messageId: string): Promise<void> {
  const { conversation } = app.storage;
  while ((await conversation.keysOf("feishu", [messageId])).length === 0) await sleep(5);
}

/** A ticket from the asker's direct chat, by a card and its button. Returns its card in the department's group. */
export async function openTicket(
  world: Pick<TicketService, "app">,
  hands: FeishuHands,
  { asker, text, group = SCIENCE_GROUP }: { asker: string; text: string; group?: string },
): Promise<{ card: SentMessage; number: string }> {
  hands.mark();
  await hands.say(asker, null, `找专员：${text}`);
  const form = await hands.next("the confirmation", (message) => labelsOf(message).includes("提交"));
  await whenKnown(world, form.messageId);
  await hands.press(form, "提交", asker);
  const card = await hands.next("the card", ({ target }) => target === group);
  await whenKnown(world, card.messageId);
  return { card, number: /\d{8}-\d{4}/.exec(readCard(card))?.[0] ?? "" };
}
