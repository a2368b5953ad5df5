import type { Actor, Role } from "../../src/access/index.ts";
import { createCountingIds, createManualClock, silentLogger } from "../../src/shared/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import {
  type Absence,
  type Classification,
  type Classifier,
  createTicketDesk,
  createWorkCalendar,
  type DeskSettings,
  type NewRequest,
  type RunningTicketDesk,
  type TicketAsker,
  type TicketTeller,
} from "../../src/triage/index.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";

/** People and departments here are invented. */
export const DESK_SETTINGS: DeskSettings = {
  departments: [
    {
      id: "science",
      name: "区科委",
      specialists: [
        { account: "feishu:ou_zhang", name: "张三" },
        { account: "feishu:ou_li", name: "李四" },
      ],
      leads: ["feishu:ou_lead"],
      group: "feishu:oc_science",
      hours: [["09:00", "17:00"]],
      fallback: false,
    },
    {
      id: "space",
      name: "区规划资源局",
      specialists: [{ account: "feishu:ou_wang", name: "王五" }],
      leads: [],
      group: null,
      hours: [["09:00", "17:00"]],
      fallback: false,
    },
    {
      id: "centre",
      name: "区科技发展促进中心",
      specialists: [{ account: "feishu:ou_zhao", name: "赵六" }],
      leads: [],
      group: "feishu:oc_centre",
      hours: [["09:00", "17:00"]],
      fallback: true,
    },
    {
      id: "empty",
      name: "区空缺局",
      specialists: [],
      leads: [],
      group: null,
      hours: [["09:00", "17:00"]],
      fallback: false,
    },
  ],
  routing: [
    { id: "R-C01", categories: ["C01"], departments: ["space"] },
    { id: "R-C02", categories: ["C02"], departments: ["science"] },
    { id: "R-C03", categories: ["C03"], departments: ["empty"] },
  ],
  sla: {
    terms: [{ firstResponse: 120, nextResponse: 240, resolution: 960 }],
    soonShare: 0.75,
    leadAfter: 60,
    askerAfter: 120,
    undoMinutes: 30,
    reopenDays: 7,
    autoCloseDays: 3,
  },
  calendar: { holidays: [], workdays: [] },
  templates: [{ id: "thanks", title: "致谢", text: "{企业}您好，工单{工单}已由{部门}{专员}办理。" }],
  dutyLine: null,
};

const CATEGORIES = new Map([
  ["C01", { id: "C01", name: "空间选址", service: "三接·空间接应" }],
  ["C02", { id: "C02", name: "融资与基金", service: "一站式·金融支持" }],
  ["C03", { id: "C03", name: "上市与资本市场", service: "上市与融资服务" }],
  ["C15", { id: "C15", name: "其他/超范围", service: "—" }],
]);

const WORDS: readonly [word: string, category: string][] = [
  ["基金", "C02"],
  ["厂房", "C01"],
  ["上市", "C03"],
];

/** By three words, so that these tests do not depend on what the real one has learnt. */
export const wordClassifier: Classifier = {
  categories: CATEGORIES,
  classify(text): Classification {
    const found = WORDS.flatMap(([word, category]) => (text.includes(word) ? [category] : []));
    const [category = "C15", ...also] = found;
    return {
      category,
      categoryName: CATEGORIES.get(category)?.name ?? category,
      also,
      parts: [category, ...also].map((each) => ({ category: each, words: text })),
      urgency: text.includes("着急") ? "高" : "中",
      sentiment: "平",
      language: "zh",
      safety: null,
      spam: text.includes("发票代开"),
      reason: "按测试用词判断",
      confidence: 1,
      alternatives: [],
      engine: "rules",
    };
  },
};

export type Told = Parameters<TicketTeller["tell"]>[0];
export type ShownCard = Parameters<TicketTeller["showCard"]>[0];

/** A platform that takes everything, once for a key, unless told otherwise. */
export interface RecordingTeller extends TicketTeller {
  told: Told[];
  shown: ShownCard[];
  /** Messages to these cannot be delivered: `feishu:oc_science`, `feishu:ou_zhang`. */
  dead: Set<string>;
  /** What a card shows now, by its id. */
  cards(): Map<string, ShownCard>;
}

function createRecordingTeller(): RecordingTeller {
  const told: Told[] = [];
  const shown: ShownCard[] = [];
  const keys = new Map<string, { state: "delivered" | "dead"; receipt: string | null }>();
  const dead = new Set<string>();
  return {
    told,
    shown,
    dead,
    cards: () => new Map(shown.map((each) => [each.card.cardId, each])),
    async tell(message) {
      if (keys.has(message.key)) return "sent";
      keys.set(message.key, { state: "delivered", receipt: `om_${keys.size}` });
      told.push(message);
      return "sent";
    },
    async showCard(request) {
      const { card, key, receipt } = request;
      if (keys.has(key)) return "sent";
      const isDead = dead.has(`${card.channel}:${card.chatId}`);
      keys.set(
        key,
        isDead
          ? { state: "dead", receipt: null }
          : { state: "delivered", receipt: receipt ?? `om_${keys.size}` },
      );
      if (!isDead) shown.push(request);
      return "sent";
    },
    stateOf: async (_channel, key) => keys.get(key),
  };
}

export interface TicketWorld {
  desk: RunningTicketDesk;
  teller: RecordingTeller;
  storage: Storage;
  now(): Date;
  advance(milliseconds: number): void;
  /** Runs the desk until nothing changes any more. */
  settle(): Promise<void>;
  actor(account: string, ...roles: Role[]): Actor;
  grant(account: string, ...roles: Role[]): void;
  absences: Absence[];
  settings: { current: DeskSettings };
}

/** The desk over a SQLite database that is deleted behind the test. Monday, 09:30 in Shanghai. */
export async function openTicketWorld(storage?: Storage): Promise<TicketWorld> {
  const store = storage ?? (await openTemporaryStorage());
  const clock = createManualClock(new Date("2026-11-23T01:30:00Z"));
  const roles = new Map<string, Set<Role>>([["feishu:ou_admin", new Set(["admin" as const])]]);
  for (const { specialists, leads } of DESK_SETTINGS.departments) {
    for (const account of [...specialists.map((each) => each.account), ...leads])
      roles.set(account, new Set(["specialist" as const]));
  }
  const absences: Absence[] = [];
  const settings = { current: DESK_SETTINGS };
  const rolesOf = (account: string): ReadonlySet<Role> => new Set(["staff", ...(roles.get(account) ?? [])]);
  const desk = createTicketDesk({
    store: store.tickets,
    classifier: wordClassifier,
    settings: () => settings.current,
    calendar: () => createWorkCalendar(settings.current.calendar),
    absences: () => absences,
    rolesOf: async (account) => rolesOf(account),
    listAdmins: async () => [...roles].flatMap(([account, held]) => (held.has("admin") ? [account] : [])),
    canReach: (place) => ("group" in place ? place.group : place.account).startsWith("feishu:"),
    safetyNoticeOf: () => null,
    clock: clock.now,
    ids: createCountingIds("t"),
    logger: silentLogger,
  });
  const teller = createRecordingTeller();
  return {
    ...{ desk, teller, storage: store, absences, settings, now: clock.now, advance: clock.advance },
    async settle() {
      for (let round = 0; round < 20; round += 1) {
        const { ticked, released, told, cards } = await desk.work(teller);
        if (ticked + released + told + cards === 0) return;
      }
      throw new Error("the desk does not come to rest");
    },
    actor: (account, ...held) => ({
      account,
      roles: held.length > 0 ? new Set(held) : rolesOf(account),
    }),
    grant: (account, ...held) => void roles.set(account, new Set(held)),
  };
}

export function askerOf(userId: string, more: Partial<TicketAsker> = {}): TicketAsker {
  return {
    account: `web:${userId}`,
    channel: "web",
    userId,
    chatId: userId,
    chatKind: "direct",
    sessionKey: `web/${userId}/${userId}/`,
    replyTarget: { session: userId },
    ...more,
  };
}

export function requestOf(userId: string, text: string, more: Partial<NewRequest> = {}): NewRequest {
  return {
    requestKey: `web:${userId}:${text}`,
    asker: askerOf(userId),
    text,
    context: [],
    files: [],
    enterpriseId: null,
    enterprise: null,
    contact: null,
    draft: null,
    ...more,
  };
}
