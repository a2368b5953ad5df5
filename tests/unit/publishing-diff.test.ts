import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffClauses } from "../../src/publishing/diff/diff-clauses.ts";
import type { ComparedClause } from "../../src/publishing/diff/diff-types.ts";
import { markWords } from "../../src/publishing/diff/mark-words.ts";
import { splitWords } from "../../src/publishing/diff/split-words.ts";
import type { MarkedRun } from "../../src/publishing/index.ts";
import "../support/choose-seed.ts";

const clause = (section: string, text: string, level = 2): ComparedClause => ({ section, text, level });

const OLD = [
  clause("标题", "云泽市科技创新券管理办法", 0),
  clause("第一条", "第一条 为支持中小微企业使用科技服务，制定本办法。"),
  clause("第二条", "第二条 科技创新券由市科技局发放，市财政局负责资金保障。"),
  clause("第三条", "第三条 每家企业每年最高申领20万元。"),
  clause("第四条", "第四条 申领时间为每年3月1日至3月31日。"),
  clause("第五条", "第五条 本办法自2025年6月1日起施行，有效期三年。"),
];

const oldText = (runs: readonly MarkedRun[]) => textOf(runs, "added");
const newText = (runs: readonly MarkedRun[]) => textOf(runs, "removed");

function textOf(runs: readonly MarkedRun[], without: MarkedRun["mark"]): string {
  return runs
    .filter(({ mark }) => mark !== without)
    .map(({ text }) => text)
    .join("");
}

function replaced(index: number, text: string): ComparedClause[] {
  return OLD.map((old, position) => (position === index ? { ...old, text } : old));
}

describe("words", () => {
  it("keep figures, dates and numbers whole", () => {
    expect(splitWords("最高20万元")).toContain("20万元");
    expect(splitWords("自2025年6月1日起施行")).toContain("2025年6月1日");
    expect(splitWords("不低于5.5%，力争百分之三十")).toEqual(expect.arrayContaining(["5.5%", "百分之三十"]));
    expect(splitWords("沪府办规〔2023〕23号")).toContain("〔2023〕23号");
    expect(splitWords("依据第十二条执行")).toContain("第十二条");
  });

  it("mark a changed amount as one", () => {
    expect(markWords("每家企业每年最高申领20万元。", "每家企业每年最高申领200万元。")).toEqual([
      { text: "每家企业每年最高申领" },
      { text: "20万元", mark: "removed" },
      { text: "200万元", mark: "added" },
      { text: "。" },
    ]);
  });

  it("of two texts without anything in common stand one after the other", () => {
    const before = Array.from({ length: 3_000 }, (_, index) => String.fromCharCode(0x4e00 + index)).join(
      "，",
    );
    const after = Array.from({ length: 3_000 }, (_, index) => String.fromCharCode(0x6e00 + index)).join("；");
    const runs = markWords(before, after);
    expect(oldText(runs)).toBe(before);
    expect(newText(runs)).toBe(after);
  });
});

describe("clauses", () => {
  it("that are the same are no change", () => {
    expect(diffClauses(OLD, OLD)).toEqual({ changes: [], unchanged: OLD.length });
  });

  it("tell a changed amount", () => {
    const { changes, unchanged } = diffClauses(OLD, replaced(3, "第三条 每家企业每年最高申领50万元。"));
    expect(unchanged).toBe(OLD.length - 1);
    expect(changes).toMatchObject([{ kind: "changed", section: "第三条" }]);
    expect(changes[0]?.runs.filter(({ mark }) => mark)).toEqual([
      { text: "20万元", mark: "removed" },
      { text: "50万元", mark: "added" },
    ]);
  });

  it("tell an inserted clause, and that those behind it have another number", () => {
    const after = [
      ...OLD.slice(0, 3),
      clause("第三条", "第三条 申领企业应当在本市注册满一年且未列入失信名单。"),
      clause("第四条", "第四条 每家企业每年最高申领20万元。"),
      clause("第五条", "第五条 申领时间为每年3月1日至3月31日。"),
      clause("第六条", "第六条 本办法自2025年6月1日起施行，有效期三年。"),
    ];
    const { changes, unchanged } = diffClauses(OLD, after);
    expect(unchanged).toBe(3);
    expect(changes.map(({ kind, section, previousSection }) => [kind, section, previousSection])).toEqual([
      ["added", "第三条", undefined],
      ["moved", "第四条", "第三条"],
      ["moved", "第五条", "第四条"],
      ["moved", "第六条", "第五条"],
    ]);
  });

  it("tell a removed clause where it stood", () => {
    const { changes } = diffClauses(OLD, [...OLD.slice(0, 4), OLD[5] as ComparedClause]);
    expect(changes).toMatchObject([{ kind: "removed", section: "第四条" }]);
    expect(oldText(changes[0]?.runs ?? [])).toBe(OLD[4]?.text);
  });

  it("tell a clause that stands elsewhere", () => {
    const moved = clause("一¶1", "企业可以使用科技创新券购买检验检测服务。");
    const before = [moved, clause("二¶1", "资金由市财政局保障。"), clause("三¶1", "本办法由市科技局解释。")];
    const after = [...before.slice(1), { ...moved, section: "四¶1" }];
    expect(diffClauses(before, after)).toMatchObject({
      unchanged: 2,
      changes: [{ kind: "moved", section: "四¶1", previousSection: "一¶1" }],
    });
  });

  it("do not call a paragraph moved because one was put in front of it", () => {
    const before = [clause("二¶1", "甲企业应当备案。"), clause("二¶2", "乙企业应当报告。")];
    const after = [
      clause("二¶1", "本章适用于园区内的全部机构。"),
      clause("二¶2", "甲企业应当备案。"),
      clause("二¶3", "乙企业应当报告。"),
    ];
    expect(diffClauses(before, after)).toMatchObject({
      unchanged: 2,
      changes: [{ kind: "added", section: "二¶1" }],
    });
  });

  it("pair a title with the title, however different", () => {
    const { changes } = diffClauses([clause("标题", "旧办法", 0)], [clause("标题", "全新的实施细则", 0)]);
    expect(changes).toMatchObject([{ kind: "changed", section: "标题" }]);
  });

  it("do not pair clauses that have only their place in common", () => {
    const { changes } = diffClauses(
      [clause("一¶1", "设立天使投资引导基金，支持早期项目。")],
      [clause("一¶1", "每年三月组织消防演练，由物业公司负责。")],
    );
    expect(changes.map(({ kind }) => kind).sort()).toEqual(["added", "removed"]);
  });
});

const word = fc.constantFrom(
  "企业",
  "园区",
  "支持",
  "20万元",
  "50万元",
  "2025年6月1日",
  "，",
  "。",
  "的",
  "第三条",
  " ",
  "🙂",
  "a1",
);
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(""));
const clauses = fc
  .array(text, { maxLength: 14 })
  .map((texts) =>
    texts.map((content, index) => clause(`${1 + (index % 4)}¶${index}`, content, index === 0 ? 0 : 2)),
  );

describe("any two versions", () => {
  it("are both contained in their diff", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = markWords(before, after);
        expect(oldText(runs)).toBe(before);
        expect(newText(runs)).toBe(after);
        expect(runs.every((run) => run.text !== "")).toBe(true);
      }),
    );
  });

  it("add up", () => {
    fc.assert(
      fc.property(clauses, clauses, (before, after) => {
        const { changes, unchanged } = diffClauses(before, after);
        const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
        const paired = unchanged + count("changed") + count("moved");
        expect(paired + count("added")).toBe(after.length);
        expect(paired + count("removed")).toBe(before.length);
        const texts = changes.flatMap((change) => (change.kind === "removed" ? [] : [newText(change.runs)]));
        for (const content of texts) expect(after.some((clause) => clause.text === content)).toBe(true);
      }),
    );
  });

  it("differ in nothing from themselves", () => {
    fc.assert(
      fc.property(clauses, (before) => {
        expect(diffClauses(before, before)).toEqual({ changes: [], unchanged: before.length });
      }),
    );
  });
});
