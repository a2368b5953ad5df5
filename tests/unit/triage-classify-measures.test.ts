import { describe, expect, it } from "vitest";
import { evaluateRequests } from "../../src/evaluation/evaluate-requests.ts";
import type { LabelledRequest } from "../../src/evaluation/load-requests.ts";
import { toRequestSetResult, writeRequestScorecard } from "../../src/evaluation/write-request-scorecard.ts";
import type { Classification, Classifier } from "../../src/triage/types.ts";

const FOUND: Classification = {
  category: "C01",
  categoryName: "空间选址",
  also: [],
  parts: [],
  urgency: "中",
  sentiment: "平",
  language: "zh",
  safety: null,
  spam: false,
  reason: "",
  confidence: 0.8,
  alternatives: [],
  engine: "rules",
};

/** Says what it is told: the text is a JSON of the classification. */
const obedient: Classifier = {
  categories: new Map(),
  classify: (text) => ({ ...FOUND, ...(JSON.parse(text) as Partial<Classification>) }),
};

function request(said: Partial<Classification>, label: Partial<LabelledRequest>): LabelledRequest {
  return {
    id: "T1",
    split: "tune",
    text: JSON.stringify(said),
    category: "C01",
    also: [],
    urgency: "中",
    lead: ["甲", "乙"],
    spam: false,
    safety: null,
    ...label,
  };
}

function measure(requests: LabelledRequest[], lead: string[] = ["甲"]) {
  return evaluateRequests(requests, {
    classifier: obedient,
    route: () => lead,
    milliseconds: () => 0,
    asOf: "2026-11-23",
  });
}

describe("measures of requests", () => {
  it("counts category, urgency and macro-F1", () => {
    const { measures } = measure([
      request({}, {}),
      request({ category: "C02" }, { urgency: "高" }),
      request({ category: "C02" }, { category: "C02" }),
    ]);
    expect(measures.category).toBeCloseTo(2 / 3);
    expect(measures.urgency).toBeCloseTo(2 / 3);
    expect(measures.macroF1).toBeCloseTo(2 / 3);
  });

  it("judges the lead by our first, by equality and by cover", () => {
    const of = (lead: string[]) => measure([request({}, {})], lead).measures;
    expect(of(["乙"])).toMatchObject({ lead: 1, leadExact: 0, leadCovered: 0 });
    expect(of(["乙", "甲"])).toMatchObject({ lead: 1, leadExact: 1, leadCovered: 1 });
    expect(of(["丙", "甲", "乙"])).toMatchObject({ lead: 0, leadExact: 0, leadCovered: 1 });
    expect(of([])).toMatchObject({ lead: 0 });
  });

  it("judges further matters, spam and danger by precision and recall", () => {
    const { measures } = measure([
      request({ also: ["C02", "C03"] }, { also: ["C02"] }),
      request({ spam: true }, {}),
      request({}, { safety: "火情" }),
    ]);
    expect(measures).toMatchObject({
      alsoPrecision: 0.5,
      alsoRecall: 1,
      spamPrecision: 0,
      safetyRecall: 0,
      safetyPrecision: 1,
    });
  });

  it("shows the confusion matrix", () => {
    const { judged, measures } = measure([request({ category: "C02" }, {}), request({}, {})]);
    const result = toRequestSetResult("甲集", judged, measures);
    expect(result.confusions).toEqual({ C01: { C01: 1, C02: 1 } });
    expect(writeRequestScorecard([result])).toContain("C01    1   1");
  });
});
