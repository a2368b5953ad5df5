import exceljs from "exceljs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnterpriseFile, readForm, writeEnterpriseTemplate } from "../../src/enterprises/index.ts";
import { type EnterpriseDesk, openEnterpriseDesk, person } from "../support/enterprise-desk.ts";
import { exactly } from "../support/enterprise-facts.ts";
import { encodeGb18030 } from "../support/gb18030.ts";

/** Made up, nobody's. */
const CODE = "91310120MA1J000145";
const OTHER_CODE = "91310120MADX00078E";
const TODAY = "2026-11-23";
const admin = person("cli:zhang", "admin");

let desk: EnterpriseDesk;

beforeEach(async () => {
  desk = await openEnterpriseDesk();
});

afterEach(async () => {
  await desk.storage.remove();
});

type CellContent = string | number | boolean | Date;

async function writeWorkbook(rows: readonly (readonly CellContent[])[]): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet("清单").addRows(rows.map((row) => [...row]));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("a list of enterprises", () => {
  it("is read from a workbook, with titles above, days, shares and units in the heads", async () => {
    const bytes = await writeWorkbook([
      ["重点企业名单"],
      ["序号", "企业名称", "统一社会信用代码", "人数", "营收（万元）", "成立日期"],
      [1, "样例甲科技有限公司", CODE, 320, 42000, new Date("2018-05-20T00:00:00Z")],
      [],
      [2, "样例乙科技有限公司", "", "约50人", "1.2亿", "2021年"],
    ]);
    const { rows, problems } = await readEnterpriseFile(bytes, "名单.xlsx", desk.reader, TODAY);
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        line: 3,
        values: {
          企业名称: "样例甲科技有限公司",
          统一社会信用代码: CODE,
          人数: 320,
          营收: "42000万元",
          成立日期: "2018-05-20",
        },
      },
      {
        line: 5,
        values: { 企业名称: "样例乙科技有限公司", 人数: "约50人", 营收: "1.2亿", 成立日期: "2021年" },
      },
    ]);
  });

  it.each([
    ["UTF-8", utf8],
    ["UTF-8 with a mark", (text: string) => utf8(`\uFEFF${text}`)],
    ["GB 18030", encodeGb18030],
  ])("is read from csv in %s", async (_name, encode) => {
    const text = "企业名称,人数,营收（万元）\r\n样例甲科技有限公司,320,42000\r\n\r\n样例乙科技有限公司,,\r\n";
    const { rows } = await readEnterpriseFile(encode(text), "名单.csv", desk.reader, TODAY);
    expect(rows).toEqual([
      { line: 2, values: { 企业名称: "样例甲科技有限公司", 人数: "320", 营收: "42000万元" } },
      { line: 4, values: { 企业名称: "样例乙科技有限公司" } },
    ]);
  });

  it("names the line and the column of what is wrong", async () => {
    const text = "企业名称,人数,人数,幸运数字\n样例甲科技有限公司,九千亿人,5,7\n";
    const { problems } = await readEnterpriseFile(utf8(text), "名单.csv", desk.reader, TODAY);
    expect(problems).toMatchObject([
      { line: 1, column: "C", problem: { kind: "contradiction" } },
      { line: 2, column: "B", problem: { field: "headcount", message: expect.stringContaining("人数") } },
      {
        line: 2,
        column: "D",
        problem: { kind: "unknown-field", message: expect.stringContaining("幸运数字") },
      },
    ]);
  });

  it("is refused when it is none, with the next step", async () => {
    const rows = Array.from({ length: 20_001 }, (_, index) => `样例${index}有限公司,5`).join("\n");
    for (const [bytes, name, words] of [
      [utf8(`企业名称,人数\n${rows}`), "长.csv", /20000行/],
      [utf8("1,2,3\n4,5,6\n"), "数.csv", /列名/],
      [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), "旧.xls", /另存为/],
      [new Uint8Array([0x50, 0x4b, 3, 4, 5]), "坏.xlsx", /损坏/],
      [new Uint8Array(10 * 1024 * 1024 + 1), "大.csv", /上限/],
    ] as const) {
      await expect(readEnterpriseFile(bytes, name), name).rejects.toMatchObject({
        code: "unusable-input",
        safeMessage: expect.stringMatching(words),
      });
    }
  });

  it("has a template that is understood to the last head, and whose example is nobody", async () => {
    const template = await writeEnterpriseTemplate(desk.lexicon);
    expect(await readEnterpriseFile(template, "模板.xlsx").then(({ rows }) => rows)).toEqual([]);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(template.buffer as ArrayBuffer);
    const sheet = workbook.worksheets[0];
    expect(sheet?.getCell("A2").text).toContain("虚构");
    if (sheet) sheet.getCell("A2").value = "样例甲科技有限公司";
    const filled = new Uint8Array(await workbook.xlsx.writeBuffer());
    const { rows, problems } = await readEnterpriseFile(filled, "模板.xlsx", desk.reader, TODAY);
    expect(problems).toEqual([]);
    expect(rows[0]?.values).toMatchObject({ 上年营业收入: "42000万元", 职工人数: "320人" });
  });
});

describe("an import", () => {
  const importText = async (text: string, reference: string) => {
    const { rows } = await readEnterpriseFile(utf8(text), "名单.csv");
    return desk.enterprises.importList(rows, reference, admin, desk.at);
  };

  it("updates by code, or by the name of one that came by a list, and guesses at nobody's", async () => {
    const { enterprises, at } = desk;
    const own = await enterprises.current(person("feishu:ou_li"), null, at);
    await enterprises.rename(own.enterpriseId, { name: "样例丙有限公司" }, person("feishu:ou_li"), at);
    const first = `企业名称,统一社会信用代码,人数\n样例甲有限公司,${CODE},320\n样例乙有限公司,,50\n样例丙有限公司,,80\n`;
    expect(await importText(first, "file:a")).toEqual({ added: 3, updated: 0, problems: [] });
    expect(await importText(first, "file:a")).toEqual({ added: 0, updated: 0, problems: [] });
    const second = `企业名称,统一社会信用代码,人数\n样例甲（新名）有限公司,${CODE},330\n样例乙有限公司,${OTHER_CODE},55\n`;
    expect(await importText(second, "file:b")).toEqual({ added: 0, updated: 2, problems: [] });
    const all = await enterprises.list(admin);
    expect(all).toHaveLength(4);
    const a = all.find(({ creditCode }) => creditCode === CODE);
    expect(
      (await enterprises.profile(a?.enterpriseId ?? "", admin, TODAY)).facts.get("headcount")?.value,
    ).toEqual(exactly(330));
    expect(all.find(({ creditCode }) => creditCode === OTHER_CODE)?.name).toBe("样例乙有限公司");
    expect(
      (await enterprises.profile(own.enterpriseId, person("feishu:ou_li"), TODAY)).facts.has("headcount"),
    ).toBe(false);
  });

  it("does not override what the enterprise has said itself", async () => {
    const { enterprises, at } = desk;
    const li = person("feishu:ou_li");
    const { enterpriseId } = await enterprises.current(li, null, at);
    await enterprises.rename(enterpriseId, { creditCode: CODE }, li, at);
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    await importText(`统一社会信用代码,人数\n${CODE},900\n`, "file:a");
    const profile = await enterprises.profile(enterpriseId, li, TODAY);
    expect(profile.facts.get("headcount")?.value).toEqual(exactly(320));
    expect(profile.conflicts).toMatchObject([{ other: { value: exactly(900), source: { kind: "file" } } }]);
  });

  it("takes 2,000 rows, and names each bad one", async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `样例${index + 1}号有限公司,,${index + 10},无`);
    lines[9] = "样例10号有限公司,91310120MA1J000146,12,无";
    lines[99] = ",,33,无";
    lines[499] = "样例500号有限公司,,九千亿人,无";
    lines[999] = `样例1000号有限公司,${CODE},5,无`;
    lines[1499] = `样例1500号有限公司,${CODE},6,无`;
    const outcome = await importText(
      `企业名称,统一社会信用代码,人数,幸运色\n${lines.join("\n")}\n`,
      "file:long",
    );
    expect({ added: outcome.added, updated: outcome.updated }).toEqual({ added: 1998, updated: 0 });
    const named = outcome.problems.map(({ line, problem }) => [line, problem.kind]);
    expect(named).toEqual([
      [2, "unknown-field"],
      [11, "checksum"],
      [101, "unclear"],
      [501, expect.stringMatching(/impossible|wrong-value|unclear/)],
      [1501, "contradiction"],
    ]);
    expect(outcome.problems.every(({ problem }) => problem.message.length > 10)).toBe(true);
    expect(await desk.enterprises.list(admin, { limit: 5000 })).toHaveLength(1998);
  }, 30_000);
});

describe("a form that comes back", () => {
  it("says what was changed, and what was emptied", async () => {
    const li = person("feishu:ou_li");
    const { enterpriseId } = await desk.enterprises.current(li, null, desk.at);
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    await desk.say(enterpriseId, li, "stage", { kind: "choice", oneOf: ["growth"] });
    const known = await desk.enterprises.profile(enterpriseId, li, TODAY);
    const read = (form: Record<string, string>) =>
      readForm(form, known, desk.lexicon, desk.reader, { today: TODAY });
    expect(read({ headcount: "320人", stage: "growth" })).toEqual({ facts: [], problems: [], emptied: [] });
    expect(
      read({ headcount: "", stage: "mature", revenue: "4.2亿", "relocation-intent": "unknown" }),
    ).toMatchObject({
      facts: [
        { field: "stage", value: { kind: "choice", oneOf: ["mature"] } },
        { field: "revenue", value: exactly(4.2e8) },
        { field: "relocation-intent", value: { kind: "declined" } },
      ],
      emptied: ["headcount"],
    });
    expect(read({ headcount: "很多很多" }).problems).toMatchObject([{ field: "headcount" }]);
  });
});
