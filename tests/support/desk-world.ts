import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Application, openApplication } from "../../src/app.ts";
import { type BackgroundWork, createBackgroundWork } from "../../src/background-work.ts";
import { readConfig } from "../../src/config.ts";
import {
  type Conversation,
  createConversation,
  createDocumentDesk,
  type DocumentDesk,
  type InboundMessage,
  type OutgoingReply,
  type Reply,
  type ReplyAction,
} from "../../src/conversation/index.ts";
import { createManualClock, type ManualClock, randomIds, silentLogger } from "../../src/shared/index.ts";

export const ADMIN_A = "ou_a";
export const ADMIN_B = "ou_b";
/** Invented. */
export const NAME_A = "周岚";

/** An invented statute. */
export const rules = (amount: string) => `青岚区孵化器管理办法

青科规〔2026〕5号

第一条 为支持孵化器发展，制定本办法。
第二条 对新认定的孵化器，一次性奖励${amount}。
第三条 本办法自2026年1月1日起施行，有效期3年。

青岚区科学技术局
2025年12月20日
`;

/** The whole application with its desk behind a channel that keeps what it delivers; two administrators. */
export interface DeskWorld {
  app: Application;
  clock: ManualClock;
  conversation: Conversation;
  background: BackgroundWork;
  desk: DocumentDesk;
  sent: OutgoingReply[];
  /** Resolves with the reply to this very message. */
  send(userId: string, more: Partial<InboundMessage>): Promise<Reply>;
  ask(userId: string, text: string): Promise<Reply>;
  upload(userId: string, name: string, content: string | Uint8Array): Promise<Reply>;
  press(
    userId: string,
    reply: Reply | undefined,
    name: string,
    form?: Record<string, string>,
  ): Promise<Reply>;
  lastTo(userId: string, kind: string): Reply | undefined;
  /** Through upload, proposal and the second administrator's approval. */
  publish(text: string, name?: string): Promise<Reply>;
  close(): Promise<void>;
}

export function actionsOf(reply: Reply): ReplyAction[] {
  return reply.blocks.flatMap((block) =>
    block.type === "actions" ? block.actions : block.type === "form" ? [block.submit] : [],
  );
}

export async function createDeskWorld(environment: Record<string, string> = {}): Promise<DeskWorld> {
  const data = await mkdtemp(join(tmpdir(), "xiance-desk-"));
  const clock = createManualClock(new Date("2026-11-23T04:00:00Z"));
  const surroundings = { clock: clock.now, ids: randomIds, logger: silentLogger };
  const app = await openApplication(readConfig(environment, { data }), { mode: "write", ...surroundings });
  const operator = { account: "cli:test", roles: new Set(["admin" as const]) };
  await app.access.grant(`test:${ADMIN_A}`, "admin", operator);
  await app.access.grant(`test:${ADMIN_B}`, "admin", operator);
  const parts = wire(app, surroundings);
  await parts.conversation.start();
  return {
    app,
    clock,
    ...parts,
    ...createPeople(parts, clock),
    async close() {
      await parts.background.stop();
      await parts.conversation.stop();
      await app.close();
      await rm(data, { recursive: true });
    },
  };
}

interface Wired extends Pick<DeskWorld, "conversation" | "background" | "desk" | "sent"> {
  files: Map<string, Uint8Array>;
}

function wire(
  app: Application,
  surroundings: { clock: () => Date; ids: () => string; logger: typeof silentLogger },
): Wired {
  const sent: OutgoingReply[] = [];
  const files = new Map<string, Uint8Array>();
  const channel = {
    name: "test",
    capabilities: {},
    start: async () => {},
    stop: async () => {},
    status: () => ({ healthy: true, detail: "" }),
    deliver: async (reply: OutgoingReply) => {
      sent.push(reply);
      return { receipt: `r${sent.length}` };
    },
    fetchAttachment: async (_message: InboundMessage, { name }: { name: string }) =>
      files.get(name) ?? new Uint8Array(),
    directTarget: (userId: string) => ({ to: userId }),
  };
  const channels = new Map([["test", channel]]);
  const desk: DocumentDesk = createDocumentDesk({
    publishing: app.publishing,
    nameOf: (account) => (account === `test:${ADMIN_A}` ? NAME_A : undefined),
    listAdmins: () => background.listAdmins(),
    notify: (account, key, reply) => background.notifyPerson(account, key, reply),
    logger: silentLogger,
  });
  const conversation = createConversation({
    ...surroundings,
    store: app.storage.conversation,
    answerer: app.answerer,
    channels,
    actorOf: app.access.actorOf,
    rateLimit: { burst: 1000, perMinute: 1000 },
    skills: [desk],
  });
  const background: BackgroundWork = createBackgroundWork({
    ...surroundings,
    publishing: app.publishing,
    access: app.access,
    conversation,
    channels,
    reportReading: desk.report,
    digestAt: "09:00",
    citationUrl: ({ documentId }) => `/documents/${documentId}`,
  });
  return { conversation, background, desk, sent, files };
}

function createPeople(
  { conversation, sent, files }: Wired,
  clock: ManualClock,
): Pick<DeskWorld, "send" | "ask" | "upload" | "press" | "lastTo" | "publish"> {
  const send: DeskWorld["send"] = async (userId, more) => {
    clock.advance(1_000);
    const before = sent.length;
    const messageKey = randomIds();
    await conversation.accept({
      channel: "test",
      messageKey,
      chatId: `direct-${userId}`,
      chatKind: "direct",
      userId,
      text: "",
      replyTarget: { to: userId },
      sentAt: clock.now().toISOString(),
      ...more,
    });
    await conversation.drain();
    const own = sent.slice(before).find((reply) => reply.messageKey === messageKey);
    if (!own) throw new Error("no reply");
    return own.reply;
  };
  const upload: DeskWorld["upload"] = (userId, name, content) => {
    files.set(name, typeof content === "string" ? Buffer.from(content) : content);
    return send(userId, { unsupported: "文件", attachments: [{ kind: "file", name, reference: {} }] });
  };
  const press: DeskWorld["press"] = (userId, reply, name, form) => {
    const action = reply && actionsOf(reply).find((each) => each.name === name);
    if (!action) throw new Error(`no button ${name} in ${reply?.headline}`);
    return send(userId, { action: { name, values: action.values, ...(form && { form }) } });
  };
  const isTo = ({ replyTarget }: OutgoingReply, userId: string) =>
    (replyTarget as { to: string }).to === userId;
  const lastTo: DeskWorld["lastTo"] = (userId, kind) =>
    sent.findLast((each) => isTo(each, userId) && each.reply.kind === kind)?.reply;
  return {
    send,
    upload,
    press,
    lastTo,
    ask: (userId, text) => send(userId, { text }),
    async publish(text, name = "办法.txt") {
      await press(ADMIN_A, await upload(ADMIN_A, name, text), "kb.submit");
      return press(ADMIN_B, lastTo(ADMIN_B, "desk-review"), "kb.approve");
    },
  };
}
