import { createWebChannel, type OpenedFile } from "../../src/channels/index.ts";
import {
  createConversation,
  type MessageSkill,
  type Reply,
  type ReplyBlock,
  readHistory,
  toSessionKey,
} from "../../src/conversation/index.ts";
import { createMetrics, createServer } from "../../src/server/index.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { sampleMatch, sampleProgram } from "./sample-programs.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";
import { createEchoAnswerer } from "./test-answerer.ts";
import { CITED, publishPlan } from "./web-service.ts";

export interface MatchWorld {
  address: string;
  /** By `<session>/<file id>`. */
  files: Map<string, OpenedFile>;
  /** The session that last asked to be matched. */
  session(): string;
  /** Later replies of the skill to “匹配”. */
  reply(change: (reply: Reply) => Reply): void;
  /** To the session that last asked, without a question. */
  tell(reply: Reply): Promise<void>;
  remove(): Promise<void>;
}

/** The web chat over the real plan with a skill that always matches the same; it says what it was asked to do. */
export async function openMatchWorld(): Promise<MatchWorld> {
  const storage = await openTemporaryStorage();
  const start = await publishPlan(storage);
  const files = new Map<string, OpenedFile>();
  let change = (reply: Reply) => reply;
  let session = "";
  let notices = 0;
  const common = { clock: systemClock, logger: silentLogger };
  const web = createWebChannel({
    ...common,
    parkName: "张江高新区奉贤园",
    readHistory: (key, limit) => readHistory(storage.conversation, key, limit),
    openFile: async (fileId, of) => files.get(`${of}/${fileId}`),
  });
  const skill: MessageSkill = {
    name: "sample-match",
    async handle({ text, action, userId }) {
      if (text.includes("匹配")) {
        session = userId;
        return change(citePlan(sampleMatch(), `/documents/plan#${start}-${start + CITED.length}`));
      }
      if (!action?.name.startsWith("match.")) return undefined;
      const headline = `${action.name} ${JSON.stringify(action.values)} ${JSON.stringify(action.form ?? null)}`;
      return { ...sampleMatch(), headline, blocks: [] };
    },
  };
  const answerer = createEchoAnswerer();
  const conversation = createConversation({
    store: storage.conversation,
    answerer,
    channels: new Map([["web", web]]),
    skills: [skill],
    rateLimit: { burst: 1_000, perMinute: 1_000 },
    ids: randomIds,
    ...common,
  });
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    ids: randomIds,
    ...common,
    answerer,
    knowledge: storage.knowledge,
    metrics: createMetrics(),
    checkReadiness: async () => [],
    webhooks: new Map(),
    plugins: [(scope) => web.addRoutes(scope)],
  });
  await web.start(conversation.accept);
  const address = await server.listen();
  await conversation.start();
  return {
    address,
    files,
    session: () => session,
    reply: (next) => {
      change = next;
    },
    async tell(reply) {
      notices += 1;
      const sessionKey = toSessionKey({ channel: "web", chatId: session, userId: session });
      const notice = { channel: "web", key: `notice-${notices}`, replyTarget: { session }, sessionKey };
      await conversation.notify({ ...notice, reply, turn: true });
    },
    async remove() {
      await conversation.stop();
      await web.stop();
      await server.close();
      await storage.remove();
    },
  };
}

function citePlan(reply: Reply, url: string): Reply {
  const blocks = reply.blocks.map((block): ReplyBlock => {
    if (block.type !== "program") return block;
    const criteria = block.criteria.map((row, index) => ({
      ...row,
      quote: index === 0 ? CITED : row.quote,
      url,
    }));
    return { ...block, criteria, quotes: block.quotes.map((quote) => ({ ...quote, url })) };
  });
  return { ...reply, blocks };
}

/** Three programs in full. */
export function fullMatch(reply: Reply): Reply {
  const program = reply.blocks.find((block) => block.type === "program") ?? sampleProgram();
  const rows = program.criteria;
  const second = {
    ...program,
    rank: 2,
    name: "青岚生物医药孵化器",
    kind: "孵化",
    verdict: "eligible" as const,
  };
  const third = {
    ...program,
    rank: 3,
    name: "青岚总部企业奖励",
    kind: "总部",
    verdict: "not-eligible" as const,
  };
  const blocks = reply.blocks.filter((block) => block.type !== "program");
  return {
    ...reply,
    blocks: [
      ...blocks.slice(0, 1),
      program,
      { ...second, verdictLabel: "符合文字条件", status: "已有 · 现行有效", criteria: rows.slice(0, 1) },
      { ...third, verdictLabel: "文字条件不符", status: "鼓励 · 现行有效", criteria: rows.slice(1, 2) },
      ...blocks.slice(1),
    ],
  };
}
