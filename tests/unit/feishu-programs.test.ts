import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_COMPONENTS, renderReply } from "../../src/channels/feishu/render.ts";
import type { ProgramBlock, Reply, VerdictRow } from "../../src/conversation/index.ts";
import { countTags, judgeContent } from "../support/feishu-server/index.ts";
import { sampleMatch, sampleProgram, sampleRow } from "../support/sample-programs.ts";

const OPTIONS = { publicUrl: "https://xiance.example.cn", homeTitle: "青岚园区政策助手" };

interface Element {
  tag: string;
  content?: string;
  text?: { content: string };
  elements?: Element[];
  rows?: Record<string, string | { text: string; color: string }[]>[];
}

function elementsOf(reply: Reply): Element[] {
  return renderReply(reply, OPTIONS).flatMap(({ card }) => JSON.parse(card.content).body.elements);
}

const withPrograms = (...blocks: ProgramBlock[]) => sampleMatch({ blocks });

/** Everything that the card shows, from top to bottom. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .filter(([key]) => key !== "tag")
    .map(([, item]) => textOf(item))
    .join("\n");
}

describe("a match card", () => {
  it("looks like this", () => {
    const sign = (action: { name: string; values: object }) => ({ xc: "signed", ...action }) as never;
    const parts = renderReply(sampleMatch(), OPTIONS, sign);
    expect(parts).toHaveLength(1);
    expect(JSON.parse(parts[0]?.card.content ?? "")).toMatchSnapshot();
    expect(JSON.parse(parts[0]?.fallback.content ?? "")).toMatchSnapshot();
    expect(judgeContent("interactive", parts[0]?.card.content ?? "")).toBeUndefined();
  });

  it("gives each verdict its colour and its words", () => {
    const verdicts = [
      ["eligible", "符合文字条件", "green"],
      ["likely", "可能符合，待确认", "blue"],
      ["needs-confirmation", "文中未写条件，需确认", "neutral"],
      ["not-eligible", "文字条件不符", "red"],
    ] as const;
    for (const [verdict, verdictLabel, colour] of verdicts) {
      const program = sampleProgram({ verdict, verdictLabel, compact: true });
      const [, , chip] = elementsOf(withPrograms(program));
      expect(chip?.content).toBe(
        `**1&#46; 青岚成果转化基金** <text_tag color='${colour}'>${verdictLabel}</text_tag>`,
      );
    }
  });

  it("shows of a compact program its state and one line, nothing more", () => {
    const elements = elementsOf(withPrograms(sampleProgram({ compact: true })));
    expect(elements.map(({ tag }) => tag)).toEqual(["div", "hr", "markdown", "div", "div", "markdown"]);
    expect(textOf(elements)).toContain("产业方向与基金支持领域一致。");
    expect(textOf(elements)).toContain("[依据：《青岚区改革创新行动方案》三（六）第2段](https://");
    expect(textOf(elements)).not.toContain("成立满2年");
  });

  it("says in English what is asked in English", () => {
    const text = textOf(elementsOf({ ...sampleMatch(), language: "en" }));
    for (const word of ["Condition", "Your company", "Next step: ", "Attachment: 一企一策报告.docx (47 KB)"])
      expect(text).toContain(word);
  });

  it("names quotes that two criteria share once", () => {
    const shared = sampleRow({ text: "注册在青岚区" });
    const text = textOf(
      elementsOf(withPrograms(sampleProgram({ criteria: [sampleRow(), shared], quotes: [] }))),
    );
    expect(text.split(sampleRow().quote)).toHaveLength(2);
    expect(text).toContain("〔满足〕成立满2年 · 〔满足〕注册在青岚区 · 第五条");
  });
});

describe("hostile names", () => {
  const hostile =
    "<at id=all></at> **粗** [链](https://evil.example) </text_tag>|`c` ~~s~~\n- a <font color='red'>";

  it("do nothing in a card or in its text", () => {
    const program = sampleProgram({
      name: hostile,
      kind: hostile,
      status: hostile,
      verdictLabel: hostile,
      reason: hostile,
      nextStep: hostile,
      notStated: [hostile],
      cautions: [hostile],
      quotes: [{ title: hostile, section: hostile, quote: hostile, url: "javascript:alert(1)" }],
      criteria: [
        sampleRow({
          text: hostile,
          label: hostile,
          observed: hostile,
          threshold: hostile,
          section: hostile,
          note: hostile,
          quote: hostile,
        }),
      ],
    });
    const parts = renderReply(withPrograms(program), OPTIONS);
    for (const { card, fallback } of parts) {
      expect(judgeContent("interactive", card.content)).toBeUndefined();
      expect(judgeContent("post", fallback.content)).toBeUndefined();
      expect(card.content).not.toContain("javascript:");
      JSON.parse(card.content, (_key, value) => {
        if (value?.tag !== "markdown") return value;
        const ours = value.content.replace(/<text_tag color='blue'>|<\/text_tag>/g, "");
        expect(ours).not.toContain("<");
        expect(ours).not.toContain("](https://evil");
        return value;
      });
    }
    const table = elementsOf(withPrograms(program)).find(({ tag }) => tag === "table");
    expect(table?.rows?.[0]?.["criterion"]).toBe(hostile);
  });
});

const word = fc.constantFrom(
  "企业",
  "研发投入不低于5%",
  '"',
  "\\",
  "<at id=all>",
  "🏭",
  "\n",
  "\u0001",
  "。",
);
const text = (maxLength: number) => fc.array(word, { maxLength, size: "max" }).map((words) => words.join(""));
const row: fc.Arbitrary<VerdictRow> = fc.record({
  text: text(40),
  verdict: fc.constantFrom("met", "unmet", "unknown"),
  label: fc.constantFrom("满足", "不满足", "待确认"),
  observed: text(6),
  threshold: text(6),
  section: text(3),
  quote: fc.oneof({ weight: 5, arbitrary: text(30) }, { weight: 1, arbitrary: text(900) }),
  url: fc.constantFrom("/documents/a#1-9", "javascript:alert(1)"),
  note: text(4),
});
const program: fc.Arbitrary<ProgramBlock> = fc
  .tuple(fc.array(row, { maxLength: 40, size: "max" }), text(8), text(300), fc.boolean())
  .map(([criteria, name, said, compact]) =>
    sampleProgram({
      criteria,
      name,
      compact,
      reason: said,
      notStated: [said],
      quotes: [{ title: name, section: name, quote: said }],
    }),
  );

describe("long lists", () => {
  it("fit the platform's limits in every part and lose no quote", () => {
    const counts = new Set<number>();
    fc.assert(
      fc.property(fc.array(program, { minLength: 1, maxLength: 12, size: "max" }), (programs) => {
        const reply = withPrograms(...programs);
        const parts = renderReply(reply, OPTIONS);
        counts.add(parts.length);
        for (const { card, fallback } of parts) {
          expect(judgeContent("interactive", card.content)).toBeUndefined();
          expect(judgeContent("post", fallback.content)).toBeUndefined();
          expect(countTags(JSON.parse(card.content))).toBeLessThanOrEqual(MAX_COMPONENTS);
        }
        // A long quote may stand in several elements, one after the other; only their text is compared.
        const shown = elementsOf(reply)
          .filter(({ tag }) => tag === "collapsible_panel")
          .flatMap(({ elements }) => elements ?? [])
          .map((element) => element.text?.content ?? "")
          .join("");
        const full = programs.filter(({ compact }) => !compact);
        for (const { criteria, quotes } of full) {
          for (const { quote } of [...criteria, ...quotes]) expect(shown).toContain(quote);
        }
        const rows = elementsOf(reply).flatMap((element) => element.rows ?? []);
        expect(rows).toHaveLength(full.reduce((sum, { criteria }) => sum + criteria.length, 0));
      }),
      { numRuns: 25 },
    );
    expect(Math.max(...counts)).toBeGreaterThan(3);
  });

  it("put at most three tables into a card, a name never far from its table", () => {
    const reply = withPrograms(
      ...Array.from({ length: 9 }, (_, index) => sampleProgram({ rank: index + 1 })),
    );
    const parts = renderReply(reply, OPTIONS);
    for (const { card } of parts) {
      expect(judgeContent("interactive", card.content)).toBeUndefined();
      const tags = (JSON.parse(card.content).body.elements as Element[]).map(({ tag }) => tag);
      expect(tags.at(-1)).not.toBe("markdown");
      expect(tags.filter((tag) => tag === "table").length).toBeGreaterThan(0);
    }
    expect(parts.length).toBeGreaterThanOrEqual(3);
  });
});
