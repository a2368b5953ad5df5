import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadProfileLexicon } from "../../src/enterprises/index.ts";
import { loadPlaces, openSource, parseDocument, readSource } from "../../src/knowledge/index.ts";
import {
  type CriterionTest,
  loadProgramFiles,
  type Program,
  quotesOf,
  writeProgramJsonSchema,
} from "../../src/matching/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";

const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const { programs, directions, lists } = await loadProgramFiles(KNOWLEDGE_DIRECTORY, lexicon);
const plans = join(KNOWLEDGE_DIRECTORY, "plans");
const fileName = readdirSync(plans).find((file) => file.endsWith(".txt")) ?? "";
const { text } = openSource(await readSource(join(plans, fileName)));
const plan = parseDocument(text, { fileName, places: await loadPlaces(KNOWLEDGE_DIRECTORY) });
const clauses = new Map(plan.clauses.map((clause) => [clause.section, clause.text]));

/** The measures of the plan, each with the sections that it stands in, as counted by hand. */
const MEASURES: Record<string, string[]> = {
  P01: ["三（六）¶1"],
  P02: ["三（六）¶2"],
  P03: ["三（六）¶3"],
  P04: ["三（六）¶3"],
  P05: ["三（六）¶4"],
  P06: ["三（一）¶2"],
  P07: ["三（一）¶2"],
  P08: ["三（一）¶3"],
  P09: ["三（一）¶1"],
  P10: ["三（二）¶3"],
  P11: ["三（二）¶4"],
  P12: ["三（二）¶2"],
  P13: ["三（二）¶5"],
  P14: ["三（三）¶2"],
  P15: ["三（三）¶3"],
  P16: ["三（三）¶4", "一（三）4、"],
  P17: ["三（三）¶5"],
  P18: ["三（三）¶5"],
  P19: ["三（四）¶2"],
  P20: ["三（四）¶2"],
  P21: ["三（四）¶2"],
  P22: ["三（四）¶2"],
  P23: ["三（四）¶2"],
  P24: ["三（四）¶3"],
  P25: ["三（四）¶3"],
  P26: ["三（四）¶4"],
  P27: ["三（五）¶1"],
  P28: ["三（五）¶2"],
  P29: ["三（五）¶2"],
  P30: ["三（五）¶2"],
  P31: ["三（五）¶2"],
  P32: ["三（五）¶2"],
  P33: ["三（五）¶2"],
  P34: ["三（五）¶2"],
  P35: ["三（五）¶3"],
  P36: ["三（五）¶3"],
  P37: ["三（七）¶1"],
  P38: ["三（七）¶2"],
  P39: ["三（七）¶1"],
  P40: ["二（一）1、"],
  P41: ["二（一）3、"],
  P42: ["二（一）3、"],
  P43: ["二（二）2、"],
  P44: ["二（二）1、"],
  P45: ["二（三）1、"],
  P46: ["二（三）3、"],
  P47: ["四（二）¶1"],
  P48: ["二（三）2、"],
};

/** What the text says: about which industry a measure is, and who alone it is for. */
const BOUND = [
  "P18",
  "P28",
  "P30",
  "P31",
  "P32",
  "P33",
  "P37",
  "P38",
  "P40",
  "P41",
  "P42",
  "P43",
  "P45",
  "P46",
  "P48",
];

describe("the catalogue of the shipped plan", () => {
  it("has all 48 measures, each under its sections", () => {
    const found = programs.map((program) => [
      program.id,
      [...new Set(quotesOf(program).map(({ section }) => section))].sort(),
    ]);
    const expected = Object.entries(MEASURES).map(([id, sections]) => [id, sections.toSorted()]);
    expect(found).toEqual(expected);
  });

  it("quotes the plan word for word, inside the clause that it names", () => {
    const quotes = [
      ...programs.flatMap((program) => quotesOf(program).map((quote) => ({ of: program.id, ...quote }))),
      ...directions.map(({ id, source }) => ({ of: id, ...source })),
      ...lists.flatMap(({ entryId, content }) =>
        content.source ? [{ of: entryId, ...content.source }] : [],
      ),
    ];
    expect(quotes.length).toBeGreaterThan(180);
    const lost = quotes.filter(({ section, quote }) => !clauses.get(section)?.includes(quote));
    expect(lost).toEqual([]);
  });

  it("names the plan as it is called", () => {
    const titles = new Set([...programs, ...directions].map(({ document }) => document));
    expect([...titles]).toEqual([plan.metadata.title]);
  });

  it("says no figure that its own quotes do not say", () => {
    const invented = programs.flatMap((program) => {
      const quoted = [program.name, ...quotesOf(program).map(({ quote }) => quote)].join(" ");
      return sayings(program)
        .flatMap((said) => said.match(/\d+(?:\.\d+)?/g) ?? [])
        .filter((figure) => !quoted.includes(figure))
        .map((figure) => `${program.id}: ${figure}`);
    });
    expect(invented).toEqual([]);
  });

  it("promises nothing", () => {
    const all = programs.flatMap(sayings).join(" ");
    expect(all).not.toMatch(/保证|一定能|包过|最高可拿|免费/);
  });

  it("knows no threshold, no amount, no date: the plan has none", () => {
    const operators = new Set(
      programs.flatMap(({ criteria }) => criteria.flatMap(({ test }) => operatorsOf(test))),
    );
    expect([...operators].sort()).toEqual(["has", "is", "within"]);
    expect(
      programs.every(({ window, steps, materials }) => !window && steps.length + materials.length === 0),
    ).toBe(true);
  });

  it("says of every measure what the text leaves out", () => {
    expect(programs.filter(({ notStated }) => notStated.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it("serves every need that the vocabulary names as a matter of the plan", () => {
    const served = new Set(programs.flatMap(({ needs }) => needs.map(({ need }) => need)));
    const direct = programs.map(
      ({ id, needs }) => [id, needs.filter(({ fit }) => fit === "direct").length] as const,
    );
    expect(direct.filter(([, count]) => count === 0)).toEqual([]);
    const unserved = [...lexicon.needs.keys()].filter((need) => !served.has(need));
    // The plan says nothing of shop premises.
    expect(unserved).toEqual(["retail-premises"]);
  });

  it("binds to an industry only what is pointless without it", () => {
    expect(programs.filter(({ industryBound }) => industryBound).map(({ id }) => id)).toEqual(BOUND);
  });

  it("keeps criteria computable only where the text can be computed", () => {
    const tested = programs.flatMap(({ id, criteria }) =>
      criteria.filter(({ test }) => test).map((criterion) => `${id} ${criterion.id}`),
    );
    expect(tested).toEqual([
      "P01 industry",
      "P02 industry",
      "P02 stage",
      "P03 listing-route",
      "P07 subject",
      "P07 in-shanghai",
      "P08 local",
      "P09 industry",
      "P10 industry",
      "P11 purpose",
      "P15 industry",
      "P46 field",
    ]);
  });

  it("can be found by distinct names", () => {
    const names = programs.flatMap(({ id, name, aliases }) =>
      [name, ...aliases].map((said) => [said, id] as const),
    );
    const clashes = [...Map.groupBy(names, ([said]) => said)]
      .filter(([, entries]) => new Set(entries.map(([, id]) => id)).size > 1)
      .map(([said]) => said);
    // What people say of several measures; the engine's finder offers all of them.
    expect(clashes).toEqual(["校企合作"]);
  });

  it("has the carriers and events that the plan names, and no contact", () => {
    const count = (list: string) => lists.filter((entry) => entry.list === list).length;
    expect([count("space"), count("projects"), count("contacts"), count("events")]).toEqual([24, 6, 0, 10]);
    expect(lists.every(({ content }) => content.startsOn === null && content.details.length === 0)).toBe(
      true,
    );
  });

  it("exports the schema that the code checks by", () => {
    const path = join(KNOWLEDGE_DIRECTORY, "programs/program.schema.json");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(
      JSON.parse(JSON.stringify(writeProgramJsonSchema())),
    );
  });
});

function sayings(program: Program): string[] {
  return [
    program.audience?.text ?? "",
    ...program.criteria.map(({ text: said }) => said),
    ...program.benefits.map(({ text: said }) => said),
    ...program.notStated,
    ...program.cautions,
  ];
}

function operatorsOf(test: CriterionTest | undefined): string[] {
  if (!test) return [];
  if ("anyOf" in test) return test.anyOf.flatMap(operatorsOf);
  return "allOf" in test ? test.allOf.flatMap(operatorsOf) : [test.operator];
}
