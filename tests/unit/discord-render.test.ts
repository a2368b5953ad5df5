import { describe, expect, it } from "vitest";
import { escapeMarkdown } from "../../src/channels/discord/markdown.ts";
import type { Embed } from "../../src/channels/discord/message-body.ts";
import { mustBeOneMessage, renderOneMessage } from "../../src/channels/discord/one-message.ts";
import { renderReply } from "../../src/channels/discord/render.ts";
import { splitText } from "../../src/channels/discord/split-text.ts";
import { toSafeUrl } from "../../src/channels/to-safe-url.ts";
import type { Reply, ReplyBlock } from "../../src/conversation/index.ts";

/** Characters of an embed as the platform adds them up. */
function measureEmbed({ title, description, author, footer }: Embed): number {
  return [title, description, author?.name, footer?.text].reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function reply(blocks: ReplyBlock[], more: Partial<Reply> = {}): Reply {
  return {
    kind: "answered",
    language: "zh",
    headline: "文件载明如下。",
    blocks,
    plainText: "",
    generatedByAi: false,
    ...more,
  };
}

function citation(index: number, quote: string): ReplyBlock {
  return {
    type: "citation",
    index,
    title: "云川市科技创新券管理办法（虚构）",
    status: "征求意见稿",
    section: "第六条",
    heading: ["第二章 使用"],
    quote,
    url: "/documents/d1#1-9",
  };
}

function textOf(parts: ReturnType<typeof renderReply>): string {
  return parts
    .flatMap(({ body }) => body.embeds ?? [])
    .map(({ description }) => description ?? "")
    .join("\n");
}

describe("a reply on Discord", () => {
  it("that is meant to be copied stands in no embed", () => {
    const plainText = `资助标准另行公布。\n——《云川市科技创新券管理办法（虚构）》第六条`;
    const [part, ...more] = renderReply(reply([], { plain: true, plainText }), {});
    expect(more).toEqual([]);
    expect(part?.body).toMatchObject({ content: plainText, allowed_mentions: { parse: [] } });
    expect(part?.body.embeds).toBeUndefined();
  });

  it("keeps the platform's limits, however long it is, and loses no citation", () => {
    const quotes = Array.from(
      { length: 30 },
      (_, index) => `第${index}款：${"资助标准另行公布。*_#".repeat(60)}末${index}`,
    );
    const parts = renderReply(reply(quotes.map((quote, index) => citation(index + 1, quote))), {
      publicUrl: "https://xiance.example.cn",
    });
    for (const { body } of parts) {
      const characters = (body.embeds ?? []).reduce((sum, embed) => sum + measureEmbed(embed), 0);
      expect(characters).toBeLessThanOrEqual(6_000);
      expect(body.embeds?.length).toBeLessThanOrEqual(10);
      for (const { description = "" } of body.embeds ?? [])
        expect(description.length).toBeLessThanOrEqual(4_096);
      expect(body.allowed_mentions).toEqual({ parse: [], replied_user: false });
    }
    const shown = textOf(parts);
    for (const index of quotes.keys()) {
      expect(shown).toContain(`第${index}款`);
      expect(shown).toContain(`末${index}`);
    }
    expect(shown.match(/查看原文/g)?.length).toBe(30);
  });

  it("shows every verdict with its word, its facts and its clause", () => {
    const block: ReplyBlock = {
      type: "program",
      programId: "P01",
      rank: 1,
      name: "云川市科技创新券",
      kind: "补贴",
      verdict: "likely",
      verdictLabel: "可能符合，待确认",
      status: "拟设立 · 征求意见稿",
      criteria: [
        {
          text: "注册在本市",
          verdict: "met",
          label: "满足",
          observed: "云川市",
          section: "第四条",
          quote: "应当在本市登记注册。",
        },
        {
          text: "研发投入",
          verdict: "unknown",
          label: "待确认",
          threshold: "不低于一百万元",
          section: "第五条",
          quote: "研发费用不低于一百万元。",
        },
        {
          text: "信用良好",
          verdict: "unmet",
          label: "不满足",
          section: "第五条",
          quote: "研发费用不低于一百万元。",
        },
      ],
      quotes: [],
      notStated: ["金额"],
      cautions: ["尚不具有法律效力"],
      nextStep: "请补充研发费用。",
      compact: false,
    };
    const shown = textOf(renderReply(reply([block]), {}));
    expect(shown).toContain("✅ **满足** 注册在本市：贵企业 云川市（第四条）");
    expect(shown).toContain("❔ **待确认** 研发投入：贵企业 未提供，要求 不低于一百万元（第五条）");
    expect(shown).toContain("❌ **不满足** 信用良好");
    expect(shown).toContain("> 应当在本市登记注册。");
    expect(shown).toContain("文件未载明：金额");
  });

  it("shows what people typed as it is: no mention, no link, no heading", () => {
    const shown = escapeMarkdown("# 标题\n<@1> @everyone [点](http://x) **粗** -# 小\n1. 一\n> 引");
    expect(shown).toBe(
      "\\# 标题\n\\<\\@1\\> \\@everyone \\[点\\](http://x) \\*\\*粗\\*\\* -# 小\n1\\. 一\n\\> 引",
    );
    expect(toSafeUrl("javascript:alert(1)", undefined)).toBeUndefined();
    expect(toSafeUrl("/a)b", "https://x.example")).toBe("https://x.example/a%29b");
  });

  it("puts at most five rows under a message, and goes on in the next", () => {
    const actions = Array.from({ length: 32 }, (_, index) => ({
      name: `n${index}`,
      label: `按钮${index}`,
      style: "default" as const,
      values: {},
    }));
    const parts = renderReply(
      reply([
        { type: "actions", actions: actions.slice(0, 16) },
        { type: "actions", actions: actions.slice(16) },
      ]),
      { makeButtons: ({ label }) => [{ type: 2, style: 2, label, custom_id: label }] },
    );
    const rows = parts.map(({ body }) => body.components ?? []);
    expect(rows.flat().flatMap(({ components }) => components).length).toBe(32);
    for (const each of rows) expect(each.length).toBeLessThanOrEqual(5);
  });

  it("shows the typed command where a button cannot be", () => {
    const action = {
      name: "x",
      label: "查看依据",
      style: "default" as const,
      values: {},
      command: "依据 P01",
    };
    const shown = textOf(renderReply(reply([{ type: "actions", actions: [action] }]), {}));
    expect(shown).toContain("依据 P01");
  });

  it("of a ticket with buttons is one message, and its buttons keep their places", () => {
    const action = { name: "ticket.do", label: "受理", style: "primary" as const, values: {} };
    const long = reply(
      [
        ...Array.from({ length: 14 }, (_, index) => citation(index, "条".repeat(900))),
        { type: "actions", actions: [action] },
      ],
      { kind: "ticket-card" },
    );
    expect(mustBeOneMessage(long)).toBe(true);
    const places: number[] = [];
    const parts = renderOneMessage(long, {
      makeButtons: ({ label }, { block }) => {
        places.push(block);
        return [{ type: 2, style: 1, label, custom_id: label }];
      },
    });
    expect(parts.length).toBe(1);
    expect(new Set(places)).toEqual(new Set([14]));
    expect(textOf(parts)).toContain("从略");
  });
});

describe("a long text", () => {
  it("is divided at ends of sentences, never inside a character, and joined it is the same", () => {
    const text = `${"创新券用于购买研发服务。".repeat(40)}${"😀".repeat(200)}`;
    const parts = splitText(text, 101);
    expect(parts.join("")).toBe(text);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(101);
      expect(part.isWellFormed()).toBe(true);
    }
  });
});

describe("a reply that calls somebody", () => {
  const ID = "123456789012345678";
  const render = (userId: string, headline = "张三（虚构）答复：") =>
    renderReply(reply([], { kind: "ticket-answer", headline, mention: { userId } }), {})[0];

  it("mentions them beside the embed, and only them", () => {
    const part = render(ID, `<@999999999999999999> @everyone <@${ID}>`);
    const only = { parse: [], replied_user: false, users: [ID] };
    expect(part?.body).toMatchObject({ content: `<@${ID}>`, allowed_mentions: only });
    expect(part?.fallback[0]?.content?.startsWith(`<@${ID}>\n`)).toBe(true);
    expect(part?.fallback[0]?.allowed_mentions).toEqual(only);
    expect(part?.fallback[0]?.content).not.toContain("<@999999999999999999>");
  });

  it.each(["everyone", "&123456789012345678", "", "ou_a1"])("mentions nobody by %j", (userId) => {
    const part = render(userId);
    expect(part?.body.content).toBeUndefined();
    expect(part?.body.allowed_mentions).toEqual({ parse: [], replied_user: false });
    expect(part?.fallback[0]?.content).not.toContain("<@");
  });
});
