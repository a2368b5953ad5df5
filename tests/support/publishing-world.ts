import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Actor, Audience, Role } from "../../src/access/index.ts";
import {
  type Answer,
  type Answerer,
  createAnswerer,
  loadAnsweringLexicon,
} from "../../src/answering/index.ts";
import { describeVersions } from "../../src/describe-versions.ts";
import type { LabelledQuestion } from "../../src/evaluation/index.ts";
import {
  createKnowledgeService,
  findPlaces,
  loadPlaces,
  makeFingerprint,
  matchDocument,
  type OutlineNode,
  parseDocument,
  relateDocuments,
} from "../../src/knowledge/index.ts";
import {
  createFaqSource,
  createPublishing,
  type Publishing,
  type PublishingOptions,
  type PublishingSettings,
  type SubmissionOutcome,
  type VersionReview,
} from "../../src/publishing/index.ts";
import type { ReadDocument } from "../../src/readers/index.ts";
import { createRetriever, type Retriever } from "../../src/retrieval/index.ts";
import {
  AppError,
  createManualClock,
  type ManualClock,
  randomIds,
  silentLogger,
} from "../../src/shared/index.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";

const knowledgeDirectory = resolve(import.meta.dirname, "../../knowledge");
const placeTable = loadPlaces(knowledgeDirectory);
const lexicon = loadAnsweringLexicon(join(knowledgeDirectory, "lexicon"));

export const ADMIN: Actor = { account: "feishu:ou_admin", roles: new Set(["staff", "admin"]) };
export const SECOND: Actor = { account: "feishu:ou_second", roles: new Set(["staff", "admin"]) };
export const STAFF: Actor = { account: "feishu:ou_staff", roles: new Set(["staff"]) };
export const SPECIALIST: Actor = { account: "feishu:ou_spec", roles: new Set(["staff", "specialist"]) };
export const AUDITOR: Actor = { account: "feishu:ou_audit", roles: new Set(["staff", "auditor"]) };

/** An invented statute; the amount and the last article may be others. */
export function writeStatute({ amount = "20万元", validity = "有效期三年", extra = "" } = {}): string {
  return `云泽市科技创新券管理办法

云泽科规〔2025〕8号

第一章 总则
第一条 为支持中小微企业使用科技服务，制定本办法。
第二条 科技创新券由市科技局发放，市财政局负责资金保障。
第二章 申领
第三条 申领企业应当同时符合下列条件：
（一）在本市注册满一年；
（二）上年度研发费用不低于50万元；
（三）未列入严重失信名单。
第四条 每家企业每年最高申领${amount}。
第五条 申领时间为每年3月1日至3月31日。
${extra}第三章 附则
第六条 本办法自2025年6月1日起施行，${validity}。由市科技局负责解释。
`;
}

export interface PublishingWorld {
  publishing: Publishing;
  storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
  answerer: Answerer;
  retriever: Retriever;
  clock: ManualClock;
  settings: PublishingSettings;
  golden: LabelledQuestion[];
  /** What the reader throws for the next file, if anything. */
  failing: { with?: Error };
  /** Sends a text file in. */
  send(text: string, fileName?: string, by?: Actor): Promise<SubmissionOutcome>;
  /** Sends a text file in and publishes it with two admins. */
  publish(text: string, fileName?: string, override?: string): Promise<VersionReview>;
  /** Asks and keeps the turn, as the conversation does. */
  asks(question: string, userId?: string, chat?: Partial<Pick<Audience, "chatKind">>): Promise<string>;
  /** Keeps a turn with an answer made before. */
  keeps(question: string, answer: Answer, userId?: string, chatKind?: Audience["chatKind"]): Promise<string>;
  /** A publishing room of another process over the same storage. */
  reopen(changes?: Partial<PublishingOptions>): Publishing;
  remove(): Promise<void>;
}

export async function createPublishingWorld(
  settings: Partial<PublishingSettings> = {},
  roles: Readonly<Record<string, readonly Role[]>> = {},
): Promise<PublishingWorld> {
  const clock = createManualClock(new Date("2026-11-23T04:00:00Z"));
  const storage = await openTemporaryStorage();
  const dataDirectory = mkdtempSync(join(tmpdir(), "xiance-publishing-"));
  const places = await placeTable;
  const knowledge = createKnowledgeService({
    store: storage.knowledge,
    places,
    clock: clock.now,
    ids: randomIds,
    logger: silentLogger,
  });
  const lexiconDirectory = join(knowledgeDirectory, "lexicon");
  const retriever = await createRetriever({
    knowledgeStore: storage.knowledge,
    embeddingStore: storage.embeddings,
    dataDirectory,
    lexiconDirectory,
    homePlaces: ["云泽市"],
    clock: clock.now,
    logger: silentLogger,
  });
  const answerer = createAnswerer({
    retriever,
    documents: {
      listPublished: knowledge.listPublished,
      getClauses: knowledge.getClauses,
      documentText: knowledge.documentText,
      getOutline: async (versionId) =>
        ((await storage.knowledge.getVersion(versionId))?.outline ?? []) as OutlineNode[],
      revision: () => storage.knowledge.revision(),
      describeVersions: (versionIds) => describeVersions(storage.knowledge, versionIds),
    },
    faq: createFaqSource(storage.faq, clock.now),
    lexicon: await lexicon,
    findPlaces: (text) => findPlaces(text, places),
    homePlaces: ["云泽市"],
    clock: clock.now,
  });
  const world: Pick<PublishingWorld, "golden" | "failing" | "settings"> = {
    golden: [],
    failing: {},
    settings: {
      secondAdmin: true,
      correctionDays: 30,
      allowedHosts: ["gov.example"],
      digestAt: "09:00",
      expiryNoticeDays: 60,
      draftNoticeDays: 180,
      lowConfidence: 0.8,
      ...settings,
    },
  };
  const options: PublishingOptions = {
    storage,
    knowledge,
    relate: async (day) => relateDocuments(await knowledge.listPublished(), day),
    parser: {
      parse: (document, { fileName, sidecar }) =>
        parseDocument(document, { fileName, places, ...(sidecar && { sidecar }) }),
      fingerprint: makeFingerprint,
      match: (document) => matchDocument(makeFingerprint(document), storage.knowledge, document.text),
    },
    reader: {
      async read({ bytes, fileName }): Promise<ReadDocument> {
        if (world.failing.with) throw world.failing.with;
        return readPlain(new TextDecoder().decode(bytes), fileName);
      },
    },
    fetchLink: async (url, hosts) => {
      const { hostname } = new URL(url);
      if (!hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))) {
        throw new AppError({ code: "untrusted", message: hostname, safeMessage: "该网站不在允许的范围内。" });
      }
      return { bytes: new TextEncoder().encode(writeStatute()), fileName: "链接.txt" };
    },
    answerer,
    goldenQuestions: async () => world.golden,
    rolesOf: async (account) => new Set(["staff", ...(roles[account] ?? [])] as Role[]),
    settings: world.settings,
    onPublished: async () => {
      await retriever.refresh();
    },
    clock: clock.now,
    ids: randomIds,
    logger: silentLogger,
  };
  const publishing = createPublishing(options);
  const send: PublishingWorld["send"] = (text, fileName = "办法.txt", by = ADMIN) =>
    publishing.review.receiveFile({ bytes: new TextEncoder().encode(text), fileName, source: "upload" }, by);

  const keeps: PublishingWorld["keeps"] = async (
    question,
    answer,
    userId = "ou_asker",
    chatKind = "direct",
  ) => {
    const asker = { channel: "feishu", userId, chatId: `oc_${userId}`, chatKind, replyTarget: {} };
    const turnId = randomIds();
    const at = clock.now().toISOString();
    const message = { channel: "feishu", messageKey: turnId };
    const sessionKey = `session-${userId}`;
    await storage.conversation.enqueueNotice({
      ...message,
      sessionKey,
      outbox: { ...message, outboxId: turnId, reply: {}, dueAt: at, createdAt: at },
      turn: {
        ...message,
        turnId,
        sessionKey,
        question,
        resolvedQuestion: answer.resolvedQuestion,
        answer,
        at,
        asker,
      },
    });
    return turnId;
  };

  return {
    ...world,
    publishing,
    storage,
    answerer,
    retriever,
    clock,
    send,
    async publish(text, fileName, override) {
      const { review } = await send(text, fileName);
      if (!review) throw new Error("not read");
      const decision = await publishing.review.submit(review.versionId, ADMIN);
      if (decision.outcome !== "waiting") throw new Error(decision.outcome);
      const forced = override === undefined ? {} : { override: true, reason: override };
      const done = await publishing.review.approve(decision.proposal.proposalId, SECOND, forced);
      if (done.outcome !== "done") throw new Error(done.outcome);
      return publishing.review.getReview(review.versionId, ADMIN);
    },
    async asks(question, userId = "ou_asker", { chatKind = "direct" } = {}) {
      const account = `feishu:${userId}`;
      const audience: Audience = {
        account,
        roles: new Set(["staff", ...(roles[account] ?? [])] as Role[]),
        chatKind,
        chat: `feishu:oc_${userId}`,
      };
      return keeps(question, await answerer.answerQuestion({ question, audience }), userId, chatKind);
    },
    keeps,
    reopen: (changes = {}) => createPublishing({ ...options, ...changes }),
    async remove() {
      await retriever.close();
      await storage.remove();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

function readPlain(text: string, fileName: string): ReadDocument {
  if (text.trim() === "") {
    throw new AppError({
      code: "unusable-input",
      message: `${fileName} is empty`,
      safeMessage: `“${fileName}”里没有文字，请检查后重新提交。`,
    });
  }
  return {
    format: "txt",
    blocks: text.split("\n").flatMap((line) => {
      return line.trim() === "" ? [] : [{ kind: "paragraph" as const, text: line, page: null }];
    }),
    paragraphs: "whole",
    pages: null,
    fields: {},
    attachments: [],
    warnings: [],
    ocr: null,
  };
}
