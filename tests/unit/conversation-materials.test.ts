import { describe, expect, it } from "vitest";
import {
  createMaterialSkill,
  type InboundMessage,
  type ReadMaterial,
  type SkillContext,
} from "../../src/conversation/index.ts";
import { AppError, silentLogger } from "../../src/shared/index.ts";

const INTRODUCTION = `某生物医药企业介绍（测试数据）。${"我们从事小核酸药物研发，成立于2023年，现有员工45人，其中研发人员30人。".repeat(6)}`;

function makeWorld(read: (name: string) => ReadMaterial | Error) {
  const kept = new Map<string, { account: string; state: unknown; updatedAt: string }>();
  const skill = createMaterialSkill({
    read: async ({ name }) => {
      const outcome = read(name);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    dialogues: {
      getDialogue: async (key) => kept.get(key),
      saveDialogue: async ({ sessionKey, ...record }) => void kept.set(sessionKey, record),
    },
    logger: silentLogger,
  });
  let count = 0;
  const say = (
    text: string,
    changes: Partial<InboundMessage> = {},
    roles: string[] = ["staff"],
    at = "2026-11-23T08:00:00.000Z",
  ) => {
    count += 1;
    const message: InboundMessage = {
      channel: "test",
      messageKey: `m${count}`,
      chatId: "chat",
      chatKind: "direct",
      userId: "u1",
      text,
      replyTarget: null,
      sentAt: at,
      ...changes,
    };
    const context: SkillContext = {
      actor: { account: "test:u1", roles: new Set(roles) as SkillContext["actor"]["roles"] },
      language: "zh",
      at,
      sessionKey: "test/chat/u1/",
      fetchAttachment: async () => new Uint8Array([1]),
      sendDirect: async () => true,
    };
    return skill.handle(message, context);
  };
  return { say };
}

const file = (name: string) => ({
  attachments: [{ kind: "file" as const, name, reference: {} }],
  unsupported: "file",
});
const reading = (text: string, published?: ReadMaterial["published"]) =>
  makeWorld(() => ({ text, ...(published && { published }) }));

describe("a file without words", () => {
  it("is asked itself when it is a scrap, and the reply says what was read", async () => {
    const outcome = await reading("天使轮项目有什么\n 基金可以对接？").say("", file("截图.png"));
    expect(outcome).toMatchObject({ passOn: "天使轮项目有什么\n基金可以对接？" });
    expect(outcome).toHaveProperty("note", expect.stringContaining("天使轮项目有什么 基金可以对接？"));
    expect(outcome).toHaveProperty("note", expect.stringContaining("仅依据已发布的文件"));
  });

  it("is kept for half an hour when it is longer, and no basis for answers", async () => {
    const { say } = reading(INTRODUCTION);
    const reply = await say("", file("介绍.docx"));
    expect(reply).toMatchObject({ kind: "material", headline: expect.stringContaining("介绍.docx") });
    expect(JSON.stringify(reply)).toContain("不作为答复依据");
    expect(await say("根据这份材料，我们能申请什么？")).toMatchObject({
      passOn: expect.stringMatching(/^根据这份材料，我们能申请什么？\n某生物医药/),
    });
    expect(await say("匹配")).toMatchObject({
      passOn: expect.stringMatching(/^某生物医药/),
      question: "匹配",
    });
    expect(await say("人才安居有哪些支持举措？"), "of something else").toBeUndefined();
    expect(await say("那人才呢？"), "the dialogue goes on").toBeUndefined();
    expect(await say("这个能申请吗？")).toHaveProperty("question", expect.stringContaining("生物医药"));
    expect(await say("匹配", {}, ["staff"], "2026-11-23T08:40:00.000Z"), "too late").toBeUndefined();
  });

  it("that is a notice tells nothing of the sender's company: its conditions are not handed on as facts", async () => {
    const notice =
      "关于组织申报青岚区（虚构）“专精特新”企业的通知\n各有关单位：\n一、申报条件：注册满两年，研发投入占比不低于3%，职工人数不少于20人。\n二、申报时间：2026年12月1日至12月20日，逾期不予受理。";
    const { say } = reading(notice.repeat(3));
    await say("", file("通知.png"));
    for (const wish of ["这个我们能申请吗？", "匹配"]) {
      const outcome = await say(wish);
      expect(outcome).toMatchObject({ passOn: wish, note: expect.stringContaining("没有记作贵企业的情况") });
      expect(outcome).toHaveProperty("question", expect.stringContaining("专精特新"));
    }
    const beside = await say("我们做医疗器械的，有35人，能申请吗？", file("通知.png"));
    expect(beside).toMatchObject({ passOn: "我们做医疗器械的，有35人，能申请吗？" });
  });

  it("says so when the library holds the same document", async () => {
    const published = { title: "某方案", status: "征求意见稿", isSame: true };
    const reply = await reading(INTRODUCTION, published).say("", file("方案.pdf"));
    expect(JSON.stringify(reply)).toContain("《某方案》（征求意见稿）");
    expect(JSON.stringify(reply)).not.toContain("不作为答复依据");
  });

  it("is not kept where others would go on with it", async () => {
    const { say } = reading(INTRODUCTION);
    const group = { chatKind: "group" as const };
    const reply = await say("", { ...file("介绍.docx"), ...group });
    expect(JSON.stringify(reply)).toContain("私聊");
    expect(await say("这份材料说了什么", group)).toBeUndefined();
    expect(await say("匹配")).toBeUndefined();
  });

  it("is the library's when an administrator sends it", async () => {
    expect(await reading(INTRODUCTION).say("", file("方案.pdf"), ["staff", "admin"])).toBeUndefined();
  });

  it.each([
    [
      new AppError({ code: "unusable-input", message: "x", safeMessage: "文件已加密，请解除密码后重发。" }),
      "文件已加密",
    ],
    [{ text: " \n " }, "没有识别到文字"],
  ])("that cannot be read is told why", async (outcome, words) => {
    const reply = await makeWorld(() => outcome).say("", file("照片.jpg"));
    expect(reply).toMatchObject({ kind: "material-unread" });
    expect(JSON.stringify(reply)).toContain(words);
  });

  it("is tried again when it is we who failed", async () => {
    await expect(makeWorld(() => new Error("disk")).say("", file("a.pdf"))).rejects.toThrow("disk");
  });
});

describe("a file beside the question", () => {
  it("tells who asks; the search gets the question alone", async () => {
    const outcome = await reading(INTRODUCTION).say("人才安居有哪些支持举措？", file("介绍.docx"));
    expect(outcome).toMatchObject({ question: "人才安居有哪些支持举措？" });
    expect(outcome).toHaveProperty("passOn", expect.stringContaining("小核酸"));
  });

  it("is what is asked about where the question points at it", async () => {
    const outcome = await reading(INTRODUCTION).say("图里这个我们能不能报？", file("照片.jpg"));
    expect(outcome).toHaveProperty("question", expect.stringContaining("生物医药"));
  });

  it("that cannot be read is said, and the words are answered", async () => {
    const failed = new AppError({ code: "unusable-input", message: "x", safeMessage: "格式不支持。" });
    const outcome = await makeWorld(() => failed).say("人才安居有哪些支持举措？", file("a.rar"));
    expect(outcome).toMatchObject({
      passOn: "人才安居有哪些支持举措？",
      note: expect.stringContaining("格式不支持"),
    });
  });

  it("is said file by file: what could not be read, and what was too many", async () => {
    const failed = new AppError({ code: "unusable-input", message: "x", safeMessage: "格式不支持。" });
    const names = ["a.docx", "b.rar", "c.docx", "d.docx"];
    const attachments = names.map((name) => ({ kind: "file" as const, name, reference: {} }));
    const world = makeWorld((name) => (name === "b.rar" ? failed : { text: INTRODUCTION }));
    const outcome = await world.say("有哪些支持政策？", { attachments, unsupported: "file" });
    expect(outcome).toHaveProperty(
      "note",
      expect.stringMatching(
        /另有附件未读取：“b\.rar”：格式不支持。“d\.docx”：一次最多读取3份附件，请另行发送。$/,
      ),
    );
  });
});
