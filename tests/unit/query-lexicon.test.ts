import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadLexicon, readWordList, synonymsSchema } from "../../src/retrieval/query/lexicon.ts";
import { LEXICON_DIRECTORY } from "../support/query-analyzer.ts";

describe("the shipped lexicon", () => {
  const read = (name: string) => readFileSync(join(LEXICON_DIRECTORY, name), "utf8");

  test("synonyms.yaml keeps to its schema and stays broad", () => {
    const { groups } = synonymsSchema.parse(parse(read("synonyms.yaml")));
    expect(groups.length).toBeGreaterThanOrEqual(25);
    expect(groups.flatMap(({ entries }) => entries).length).toBeGreaterThanOrEqual(400);
  });

  test("no word stands twice in a word list", () => {
    for (const name of ["words.txt", "question-words.txt"]) {
      const words = readWordList(join(LEXICON_DIRECTORY, name)).map(([word]) => word);
      expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    }
  });

  test("no entry maps a word to itself only, and weights stay within bounds", () => {
    const { targets } = loadLexicon(LEXICON_DIRECTORY);
    for (const [said, found] of targets) {
      expect(found.length).toBeGreaterThan(0);
      for (const { term, weight } of found) {
        expect(term).not.toBe(said);
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(1);
      }
    }
  });

  test("the question words drop nothing that the lexicon knows as content", () => {
    const { targets, domainWords } = loadLexicon(LEXICON_DIRECTORY);
    const dropped = readWordList(join(LEXICON_DIRECTORY, "question-words.txt"))
      .filter(([word, weight]) => weight === undefined && word.length > 1)
      .map(([word]) => word);
    expect(dropped.filter((word) => targets.has(word) || domainWords.has(word))).toEqual([]);
  });
});

describe("a broken lexicon file says where the fault is", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "lexicon-"));
    cpSync(LEXICON_DIRECTORY, directory, { recursive: true });
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test.each([
    ["groups: [", "YAML"],
    ["groups:\n  - subject: 上市\n    entries:\n      - { say: [敲钟] }\n", "主题“上市”第 1 条"],
    [
      "groups:\n  - subject: 上市\n    entries:\n      - { say: [敲钟], write: [上市], weight: 3 }\n",
      "weight",
    ],
    ["", "不合格式"],
  ])("%j", (content, expected) => {
    writeFileSync(join(directory, "synonyms.yaml"), content);
    expect(() => loadLexicon(directory)).toThrow(
      expect.objectContaining({ code: "configuration", safeMessage: expect.stringContaining(expected) }),
    );
  });

  test("a weight that is no number, and a missing file", () => {
    writeFileSync(join(directory, "question-words.txt"), "怎么\n公司 低\n");
    expect(() => readWordList(join(directory, "question-words.txt"))).toThrow(/第 2 行/);
    expect(() => readWordList(join(directory, "nothing.txt"))).toThrow(
      expect.objectContaining({ code: "configuration" }),
    );
  });
});
