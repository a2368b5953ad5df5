import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toPostText } from "../../src/channels/feishu/post-text.ts";
import type { FormField, Reply, ReplyAction, ReplyBlock } from "../../src/conversation/index.ts";
import {
  answer,
  citation,
  MARKUP,
  markupReply,
  program,
  reply,
  SAMPLE_REPLIES,
} from "../support/channel-contract/sample-replies.ts";
import {
  countTags,
  type FeishuServer,
  judgeContent,
  MAX_BYTES,
  MAX_TAGS,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { readShown } from "../support/feishu-server/read-shown.ts";
import { type RunningChannel, runChannel } from "../support/feishu-server/run-channel.ts";
import { findTagged, sampleTicket, type Tagged } from "../support/feishu-server/sample-ticket.ts";

let server: FeishuServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startFeishuServer();
  running = await runChannel({ domain: server.url, start: false });
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

const TARGET = { messageId: "om_question", chatId: "oc_park" };

async function deliver(sent: Reply): Promise<string[]> {
  await running.channel.deliver({ outboxId: "outbox-1", messageKey: "k", replyTarget: TARGET, reply: sent });
  return server.sent.map(({ content }) => content);
}

const button = (name: string, label: string): ReplyAction => ({
  ...{ name, label, style: "default", values: { message: "m".repeat(60) }, command: label },
});

/** As the conversation makes it when everything is switched on: suggestions first, then what can be done. */
function fullAnswer(overrides: Partial<Reply> = {}): Reply {
  const labels = ["有帮助", "没帮助", "复制原文", "找专员", "匹配政策", "订阅更新"];
  const questions = ["创新券的申领条件是什么？", "创新券每年最多可以申领多少？", "创新券向哪个部门申领？"];
  const { blocks } = answer();
  return answer({
    blocks: [
      ...blocks,
      { type: "actions", actions: questions.map((text) => button("answer.ask", text)) },
      { type: "actions", actions: labels.map((label, index) => button(`answer.${index}`, label)) },
    ],
    ...overrides,
  });
}

function profileForm(): Reply {
  const options = Array.from({ length: 60 }, (_, index) => ({ value: `v${index}`, label: `行业${index}` }));
  const kinds = ["text", "multiline", "date", "select"] as const;
  const fields = Array.from({ length: 14 }, (_, index): FormField => {
    const kind = kinds[index % 4] ?? "text";
    const chosen = kind === "select" && index < 8 ? { options: options.slice(0, 20) } : {};
    const field = { name: `field${index}`, label: `企业信息第${index + 1}项`, kind };
    return { ...field, ...(kind === "select" && { options: options.slice(0, 5) }), ...chosen };
  });
  const submit = button("match.save", "保存并匹配");
  return reply({
    kind: "match-profile",
    headline: "请核对贵企业的信息。",
    blocks: [{ type: "form", name: "profile", fields, submit }],
  });
}

function adminCard(): Reply {
  const items = Array.from({ length: 12 }, (_, index) => ({
    kind: "changed" as const,
    section: `第${index + 1}条`,
    runs: [
      { text: "每年不超过" },
      { text: "十万元", mark: "removed" as const },
      { text: "二十万元", mark: "added" as const },
    ],
  }));
  const facts = Array.from({ length: 10 }, (_, index) => ({
    label: `字段${index}`,
    value: "云科规〔2026〕3号",
  }));
  const blocks: ReplyBlock[] = [
    { type: "fields", items: facts },
    { type: "changes", items, more: 3 },
    {
      type: "actions",
      actions: ["同意发布", "退回修改", "查看影响", "预览", "撤回"].map((each) => button("desk.do", each)),
    },
  ];
  return reply({ kind: "desk-review", headline: "《创新券管理办法（虚构）》待复核。", blocks });
}

const CARDS: readonly [string, () => Reply, number][] = [
  ["an answer with six buttons and three questions", fullAnswer, 1],
  [
    "ten programs with verdicts",
    () =>
      reply({
        kind: "match",
        blocks: Array.from({ length: 10 }, (_, index) => program(index + 1, index > 1)),
      }),
    6,
  ],
  ["the form of a profile", profileForm, 1],
  ["a specialist's card of a ticket", () => sampleTicket(), 1],
  ["a review for administrators", adminCard, 1],
];

describe("cards", () => {
  it.each(CARDS)("fit the platform's limits and are taken: %s", async (_name, make, most) => {
    const cards = await deliver(make());
    expect(cards.length).toBeLessThanOrEqual(most);
    for (const card of cards) {
      expect(server.sent.map(({ msgType }) => msgType)).not.toContain("post");
      expect(judgeContent("interactive", card)).toBeUndefined();
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(MAX_BYTES);
      expect(countTags(JSON.parse(card))).toBeLessThanOrEqual(MAX_TAGS);
    }
  });

  it("read from the conclusion to what to ask next", async () => {
    const [card = ""] = await deliver(fullAnswer());
    const { text } = readShown({ msgType: "interactive", content: card });
    const order = [
      ...[
        "新增创新券服务机构三十家",
        "[1]",
        "《云川市科技创新券管理办法（虚构）》",
        "第六条",
        "查看原文",
        "[2]",
      ],
      ...[
        "文件未载明",
        "征求意见稿，尚不具有法律效力",
        "下一步",
        "有帮助",
        "订阅更新",
        "您还可以问",
        "申领条件",
      ],
    ];
    const places = order.map((words) => text.indexOf(words, 0));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((left, right) => left - right));
  });

  it("show the first citation open and fold the others", async () => {
    const [card = ""] = await deliver(fullAnswer());
    const panels = findTagged(card, "collapsible_panel");
    expect(panels.map(({ expanded }) => expanded)).toEqual([true, false]);
  });

  it("put at most four buttons beside each other", async () => {
    const [card = ""] = await deliver(fullAnswer());
    const rows = findTagged(card, "column_set").map(({ columns }) => (columns as Tagged[]).length);
    expect(rows).toEqual([4, 2, 3]);
  });

  it("end a long question on its button with dots, and ask it whole", async () => {
    const question = `创新券${"可以用于购买哪些服务".repeat(12)}？`;
    const long = { ...button("answer.ask", question), values: { question } };
    const [card = ""] = await deliver(reply({ blocks: [{ type: "actions", actions: [long] }] }));
    const [shown = {}] = findTagged(card, "button");
    const { text } = shown;
    expect((text as { content: string }).content).toMatch(/^创新券可以.*…$/);
    expect(shown.behaviors?.[0]?.value.values["question"]).toBe(question);
  });

  it("announce no questions in a welcome, which does so in its own words", async () => {
    const [card = ""] = await deliver(fullAnswer({ kind: "welcome" }));
    expect(card).not.toContain("您还可以问");
  });

  it("say it in English when the answer is", async () => {
    const [card = ""] = await deliver(fullAnswer({ language: "en" }));
    expect(card).toContain("You may also ask");
  });
});

describe("text to copy", () => {
  it("is a bare message, word for word, in which nothing is a mention", async () => {
    const quotes = `第六条 创新券用于购买研发服务。\n${MARKUP.join("\n")}`;
    await deliver(reply({ plain: true, plainText: quotes, headline: "原文如下" }));
    expect(server.sent).toMatchObject([{ msgType: "post" }]);
    const read = readShown({ msgType: "post", content: server.sent[0]?.content ?? "" });
    expect(read.mentions).toEqual([]);
    // What might be taken for a mention has another bracket; everything else stands as it is.
    expect(read.text.trim()).toBe(toPostText(quotes).text);
    expect(read.text).not.toMatch(/<\s*\/?\s*at\b/iu);
  });

  it("goes on in a second message when it is long", async () => {
    const text = "第六条 创新券用于购买研发服务。\n".repeat(900);
    await deliver(reply({ plain: true, plainText: text }));
    const all = server.sent.map(({ content }) => {
      const post = JSON.parse(content) as { zh_cn: { content: [[{ text: string }]] } };
      return post.zh_cn.content[0][0].text;
    });
    expect(all.join("")).toBe(text.trim());
  });
});

describe("a card that fills", () => {
  const open = (sent: Reply) =>
    running.channel.openStream?.({ messageKey: "k", replyTarget: TARGET, reply: { ...sent, partial: true } });

  it.each([...SAMPLE_REPLIES])("is taken with whatever is shown in it: %s", async (_name, sent) => {
    expect(await open(sent)).toBeDefined();
    const [shown = { content: "" }] = server.sent;
    expect(countTags(JSON.parse(shown.content))).toBeLessThanOrEqual(MAX_TAGS);
    expect(findTagged(shown.content, "button")).toEqual([]);
  });

  it("calls nobody and leads nowhere, whatever the words are", async () => {
    expect(await open(markupReply())).toBeDefined();
    const read = readShown({ msgType: "interactive", content: server.sent[0]?.content ?? "" });
    expect(read.mentions).toEqual([]);
    expect(read.links.filter((link) => !link.startsWith("https://xiance.example.cn/"))).toEqual([]);
    expect(read.text).toContain("<at id=all>");
  });

  it("is shortened when there is more than fits, since the whole follows", async () => {
    const blocks = Array.from({ length: 40 }, (_, index) =>
      citation(index + 1, "创新券用于购买研发服务。".repeat(80)),
    );
    expect(await open(reply({ headline: "很长的结论。".repeat(3_000), blocks }))).toBeDefined();
    expect(Buffer.byteLength(server.sent[0]?.content ?? "")).toBeLessThan(MAX_BYTES);
  });
});
