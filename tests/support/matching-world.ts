import type { Answerer } from "../../src/answering/index.ts";
import {
  type Conversation,
  createConversation,
  createMatchingSkill,
  type InboundMessage,
  type MatchingOutreach,
  type MatchingSkillOptions,
  type OutgoingReply,
  type Reply,
  type ReplyBlock,
} from "../../src/conversation/index.ts";
import {
  createEnterpriseService,
  createProfileReader,
  type EnterpriseService,
} from "../../src/enterprises/index.ts";
import { loadPlaces } from "../../src/knowledge/index.ts";
import { createMatchEngine } from "../../src/matching/index.ts";
import {
  AppError,
  createManualClock,
  type ManualClock,
  randomIds,
  silentLogger,
} from "../../src/shared/index.ts";
import type { ConversationStore, Storage } from "../../src/storage/index.ts";
import { createCatalogueWorld, lexicon, planText, programFiles } from "./catalogue-world.ts";
import { actionsOf } from "./desk-world.ts";
import { KNOWLEDGE_DIRECTORY } from "./program-directory.ts";
import { createEchoAnswerer } from "./test-answerer.ts";

export const GROUP = "chat-group";

const places = await loadPlaces(KNOWLEDGE_DIRECTORY);

/** The matching part behind a channel that keeps what it delivers, over a real database. */
export interface MatchingWorld {
  storage: Storage;
  enterprises: EnterpriseService;
  clock: ManualClock;
  sent: OutgoingReply[];
  /** Resolves with the reply to this very message. */
  send(userId: string, more: Partial<InboundMessage>): Promise<Reply>;
  /** In the person's direct chat. */
  say(userId: string, text: string): Promise<Reply>;
  /** In the group. */
  sayInGroup(userId: string, text: string, more?: Partial<InboundMessage>): Promise<Reply>;
  press(
    userId: string,
    reply: Reply | undefined,
    name: string,
    form?: Record<string, string>,
  ): Promise<Reply>;
  /** The process ends after the skill's work and before its reply is stored; then it starts again. */
  crashDuring(send: () => Promise<unknown>): Promise<void>;
  /** Fields that are asked now. */
  openQuestions(userId: string): Promise<string[]>;
  /** What reached the group, or a person directly. */
  sentTo(to: string): Reply[];
  close(): Promise<void>;
}

export interface MatchingWorldOptions extends Partial<Omit<MatchingSkillOptions, "outreach">> {
  outreach?: (storage: Storage) => MatchingOutreach;
  answerer?: Answerer;
  /** False: a platform that opens no direct chats. */
  direct?: boolean;
}

export async function createMatchingWorld(options: MatchingWorldOptions = {}): Promise<MatchingWorld> {
  const { outreach, ...given } = options;
  const { storage, catalogue, lists, publish, sync } = await createCatalogueWorld();
  await publish(planText);
  await sync();
  const clock = createManualClock(new Date("2026-11-23T04:00:00Z"));
  const surroundings = { clock: clock.now, ids: randomIds, logger: silentLogger };
  const directions = new Map(programFiles.directions.map((one) => [one.id, one]));
  const reader = options.reader ?? createProfileReader({ lexicon, findPlaces: places.find });
  const enterprises = createEnterpriseService({
    store: storage.enterprises,
    conversation: storage.conversation,
    outreach: storage.outreach,
    audit: storage.audit,
    lexicon,
    reader,
    ids: randomIds,
    clock: clock.now,
  });
  const sent: OutgoingReply[] = [];
  const channel = {
    deliver: async (reply: OutgoingReply) => {
      sent.push(reply);
      return { receipt: `r${sent.length}` };
    },
    ...(options.direct !== false && { directTarget: (userId: string) => ({ to: userId }) }),
  };
  const skill = createMatchingSkill({
    enterprises,
    reader,
    lexicon,
    engineFor: async (day) =>
      createMatchEngine({ entries: await catalogue.entries(day), directions, lexicon }),
    entriesFor: (day) => catalogue.entries(day),
    lists,
    dialogues: storage.enterprises,
    files: storage.enterprises,
    fileUrl: (fileId) => `/files/${fileId}`,
    citationUrl: ({ documentId, start }) => `/documents/${documentId}#${start}`,
    ids: randomIds,
    logger: silentLogger,
    ...given,
    ...(outreach && { outreach: outreach(storage) }),
  });
  let isCrashing = false;
  const store: ConversationStore = {
    ...storage.conversation,
    async completeMessage(completion) {
      if (!isCrashing) return storage.conversation.completeMessage(completion);
      throw new AppError({ code: "not-found", message: "the process has ended", safeMessage: "" });
    },
  };
  const open = async () => {
    const opened = createConversation({
      ...surroundings,
      store,
      answerer: options.answerer ?? createEchoAnswerer(),
      channels: new Map([["test", channel]]),
      rateLimit: { burst: 1000, perMinute: 1000 },
      skills: [skill],
    });
    await opened.start();
    return opened;
  };
  let conversation = await open();
  return {
    ...{ storage, enterprises, clock, sent },
    ...createPeople(() => conversation, sent, clock),
    async crashDuring(send) {
      isCrashing = true;
      await send().catch(() => undefined);
      await conversation.stop();
      isCrashing = false;
      conversation = await open();
      await conversation.drain();
    },
    async openQuestions(userId) {
      const record = await storage.enterprises.getDialogue(`match:test:${userId}`);
      return (record?.state as { state?: { asked?: string[] } } | undefined)?.state?.asked ?? [];
    },
    async close() {
      await conversation.stop();
      await storage.remove();
    },
  };
}

function createPeople(
  current: () => Conversation,
  sent: readonly OutgoingReply[],
  clock: ManualClock,
): Pick<MatchingWorld, "send" | "say" | "sayInGroup" | "press" | "sentTo"> {
  const send: MatchingWorld["send"] = async (userId, more) => {
    clock.advance(1_000);
    const before = sent.length;
    const messageKey = randomIds();
    await current().accept({
      channel: "test",
      messageKey,
      chatId: userId,
      chatKind: "direct",
      userId,
      text: "",
      replyTarget: { to: userId },
      sentAt: clock.now().toISOString(),
      ...more,
    });
    await current().drain();
    const key = more.messageKey ?? messageKey;
    const own = sent.slice(before).find((reply) => reply.messageKey === key);
    if (!own) throw new Error("no reply");
    return own.reply;
  };
  const inGroup = { chatId: GROUP, chatKind: "group" as const, replyTarget: { to: GROUP } };
  return {
    send,
    say: (userId, text) => send(userId, { text }),
    sayInGroup: (userId, text, more = {}) => send(userId, { text, ...inGroup, ...more }),
    press(userId, reply, name, form) {
      const action = reply && actionsOf(reply).find((each) => each.name === name);
      if (!action) throw new Error(`no button ${name} in ${reply?.headline}`);
      return send(userId, { action: { name, values: action.values, ...(form && { form }) } });
    },
    sentTo: (to) =>
      sent.flatMap(({ replyTarget, reply }) => ((replyTarget as { to: string }).to === to ? [reply] : [])),
  };
}

export function programsOf(reply: Reply): Extract<ReplyBlock, { type: "program" }>[] {
  return reply.blocks.flatMap((block) => (block.type === "program" ? [block] : []));
}
