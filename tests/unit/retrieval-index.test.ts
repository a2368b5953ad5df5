import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClauseIndex, createClauseIndex } from "../../src/retrieval/index/clause-index.ts";
import { mergeSegments } from "../../src/retrieval/index/merge-segments.ts";
import {
  locateSets,
  type ScoredTerm,
  scorePostings,
  scoreSetInClause,
} from "../../src/retrieval/index/score-postings.ts";
import { clauseSection, clauseText, type Segment, segmentSize } from "../../src/retrieval/index/segment.ts";
import { createSegmentBuilder } from "../../src/retrieval/index/segment-builder.ts";
import { eachGram } from "../../src/retrieval/query/index.ts";
import { plainCutter, sampleClause, sampleVersion } from "../support/retrieval-samples.ts";

const parameters = { k1: 1.2, b: 0.75 };
const weights = { title: 1, heading: 1, leadIn: 0.5 };

type Corpus = Record<string, string[]>;

function buildSegment(corpus: Corpus): Segment {
  const builder = createSegmentBuilder(plainCutter, weights);
  for (const [name, texts] of Object.entries(corpus)) {
    texts.forEach((text, ordinal) => {
      builder.add(sampleVersion(name), sampleClause(text, ordinal));
    });
  }
  return builder.finish();
}

const idf = (frequency: number, count: number) => Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5));

/** Score of every live clause by its text: what two indexes must agree in, however they are cut into segments. */
function scoreAll(index: ClauseIndex, query: string): Map<string, number> {
  const scores = new Map<string, number>();
  const terms: ScoredTerm[] = [];
  const add = (kind: "word" | "gram", text: string) => {
    const weight = idf(index.frequency(kind, text), index.size);
    terms.push({ kind, text, weight, groupWeight: 0 });
  };
  for (const word of new Set(plainCutter.segment(query))) add("word", word);
  const grams = new Set<string>();
  eachGram(query, (gram) => grams.add(gram));
  for (const gram of grams) add("gram", gram);
  for (const { segment, norms } of index.views()) {
    scorePostings(
      segment,
      norms,
      terms.map((term) => [term]),
      parameters,
    ).clauses.forEach((score, clause) => {
      if (segment.alive[clause] === 0) return;
      const version = segment.versions[segment.versionOf[clause] as number];
      scores.set(`${version?.versionId} ${segment.ordinals[clause]} ${clauseText(segment, clause)}`, score);
    });
  }
  return scores;
}

/** BM25 straight from its definition, over arrays of strings. */
function scoreNaively(corpus: Corpus, query: string): Map<string, number> {
  const clauses = Object.entries(corpus).flatMap(([name, texts]) =>
    texts.map((text, ordinal) => ({ key: `version-${name} ${ordinal} ${text}`, text })),
  );
  const gramsOf = (text: string) => {
    const grams: string[] = [];
    eachGram(text, (gram) => grams.push(gram));
    return grams;
  };
  const scores = new Map(clauses.map(({ key }) => [key, 0]));
  for (const cut of [plainCutter.segment, gramsOf]) {
    const lists = clauses.map(({ text }) => cut(text));
    const average = lists.reduce((sum, list) => sum + list.length, 0) / lists.length || 1;
    for (const term of new Set(cut(query))) {
      const weight = idf(lists.filter((list) => list.includes(term)).length, lists.length);
      lists.forEach((list, index) => {
        const count = list.filter((other) => other === term).length;
        const norm = parameters.k1 * (1 - parameters.b + (parameters.b * list.length) / average);
        const key = clauses[index]?.key ?? "";
        scores.set(key, (scores.get(key) ?? 0) + (weight * (parameters.k1 + 1) * count) / (count + norm));
      });
    }
  }
  return scores;
}

function expectSameScores(actual: Map<string, number>, expected: Map<string, number>): void {
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [key, score] of expected) expect(actual.get(key)).toBeCloseTo(score, 3);
}

const text = fc
  .array(fc.constantFrom("人才", "安居", "基金", "园区", "ipo", "2026年", "产业 基金", "。", "a1", "𠮷野"), {
    maxLength: 8,
  })
  .map((parts) => parts.join(" "));
const corpus = fc.dictionary(
  fc.constantFrom("甲", "乙", "丙", "丁", "戊"),
  fc.array(text, { minLength: 1, maxLength: 5 }),
  {
    minKeys: 1,
  },
);

describe("the inverted index", () => {
  test("scores like BM25 computed from its definition", () => {
    fc.assert(
      fc.property(corpus, text, (documents, query) => {
        const index = createClauseIndex(parameters, [buildSegment(documents)]);
        expectSameScores(scoreAll(index, query), scoreNaively(documents, query));
      }),
    );
  });

  test("is the same after additions and removals as when built at once", () => {
    const steps = fc.array(corpus, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(steps, text, (changes, query) => {
        const index = createClauseIndex(parameters);
        const current: Corpus = {};
        for (const change of changes) {
          index.remove(new Set(Object.keys(change).map((name) => sampleVersion(name).versionId)));
          index.add(buildSegment(change));
          Object.assign(current, change);
        }
        const rebuilt = createClauseIndex(parameters, [buildSegment(current)]);
        expect(index.size).toBe(rebuilt.size);
        expect(index.groupCount).toBe(rebuilt.groupCount);
        expect(new Set(index.words())).toEqual(new Set(rebuilt.words()));
        expect(index.groupFrequency("word", "基金")).toBe(rebuilt.groupFrequency("word", "基金"));
        expectSameScores(scoreAll(index, query), scoreAll(rebuilt, query));
      }),
    );
  });

  test("merges segments into one that scores alike and keeps every text", () => {
    fc.assert(
      fc.property(corpus, corpus, text, (first, second, query) => {
        const renamed = Object.fromEntries(
          Object.entries(second).map(([name, texts]) => [`${name}2`, texts]),
        );
        const parts = [buildSegment(first), buildSegment(renamed)];
        const merged = mergeSegments(parts);
        expect(segmentSize(merged)).toBe(parts.reduce((sum, part) => sum + segmentSize(part), 0));
        const apart = createClauseIndex(parameters, parts);
        expectSameScores(scoreAll(createClauseIndex(parameters, [merged]), query), scoreAll(apart, query));
      }),
    );
  });

  test("gives a clause the best of a word and what stands for it, and says which", () => {
    const index = createClauseIndex(parameters, [
      buildSegment({ 甲: ["产业 基金 基金", "人才 安居"], 乙: ["基金"] }),
    ]);
    const set: ScoredTerm[] = [
      { kind: "word", text: "基金", weight: 2, groupWeight: 1 },
      { kind: "word", text: "产业", weight: 9, groupWeight: 1 },
      { kind: "word", text: "安居", weight: 1, groupWeight: 1 },
    ];
    const [view] = index.views();
    if (!view) throw new Error("no view");
    const [located] = locateSets(view.segment, [set]);
    if (!located) throw new Error("not located");
    const scores = scorePostings(view.segment, view.norms, [set], parameters);
    scores.clauses.forEach((score, clause) => {
      const explained = scoreSetInClause(view.segment, view.norms, clause, located, parameters);
      expect(explained.score).toBeCloseTo(score, 5);
    });
    const best = scoreSetInClause(view.segment, view.norms, 0, located, parameters);
    expect(best.term?.text).toBe("产业");
    expect(scores.groups[0]).toBeGreaterThan(0);
  });

  test("keeps passages of one title together wherever they come", () => {
    const builder = createSegmentBuilder(plainCutter, weights);
    const titles = ["甲", "乙", "甲", "", "", "乙"];
    titles.forEach((title, ordinal) => {
      builder.add(sampleVersion("集"), {
        ...sampleClause(`文本 ${ordinal}`, ordinal, title),
        passageId: `p${ordinal}`,
      });
    });
    const index = createClauseIndex(parameters, [builder.finish()]);
    expect(index.groupCount).toBe(4);
    expect(index.groupFrequency("word", "甲")).toBe(1);
    const [segment] = index.segments;
    const groups = segment ? [...segment.groupOf] : [];
    expect(groups).toEqual(groups.toSorted((left, right) => left - right));
    expect(segment ? clauseSection(segment, 1) : "").toBe("一（2）");
  });

  test("lets an item be found by the paragraph that it hangs on, also after a merge", () => {
    const builder = createSegmentBuilder(plainCutter, weights);
    const texts: [string, string][] = [
      ["第三条", "租赁 期限 三年"],
      ["第四条", "租金 补贴 标准如下："],
      ["第四条（一）", "第一年 全额"],
      ["第四条（二）", "第二年 六成"],
      ["第五条", "上限 另定"],
    ];
    texts.forEach(([section, body], ordinal) => {
      builder.add(sampleVersion("办法"), { ...sampleClause(body, ordinal, "办法"), section });
    });
    const dead = buildSegment({ 旧: ["租金"] });
    const index = createClauseIndex(parameters, [dead, builder.finish()]);
    index.remove(new Set([sampleVersion("旧").versionId]));
    expect(index.frequency("word", "租金")).toBe(3);
    const merged = mergeSegments([dead, ...index.segments]);
    const leads = [...merged.leadOf].map((lead) => (lead === 0 ? "" : clauseSection(merged, lead - 1)));
    expect(leads).toEqual(["", "", "第四条", "第四条", ""]);
  });

  test("has no clause, no word and no score when it is empty", () => {
    const index = createClauseIndex(parameters);
    expect(index.size).toBe(0);
    expect([...index.words()]).toEqual([]);
    expect(scoreAll(index, "基金").size).toBe(0);
    index.remove(new Set([sampleVersion("甲").versionId]));
    expect(index.segments).toEqual([]);
  });
});
