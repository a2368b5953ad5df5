import { createHash } from "node:crypto";
import { type Access, type Actor, type Audience, can, requireRight, revokeLeaver } from "./access/index.ts";
import type { Answer, Answerer } from "./answering/index.ts";
import {
  type Channel,
  type ChannelHooks,
  type ChannelSignal,
  type CitationUrl,
  type Conversation,
  createOfficeSkill,
  createTicketSkill,
  createTicketTeller,
  type MessageSkill,
  type Notice,
  type Reply,
  readContext,
  type TicketSkillOptions,
  writeDeskDigest,
} from "./conversation/index.ts";
import { describeProfile } from "./enterprises/index.ts";
import { createFollows, ticketIdOf } from "./follow-threads.ts";
import type { TriageServices } from "./server/index.ts";
import { type Clock, type IdSource, type Logger, toAppError, toShanghaiDay } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";
import {
  type DeskOffice,
  type DraftAnswer,
  describeFeedback,
  describeFigures,
  drawFigures,
  type FigurePeriod,
  lastWeek,
  type Ticket,
} from "./triage/index.ts";
import type { MatchingRooms } from "./wire-matching.ts";
import type { TriageRooms } from "./wire-triage.ts";

export interface ServeTriageParts {
  rooms: TriageRooms & Pick<MatchingRooms, "matching" | "enterprises">;
  storage: Storage;
  access: Access;
  answerer: Answerer;
  citationUrl: CitationUrl;
  /** Made after this, with the skill. */
  conversation(): Conversation;
  channels: ReadonlyMap<string, Channel>;
  notifyPerson(account: string, key: string, reply: Reply, priority?: Notice["priority"]): Promise<boolean>;
  listAdmins(): Promise<readonly string[]>;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

export interface ServedTriage {
  skill: MessageSkill;
  /** How the desk is run, by chat. Asked after `skill`. */
  office: MessageSkill;
  services: TriageServices;
  hooks: ChannelHooks;
  /** Clocks, messages, cards. Safe to call again at any time. */
  work(): Promise<void>;
  /** What can wait for minutes: settings of other processes, questions without an answer. */
  tidy(): Promise<void>;
  /** Once a week to administrators and leads. */
  sendDigest(): Promise<void>;
}

/** Tickets as chat, REST and background work use them. */
export function serveTriage(parts: ServeTriageParts): ServedTriage {
  const { rooms, storage } = parts;
  const { tickets, triage } = rooms;
  const teller = createTeller(parts);
  warmUp(parts);
  return {
    skill: createTicketSkill({
      desk: tickets,
      dialogues: storage.tickets,
      recentQuestions: (sessionKey, at) => readContext(storage.conversation, sessionKey, at),
      describeEnterprise: (actor, chat, at) => describeEnterprise(parts, actor, chat, at),
      draftAnswer: (request) => draftAnswer(parts, request),
      saveFile: (file) => saveFile(parts, file),
      isMessageOf: (ticket, channel, messageIds) => isMessageOf(storage, ticket, channel, messageIds),
      absences: { ...triage.absences, isWorkday: (day) => triage.calendar().isWorkday(day) },
      safetyNoticeFor: triage.safetyNoticeFor,
      logger: parts.logger,
    }),
    office: openOffice(parts),
    services: toServices(rooms),
    hooks: createHooks(parts),
    async work() {
      await tickets.work(teller);
    },
    async tidy() {
      await triage.refresh();
      await triage.gaps.collect(parts.clock());
    },
    sendDigest: () => sendDigest(parts),
  };
}

/** So that nobody's first request waits for it; whoever comes before it is done is served all the same. */
function warmUp({ rooms, logger }: ServeTriageParts): void {
  rooms.triage.classifier.warmUp?.().catch((thrown: unknown) => {
    logger.error({ err: thrown }, "the classifier could not be warmed up");
  });
}

function openOffice(parts: ServeTriageParts): MessageSkill {
  const { rooms, storage, access, notifyPerson, listAdmins, logger } = parts;
  const { settingsDesk, office, gaps, feedback, classifier } = rooms.triage;
  return createOfficeSkill({
    ...{ office, gaps, feedback, access, notifyPerson, listAdmins, logger },
    settings: settingsDesk,
    desk: rooms.tickets,
    categories: classifier.categories,
    dialogues: storage.tickets,
    saveFile: (file) => saveFile(parts, file),
  });
}

function createTeller(parts: ServeTriageParts): ReturnType<typeof createTicketTeller> {
  const { channels, conversation, clock } = parts;
  return createTicketTeller({
    notify: (notice) => conversation().notify(notice),
    noticeState: (channel, key) => conversation().noticeState(channel, key),
    isConnected: (channel) => channels.has(channel),
    directTarget: (channel, userId) => channels.get(channel)?.directTarget?.(userId),
    groupTarget: (channel, chatId) => channels.get(channel)?.groupTarget?.(chatId),
    takesFiles: (channel) => channels.get(channel)?.fetchAttachment !== undefined,
    fileUrl: (fileId) => `/files/${fileId}`,
    clock,
  });
}

function createHooks(parts: ServeTriageParts): ChannelHooks {
  const { rooms, storage, access, logger } = parts;
  const { tickets } = rooms;
  return {
    async onSignal(signal) {
      logger.info({ signal: signal.kind, channel: signal.channel }, "signal of a platform");
      if (signal.kind === "removed-from-chat") await tickets.leftChat(signal.channel, signal.chatId);
      // What they held goes back to its queue by itself.
      if (signal.kind === "person-left") await revokeLeaver(access, `${signal.channel}:${signal.userId}`);
      if (signal.kind === "message-recalled") await takeBack(parts, signal);
    },
    follows: createFollows(storage),
  };
}

/** What a ticket holds is the desk's matter; everything else was a question. */
async function takeBack(
  { rooms, storage, conversation }: ServeTriageParts,
  { channel, messageKey }: Extract<ChannelSignal, { kind: "message-recalled" }>,
): Promise<void> {
  const key = `${channel}:${messageKey}`;
  const held = await storage.tickets.ticketsWithEvent(key);
  await rooms.tickets.recallMessage(key);
  if (held.length === 0) await conversation().withdraw(channel, messageKey);
}

async function isMessageOf(
  { conversation }: Storage,
  { ticketId }: Ticket,
  channel: string,
  messageIds: readonly string[],
): Promise<boolean> {
  const keys = await conversation.keysOf(channel, messageIds);
  return keys.some((key) => ticketIdOf(key) === ticketId);
}

/** Shown as the head of the card. */
const NAMED: ReadonlySet<string> = new Set(["name", "credit-code"]);

type Brief = Awaited<ReturnType<NonNullable<TicketSkillOptions["describeEnterprise"]>>>;

/** What is not sensitive, in words; figures of the business stay with the enterprise. */
async function describeEnterprise(
  { rooms }: ServeTriageParts,
  actor: Actor,
  chat: string | null,
  at: Date,
): Promise<Brief> {
  const { enterprises, matching, triage } = rooms;
  const enterprise = await enterprises.find(actor, chat);
  if (!enterprise) return undefined;
  const profile = await enterprises.profile(enterprise.enterpriseId, actor, toShanghaiDay(at));
  const rows = describeProfile(profile, matching.lexicon);
  const lines = rows
    .filter(({ field, sensitive, state }) => !sensitive && state !== "conflicting" && !NAMED.has(field))
    .map(({ label, value }) => `${label}：${value}`);
  return {
    enterpriseId: enterprise.enterpriseId,
    name: enterprise.name,
    lines: lines.slice(0, 12),
    traits: triage.traitsOf(profile),
  };
}

async function draftAnswer(
  { answerer, citationUrl }: ServeTriageParts,
  request: { question: string; context: readonly string[]; audience: Audience },
): Promise<DraftAnswer | null> {
  const answer = await answerer.answerQuestion(request);
  return isAnswer(answer) ? toDraft(answer, citationUrl) : null;
}

function isAnswer({ kind, citations }: Answer): boolean {
  return (kind === "answered" || kind === "partial") && citations.length > 0;
}

function toDraft(answer: Answer, citationUrl: CitationUrl): DraftAnswer {
  return {
    kind: answer.kind,
    text: answer.conclusion,
    citations: answer.citations.map((citation) => {
      const { documentId, title, status, section, quote } = citation;
      const url = citation.restricted ? {} : { url: citationUrl(citation) };
      return { documentId, title, status, section, quote, ...url };
    }),
    notStated: answer.notStated,
  };
}

/** The same file of the same message is kept once. */
async function saveFile(
  { storage }: ServeTriageParts,
  { key, account, enterpriseId, name, mediaType, bytes, at }: Parameters<TicketSkillOptions["saveFile"]>[0],
): Promise<string> {
  const hash = createHash("sha256")
    .update(JSON.stringify([key, name]))
    .update(bytes);
  const fileId = hash.digest("hex").slice(0, 32);
  await storage.enterprises.saveFile({
    ...{ fileId, account, enterpriseId, name, mediaType, bytes },
    createdAt: at.toISOString(),
  });
  return fileId;
}

function toServices({ tickets, triage }: TriageRooms): TriageServices {
  const { settings, office, absences, gaps, feedback } = triage;
  return {
    desk: tickets,
    triage: triage.triageRequest,
    ...{ settings, feedback },
    absences: {
      async list(by) {
        requireRight(by, "read-tickets");
        return absences.current();
      },
      set: (absence, by) => absences.set(absence, by),
      async cancel(absenceId, by) {
        await absences.cancel(absenceId, by);
        return true;
      },
    },
    office: {
      figures: office.figures,
      figuresFile: office.figuresFile,
      suggestRouting: office.suggestRouting,
      draftFaq: office.draftFaq,
      async adoptRouting(suggestion, by, reason) {
        await office.adoptRouting(suggestion, by, reason);
        return settings.show(by);
      },
    },
    gaps: {
      list: gaps.list,
      async decide(gapId, state, by, note) {
        await gaps.decide(gapId, state, by, note);
        return true;
      },
    },
  };
}

async function sendDigest({
  rooms,
  storage,
  access,
  conversation,
  notifyPerson,
  listAdmins,
  clock,
  ids,
}: ServeTriageParts): Promise<void> {
  const { triage } = rooms;
  const at = clock();
  const period = lastWeek(at);
  const { departments } = triage.settingsDesk.current();
  const leads = departments.flatMap((each) => each.leads);
  const readers = new Set([...(await listAdmins()), ...leads]);
  const key = `desk-digest:${period.from}`;
  for (const account of readers) {
    // Called every day: what was sent this week is not drawn again.
    if (await wasTold(conversation(), account, key)) continue;
    const by = await access.actorOf(account);
    const figures = await figuresFor(triage.office, period, by);
    if (!figures || (figures.opened === 0 && figures.openTickets === 0)) continue;
    const pictures = [];
    for (const { name, png, alt } of await drawFigures(figures)) {
      const fileId = ids();
      const file = { fileId, account, enterpriseId: null, name: `${name}.png`, mediaType: "image/png" };
      await storage.enterprises.saveFile({ ...file, bytes: png, createdAt: at.toISOString() });
      pictures.push({ fileId, alt });
    }
    const lines = [...describeFigures(figures), ...(await sayFeedback(triage, period, by))];
    await notifyPerson(account, key, writeDeskDigest(period, lines, pictures), 2);
  }
}

/** For those who may read it; nothing when nobody judged. */
async function sayFeedback(
  { feedback }: TriageRooms["triage"],
  period: FigurePeriod,
  by: Actor,
): Promise<string[]> {
  if (!can(by.roles, "read-figures")) return [];
  const figures = await feedback.figures(by, period);
  return figures.helpful + figures.unhelpful === 0 ? [] : describeFeedback(figures);
}

/** Undefined: a line in the settings names them a lead, and their role is gone. */
async function figuresFor(office: DeskOffice, period: FigurePeriod, by: Actor) {
  try {
    return await office.figures(period, by);
  } catch (thrown) {
    if (toAppError(thrown).code === "forbidden") return undefined;
    throw thrown;
  }
}

async function wasTold(conversation: Conversation, account: string, key: string): Promise<boolean> {
  const colon = account.indexOf(":");
  const [channel, userId] = [account.slice(0, colon), account.slice(colon + 1)];
  return (await conversation.noticeState(channel, `${key}:${userId}`)) !== undefined;
}
