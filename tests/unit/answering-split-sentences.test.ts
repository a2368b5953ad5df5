import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPhrases, splitSentences } from "../../src/answering/evidence/split-sentences.ts";

describe("splitSentences", () => {
  it("ends sentences at full stops, semicolons and line ends", () => {
    expect(splitSentences("一、甲。乙；丙！\n丁").map(({ text }) => text)).toEqual([
      "一、甲。",
      "乙；",
      "丙！",
      "丁",
    ]);
  });

  it("takes no bar of a table along", () => {
    expect(splitSentences("2 | 原为20万元。 | 现为30万元。 |").map(({ text }) => text)).toEqual([
      "2 | 原为20万元。",
      "现为30万元。",
    ]);
  });

  it("does not split inside quotation marks and brackets", () => {
    const text = "落实“四清单”（空间；项目；政策）要求。其后。";
    expect(splitSentences(text).map(({ text: sentence }) => sentence)).toEqual([
      "落实“四清单”（空间；项目；政策）要求。",
      "其后。",
    ]);
  });

  it("is not swallowed by a bracket that never closes", () => {
    expect(splitSentences("《行动方案（2023-2025》精神。制定本方案。")).toHaveLength(2);
  });

  it("gives exact slices in order, covering all but white space", () => {
    const piece = fc.constantFrom("甲", "。", "；", "“", "”", "（", "）", "《", "》", "\n", " ", "a", "！");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join("");
        let position = 0;
        for (const sentence of splitSentences(text)) {
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
          expect(text.slice(position, sentence.start).trim()).toBe("");
          position = sentence.end;
        }
        expect(text.slice(position).trim()).toBe("");
      }),
    );
  });

  it("splits a sentence into phrases with exact slices", () => {
    const [sentence] = splitSentences("到2026年，力争建成高质量孵化器1家，日均新增科技企业30家。");
    if (!sentence) throw new Error("no sentence");
    expect(splitPhrases(sentence).map(({ text }) => text)).toEqual([
      "到2026年",
      "力争建成高质量孵化器1家",
      "日均新增科技企业30家。",
    ]);
  });
});
