import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";
import {
  checkProgram,
  quotesOf,
  readProgram,
  suggestPrograms,
  toProgramFile,
} from "../../src/matching/index.ts";
import { lexicon, parsePlan, planText, programFiles } from "../support/catalogue-world.ts";

const directions = new Map(programFiles.directions.map((one) => [one.id, one]));
const existing = programFiles.programs;
const FIXTURES = join(import.meta.dirname, "../fixtures");
const texts = ["policy-library", "documents", "formats"].flatMap((room) =>
  readdirSync(join(FIXTURES, room))
    .filter((file) => file.endsWith(".txt") && !file.includes("gb18030"))
    .map((file) => ({ file, text: readFileSync(join(FIXTURES, room, file), "utf8") })),
);

function suggest(text: string, fileName = "文件.txt") {
  const { metadata, clauses, text: plain } = parseDocument(text, { fileName });
  const document = { documentId: null, title: metadata.title, text: plain, clauses };
  return { clauses, found: suggestPrograms(document, { lexicon, directions, existing }) };
}

function suggestFile(start: string) {
  const fixture = texts.find(({ file }) => file.startsWith(start));
  if (!fixture) throw new Error(`no fixture ${start}`);
  return suggest(fixture.text, fixture.file).found;
}

describe("suggestions from all invented documents", () => {
  it.each(texts)("$file: verbatim quotes, sound programs, the same again", ({ file, text }) => {
    const { clauses, found } = suggest(text, file);
    for (const { program } of found) {
      expect(checkProgram(program, { lexicon, directions }).problems).toEqual([]);
      for (const { section, quote } of quotesOf(program)) {
        const homes = clauses.filter((clause) => clause.section === section);
        expect(
          homes.some((clause) => clause.text.includes(quote)),
          `${section} ${quote}`,
        ).toBe(true);
      }
      expect(readProgram(toProgramFile(program), { lexicon, directions })).toHaveProperty("program");
    }
    expect(new Set(found.map(({ program }) => program.id)).size).toBe(found.length);
    expect(suggest(text, file).found).toEqual(found);
  });
});

describe("what is suggested", () => {
  it("finds the measures of a text of measures, not the duty or the final clause", () => {
    const found = suggestFile("云川市临湖区促进");
    expect(found.map(({ program }) => program.name)).toContain("分阶段支持临床试验");
    expect(found.map(({ program }) => program.name)).toContain("临湖生物医药产业基金");
    expect(found).toHaveLength(14);
    expect(found.some(({ program }) => program.state.source.section === "五（十五）")).toBe(false);
    expect(found[0]?.program.responsibleBody?.text).toBe("区科技局、区财政局");
  });

  it("takes a call as one measure with conditions, days and materials", () => {
    const [only, ...more] = suggestFile("关于组织申报2026年度云川市科技型企业贷款贴息");
    expect(more).toEqual([]);
    expect(only?.program.window).toMatchObject({ from: "2026-03-16", to: "2026-04-16" });
    expect(only?.program.materials).toHaveLength(6);
    const tests = only?.program.criteria.flatMap(({ test }) => test ?? []);
    expect(tests).toContainEqual({ field: "revenue", operator: "at-most", value: 4, unit: "亿元" });
    expect(tests).toContainEqual({ field: "district", operator: "within", value: ["云川市"] });
    // 科技型中小企业、高新技术企业: one or the other, no condition of its own.
    expect(JSON.stringify(tests)).not.toContain("qualifications");
  });

  it("keeps what is narrower than a field for people", () => {
    const found = suggestFile("望溪市总部企业");
    const whole = found.find(({ program }) => program.name === "综合型总部认定");
    expect(whole?.program.criteria.map(({ test }) => test !== undefined)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(whole?.notes.join()).toContain("3 项条件只能由人判断");
  });

  it("says what a text leaves out, and names the double in the catalogue", () => {
    const plan = parsePlan(planText);
    const document = { documentId: null, title: plan.metadata.title, text: plan.text, clauses: plan.clauses };
    const found = suggestPrograms(document, { lexicon, directions, existing });
    const fund = found.find(({ program }) => program.name === "天使投资引导基金");
    expect(fund?.duplicateOf).toBe("P02");
    expect(fund?.program.state).toMatchObject({ state: "拟设立", verb: "设立" });
    expect(fund?.program.notStated).toEqual(expect.arrayContaining(["金额", "申报时间", "申报材料"]));
    const covered = existing.filter(({ state: { source } }) =>
      found.some(({ program }) => {
        const { section, quote } = program.state.source;
        return section === source.section && (quote.includes(source.quote) || source.quote.includes(quote));
      }),
    );
    expect(covered.length).toBeGreaterThanOrEqual(44);
  });

  it("finds nothing in texts that only amend or explain", () => {
    expect(suggestFile("望溪市人民政府关于修改")).toEqual([]);
    expect(suggestFile("云川市科技创新券政策问答")).toEqual([]);
    expect(suggest("关于召开会议的通知\n\n各有关单位：\n\n定于近日召开工作会议，请准时参加。").found).toEqual(
      [],
    );
  });
});
