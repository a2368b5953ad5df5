import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP, type MessageSpec, recalledEvent, type SentMessage } from "../support/feishu-server/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import {
  createFeishuHands,
  type FeishuHands,
  openTicket,
  openTicketService,
  readCard,
  SCIENCE_GROUP,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";

const PDF = Buffer.from("%PDF-1.4\n%%EOF\n");
const inGroup = { chat: SCIENCE_GROUP };

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  world = await openTicketService();
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

const under = ({ messageId }: SentMessage): MessageSpec => ({ parentId: messageId, rootId: messageId });
const markOn = (messageId: string) =>
  world.server.reactions.find((reaction) => reaction.messageId === messageId)?.emojiType;

async function marked(messageId: string): Promise<string | undefined> {
  await waitUntil(() => markOn(messageId) !== undefined, `the mark on ${messageId}`);
  return markOn(messageId);
}

async function taken(asker: string, text: string): Promise<SentMessage> {
  const { card } = await openTicket(world, hands, { asker, text });
  await hands.press(card, "认领", "ou_zhang", inGroup);
  await hands.shows(card, "状态：处理中");
  return card;
}

let files = 0;

/** A file that somebody sends. */
function file(name: string, bytes: Buffer): MessageSpec {
  files += 1;
  const messageId = `om_file${files}`;
  world.server.resources.set(`${messageId}/key_1`, bytes);
  return { messageType: "file", content: { file_key: "key_1", file_name: name }, messageId };
}

const uploaded = (wanted: string) =>
  waitUntil(() => world.server.uploads.some(({ name }) => name === wanted), `the upload of ${wanted}`);

describe("under a card", () => {
  it("sends what the holder says, overheard or by mention, and keeps what others and notes say inside", async () => {
    const { say, ask, next, shows, count } = hands;
    const card = await taken("ou_a1", "天使轮融资想对接投资机构，请帮忙联系");
    expect(readCard(card)).toContain("原话：“天使轮融资想对接投资机构，请帮忙联系”");
    const overheard = await say("ou_zhang", SCIENCE_GROUP, "已联系两家机构，周三回复您。", under(card));
    const told = await next("the answer", (_, text) => text.includes("人工答复"));
    expect(readCard(told)).toContain("已联系两家机构，周三回复您。");
    expect(await marked(overheard)).toBe("OK");
    await ask("ou_zhang", SCIENCE_GROUP, "追问：路演材料准备好了吗？", under(card));
    await next("the question", (_, text) => text.includes("请您补充：\n路演材料准备好了吗？"));
    // A colleague thinks aloud: it goes nowhere, and the mark does not say that it went.
    const colleague = await say("ou_li", SCIENCE_GROUP, "这家企业我认识，先别理他", under(card));
    expect(await marked(colleague)).toBe("CrossMark");
    await say("ou_zhang", SCIENCE_GROUP, "备注：企业负责人下周在外地", under(card));
    await shows(card, "张专员备注：“企业负责人下周在外地”");
    const toAsker = (target: string) => target !== SCIENCE_GROUP && target !== card.messageId;
    expect(count(({ target }, text) => toAsker(target) && /别理他|在外地/.test(text))).toBe(0);
  });

  it("hands files on both ways, and refuses in words what it does not take", async () => {
    const { say, press, next, shows } = hands;
    const asker = "ou_a2";
    const card = await taken(asker, "概念验证中心认定材料请帮忙看看");
    // Unasked, and without a word: whoever works on it gets it.
    await say(asker, null, "", file("申报书.pdf", PDF));
    await uploaded("申报书.pdf");
    await shows(card, "附件：申报书.pdf");
    await press(card, "追问", "ou_zhang", { ...inGroup, form: { text: "请把预算表发来" } });
    const question = await next("the question", (_, text) => text.includes("请把预算表发来"));
    await whenKnown(world, question.messageId);
    await say(asker, null, "", { ...file("预算.xlsx", PDF), ...under(question) });
    await next("the file", ({ target, msgType }) => target === "ou_zhang" && msgType === "file");
    await uploaded("预算.xlsx");
    await say("ou_zhang", SCIENCE_GROUP, "", { ...file("模板.docx", Buffer.from("PK")), ...under(card) });
    await uploaded("模板.docx");
    await shows(card, "张专员答复（附件：模板.docx）");
    for (const [name, bytes, words] of [
      ["setup.exe", PDF, "“setup.exe”的文件类型不能接收"],
      ["大.pdf", Buffer.alloc(21 * 1024 * 1024), "“大.pdf”没有收到：文件超过 20 MB 上限。请拆分后重新发送。"],
    ] as const) {
      const sent = await say("ou_zhang", SCIENCE_GROUP, "", { ...file(name, bytes), ...under(card) });
      const refused = await next("the refusal", ({ target }) => target === sent);
      expect(readCard(refused)).toContain(`未发出。${words}`);
      const own = await say(asker, null, "", file(name, bytes));
      expect(readCard(await next("the refusal", ({ target }) => target === own))).toContain(words);
    }
    expect(world.server.uploads.map(({ name }) => name)).toEqual(["申报书.pdf", "预算.xlsx", "模板.docx"]);
  });

  it("says that a word was taken back, and no longer shows it", async () => {
    const card = await taken("ou_a3", "中试基地备案想请专员看看材料");
    const said = await hands.say("ou_zhang", SCIENCE_GROUP, "说错了的一句", under(card));
    await hands.next("the answer", (_, text) => text.includes("说错了的一句") && text.includes("人工答复"));
    await hands.shows(card, "说错了的一句");
    const source = { appId: APP.appId, verificationToken: "" };
    await hands.push(recalledEvent(source, { messageId: said, chatId: SCIENCE_GROUP }));
    await hands.next("word of it", (_, text) => text.includes("专员撤回了先前的一条消息，请以后续答复为准"));
    await hands.shows(card, "有一条消息被其发送人撤回");
    expect(readCard(hands.current(card))).not.toContain("说错了的一句");
  });
});
