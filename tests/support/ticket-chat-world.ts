import type { Role } from "../../src/access/index.ts";
import { detectLanguage } from "../../src/conversation/detect-language.ts";
import {
  type Conversation,
  createConversation,
  createTicketSkill,
  createTicketTeller,
  type InboundAttachment,
  type InboundMessage,
  type OutgoingReply,
  type Reply,
  readContext,
  type TicketSkillOptions,
  toSessionKey,
} from "../../src/conversation/index.ts";
import { AppError, createCountingIds, createManualClock, silentLogger } from "../../src/shared/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import {
  createAbsenceDesk,
  createTicketDesk,
  createWorkCalendar,
  type DeskSettings,
  loadClassifier,
  type RunningTicketDesk,
  writeSafetyNotice,
} from "../../src/triage/index.ts";
import { DESK_SETTINGS } from "./desk-of-tickets.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";
import { createEchoAnswerer } from "./test-answerer.ts";

export interface Delivered extends OutgoingReply {
  channel: string;
  receipt: string;
  /** Set when it took the place of an earlier one. */
  revises?: string;
}

export interface TicketChatWorld {
  desk: RunningTicketDesk;
  storage: Storage;
  settings: { current: DeskSettings };
  saved: { name: string; account: string; bytes: number }[];
  /** Oldest first; what is told by the desk counts as well. */
  delivered: Delivered[];
  /** Sends, and waits until the desk and the platform have come to rest. Gives what was answered to the message itself. */
  says(userId: string, text: string, more?: Partial<InboundMessage>): Promise<Reply>;
  /** The skill alone, as after a crash: a message may be worked on again under its key. */
  handles(userId: string, text: string, messageKey: string, more?: Partial<InboundMessage>): Promise<Reply>;
  /** Presses a button of a reply, by its label, with what stands in the form. */
  presses(
    userId: string,
    reply: Reply,
    label: string,
    form?: Readonly<Record<string, string>>,
    more?: Partial<InboundMessage>,
  ): Promise<Reply>;
  /** The last message to this place: a person's id or a group's. */
  lastTo(place: string): Reply;
  /** The last message of this kind, with its receipt. */
  lastOf(kind: string): Delivered;
  advance(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export type TicketChatOptions = Partial<TicketSkillOptions> & { withoutDirect?: boolean };

/** The platform is `feishu`; a person is in their own direct chat unless a message says otherwise. People are invented. */
export async function openTicketChat(options: TicketChatOptions = {}): Promise<TicketChatWorld> {
  const storage = await openTemporaryStorage();
  const clock = createManualClock(new Date("2026-11-23T02:00:00Z"));
  const ids = createCountingIds("t");
  const settings = { current: DESK_SETTINGS };
  const roles = new Map<string, Set<Role>>([["feishu:ou_admin", new Set(["admin" as const])]]);
  for (const { specialists, leads } of DESK_SETTINGS.departments) {
    for (const account of [...specialists.map((each) => each.account), ...leads])
      roles.set(account, new Set(["specialist" as const]));
  }
  const rolesOf = (account: string): ReadonlySet<Role> => new Set(["staff", ...(roles.get(account) ?? [])]);
  const absences = await createAbsenceDesk({
    store: storage.tickets,
    settings: () => settings.current,
    clock: clock.now,
    ids,
  });
  const desk = createTicketDesk({
    store: storage.tickets,
    classifier: await loadClassifier("knowledge"),
    settings: () => settings.current,
    calendar: () => createWorkCalendar(settings.current.calendar),
    absences: () => absences.current(),
    rolesOf: async (account) => rolesOf(account),
    listAdmins: async () => ["feishu:ou_admin"],
    canReach: (place) => ("group" in place ? place.group : place.account).startsWith("feishu:"),
    safetyNoticeOf: ({ safety, language }) => safety && writeSafetyNotice(safety, null, language),
    ...{ clock: clock.now, ids, logger: silentLogger },
  });
  const delivered: Delivered[] = [];
  const channel = createTestChannel(delivered, options.withoutDirect ?? false);
  const saved: TicketChatWorld["saved"] = [];
  const skill = createTicketSkill({
    ...{ desk, absences },
    dialogues: storage.tickets,
    recentQuestions: (sessionKey, at) => readContext(storage.conversation, sessionKey, at),
    saveFile: async ({ name, account, bytes }) => {
      saved.push({ name, account, bytes: bytes.length });
      return `file-${saved.length}`;
    },
    isMessageOf: async ({ ticketId }, name, messageIds) =>
      (await storage.conversation.keysOf(name, messageIds)).some((key) => key.startsWith(`${ticketId}:`)),
    logger: silentLogger,
    ...options,
  });
  const conversation: Conversation = createConversation({
    store: storage.conversation,
    answerer: createEchoAnswerer(),
    channels: new Map([["feishu", channel]]),
    actorOf: async (account) => ({ account, roles: rolesOf(account) }),
    skills: [skill],
    rateLimit: { burst: 1_000, perMinute: 1_000 },
    ...{ clock: clock.now, ids, logger: silentLogger },
  });
  const teller = createTicketTeller({
    notify: (notice) => conversation.notify(notice),
    noticeState: (name, key) => conversation.noticeState(name, key),
    isConnected: (name) => name === "feishu",
    directTarget: (_channel, userId) => ({ place: userId }),
    groupTarget: (_channel, chatId) => ({ place: chatId }),
    clock: clock.now,
  });
  await conversation.start();

  async function settle() {
    for (let round = 0; round < 30; round += 1) {
      await conversation.drain();
      const { ticked, released, told, cards } = await desk.work(teller);
      await conversation.drain();
      if (ticked + released + told + cards === 0) return;
    }
    throw new Error("the desk does not come to rest");
  }

  let count = 0;
  async function says(userId: string, text: string, more: Partial<InboundMessage> = {}): Promise<Reply> {
    count += 1;
    const messageKey = more.messageKey ?? `m${count}`;
    const chatId = more.chatId ?? userId;
    await conversation.accept({
      ...{ channel: "feishu", messageKey, chatId, chatKind: "direct", userId, text },
      replyTarget: { place: chatId },
      sentAt: clock.now().toISOString(),
      ...more,
    });
    await conversation.drain();
    const answer = delivered.findLast((each) => each.messageKey === messageKey);
    await settle();
    if (answer) return answer.reply;
    throw new Error(`no answer to ${messageKey}`);
  }

  return {
    ...{ desk, storage, settings, saved, delivered, says },
    async handles(userId, text, messageKey, more = {}) {
      const account = `feishu:${userId}`;
      const chatId = more.chatId ?? userId;
      const message: InboundMessage = {
        ...{ channel: "feishu", messageKey, chatId, chatKind: "direct", userId, text },
        ...{ replyTarget: { place: chatId }, sentAt: clock.now().toISOString() },
        ...more,
      };
      const outcome = await skill.handle(message, {
        actor: { account, roles: rolesOf(account) },
        language: detectLanguage(text),
        at: clock.now().toISOString(),
        sessionKey: toSessionKey(message),
        canSendDirect: true,
        sendDirect: async () => true,
        fetchAttachment: (attachment) => channel.fetchAttachment(message, attachment),
      });
      if (outcome && "headline" in outcome) return outcome;
      throw new Error(`no answer of the skill to ${text}`);
    },
    async presses(userId, reply, label, form, more = {}) {
      const actions = reply.blocks.flatMap((block) =>
        block.type === "actions"
          ? block.actions
          : block.type === "form"
            ? [block.submit, ...(block.more ?? [])]
            : [],
      );
      const action = actions.find((each) => each.label === label);
      if (!action)
        throw new Error(`no button ${label} among ${actions.map((each) => each.label).join(", ")}`);
      const { name, values } = action;
      return says(userId, "", { action: { name, values, ...(form && { form }) }, ...more });
    },
    lastTo(place) {
      const found = delivered.findLast(
        ({ replyTarget }) => (replyTarget as { place: string }).place === place,
      );
      if (found) return found.reply;
      throw new Error(`nothing was sent to ${place}`);
    },
    lastOf(kind) {
      const found = delivered.findLast(({ reply }) => reply.kind === kind);
      if (found) return found;
      throw new Error(`no ${kind} among ${delivered.map(({ reply }) => reply.kind).join(", ")}`);
    },
    async advance(milliseconds) {
      clock.advance(milliseconds);
      await settle();
    },
    async close() {
      await conversation.stop();
      await storage.remove();
    },
  };
}

function createTestChannel(delivered: Delivered[], withoutDirect: boolean) {
  const deliver = async (reply: OutgoingReply) => {
    const receipt = `om_${delivered.length + 1}`;
    delivered.push({ ...reply, channel: "feishu", receipt });
    return { receipt };
  };
  return {
    deliver,
    async revise(receipt: string, reply: OutgoingReply) {
      delivered.push({ ...reply, channel: "feishu", receipt, revises: receipt });
      return { receipt };
    },
    async fetchAttachment(_message: InboundMessage, attachment: InboundAttachment) {
      if (attachment.name.startsWith("gone")) {
        throw new AppError({
          code: "unusable-input",
          message: "gone",
          safeMessage: "文件已失效，请重新发送。",
        });
      }
      return new Uint8Array([0x25, 0x50, 0x44, 0x46]);
    },
    ...(withoutDirect ? {} : { directTarget: (userId: string) => ({ place: userId }) }),
  };
}
