import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitReply, type Reply, type ReplyBlock } from "../../src/conversation/index.ts";
import { capabilitiesArbitrary, replyArbitrary } from "../support/reply-arbitraries.ts";

function toReply(blocks: ReplyBlock[], language: Reply["language"] = "zh"): Reply {
  return {
    kind: "answered",
    language,
    headline: "结论。",
    blocks,
    plainText: "结论。",
    generatedByAi: false,
  };
}

const NOTHING = { buttons: false, forms: false, pictures: false, files: false };

describe("a reply on a channel that can do little", () => {
  it("names the typed commands in place of buttons", () => {
    const fitted = fitReply(
      toReply([
        {
          type: "actions",
          actions: [
            { name: "ticket.start", label: "找专员", style: "primary", values: {}, command: "找专员" },
            { name: "ticket.take", label: "接单", style: "default", values: {}, command: "接单 12" },
            { name: "kb.preview", label: "预览", style: "default", values: {} },
          ],
        },
      ]),
      NOTHING,
    );
    expect(fitted.blocks).toEqual([
      {
        type: "list",
        title: "可发送以下文字办理：",
        items: ["接单：发送“接单 12”", "可发送：“找专员”", "“预览”需在有按钮的平台（如飞书、网页）上办理。"],
      },
    ]);
    expect(fitted.plainText).toContain("发送“接单 12”");
  });

  it("says what to type in place of a form", () => {
    const fitted = fitReply(
      toReply([
        {
          type: "form",
          name: "visibility",
          fields: [
            {
              name: "scope",
              label: "可见范围",
              kind: "select",
              value: "public",
              options: [
                { value: "public", label: "公开" },
                { value: "internal", label: "内部" },
              ],
              required: true,
            },
          ],
          submit: { name: "kb.v", label: "调整", style: "default", values: {}, command: "可见范围 X 公开" },
        },
      ]),
      NOTHING,
    );
    expect(fitted.blocks[0]).toMatchObject({
      type: "list",
      items: ["可见范围（必填）：公开（可选：公开、内部）", "调整：发送“可见范围 X 公开”"],
    });
  });

  it("describes pictures and says where files are", () => {
    const { blocks } = fitReply(
      toReply(
        [
          { type: "picture", fileId: "f", alt: "Tickets by week", url: "https://example.test/p" },
          { type: "file", fileId: "g", name: "report.pdf", mediaType: "application/pdf", bytes: 9 },
        ],
        "en",
      ),
      NOTHING,
    );
    expect(blocks).toEqual([
      { type: "paragraph", text: "〔Picture〕Tickets by week: https://example.test/p" },
      {
        type: "paragraph",
        text: "〔File〕report.pdf: Files cannot be sent here. Please get it on the web page.",
      },
    ]);
  });

  it("is left as it is where everything can be shown", () => {
    fc.assert(
      fc.property(replyArbitrary, (reply) => {
        expect(fitReply(reply, {})).toBe(reply);
      }),
    );
  });

  it("never loses a citation, a notice, a program, a next step or what can be done", () => {
    fc.assert(
      fc.property(replyArbitrary, capabilitiesArbitrary, (reply, capabilities) => {
        const fitted = fitReply(reply, capabilities);
        const kept = (blocks: readonly ReplyBlock[]) =>
          blocks.filter(({ type }) => !["actions", "form", "picture", "file", "list"].includes(type));
        const shown = fitted.blocks.filter(({ type }) => type !== "paragraph");
        for (const block of kept(reply.blocks)) expect(fitted.blocks).toContain(block);
        const words = JSON.stringify(fitted);
        for (const block of reply.blocks) for (const word of mustBeSaid(block)) expect(words).toContain(word);
        for (const [type, can] of [
          ["actions", capabilities.buttons],
          ["form", capabilities.forms],
          ["picture", capabilities.pictures],
          ["file", capabilities.files],
        ] as const)
          if (can === false) expect(shown.map((block) => block.type)).not.toContain(type);
        expect(fitted.headline).toBe(reply.headline);
        expect(fitted.plainText.startsWith(reply.plainText)).toBe(true);
      }),
    );
  });
});

function mustBeSaid(block: ReplyBlock): string[] {
  if (block.type === "actions") return block.actions.map(({ command, label }) => command ?? label);
  if (block.type === "form")
    return [
      ...block.fields.map(({ label }) => label),
      ...(block.submit.command ? [block.submit.command] : []),
    ];
  if (block.type === "file") return [block.name];
  return [];
}
