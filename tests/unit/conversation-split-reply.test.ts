import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Reply, type ReplyBlock, splitReply } from "../../src/conversation/index.ts";
import { replyArbitrary } from "../support/reply-arbitraries.ts";

const shorterThan = (limit: number) => (part: Reply) => part.plainText.length <= limit;

function toReply(blocks: ReplyBlock[]): Reply {
  return {
    kind: "answered",
    language: "zh",
    headline: "结论。",
    blocks,
    plainText: "",
    generatedByAi: false,
  };
}

function citation(index: number, quote: string): ReplyBlock {
  return { type: "citation", index, title: "行动方案", status: "", section: "三（六）", heading: [], quote };
}

describe("a reply that is too long for one message", () => {
  it("comes out unchanged when it fits", () => {
    const reply = toReply([citation(1, "短。")]);
    expect(splitReply(reply, () => true)).toEqual([reply]);
  });

  it("is divided between blocks, and says that it goes on", () => {
    const blocks = [1, 2, 3].map((index) => citation(index, "加大科技金融支持力度。".repeat(4)));
    const parts = splitReply({ ...toReply(blocks), plainText: "长".repeat(999) }, shorterThan(160));
    expect(parts.flatMap((part) => part.blocks)).toEqual(blocks);
    expect(parts.map(({ headline }) => headline)).toEqual(["结论。", "（接上条，2/2）"]);
  });

  it("divides a citation that is too long alone at its sentences, each part with its source", () => {
    const quote = "第一句话说明支持方向。".repeat(30);
    const parts = splitReply({ ...toReply([citation(1, quote)]), plainText: quote }, shorterThan(150));
    const quotes = parts
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === "citation" ? [block] : []));
    expect(quotes.map((each) => each.quote).join("")).toBe(quote);
    expect(quotes.length).toBeGreaterThan(1);
    for (const each of quotes) {
      expect(each).toMatchObject({ index: 1, title: "行动方案", section: "三（六）" });
      expect(each.quote.endsWith("。")).toBe(true);
    }
  });

  it("keeps a heading with what it heads", () => {
    const blocks: ReplyBlock[] = [
      { type: "paragraph", text: "前".repeat(60) },
      { type: "heading", text: "依据" },
      citation(1, "后".repeat(60)),
    ];
    const parts = splitReply({ ...toReply(blocks), plainText: "长".repeat(999) }, shorterThan(110));
    expect(parts.map((part) => part.blocks.map(({ type }) => type))).toEqual([
      ["paragraph"],
      ["heading", "citation"],
    ]);
  });

  it("loses no word, and no part is too long that could be divided", () => {
    fc.assert(
      fc.property(replyArbitrary, fc.integer({ min: 60, max: 400 }), (reply, limit) => {
        const whole = { ...reply, plainText: "长".repeat(1_000) };
        const parts = splitReply(whole, shorterThan(limit));
        for (const part of parts) {
          if (part.plainText.length > limit) expect(part.blocks.length).toBeLessThanOrEqual(1);
        }
        const said = parts.flatMap(({ blocks }, position) => [
          ...(position === 0 ? [parts[0]?.headline ?? ""] : []),
          ...blocks.flatMap(wordsOf),
        ]);
        expect(said.join("")).toBe([reply.headline, ...reply.blocks.flatMap(wordsOf)].join(""));
      }),
    );
  });
});

/** What is said once, whatever is divided; names that stand on every part are left out. */
function wordsOf(block: ReplyBlock): string[] {
  switch (block.type) {
    case "paragraph":
    case "notice":
    case "heading":
      return [block.text];
    case "citation":
      return [block.quote];
    case "list":
      return block.items;
    case "fields":
      return block.items.map(({ value }) => value);
    case "actions":
      return block.actions.map(({ label }) => label);
    case "program":
      return [
        ...block.criteria.map(({ quote }) => quote),
        ...block.quotes.map(({ quote }) => quote),
        block.nextStep,
      ];
    case "form":
      return [block.submit.label];
    case "picture":
      return [block.alt];
    case "file":
      return [block.name];
    default:
      return [];
  }
}
