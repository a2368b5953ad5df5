import { describe, expect, it } from "vitest";
import type { Answer, AnswerKind } from "../../src/answering/index.ts";
import { hasMateriallyChanged } from "../../src/publishing/corrections/compare-given.ts";
import { writeSummary } from "../../src/publishing/corrections/write-summary.ts";
import type { DocumentId } from "../../src/shared/index.ts";

const CHANGED = "甲" as DocumentId;
const OTHER = "乙" as DocumentId;

function answer(
  kind: AnswerKind,
  quotes: [DocumentId, string][] = [],
  language: Answer["language"] = "zh",
): Answer {
  return {
    kind,
    language,
    conclusion: quotes[0]?.[1] ?? "",
    answer: "",
    citations: quotes.map(([documentId, quote]) => ({
      documentId,
      title: `${documentId}办法`,
      status: "现行有效",
      section: "第四条",
      heading: [],
      quote,
      start: 0,
      end: quote.length,
    })),
    notStated: [],
    nextStep: "",
    notices: [],
    asOf: "2026-11-23",
    engine: "rules",
    resolvedQuestion: "",
    reasons: [],
  };
}

const said = answer("answered", [[CHANGED, "（一）每家企业最高20万元。"]]);
const changed = (before: Answer, after: Answer, text: string) =>
  hasMateriallyChanged(before, after, [{ documentId: CHANGED, text }]);

describe("an answer given before", () => {
  it("is wrong when its quote is gone and another figure stands there", () => {
    const after = answer("answered", [[CHANGED, "（一）每家企业最高50万元。"]]);
    expect(changed(said, after, "（一）每家企业最高50万元。")).toBe(true);
  });

  it("holds when its words only got another number, blanks or marks", () => {
    const after = answer("answered", [[CHANGED, "（二）每家企业，最高 20万元"]]);
    expect(changed(said, after, "（二）每家企业，最高 20万元")).toBe(false);
  });

  it("holds when other clauses are quoted beside it, or a changed document has no part in it", () => {
    const beside = answer("answered", [
      [CHANGED, "（一）每家企业最高20万元。"],
      [CHANGED, "每年受理2次。"],
    ]);
    expect(changed(said, beside, "（一）每家企业最高20万元。每年受理2次。")).toBe(false);
    const elsewhere = answer("answered", [[OTHER, "每家机构最高30万元。"]]);
    expect(changed(elsewhere, answer("answered", [[OTHER, "每家机构最高40万元。"]]), "x")).toBe(false);
  });

  it("is outdated when a new figure of the changed document leads the answer", () => {
    const after = answer("answered", [
      [CHANGED, "小微企业最高30万元。"],
      [CHANGED, "（一）每家企业最高20万元。"],
    ]);
    expect(changed(said, after, "小微企业最高30万元。（一）每家企业最高20万元。")).toBe(true);
  });

  it("that it was not stated is outdated when the changed document states it", () => {
    const nothing = answer("not-in-documents");
    expect(changed(nothing, answer("answered", [[CHANGED, "最高20万元。"]]), "")).toBe(true);
    expect(changed(nothing, answer("answered", [[OTHER, "最高20万元。"]]), "")).toBe(false);
    expect(changed(nothing, answer("not-in-documents", [[CHANGED, "近旁条款"]]), "")).toBe(false);
  });

  it("is wrong when nothing holds any more", () => {
    expect(changed(said, answer("not-in-documents"), "")).toBe(true);
  });

  it("is corrected in the language of the question", () => {
    const before = answer("answered", [[CHANGED, "最高20万元。"]], "en");
    const summary = writeSummary("How much?", "2026-11-20T18:00:00.000Z", before, answer("not-in-documents"));
    expect(summary).toContain("Correction: the documents behind our answer of 2026-11-21");
    expect(summary).toContain("最高20万元");
  });
});
