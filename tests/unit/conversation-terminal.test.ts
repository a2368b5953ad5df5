import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, renderForTerminal, wrapText } from "../../src/channels/terminal/index.ts";
import { type ProgramBlock, renderAnswer } from "../../src/conversation/index.ts";
import { sampleMatch, sampleProgram } from "../support/sample-programs.ts";
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

describe("programs in the terminal", () => {
  const lines = (blocks: ProgramBlock[], colour = false) =>
    renderForTerminal({ ...sampleMatch(), blocks }, { colour, columns: 64 });

  it("stand under their number, each condition beside its verdict", () => {
    const compact = sampleProgram({ rank: 12, name: "青岚总部企业奖励", compact: true });
    expect(lines([sampleProgram(), compact])).toMatchInlineSnapshot(`
      "找到 3 项可能相关的政策，其中 1 项可能符合。


       1. 青岚成果转化基金
          〔可能符合，待确认〕 基金 · 拟设立 · 征求意见稿
          产业方向与基金支持领域一致。
          满足    成立满2年
                  贵企业 3年2个月 · 要求 不少于2年
                  第五条
                  │ “申请企业应当成立满2年。”
                  /documents/plan#10-21
          不满足  上年度营业收入不低于1亿元
                  贵企业 8800万元 · 要求 不低于1亿元 · 还差1200万元
                  第六条第一款
                  │ “上年度营业收入不低于1亿元，以上均含本数。”
                  /documents/plan#10-21
          待确认  研发投入占比不低于5%
                  要求 不低于5%
                  第六条第二款
                  │ “研发投入占营业收入的比例不低于5%。”
                  /documents/plan#10-21
          《青岚区改革创新行动方案》三（六）第2段
          │ “设立成果转化基金，支持早期项目。”
          /documents/plan#40-56
          文件未载明  申报时间、资助金额
          请注意      该文件为征求意见稿，尚未正式印发。
          下一步      请补充研发投入占比，或联系园区专员确认。

      12. 青岚总部企业奖励
          〔可能符合，待确认〕 基金 · 拟设立 · 征求意见稿
          产业方向与基金支持领域一致。
          依据  《青岚区改革创新行动方案》三（六）第2段"
    `);
  });

  it("are coloured only on a terminal, by verdict", () => {
    const coloured = lines([sampleProgram()], true);
    expect(coloured).toContain("\u001b[32m满足\u001b[39m");
    expect(coloured).toContain("\u001b[31m不满足\u001b[39m");
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(coloured.replace(escapes, "")).toBe(lines([sampleProgram()]));
  });

  it("keep to the width, also with long names and quotes", () => {
    const program = sampleProgram({ name: "很长的名称".repeat(20), reason: "理由".repeat(60) });
    for (const line of lines([program]).split("\n")) {
      if (!line.includes("/documents/")) expect(displayWidth(line)).toBeLessThanOrEqual(66);
    }
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
