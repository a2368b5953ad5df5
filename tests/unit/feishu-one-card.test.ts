import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustBeOneCard, renderOneCard, renderReply } from "../../src/channels/feishu/render.ts";
import type { ReplyBlock } from "../../src/conversation/index.ts";
import { countTags, judgeContent, MAX_TAGS } from "../support/feishu-server/index.ts";
import { findTagged, sampleTicket } from "../support/feishu-server/sample-ticket.ts";

const OPTIONS = { publicUrl: "https://xiance.example.cn", homeTitle: "青岚园区政策助手" };
const sign = (action: { name: string; values: object }) => ({ xc: "signed", ...action }) as never;

const words = fc
  .tuple(
    fc.constantFrom("科技创新券。", '"引号"', "甲\n", "😀", "<at id=all>"),
    fc.oneof({ weight: 6, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(900) }),
  )
  .map(([unit, times]) => unit.repeat(times));

const block: fc.Arbitrary<ReplyBlock> = fc.oneof(
  words.map((value): ReplyBlock => ({ type: "paragraph", text: value })),
  fc
    .array(words, { maxLength: 40 })
    .map((items): ReplyBlock => ({ type: "list", title: "此前的提问", items })),
  words.map(
    (quote): ReplyBlock => ({
      type: "citation",
      index: 1,
      title: "办法",
      status: "现行有效",
      section: "第一条",
      heading: [],
      quote,
    }),
  ),
  fc
    .array(words, { maxLength: 20 })
    .map(
      (values): ReplyBlock => ({ type: "fields", items: values.map((value) => ({ label: "项", value })) }),
    ),
);

const FORM = sampleTicket().blocks.find(({ type }) => type === "form") as ReplyBlock;
const ACTIONS = sampleTicket().blocks.find(({ type }) => type === "actions") as ReplyBlock;

describe("one card", () => {
  it("is what a reply gives that fits, with what is read once folded", () => {
    const { card } = renderOneCard(sampleTicket(), OPTIONS, sign);
    expect(card).toEqual(renderReply(sampleTicket(), OPTIONS, sign)[0]?.card);
    const panels = findTagged(card.content, "collapsible_panel");
    expect(panels.map(({ expanded }) => expanded)).toEqual([false, false, false]);
    expect(judgeContent("interactive", card.content)).toBeUndefined();
  });

  it("is made of anything, within the limits, with its form and all its buttons", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 40, size: "max" }), words, (blocks, headline) => {
        const reply = sampleTicket({ headline, blocks: [FORM, ...blocks, ACTIONS] });
        const { card, fallback } = renderOneCard(reply, OPTIONS, sign);
        expect(judgeContent("interactive", card.content)).toBeUndefined();
        expect(judgeContent("post", fallback.content)).toBeUndefined();
        expect(Buffer.byteLength(JSON.stringify(card.content))).toBeLessThan(28 * 1024);
        expect(countTags(JSON.parse(card.content))).toBeLessThan(MAX_TAGS);
        expect(findTagged(card.content, "button")).toHaveLength(4);
      }),
      { numRuns: 15 },
    );
  });

  it("is for work; what is only read may have several", () => {
    expect(mustBeOneCard(sampleTicket())).toBe(true);
    expect(mustBeOneCard(sampleTicket({ blocks: [{ type: "paragraph", text: "答复" }] }))).toBe(false);
    expect(mustBeOneCard(sampleTicket({ kind: "match" }))).toBe(false);
  });
});
