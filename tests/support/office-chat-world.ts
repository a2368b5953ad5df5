import { type Access, createAccess, operatorOf } from "../../src/access/index.ts";
import {
  type Conversation,
  createConversation,
  createOfficeSkill,
  createTicketSkill,
  type InboundMessage,
  type OfficeSkillOptions,
  type OutgoingReply,
  type Reply,
  readContext,
} from "../../src/conversation/index.ts";
import { createCountingIds, createManualClock, silentLogger } from "../../src/shared/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import {
  createDeskOffice,
  createFeedbackDesk,
  createGapDesk,
  createSettingsDesk,
  createTicketDesk,
  createWorkCalendar,
  type DeskOffice,
  type DeskSettings,
  type RunningTicketDesk,
  type SettingsDesk,
} from "../../src/triage/index.ts";
import { DESK_SETTINGS, wordClassifier } from "./desk-of-tickets.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";
import { createEchoAnswerer } from "./test-answerer.ts";

export interface OfficeChatWorld {
  access: Access;
  desk: RunningTicketDesk;
  settings: SettingsDesk;
  storage: Storage;
  saved: { name: string; account: string; mediaType: string; bytes: Uint8Array }[];
  /** What was answered to the message itself. */
  says(userId: string, text: string, more?: Partial<InboundMessage>): Promise<Reply>;
  /** Said in a group. */
  saysIn(group: string, userId: string, text: string, more?: Partial<InboundMessage>): Promise<Reply>;
  presses(
    userId: string,
    reply: Reply,
    label: string,
    form?: Readonly<Record<string, string>>,
    more?: Partial<InboundMessage>,
  ): Promise<Reply>;
  /** The next dialogue is not saved, as in a crash just before it. */
  failNextSave(): void;
  /** Everything that went to a person's direct chat, answers included, oldest first. */
  sentTo(userId: string): Reply[];
  advance(milliseconds: number): void;
  /** The conversation and its skills anew over the same storage. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const FINANCE: DeskSettings["departments"][number] = {
  ...{ id: "finance", name: "区财政局", specialists: [], leads: [], group: null },
  hours: [["09:00", "17:00"]],
  fallback: false,
};

/** The desk's settings and one department without anybody. People and departments are invented. */
const OFFICE_SETTINGS: DeskSettings = {
  ...DESK_SETTINGS,
  departments: [...DESK_SETTINGS.departments, FINANCE].map((each) =>
    each.id === "science" ? { ...each, leads: ["feishu:ou_li"] } : each,
  ),
  routing: [
    {
      id: "R-C02-投资",
      categories: ["C02"],
      words: ["投资人", "路演"],
      departments: ["science", "centre"],
      assignee: "feishu:ou_zhang",
      queue: "成果转化组",
    },
    { id: "R-C02-C03", categories: ["C02", "C03"], words: ["并购"], departments: ["centre"] },
    ...DESK_SETTINGS.routing,
  ],
};

const ADMINS = ["feishu:ou_admin", "feishu:ou_admin2"];

/** The platform is `feishu`; tickets are asked before the office, then everything counts as a question. */
export async function openOfficeChat(change: Partial<OfficeSkillOptions> = {}): Promise<OfficeChatWorld> {
  const storage = await openTemporaryStorage();
  const clock = createManualClock(new Date("2026-11-23T02:00:00Z"));
  const ids = createCountingIds("o");
  const access = createAccess(storage.access, clock.now);
  const operator = operatorOf("test");
  for (const account of ADMINS) await access.grant(account, "admin", operator);
  for (const { specialists } of OFFICE_SETTINGS.departments) {
    for (const { account } of specialists) await access.grant(account, "specialist", operator);
  }
  const known = { categories: wordClassifier.categories };
  const settings = await createSettingsDesk({
    ...{ store: storage.tickets, files: OFFICE_SETTINGS, known },
    clock: clock.now,
  });
  const calendar = () => createWorkCalendar(settings.current().calendar);
  const desk = createTicketDesk({
    ...{ store: storage.tickets, classifier: wordClassifier, calendar },
    settings: () => settings.current(),
    absences: () => [],
    rolesOf: async (account) => (await access.actorOf(account)).roles,
    listAdmins: async () => ADMINS,
    canReach: () => true,
    safetyNoticeOf: () => null,
    ...{ clock: clock.now, ids, logger: silentLogger },
  });
  const office: DeskOffice = createDeskOffice({
    ...{ store: storage.tickets, desk, settings, calendar, clock: clock.now },
    goals: [],
    goalSource: async () => undefined,
    saveFaqDraft: async () => "faq-1",
  });
  const gaps = createGapDesk({
    ...{ store: storage.tickets, turns: storage.conversation, clock: clock.now, ids },
  });
  const feedback = createFeedbackDesk({
    ...{ store: storage.feedback, turns: storage.conversation, clock: clock.now },
  });
  const delivered: OutgoingReply[] = [];
  const saved: OfficeChatWorld["saved"] = [];
  const target = (userId: string) => ({ place: userId });
  let conversation: Conversation | undefined;
  let failures = 0;
  const dialogues: OfficeSkillOptions["dialogues"] = {
    getDialogue: storage.tickets.getDialogue,
    async saveDialogue(record) {
      failures -= 1;
      if (failures === 0) throw new Error("the power went off");
      await storage.tickets.saveDialogue(record);
    },
  };

  async function start(): Promise<void> {
    const talking = createConversation({
      store: storage.conversation,
      answerer: createEchoAnswerer(),
      channels: new Map([
        [
          "feishu",
          {
            async deliver(reply: OutgoingReply) {
              delivered.push(reply);
              return { receipt: `om_${delivered.length}` };
            },
            directTarget: target,
          },
        ],
      ]),
      actorOf: access.actorOf,
      skills: [
        createTicketSkill({
          ...{ desk, dialogues: storage.tickets, logger: silentLogger },
          recentQuestions: (sessionKey, at) => readContext(storage.conversation, sessionKey, at),
          saveFile: async () => "file",
        }),
        createOfficeSkill({
          ...{ settings, office, gaps, feedback, desk, access, dialogues, logger: silentLogger },
          categories: wordClassifier.categories,
          listAdmins: async () => (await access.list(operator, "admin")).map(({ account }) => account),
          async notifyPerson(account, key, reply) {
            const userId = account.slice(account.indexOf(":") + 1);
            const sessionKey = `direct/${userId}`;
            const notice = { channel: "feishu", key: `${key}:${userId}`, sessionKey, reply };
            await talking.notify({ ...notice, replyTarget: target(userId) });
            return true;
          },
          async saveFile(file) {
            saved.push(file);
            return `file-${saved.length}`;
          },
          ...change,
        }),
      ],
      rateLimit: { burst: 1_000, perMinute: 1_000 },
      ...{ clock: clock.now, ids, logger: silentLogger },
    });
    conversation = talking;
    await talking.start();
  }

  let count = 0;
  async function says(userId: string, text: string, more: Partial<InboundMessage> = {}): Promise<Reply> {
    count += 1;
    const messageKey = more.messageKey ?? `m${count}`;
    const chatId = more.chatId ?? userId;
    await conversation?.accept({
      ...{ channel: "feishu", messageKey, chatId, chatKind: "direct", userId, text },
      replyTarget: { place: chatId },
      sentAt: clock.now().toISOString(),
      ...more,
    });
    await conversation?.drain();
    const answer = delivered.findLast((each) => each.messageKey === messageKey);
    if (answer) return answer.reply;
    throw new Error(`no answer to ${messageKey}`);
  }

  await start();
  return {
    ...{ access, desk, settings, storage, saved, says },
    saysIn: (group, userId, text, more = {}) =>
      says(userId, text, { chatId: group, chatKind: "group", ...more }),
    async presses(userId, reply, label, form, more = {}) {
      const { name, values } = buttonOf(reply, label);
      return says(userId, "", { action: { name, values, ...(form && { form }) }, ...more });
    },
    failNextSave: () => {
      failures = 1;
    },
    sentTo: (userId) =>
      delivered
        .filter(({ replyTarget }) => (replyTarget as { place: string }).place === userId)
        .map(({ reply }) => reply),
    advance: (milliseconds) => clock.advance(milliseconds),
    async restart() {
      await conversation?.stop();
      await start();
    },
    async close() {
      await conversation?.stop();
      await storage.remove();
    },
  };
}

function buttonOf({ blocks }: Reply, label: string) {
  const actions = blocks.flatMap((block) =>
    block.type === "actions"
      ? block.actions
      : block.type === "form"
        ? [block.submit, ...(block.more ?? [])]
        : [],
  );
  const found = actions.find((each) => each.label === label);
  if (found) return found;
  throw new Error(`no button ${label} among ${actions.map((each) => each.label).join(", ")}`);
}
