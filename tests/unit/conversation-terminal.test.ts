import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, renderForTerminal, wrapText } from "../../src/channels/terminal/index.ts";
import { renderAnswer } from "../../src/conversation/index.ts";
import { makeAnswer } from "../support/test-answerer.ts";

describe("a reply in the terminal", () => {
  const reply = renderAnswer(makeAnswer("方案提出加大科技金融支持力度。", { question: "金融支持有哪些？" }));

  it("stands in aligned lines", () => {
    expect(renderForTerminal(reply, { colour: false, columns: 60 })).toMatchInlineSnapshot(`
      "方案提出加大科技金融支持力度。

      依据
       [1] 《张江高新区奉贤园改革创新发展行动方案（2024-2026年）》 征求意见稿
          三、重点行动 › （六）金融赋能强化行动 · 三（六）第2段
          │ “加大科技金融支持力度。”

      文件未载明  金额、申报时间
      提示        该文件为征求意见稿，尚未正式印发。
      下一步      请以正式印发文件为准。"
    `);
  });

  it("holds the same text with colours", () => {
    const coloured = renderForTerminal(reply, { colour: true, columns: 60 });
    expect(coloured).toContain("\u001b[1m");
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(coloured.replace(escapes, "")).toBe(renderForTerminal(reply, { colour: false, columns: 60 }));
  });
});

describe("wrapping", () => {
  it("loses no character and keeps to the width, closing marks aside", () => {
    const text = fc.string({
      unit: fc.constantFrom("园", "区", "，", "a", "b", " ", "2", "。", "（", ".", ")"),
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (input, columns) => {
        const lines = wrapText(input, columns);
        expect(lines.join("").replace(/\s/g, "")).toBe(input.replace(/\s/g, ""));
        for (const line of lines) {
          expect(line).toBe(line.trimEnd());
          expect(displayWidth(line.replace(/[，。.)\s]+$/u, ""))).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});
