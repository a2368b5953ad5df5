import type { FastifyInstance } from "fastify";
import type { Access } from "./access/index.ts";
import type { Application } from "./app.ts";
import { type BackgroundWork, createBackgroundWork } from "./background-work.ts";
import type { FeishuChannel, WebChannel } from "./channels/index.ts";
import { checkReadiness } from "./check-readiness.ts";
import {
  type Channel,
  type ChannelHooks,
  type Conversation,
  createConversation,
  createDocumentDesk,
  createMaterialSkill,
  type DocumentDesk,
  type MessageSkill,
  type Welcome,
} from "./conversation/index.ts";
import { citationUrl, openChannels, webhooksOf } from "./open-channels.ts";
import type { Publishing } from "./publishing/index.ts";
import { type ServeAnswersParts, type ServedAnswers, serveAnswers } from "./serve-answers.ts";
import { type ServedMatching, serveMatching } from "./serve-matching.ts";
import { type ServedTriage, serveTriage } from "./serve-triage.ts";
import { signOutLeavers } from "./serve-web.ts";
import {
  addServiceGauges,
  createMetrics,
  createServer,
  type Metrics,
  recordConversation,
  type Server,
} from "./server/index.ts";
import { type Clock, type IdSource, type Logger, toAppError } from "./shared/index.ts";
import { takeSignals } from "./take-signals.ts";
import type { MatchingRooms } from "./wire-matching.ts";
import type { TriageRooms } from "./wire-triage.ts";

const POLL_SHARED_MS = 250;

export interface Service {
  /** Where to open the web chat in a browser. */
  address: string;
  channels: ReadonlyMap<string, Channel>;
  conversation: Conversation;
  /** Finishes what is in work, then lets go of everything but the application. True when nothing was cut off. */
  stop(): Promise<boolean>;
}

/** What a service needs of an application. */
export type ServiceParts = Pick<Application, "config" | "storage" | "answerer"> & {
  park: ServeAnswersParts["park"];
  retriever: Pick<Application["retriever"], "size">;
  /** Absent: questions only, no work on documents. */
  stewardship?: { publishing: Publishing; access: Access; digestAt: string };
  /** Absent: no matching and no tickets. Needs the stewardship, whose accounts and notices it uses. */
  rooms?: MatchingRooms & TriageRooms & Pick<Application, "knowledge" | "readMaterial">;
};

interface Surroundings {
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** Adds conversation, channels and HTTP to an open application. Throws when the port cannot be had. */
export async function startService(application: ServiceParts, surroundings: Surroundings): Promise<Service> {
  const { storage, retriever, stewardship } = application;
  const { logger } = surroundings;
  const metrics = createMetrics();
  addServiceGauges(metrics, {
    counts: () => storage.conversation.counts(),
    indexedClauses: () => retriever.size,
  });
  const later: Later = {};
  const served = openMatching(application, surroundings, later);
  const { web, feishu, discord } = openChannels(application, surroundings, served);
  const platforms = [feishu, discord].filter((each) => each !== undefined);
  const channels = new Map<string, Channel>([web, ...platforms].map((each) => [each.name, each]));
  const desk = stewardship && openDesk(stewardship.publishing, application.rooms, later, logger);
  const triage = openTriage({ ...application, channels }, surroundings, later);
  const materials = openMaterials(application, surroundings);
  const answers = openAnswers({ ...application, channels }, surroundings, later);
  const others = [triage?.office, materials, desk, served?.skill];
  const skills = [triage?.skill, answers.feedback, ...others, answers.ask].filter(
    (skill) => skill !== undefined,
  );
  const { greetIn } = answers.welcome;
  const conversation = openConversation(
    { ...application, channels, skills, metrics, greetIn },
    surroundings,
    later,
  );
  later.conversation = conversation;
  const hooks = signOutLeavers(
    answers.hooksOver(
      triage && { ...triage.hooks, ...(served && { suggestPrograms: served.suggestPrograms }) },
    ),
    web,
  );
  const parts = { ...application, served, triage, conversation, channels, hooks };
  const background = desk && openBackground({ ...parts, desk }, surroundings);
  later.background = background;
  const server = await openServer({ ...parts, metrics, web, feishu }, surroundings);
  await web.start(conversation.accept, hooks);
  const address = await server.listen();
  await conversation.start();
  background?.start();
  for (const each of platforms) startInBackground(each, conversation, hooks, logger);
  const stop = async () => {
    await background?.stop();
    return stopAll(conversation, channels, server);
  };
  return { address, channels, conversation, stop };
}

/** What is made after those who call it. */
interface Later {
  background?: BackgroundWork | undefined;
  conversation?: Conversation;
}

function openConversation(
  {
    storage,
    answerer,
    stewardship,
    rooms,
    channels,
    skills,
    metrics,
    greetIn,
  }: ServiceParts & {
    channels: ReadonlyMap<string, Channel>;
    skills: MessageSkill[];
    metrics: Metrics;
    greetIn: Welcome["greetIn"];
  },
  { clock, ids, logger }: Surroundings,
  later: Later,
): Conversation {
  const record = recordConversation(metrics);
  return createConversation({
    store: storage.conversation,
    answerer,
    channels,
    ...(stewardship && { actorOf: stewardship.access.actorOf }),
    ...{ skills, feedback: true, greetIn },
    ...(stewardship && rooms && { handOver: true }),
    ...{ clock, ids, logger, citationUrl },
    random: Math.random,
    // Other processes may take in messages, too.
    ...(storage.dialect === "postgres" && { pollMs: POLL_SHARED_MS }),
    observe: (event) => {
      record(event);
      // A reply may have changed a ticket; a delivered card may be behind already.
      if (event.type === "replied" || event.type === "delivered") later.background?.wakeDesk();
    },
  });
}

function openServer(
  application: ServiceParts & {
    served: ServedMatching | undefined;
    triage: ServedTriage | undefined;
    channels: ReadonlyMap<string, Channel>;
    metrics: Metrics;
    web: WebChannel;
    feishu: FeishuChannel | undefined;
  },
  { clock, ids, logger }: Surroundings,
): Promise<Server> {
  const { config, storage, answerer, stewardship, served, triage, channels, metrics, web, feishu } =
    application;
  return createServer({
    host: config.http.host,
    port: config.http.port,
    ...{ clock, ids, logger, answerer, metrics },
    knowledge: storage.knowledge,
    ...(stewardship && { desk: stewardship }),
    accountOf: web.accountOf,
    ...(served && { matching: served.services }),
    ...(triage && { triage: triage.services }),
    checkReadiness: () => checkReadiness(application, channels),
    webhooks: webhooksOf(feishu),
    plugins: [(scope: FastifyInstance) => web.addRoutes(scope)],
  });
}

function openTriage(
  application: ServiceParts & { channels: ReadonlyMap<string, Channel> },
  surroundings: Surroundings,
  later: Later,
): ServedTriage | undefined {
  const { rooms, stewardship, storage, answerer, channels } = application;
  if (!rooms || !stewardship) return undefined;
  return serveTriage({
    ...{ rooms, storage, answerer, citationUrl, channels },
    access: stewardship.access,
    conversation: () => conversationOf(later),
    notifyPerson: async (account, key, reply, priority) =>
      (await later.background?.notifyPerson(account, key, reply, priority)) ?? false,
    listAdmins: async () => (await later.background?.listAdmins()) ?? [],
    ...surroundings,
  });
}

function openAnswers(
  application: ServiceParts & { channels: ReadonlyMap<string, Channel> },
  surroundings: Surroundings,
  later: Later,
): ServedAnswers {
  const { storage, park, rooms, stewardship, channels } = application;
  return serveAnswers({
    ...{ storage, park, channels, ...surroundings },
    rooms: rooms !== undefined && stewardship !== undefined,
    feedback: rooms?.triage.feedback,
    conversation: () => conversationOf(later),
  });
}

function conversationOf({ conversation }: Later): Conversation {
  if (conversation) return conversation;
  throw new Error("the conversation is not made yet");
}

function openBackground(
  {
    stewardship,
    storage,
    desk,
    served,
    triage,
    hooks,
    conversation,
    channels,
  }: ServiceParts & {
    hooks: ChannelHooks;
    desk: DocumentDesk;
    served: ServedMatching | undefined;
    triage: ServedTriage | undefined;
    conversation: Conversation;
    channels: ReadonlyMap<string, Channel>;
  },
  { clock, logger }: Surroundings,
): BackgroundWork | undefined {
  if (!stewardship) return undefined;
  return createBackgroundWork({
    ...stewardship,
    reportReading: desk.report,
    ...(served && { reachOut: served.reachOut }),
    ...(triage && { desk: triage }),
    ...(storage.dialect === "postgres" && {
      takeSignals: () => takeSignals(storage.signals, hooks.onSignal, clock()),
    }),
    conversation,
    channels,
    citationUrl,
    clock,
    logger,
  });
}

/** Made before what carries its messages, like the desk. */
function openMatching(
  { rooms, stewardship, storage, park }: ServiceParts,
  surroundings: Surroundings,
  later: Later,
): ServedMatching | undefined {
  if (!rooms || !stewardship) return undefined;
  return serveMatching({
    rooms,
    storage,
    knowledge: rooms.knowledge,
    access: stewardship.access,
    parkName: park.name,
    citationUrl,
    notifyPerson: async (account, key, reply, priority) =>
      (await later.background?.notifyPerson(account, key, reply, priority)) ?? false,
    ...surroundings,
  });
}

/** Before the library's desk: what somebody sends who may not add to it helps to understand their question. */
function openMaterials({ rooms, storage }: ServiceParts, { logger }: Surroundings): MessageSkill | undefined {
  return rooms && createMaterialSkill({ read: rooms.readMaterial, dialogues: storage.tickets, logger });
}

/** The desk is made before what carries its messages. */
function openDesk(
  publishing: Publishing,
  rooms: ServiceParts["rooms"],
  later: Later,
  logger: Logger,
): DocumentDesk {
  const specialists = () =>
    rooms?.triage.settingsDesk.current().departments.flatMap((department) => department.specialists) ?? [];
  return createDocumentDesk({
    publishing,
    nameOf: (account) => specialists().find((one) => one.account === account)?.name,
    listAdmins: async () => (await later.background?.listAdmins()) ?? [],
    notify: async (account, key, reply) =>
      (await later.background?.notifyPerson(account, key, reply)) ?? false,
    logger,
  });
}

/** A platform that is slow or unreachable must not keep the web chat from answering. */
function startInBackground(
  channel: Channel,
  conversation: Conversation,
  hooks: ChannelHooks | undefined,
  logger: Logger,
): void {
  channel.start(conversation.accept, hooks).catch((thrown: unknown) => {
    const error = toAppError(thrown);
    logger.error({ channel: channel.name, errorId: error.id, error: error.message }, "channel did not start");
  });
}

async function stopAll(
  conversation: Conversation,
  channels: ReadonlyMap<string, Channel>,
  server: Server,
): Promise<boolean> {
  // First the replies under way, which the channels still have to deliver.
  const finished = await conversation.stop();
  await Promise.allSettled([...channels.values()].map((channel) => channel.stop()));
  await server.close();
  return finished;
}
