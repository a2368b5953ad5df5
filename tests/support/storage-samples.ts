import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import type {
  InboxRecord,
  NewClause,
  NewVersion,
  OutboxRecord,
  TurnRecord,
} from "../../src/storage/index.ts";

export const documentId = (text: string) => text as DocumentId;
export const versionId = (text: string) => text as VersionId;

/** The given second of a made-up day. */
export const second = (number: number) => new Date(Date.UTC(2026, 0, 5, 8, 0, number));

export function* makeClauses(count: number, tag = "款"): Generator<NewClause> {
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const text = `${tag}${ordinal}：支持企业开展关键核心技术攻关。`;
    yield {
      ordinal,
      section: `一（一）¶${ordinal + 1}`,
      level: 2,
      heading: ["一、重点任务", "（一）创新"],
      text,
      start: ordinal * 100,
      end: ordinal * 100 + text.length,
      page: ordinal % 2 === 0 ? null : 1,
      passageId: null,
    };
  }
}

/** A version of the document `key` whose content is `content`. */
export function makeVersion(key: string, content: string, overrides: Partial<NewVersion> = {}): NewVersion {
  return {
    collection: "plans",
    sourceKey: `${key}.txt`,
    documentId: documentId(`document-${key}`),
    versionId: versionId(`${key}-${content}`),
    title: `关于${key}的行动方案（${content}）`,
    contentHash: content,
    parserRevision: 1,
    text: `${key} ${content}`,
    metadata: { title: key, issuers: ["甲部门"] },
    outline: [{ section: "一", level: 1, heading: "重点任务", start: 0, end: 3 }],
    warnings: ["页码缺失"],
    clauses: makeClauses(3, `${key}-${content}-`),
    at: second(0),
    publish: true,
    ...overrides,
  };
}

type Accepted = Omit<InboxRecord, "state" | "attempts">;

export function makeMessage(messageKey: string, overrides: Partial<Accepted> = {}): Accepted {
  return {
    channel: "web",
    messageKey,
    message: { text: `问题 ${messageKey}` },
    sessionKey: "session",
    acceptedAt: second(0).toISOString(),
    ...overrides,
  };
}

export function makeTurn(messageKey: string, overrides: Partial<TurnRecord> = {}): TurnRecord {
  return {
    turnId: `turn-${messageKey}`,
    sessionKey: "session",
    channel: "web",
    messageKey,
    question: "那人才呢？",
    resolvedQuestion: "人才政策有哪些？",
    answer: { kind: "answered", quotes: ["建设人才公寓"] },
    at: second(2).toISOString(),
    asker: { channel: "web", userId: "u1", chatKind: "direct" },
    ...overrides,
  };
}

export interface Completion {
  channel: string;
  messageKey: string;
  outbox: Omit<OutboxRecord, "state" | "attempts" | "receipt" | "lastError">;
  turn?: TurnRecord;
}

export function makeCompletion(messageKey: string, overrides: Partial<Completion> = {}): Completion {
  return {
    channel: "web",
    messageKey,
    outbox: {
      outboxId: `reply-${messageKey}`,
      channel: "web",
      messageKey,
      reply: { headline: "文件未载明" },
      dueAt: second(2).toISOString(),
      createdAt: second(2).toISOString(),
    },
    ...overrides,
  };
}
