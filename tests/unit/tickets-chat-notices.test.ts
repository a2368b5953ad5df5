import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/conversation/index.ts";
import { writeAskerNotice } from "../../src/conversation/tickets/write-asker-notice.ts";
import { writeDeskNotice } from "../../src/conversation/tickets/write-desk-notice.ts";
import type { CardPlace } from "../../src/conversation/tickets/write-former-card.ts";
import { writeTicketCard } from "../../src/conversation/tickets/write-ticket-card.ts";
import type { Ticket, TicketEvent, TicketEventKind, TicketNotice } from "../../src/triage/index.ts";
import { askerOf, DESK_SETTINGS, wordClassifier } from "../support/desk-of-tickets.ts";

const FILE = { fileId: "f1", name: "指引.pdf", mediaType: "application/pdf", bytes: 1024 };
const AT = "2026-11-23T02:00:00.000Z";
const DUE = "2026-11-23T07:40:00.000Z";
const NAMES = Object.fromEntries(DESK_SETTINGS.departments.map(({ id, name }) => [id, name]));

function ticketOf(language: "zh" | "en", change: Partial<Ticket> = {}): Ticket {
  const text = language === "zh" ? "想对接基金" : "We look for a fund";
  return {
    ticketId: "t1",
    number: "20261123-0007",
    revision: 3,
    lastSequence: 3,
    status: "处理中",
    asker: askerOf("a", { name: "提问人甲" }),
    enterpriseId: null,
    enterprise: { name: "示例生物（虚构）", lines: ["化妆品研发"] },
    contact: "021-00000000",
    consentAt: AT,
    text,
    context: ["人才公寓怎么申请"],
    files: [FILE],
    draft: {
      kind: "partial",
      text: "文件提出设立产业基金。",
      citations: [
        {
          documentId: "d",
          title: "行动方案",
          status: "征求意见稿",
          section: "三（六）¶2",
          quote: "设立产业基金。",
        },
      ],
      notStated: ["金额"],
    },
    classification: { ...wordClassifier.classify("基金"), language },
    urgency: "高",
    tasks: [
      {
        taskId: "k1",
        department: "science",
        category: "C02",
        summary: text,
        state: "claimed",
        assignee: "feishu:ou_zhang",
        assigneeName: "张三",
        queue: null,
        reason: "按园区分派表 R-C02：融资与基金由区科委受理",
        ruleId: "R-C02",
        reroutes: [
          {
            from: "space",
            to: "science",
            at: AT,
            by: "feishu:ou_wang",
            reason: "属融资事项",
            kind: "transfer",
          },
        ],
        clocks: [
          {
            kind: "first-response",
            grantedMinutes: 120,
            startedAt: AT,
            usedMinutes: 0,
            runningSince: AT,
            dueAt: DUE,
            metAt: null,
            breachedAt: null,
            reminded: [],
          },
        ],
        queuedAt: AT,
        claimedAt: AT,
        firstResponseAt: null,
        answeredAt: null,
        closedAt: null,
        closedBy: null,
        outcome: null,
        beforeClose: null,
        unreachableAt: null,
      },
    ],
    openedAt: AT,
    closedAt: null,
    reopened: 0,
    mergedInto: null,
    mergedFrom: [],
    satisfaction: null,
    satisfactionAskedAt: null,
    faqId: null,
    ...change,
  };
}

const taskId = "k1";
const NOTICES: readonly TicketNotice[] = [
  { notice: "claimed", taskId, name: "张三" },
  { notice: "claimed", taskId, name: null },
  { notice: "transferred", taskId, department: "space" },
  { notice: "question", taskId, name: "张三", text: "请问融资金额？", files: [FILE] },
  { notice: "answer", taskId, name: "张三", text: "请先报名对接会。", files: [FILE] },
  { notice: "answer", taskId, name: null, text: "", files: [FILE] },
  { notice: "closed", taskId, outcome: "已推荐对接会", askSatisfaction: true },
  { notice: "closed", taskId: null, outcome: null, askSatisfaction: false },
  { notice: "close-undone", taskId },
  { notice: "reopened" },
  { notice: "cancelled", reason: "不需要了" },
  { notice: "cancelled", reason: null },
  { notice: "merged", into: "20261123-0005" },
  { notice: "task-added", taskId, department: "space" },
  { notice: "late", taskId, clock: "first-response", dueAt: DUE },
  { notice: "late", taskId, clock: "resolution", dueAt: DUE },
  { notice: "assigned", taskId, by: "李四", reason: "由李四代理" },
  { notice: "assigned", taskId, by: null, reason: null },
  { notice: "asker-said", taskId, text: "大约五百万", files: [FILE] },
  { notice: "message-recalled", taskId, side: "asker" },
  { notice: "message-recalled", taskId, side: "desk" },
  { notice: "reminder", taskId, clock: "first-response", step: "soon", dueAt: DUE },
  { notice: "reminder", taskId, clock: "next-response", step: "breached", dueAt: DUE },
  { notice: "reminder", taskId, clock: "resolution", step: "lead", dueAt: DUE },
  { notice: "reminder", taskId, clock: "resolution", step: "asker", dueAt: DUE },
  { notice: "mentioned", taskId: null, by: "张三", text: "@李四 看一下" },
  { notice: "nobody-there", taskId, department: "empty", why: "没有专员" },
];

/** Nothing that is shown may be empty, or the trace of something that was not there. */
function expectWhole(reply: Reply): void {
  expect(reply.headline.trim()).not.toBe("");
  expect(reply.confidential).toBe(true);
  expect(reply.plainText).not.toMatch(/undefined|null|\[object|NaN|“”|：。|，。|。。|（）|\(\)/u);
  for (const block of reply.blocks) {
    if (block.type === "paragraph" || block.type === "notice" || block.type === "heading") {
      expect(block.text.trim()).not.toBe("");
    }
    if (block.type === "fields") {
      for (const { label, value } of block.items) expect([label.trim(), value.trim()]).not.toContain("");
    }
    if (block.type === "list") for (const item of block.items) expect(item).toMatch(/[^：\s]$/u);
    if (block.type === "actions") expect(block.actions).not.toEqual([]);
  }
}

describe("what a ticket's asker is told", () => {
  it.each(["zh", "en"] as const)("is whole and in their language: %s", (language) => {
    for (const what of NOTICES) {
      const reply = writeAskerNotice({ what, ticket: ticketOf(language), names: NAMES });
      expectWhole(reply);
      expect(reply.language).toBe(language);
      expect(reply.plainText).toContain("20261123-0007");
      expect(reply.plainText).not.toContain("021-");
      if (language === "en") expect(reply.headline).toMatch(/[a-z]{3}/u);
    }
  });

  it("names a person's answer as one, word for word, with its files", () => {
    const what = {
      notice: "answer",
      taskId,
      name: "张三",
      text: "请先报名。\n谢谢！",
      files: [FILE],
    } as const;
    const reply = writeAskerNotice({
      what,
      ticket: ticketOf("zh"),
      names: NAMES,
      fileUrl: (id) => `/files/${id}`,
    });
    expect(reply.headline).toBe("区科委 张三 答复：");
    expect(reply.blocks[0]).toEqual({ type: "paragraph", text: "请先报名。\n谢谢！" });
    expect(reply.blocks[1]).toEqual({ type: "file", ...FILE, url: "/files/f1" });
    expect(reply.plainText).toContain("以上为专员人工答复（工单 20261123-0007），非机器人生成");
  });

  it("asks for satisfaction when the whole is closed, and says when only a part is", () => {
    const what = { notice: "closed", taskId, outcome: "已推荐", askSatisfaction: true } as const;
    const whole = writeAskerNotice({
      what,
      ticket: ticketOf("zh", { closedAt: AT, status: "已办结" }),
      names: NAMES,
    });
    expect(whole.headline).toBe("工单 20261123-0007 已办结。");
    expect(whole.blocks.some(({ type }) => type === "form")).toBe(true);
    const part = writeAskerNotice({
      what: { ...what, askSatisfaction: false },
      ticket: ticketOf("zh"),
      names: NAMES,
    });
    expect(part.headline).toContain("中由区科委办理的事项已办结，其余事项继续办理");
  });

  it("does not say that somebody works on what nobody has taken", () => {
    const what = { notice: "late", taskId, clock: "first-response", dueAt: DUE } as const;
    const taken = ticketOf("zh");
    const waiting = { ...taken, tasks: taken.tasks.map((task) => ({ ...task, state: "queued" as const })) };
    const say = (ticket: Ticket) => writeAskerNotice({ what, ticket, names: NAMES }).plainText;
    expect(say(taken)).toMatch(/目前在\S*办理，已发出催办提醒/);
    expect(say(waiting)).toContain("，尚未有人认领，已发出催办提醒");
  });

  it("is honest about being late", () => {
    const what = { notice: "late", taskId, clock: "first-response", dueAt: DUE } as const;
    const reply = writeAskerNotice({ what, ticket: ticketOf("zh"), names: NAMES });
    expect(reply.headline).toBe("抱歉，工单 20261123-0007 未能在预计的 11月23日（周一）15:40 前答复。");
  });
});

describe("what those who work on it are told", () => {
  it.each(["feishu:ou_zhang", "feishu:ou_li", null])("is whole: %s", (reader) => {
    for (const what of NOTICES) {
      const reply = writeDeskNotice({ what, ticket: ticketOf("en"), names: NAMES, reader });
      expectWhole(reply);
      expect(reply.language).toBe("zh");
      expect(reply.headline).toContain("工单 20261123-0007");
    }
  });

  it("holds contact and files for the one who has it only", () => {
    const what = { notice: "assigned", taskId, by: null, reason: null } as const;
    const told = (reader: string | null) =>
      writeDeskNotice({ what, ticket: ticketOf("zh"), names: NAMES, reader });
    expect(told("feishu:ou_zhang").plainText).toContain("021-00000000");
    expect(told("feishu:ou_zhang").blocks).toContainEqual({ type: "file", ...FILE });
    for (const reader of ["feishu:ou_li", null]) {
      expect(JSON.stringify(told(reader))).not.toContain("021-");
      expect(told(reader).blocks.some(({ type }) => type === "file")).toBe(false);
    }
  });
});

describe("the card", () => {
  const KINDS: readonly TicketEventKind[] = [
    ...(["opened", "claimed", "released", "transferred", "returned", "asked", "replied", "closed"] as const),
    ...([
      "close-undone",
      "reopened",
      "cancelled",
      "merged",
      "absorbed",
      "task-added",
      "reclassified",
    ] as const),
    ...([
      "noted",
      "asker-said",
      "message-recalled",
      "reminded",
      "breached",
      "rated",
      "unreachable",
      "unassigned",
    ] as const),
  ];
  const events = (text: string | null): TicketEvent[] =>
    KINDS.map((kind, index) => ({
      ...{ sequence: index + 1, at: AT, by: "feishu:ou_zhang", byName: "张三", kind, taskId, text },
      ...{ files: [], key: `k${index}`, details: {} },
    }));

  it("is whole with whatever stands in the log", () => {
    for (const text of ["一句话", null]) {
      for (const kind of KINDS) {
        const log = events(text).filter((event) => event.kind === kind);
        const card = { ticket: ticketOf("zh"), taskId, events: log, settings: DESK_SETTINGS, reader: null };
        expectWhole(writeTicketCard(card));
      }
    }
  });

  it("shows the contact to the one who has it, in their own chat", () => {
    const show = (reader: string | null) =>
      writeTicketCard({ ticket: ticketOf("zh"), taskId, events: [], settings: DESK_SETTINGS, reader })
        .plainText;
    expect(show("feishu:ou_zhang")).toContain("联系方式：021-00000000");
    expect(show("feishu:ou_li")).not.toContain("021-");
    expect(show(null)).not.toContain("021-");
  });

  it("quotes the documents word for word, each with its status, and says what they do not state", () => {
    const reply = writeTicketCard({
      ticket: ticketOf("zh"),
      taskId,
      events: [],
      settings: DESK_SETTINGS,
      reader: null,
    });
    expect(reply.plainText).toContain("[1]《行动方案》（征求意见稿）三（六）第2段：“设立产业基金。”");
    expect(reply.plainText).toContain("文件未载明\n· 金额");
    expect(reply.plainText).toContain("转派：区规划资源局 → 区科委（属融资事项）");
  });

  it("stays in a former department as it was when the task left", () => {
    const later = "2026-11-23T03:00:00.000Z";
    const log = events("一句话").filter(({ kind }) => kind === "replied" || kind === "noted");
    const [first, second] = log;
    if (!first || !second) throw new Error("no events");
    const show = (place: CardPlace) =>
      writeTicketCard({
        ...{ ticket: ticketOf("zh"), taskId, settings: DESK_SETTINGS, place },
        events: [
          { ...first, text: "转派前的话" },
          { ...second, at: later, text: "转派后的话" },
        ],
        reader: place.chatKind === "direct" ? `${place.channel}:${place.chatId}` : null,
      });
    const former = show({ channel: "feishu", chatId: "ou_wang", chatKind: "direct" });
    expect(former.headline).toBe("工单 20261123-0007 · 已转派至区科委");
    expect(former.plainText).toContain("转派前的话");
    expect(former.plainText).not.toContain("转派后的话");
    expect(former.plainText).not.toContain("处理中");
    expect(former.plainText).not.toContain("021-");
    expect(former.blocks.some(({ type }) => type === "form" || type === "actions")).toBe(false);
    for (const place of [
      { channel: "feishu", chatId: "oc_science", chatKind: "group" },
      { channel: "feishu", chatId: "ou_zhang", chatKind: "direct" },
      { channel: "feishu", chatId: "oc_nobody", chatKind: "group" },
    ] as const) {
      expect(show(place).plainText).toContain("转派后的话");
      expect(show(place).blocks.some(({ type }) => type === "form")).toBe(true);
    }
  });

  it("tells the time that is left only where it is read at once", () => {
    const card = { ticket: ticketOf("zh"), taskId, events: [], settings: DESK_SETTINGS, reader: null };
    expect(writeTicketCard(card).plainText).toContain("首次答复：11月23日（周一）15:40 前");
    const now = new Date("2026-11-23T06:20:00Z");
    expect(writeTicketCard({ ...card, now }).plainText).toContain("首次答复：还有 1小时20分（今天15:40 前）");
  });
});
