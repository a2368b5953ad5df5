import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countComponents, escapeMarkdown } from "../../src/channels/feishu/card.ts";
import { toPostText } from "../../src/channels/feishu/post-text.ts";
import { MAX_COMPONENTS, MAX_MESSAGE_BYTES, renderReply } from "../../src/channels/feishu/render.ts";
import { splitText } from "../../src/channels/feishu/split-text.ts";
import { toSafeUrl } from "../../src/channels/to-safe-url.ts";
import type { Reply, ReplyBlock } from "../../src/conversation/index.ts";
import { countTags, judgeContent } from "../support/feishu-server/index.ts";
import { sampleReply } from "../support/feishu-server/run-channel.ts";

const OPTIONS = { publicUrl: "https://xiance.example.cn", homeTitle: "张江高新区奉贤园政策助手" };

/** All strings at a key, in reading order. */
function collect(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === key && typeof item === "string" ? [item] : collect(item, key),
  );
}

interface Panel {
  tag: string;
  header: { title: { content: string } };
  elements: { tag: string; text?: { content: string; text_size?: string }; content?: string }[];
}

function panelsOf(reply: Reply): Panel[] {
  return renderReply(reply, OPTIONS).flatMap(({ card }) => {
    const elements = JSON.parse(card.content).body.elements as Panel[];
    return elements.filter(({ tag }) => tag === "collapsible_panel");
  });
}

function quoteOf(panel: Panel): string {
  return panel.elements
    .filter(({ tag, text }) => tag === "div" && text?.text_size !== "notation")
    .map(({ text }) => text?.content ?? "")
    .join("");
}

describe("the answer card", () => {
  it("looks like this", () => {
    const [part] = renderReply(sampleReply({ generatedByAi: true }), OPTIONS);
    expect(JSON.parse(part?.card.content ?? "")).toMatchSnapshot();
    expect(JSON.parse(part?.fallback.content ?? "")).toMatchSnapshot();
  });

  it("says in English what is asked in English", () => {
    const [part] = renderReply(
      sampleReply({ language: "en", kind: "not-in-documents", generatedByAi: true }),
      OPTIONS,
    );
    expect(part?.card.content).toContain("Not stated in the documents");
    expect(part?.card.content).toContain("AI generated");
    expect(part?.card.content).toContain("Open the source");
  });

  it("opens the first citation and folds the others", () => {
    const citation = sampleReply().blocks[0] as ReplyBlock;
    const blocks = [citation, { ...citation }, { ...citation }];
    const panels = (headline: string) => {
      const [part] = renderReply(sampleReply({ headline, blocks }), OPTIONS);
      const elements = JSON.parse(part?.card.content ?? "").body.elements as { expanded?: boolean }[];
      return elements.map(({ expanded }) => expanded);
    };
    expect(panels("文件提出了目标。")).toEqual([undefined, true, false, false]);
    // Nobody reads the same words twice.
    expect(panels(sampleReply().headline)).toEqual([undefined, false, false, false]);
  });

  it("cuts what stands on a button by its width", () => {
    const label = (text: string) => {
      const action = { name: "answer.ask", label: text, style: "default" as const, values: {} };
      const reply = sampleReply({ blocks: [{ type: "actions", actions: [action] }] });
      const [part] = renderReply(reply, OPTIONS, ({ name, values }) => ({ name, values, mac: "" }) as never);
      return /"tag":"button","text":\{"tag":"plain_text","content":"([^"]*)"/.exec(
        part?.card.content ?? "",
      )?.[1];
    };
    expect(label("款".repeat(40))).toBe("款".repeat(40));
    expect(label("款".repeat(41))).toBe(`${"款".repeat(39)}…`);
    const question = "What does the document say on “提升美丽健康产业能级”?";
    expect(label(question)).toBe(question);
  });

  it("tells the status of the document in its header, where all citations share one", () => {
    const citation = sampleReply().blocks[0] as Extract<ReplyBlock, { type: "citation" }>;
    const tags = (...states: string[]) => {
      const blocks = states.map((status) => ({ ...citation, status }));
      const [part] = renderReply(sampleReply({ blocks }), OPTIONS);
      const { text_tag_list: list = [] } = JSON.parse(part?.card.content ?? "").header;
      return list.map(({ text, color }: { text: { content: string }; color: string }) => [
        text.content,
        color,
      ]);
    };
    expect(tags("征求意见稿", "征求意见稿")).toEqual([["征求意见稿", "orange"]]);
    expect(tags("现行有效")).toEqual([["现行有效", "green"]]);
    expect(tags("已废止")).toEqual([["已废止", "red"]]);
    expect(tags("征求意见稿", "现行有效")).toEqual([]);
  });

  it("shows the words of a reply that has nothing but its plain text", () => {
    const [part] = renderReply(sampleReply({ headline: "", blocks: [], plainText: "只有这些" }), {});
    expect(part?.card.content).toContain("只有这些");
    const [empty] = renderReply(sampleReply({ headline: " ", blocks: [], plainText: "" }), {});
    expect(judgeContent("interactive", empty?.card.content ?? "")).toBeUndefined();
  });

  it("lets no text of documents or users reach the platform's markdown", () => {
    const hostile = '<at id=all></at> **粗** [链](https://evil.example) ![](x) `c` ~~s~~ <font color="red">';
    const reply = sampleReply({
      headline: hostile,
      plainText: hostile,
      blocks: [
        { type: "paragraph", text: hostile },
        { type: "notice", text: hostile },
        { type: "list", title: hostile, items: [hostile] },
        {
          type: "citation",
          index: 1,
          title: hostile,
          status: hostile,
          section: hostile,
          heading: [hostile],
          quote: hostile,
          url: `https://x.example/a)[evil](https://evil.example)<at id=all>`,
        },
      ],
    });
    for (const { card, fallback } of renderReply(reply, OPTIONS)) {
      const markdown: string[] = [];
      JSON.parse(card.content, (_key, value) => {
        if (value?.tag === "markdown") markdown.push(value.content);
        return value;
      });
      expect(markdown).toHaveLength(2);
      for (const content of markdown) {
        expect(content).not.toContain("<");
        expect(content).not.toMatch(/\]\(https:\/\/evil/);
        expect(content.match(/\]\(/g) ?? []).toHaveLength(content.startsWith("[") ? 1 : 0);
      }
      const tags: string[] = [];
      JSON.parse(fallback.content, (_key, value) => {
        if (typeof value?.tag === "string") tags.push(value.tag);
        return value;
      });
      expect(new Set(tags)).toEqual(new Set(["text", "a"]));
    }
    expect(panelsOf(reply).map(quoteOf)).toEqual([hostile]);
  });
});

const RUNS = 60;

const word = fc.oneof(
  fc.constantFrom(
    "支持企业",
    "力争超过1000亿元。",
    "\n",
    '"',
    "\\",
    "<at id=all>",
    "🏭",
    "，",
    " ",
    "\u0001",
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 4 }),
);
/** fast-check keeps arrays short unless told otherwise; the limits are reached with long ones. */
const SIZE = "max";
const text = (maxWords: number) =>
  fc.array(word, { maxLength: maxWords, size: SIZE }).map((words) => words.join(""));
const longText = fc
  .tuple(text(40), fc.integer({ min: 1, max: 60 }))
  .map(([unit, times]) => unit.repeat(times));

const citation: fc.Arbitrary<ReplyBlock> = fc.record({
  type: fc.constant("citation" as const),
  index: fc.integer({ min: 1, max: 300 }),
  title: text(6),
  status: fc.constantFrom("征求意见稿", "现行有效", "已到期"),
  section: fc.constantFrom("三（六）¶2", "第三章第十二条（二）", "附件1"),
  heading: fc.array(text(3), { maxLength: 4, size: SIZE }),
  quote: fc.oneof({ weight: 4, arbitrary: text(40) }, { weight: 1, arbitrary: longText }),
  url: fc.constantFrom("/documents/a?start=1&end=9", "https://example.cn/ä(b)", "javascript:alert(1)", ""),
});

const block: fc.Arbitrary<ReplyBlock> = fc.oneof(
  { weight: 3, arbitrary: citation },
  fc.record({ type: fc.constant("paragraph" as const), text: longText }),
  fc.record({ type: fc.constant("notice" as const), text: text(20) }),
  fc.record({
    type: fc.constant("list" as const),
    title: text(5),
    items: fc.array(text(10), { maxLength: 60, size: SIZE }),
  }),
);

const anyReply: fc.Arbitrary<Reply> = fc.record({
  kind: fc.constantFrom("answered", "partial", "error", "constructor", "未知"),
  language: fc.constantFrom("zh" as const, "en" as const),
  headline: text(30),
  blocks: fc.array(block, { maxLength: 60, size: SIZE }),
  plainText: text(10),
  generatedByAi: fc.boolean(),
});

describe("a reply that calls somebody", () => {
  const called = (userId: string) => {
    const [part] = renderReply(sampleReply({ mention: { userId } }), OPTIONS);
    const { card, fallback } = part ?? { card: undefined, fallback: undefined };
    expect(judgeContent("interactive", card?.content ?? "")).toBeUndefined();
    expect(judgeContent("post", fallback?.content ?? "")).toBeUndefined();
    return { card: JSON.parse(card?.content ?? "{}"), fallback: fallback?.content ?? "" };
  };

  it("mentions them first, in the card and in the text that stands in for it", () => {
    const { card, fallback } = called("ou_a1b2c3");
    expect(card.body.elements[0]).toEqual({ tag: "markdown", content: "<at id=ou_a1b2c3></at>" });
    expect(fallback).toContain('[{"tag":"at","user_id":"ou_a1b2c3"}]');
  });

  it.each(["all", "ou_a></at><at id=all", "", "on_union", "ou_a b"])("mentions nobody by %j", (userId) => {
    const { card, fallback } = called(userId);
    expect(JSON.stringify(card)).not.toContain("<at");
    expect(fallback).not.toContain('"tag":"at"');
  });
});

describe("every reply", () => {
  it("fits the platform's limits in each of its parts, as card and as text", () => {
    const partCounts = new Set<number>();
    fc.assert(
      fc.property(anyReply, (reply) => {
        partCounts.add(renderReply(reply, OPTIONS).length);
        for (const { card, fallback } of renderReply(reply, OPTIONS)) {
          expect(judgeContent("interactive", card.content)).toBeUndefined();
          expect(judgeContent("post", fallback.content)).toBeUndefined();
          expect(Buffer.byteLength(JSON.stringify(card.content))).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
          expect(countTags(JSON.parse(card.content))).toBeLessThanOrEqual(MAX_COMPONENTS);
        }
      }),
      { numRuns: RUNS },
    );
    // Otherwise the property would say nothing about dividing.
    expect(Math.max(...partCounts)).toBeGreaterThan(2);
  });

  it("of many small citations is divided by the number of components", () => {
    const small = { ...sampleReply().blocks[0], title: "甲", quote: "乙", url: "/a" } as ReplyBlock;
    const parts = renderReply(sampleReply({ blocks: Array.from({ length: 100 }, () => small) }), {
      publicUrl: "https://a.cn",
    });
    expect(parts.length).toBeGreaterThan(3);
    for (const { card } of parts) expect(judgeContent("interactive", card.content)).toBeUndefined();
  });

  it("keeps every citation, word for word and in order, over all parts", () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const citations = reply.blocks.filter((candidate) => candidate.type === "citation");
        const panels = panelsOf(reply);
        expect(panels.map(quoteOf).join("")).toBe(citations.map(({ quote }) => quote).join(""));
        const posts = renderReply(reply, OPTIONS).map(({ fallback }) => fallback.content);
        const lines = posts.flatMap((content) => collect(JSON.parse(content), "text"));
        let from = 0;
        for (const { index, section, status, quote } of citations) {
          const labelled = panels.findIndex(
            (panel, position) =>
              position >= from &&
              panel.header.title.content.startsWith(`[${index}] ${section} · `) &&
              panel.header.title.content.includes(status),
          );
          expect(labelled).toBeGreaterThanOrEqual(from);
          from = labelled + 1;
          // What the platform might take for a mention has another bracket in a post.
          if (quote !== "" && quote.length < 200) expect(lines).toContain(toPostText(quote).text);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("counts components as the platform does", () => {
    const card = JSON.parse(renderReply(sampleReply(), OPTIONS)[0]?.card.content ?? "");
    expect(countComponents(card)).toBe(countTags(card));
  });
});

describe("splitText", () => {
  it("gives the text back, in pieces that fit and never in half a character", () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 60, max: 900 }), (whole, maxBytes) => {
        const pieces = splitText(whole, maxBytes);
        expect(pieces.join("")).toBe(whole);
        for (const piece of pieces) {
          expect(Buffer.byteLength(JSON.stringify(JSON.stringify(piece)))).toBeLessThanOrEqual(maxBytes);
          if (whole.isWellFormed()) expect(piece.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("cuts at the end of a line or sentence where there is one", () => {
    const sentence = "支持企业开展技术攻关，给予奖励。";
    const pieces = splitText(sentence.repeat(20), 300);
    for (const piece of pieces) expect(piece.endsWith("。")).toBe(true);
  });
});

describe("escapeMarkdown", () => {
  it("leaves Chinese as it is and turns signs into entities", () => {
    expect(escapeMarkdown("文件未载明：金额（2026年）")).toBe("文件未载明：金额（2026年）");
    expect(escapeMarkdown("<at id=all>*a*\n1. b")).toBe("&#60;at id=all&#62;&#42;a&#42; 1. b");
    expect(escapeMarkdown("1. b & c")).toBe("1&#46; b &#38; c");
  });
});

describe("toSafeUrl", () => {
  it.each([
    ["/a?b=1&c=2", "https://p.example.cn", "https://p.example.cn/a?b=1&c=2"],
    ["https://x.example/文件", undefined, "https://x.example/%E6%96%87%E4%BB%B6"],
    ["https://x.example/a(b)", undefined, "https://x.example/a%28b%29"],
    ["/a", undefined, undefined],
    ["javascript:alert(1)", "https://p.example.cn", undefined],
    ["", "https://p.example.cn", undefined],
    [undefined, "https://p.example.cn", undefined],
    [`https://x.example/${"a".repeat(2_000)}`, undefined, undefined],
  ])("%s on %s → %s", (url, publicUrl, expected) => {
    expect(toSafeUrl(url, publicUrl)).toBe(expected);
  });
});
