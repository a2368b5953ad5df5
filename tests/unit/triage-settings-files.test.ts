import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadDeskSettings } from "../../src/triage/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";

const copies: string[] = [];
afterEach(async () => {
  await Promise.all(copies.splice(0).map((path) => rm(path, { recursive: true, force: true })));
});

async function spoil(file: string, change: (text: string) => string | undefined): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "xiance-triage-"));
  copies.push(path);
  await cp(join(KNOWLEDGE_DIRECTORY, "triage"), join(path, "triage"), { recursive: true });
  const before = await readFile(join(path, "triage", file), "utf8");
  const after = change(before);
  if (after === before) throw new Error(`nothing changed in ${file}`);
  if (after === undefined) await rm(join(path, "triage", file));
  else await writeFile(join(path, "triage", file), after);
  return path;
}

describe("a file of settings that cannot be used stops the start", () => {
  it.each<[string, string, (text: string) => string | undefined, string]>([
    ["a file that is missing", "sla.yaml", () => undefined, "sla.yaml 不存在或无法读取"],
    ["no YAML", "sla.yaml", (text) => text.replace("terms:", "terms: ["), "sla.yaml 第"],
    [
      "an unknown field",
      "departments.yaml",
      (text) => text.replace("id: finance,", "id: finance, phone: 1,"),
      "departments.yaml departments 的 第 6 项“finance” 的 phone：没有这个字段",
    ],
    [
      "a time that is none",
      "departments.yaml",
      (text) => text.replace('"09:00"', '"9点"'),
      "departments.yaml hours 的 第 1 项 的 第 1 项：应为 HH:MM",
    ],
    [
      "a rule without department",
      "routing.yaml",
      (text) =>
        text.replace("categories: [C11], departments: [science]", "categories: [C11], departments: []"),
      "“R-C11” 的 departments：至少写一个部门",
    ],
    [
      "a rule for a department that is none",
      "routing.yaml",
      (text) =>
        text.replace(
          "categories: [C11], departments: [science]",
          "categories: [C11], departments: [sciences]",
        ),
      "分派表（routing.yaml）：规则 R-C11 的部门“sciences”不在受理部门中",
    ],
    [
      "no fallback",
      "departments.yaml",
      (text) => text.replace(", fallback: true", ""),
      "受理部门（departments.yaml）：没有兜底部门",
    ],
    [
      "a day that is none",
      "calendar.yaml",
      (text) => text.replace("holidays: []", "holidays: [2027-02-30]"),
      "calendar.yaml holidays 的 第 1 项：应为日历上有的日期",
    ],
    [
      "a share above one",
      "sla.yaml",
      (text) => text.replace("soonShare: 0.7", "soonShare: 7"),
      "sla.yaml soonShare：应小于 1",
    ],
    [
      "a number that is none",
      "duty-line.yaml",
      (text) => text.replace("dutyLine: null", "dutyLine: { name: 值守, phone: 待定 }"),
      "duty-line.yaml dutyLine 的 phone：应为能直接拨打的号码",
    ],
  ])("%s", async (_name, file, change, expected) => {
    const path = await spoil(file, change);
    await expect(loadDeskSettings(path)).rejects.toMatchObject({
      code: "configuration",
      safeMessage: expect.stringContaining(expected),
    });
  });

  it("names every fault of every file at once", async () => {
    const path = await spoil("calendar.yaml", (text) => text.replace("holidays: []", "holidays: no"));
    const sla = join(path, "triage", "sla.yaml");
    await writeFile(sla, (await readFile(sla, "utf8")).replace("undoMinutes: 10", "undoMinutes: ten"));
    const failure = await loadDeskSettings(path).catch(
      (thrown: { safeMessage: string }) => thrown.safeMessage,
    );
    expect(failure).toContain("calendar.yaml holidays");
    expect(failure).toContain("sla.yaml undoMinutes");
  });

  it("knows categories and industries when told of them", async () => {
    const known = { categories: new Map([["C01", { name: "空间选址" }]]) };
    await expect(loadDeskSettings(KNOWLEDGE_DIRECTORY, known)).rejects.toMatchObject({
      safeMessage: expect.stringContaining("类别“C02”不存在"),
    });
  });
});
