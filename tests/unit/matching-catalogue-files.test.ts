import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadProfileLexicon } from "../../src/enterprises/index.ts";
import { loadProgramFiles, readProgram, toProgramFile } from "../../src/matching/index.ts";
import { AppError } from "../../src/shared/index.ts";
import {
  copyProgramDirectory,
  KNOWLEDGE_DIRECTORY,
  type ProgramDirectory,
} from "../support/program-directory.ts";

const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const shipped = await loadProgramFiles(KNOWLEDGE_DIRECTORY, lexicon);
const context = { lexicon, directions: new Map(shipped.directions.map((one) => [one.id, one])) };

/** An invented program of an invented document. */
const SAMPLE = `id: P90
name: 青岚成果转化资助
kind: 研发
document: 青岚区科技资助办法
section: 第三条
needs: { direct: [research-funding] }
state: { state: 明确措施, verb: 给予, quote: 对符合条件的企业给予资助 }
criteria:
  - id: revenue
    text: 上年度营业收入不低于5000万元
    test: { field: revenue, operator: at-least, value: 5000, unit: 万元 }
    quote: 上年度营业收入不低于5000万元
`;

const directories: ProgramDirectory[] = [];
afterEach(async () => {
  await Promise.all(directories.splice(0).map((directory) => directory.remove()));
});

async function openCopy(): Promise<ProgramDirectory> {
  const directory = await copyProgramDirectory();
  directories.push(directory);
  return directory;
}

async function refuse(directory: ProgramDirectory): Promise<AppError> {
  const thrown = await loadProgramFiles(directory.path, lexicon).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  const error = thrown as AppError;
  expect(error.code).toBe("configuration");
  expect(error.safeMessage).toContain("一项也没有载入");
  return error;
}

describe("program files", () => {
  it.each([
    [
      "an operator that does not exist",
      (text: string) => text.replace("at-least", "bigger-than"),
      "bigger-than",
      "operator",
    ],
    [
      "an operator of another kind of field",
      (text: string) =>
        text.replace("operator: at-least, value: 5000, unit: 万元", "operator: is, value: true"),
      "上年营业收入",
      "at-least",
    ],
    [
      "a field that does not exist",
      (text: string) => text.replace("field: revenue", "field: turnover"),
      "turnover",
      "profile-fields.yaml",
    ],
    ["a unit of another kind", (text: string) => text.replace("unit: 万元", "unit: 万人"), "万人", "万元"],
    [
      "a threshold that the quote does not write",
      (text: string) => text.replace("value: 5000", "value: 500"),
      "500",
      "所引原文",
    ],
    [
      "a threshold in the wrong unit",
      (text: string) => text.replace("unit: 万元", "unit: 元"),
      "5000",
      "所引原文",
    ],
    [
      "computable without a test",
      (text: string) => text.replace(/ {4}test:.*\n/, "    computable: true\n"),
      "computable",
      "test",
    ],
    [
      "a need that does not exist",
      (text: string) => text.replace("research-funding", "free-money"),
      "free-money",
      "needs.yaml",
    ],
    [
      "an industry that does not exist",
      (text: string) => `${text}industries: [alchemy]\n`,
      "alchemy",
      "industries.yaml",
    ],
    [
      "a direction that does not exist",
      (text: string) => `${text}industries: ["direction:alchemy"]\n`,
      "direction:alchemy",
      "directions.yaml",
    ],
    [
      "a subject that does not exist",
      (text: string) => `${text}subjects: [ghost]\n`,
      "ghost",
      "subject-type",
    ],
    ["an intake field that does not exist", (text: string) => `${text}intake: [mood]\n`, "mood", "intake"],
    [
      "a kind that does not exist",
      (text: string) => text.replace("kind: 研发", "kind: 红包"),
      "红包",
      "kind",
    ],
    [
      "a column that does not exist",
      (text: string) => `${text}amount: 100万元\n`,
      "amount",
      "program.schema.json",
    ],
    [
      "a verb that the quote does not have",
      (text: string) => text.replace("verb: 给予", "verb: 保证"),
      "保证",
      "state.verb",
    ],
    ["a reference that leads nowhere", (text: string) => `${text}requires: [P77]\n`, "P77", "requires"],
    ["no section at all", (text: string) => text.replace("section: 第三条\n", ""), "出处", "section"],
    ["nothing but broken YAML", (text: string) => `${text}  : [\n`, "YAML", "行"],
    ["a need missing", (text: string) => text.replace("name: 青岚成果转化资助\n", ""), "name", "必填"],
  ])("refuses %s, names it and loads nothing", async (_what, spoil, ...words) => {
    const directory = await openCopy();
    const spoilt = spoil(SAMPLE);
    expect(spoilt).not.toBe(SAMPLE);
    await directory.write("P90-青岚.yaml", spoilt);
    const { safeMessage } = await refuse(directory);
    expect(safeMessage).toContain("P90");
    for (const word of words) expect(safeMessage).toContain(word);
  });

  it("loads the same sample when it is sound, its threshold in the field's own unit", async () => {
    const directory = await openCopy();
    await directory.write("P90-青岚.yaml", SAMPLE);
    const { programs } = await loadProgramFiles(directory.path, lexicon);
    expect(programs).toHaveLength(49);
    expect(programs.at(-1)?.criteria[0]?.test).toEqual({
      field: "revenue",
      operator: "at-least",
      value: 50_000_000,
      unit: "元",
    });
  });

  it.each([
    ["成立满两年", "{ field: founded-on, operator: age-at-least, value: 2, unit: 年 }"],
    ["成立时间不超过24个月", "{ field: founded-on, operator: age-less-than, value: 2, unit: 年 }"],
    ["注册满半年", "{ field: founded-on, operator: age-at-least, value: 6, unit: 月 }"],
    ["营业收入1.2亿元以上", "{ field: revenue, operator: at-least, value: 12000, unit: 万元 }"],
    ["职工人数三百人以下", "{ field: headcount, operator: at-most, value: 300, unit: 人 }"],
    ["研发费用占比不低于百分之三", "{ field: rd-share, operator: at-least, value: 3, unit: '%' }"],
    ["用地面积50亩以上", "{ field: space-area, operator: at-least, value: 50, unit: 亩 }"],
    [
      "营业收入在2,000万元至2亿元之间",
      "{ field: revenue, operator: between, value: [2000, 20000], unit: 万元 }",
    ],
    ["2021年1月1日以后成立", "{ field: founded-on, operator: on-or-after, value: '2021-01-01' }"],
  ])("finds the figure in “%s”", async (quote, test) => {
    const directory = await openCopy();
    const text = SAMPLE.replace(/ {4}test:.*\n/, `    test: ${test}\n`).replace(
      / {4}quote:.*\n$/,
      `    quote: ${quote}\n`,
    );
    await directory.write("P90-青岚.yaml", text);
    await expect(loadProgramFiles(directory.path, lexicon)).resolves.toBeDefined();
  });

  it("names both files of an id that is used twice", async () => {
    const directory = await openCopy();
    await directory.write("P02-青岚.yaml", SAMPLE.replace("P90", "P02"));
    const { safeMessage } = await refuse(directory);
    expect(safeMessage).toContain("P02-天使投资引导基金.yaml");
    expect(safeMessage).toContain("P02-青岚.yaml");
  });

  it("names a file whose name does not begin with its id", async () => {
    const directory = await openCopy();
    await directory.write("青岚.yaml", SAMPLE);
    const { safeMessage } = await refuse(directory);
    expect(safeMessage).toContain("青岚.yaml");
    expect(safeMessage).toContain("文件名");
  });

  it("names every fault, not only the first", async () => {
    const directory = await openCopy();
    await directory.write("P90-青岚.yaml", SAMPLE.replace("field: revenue", "field: turnover"));
    await directory.change("P33", (text) => text.replace("cosmetics-filing", "free-money"));
    const { safeMessage } = await refuse(directory);
    expect(safeMessage).toMatch(/有 2 处错误/);
    expect(safeMessage).toContain("turnover");
    expect(safeMessage).toContain("free-money");
  });

  it("checks directions and lists as well", async () => {
    const directory = await openCopy();
    await directory.change("directions", (text) => text.replace("parent: life-health", "parent: alchemy"));
    await directory.change("lists/space", (text) =>
      text.replace("direction: nucleic-acid", "direction: gold"),
    );
    await directory.change("lists/events", (text) => text.replace("industries: [tcm]", "industries: [gold]"));
    const { safeMessage } = await refuse(directory);
    for (const word of ["directions.yaml", "alchemy", "lists/space.yaml", "lists/events.yaml", "gold"])
      expect(safeMessage).toContain(word);
  });

  it("says what to do when the directory is not there", async () => {
    const thrown = await loadProgramFiles("/nowhere", lexicon).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "configuration" });
    expect((thrown as AppError).safeMessage).toContain("请建立该目录");
  });

  it("adds to a condition what its direction leaves open", () => {
    const industry = shipped.programs.find(({ id }) => id === "P02")?.criteria[0]?.test;
    expect(industry).toMatchObject({ operator: "within" });
    expect(industry && "unclear" in industry ? industry.unclear : []).toContain("medical-services");
  });

  it("writes every program as a file that reads back to the same program", () => {
    for (const program of shipped.programs) {
      const again = readProgram(JSON.parse(JSON.stringify(toProgramFile(program))), context);
      expect(again).toEqual({ program });
    }
  });

  it("takes the example of its own advice", async () => {
    const advice = await readFile(join(KNOWLEDGE_DIRECTORY, "programs/README.md"), "utf8");
    const example = /```yaml\n([\s\S]*?)```/.exec(advice)?.[1] ?? "";
    expect(readProgram(parse(example), context)).toMatchObject({ program: { id: "Q01" } });
  });
});
