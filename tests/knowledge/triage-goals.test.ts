import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadPlaces, openSource, parseDocument, readSource } from "../../src/knowledge/index.ts";
import { checkGoals, describeGoals, type Goal, type GoalSource, loadGoals } from "../../src/triage/index.ts";

const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");
const goals = await loadGoals(KNOWLEDGE);

async function readPlans() {
  const plans = join(KNOWLEDGE, "plans");
  const places = await loadPlaces(KNOWLEDGE);
  const files = (await readdir(plans)).filter((file) => file.endsWith(".txt"));
  return Promise.all(
    files.map(async (fileName) => {
      const { text } = openSource(await readSource(join(plans, fileName)));
      return parseDocument(text, { fileName, places });
    }),
  );
}

const plans = await readPlans();
const planOf = (title: string) => plans.find(({ metadata }) => metadata.title === title);
const sourceOf = (title: string): GoalSource | undefined => {
  const plan = planOf(title);
  return plan === undefined ? undefined : { text: plan.text, status: plan.metadata.status };
};

describe("the plan's goals", () => {
  it("stand verbatim in the plan", () => {
    expect(checkGoals(goals, sourceOf)).toEqual([]);
  });

  it("stand in the section that they name", () => {
    for (const { document, section, quote } of goals) {
      const plan = planOf(document);
      const node = plan?.nodes.find((one) => one.section === section);
      expect(plan?.text.slice(node?.start, node?.end), section).toContain(quote);
    }
  });

  it("are all that the plan states for 2026", () => {
    const sentences = plans.flatMap(({ text }) => text.match(/[^。\n]*到2026年[^。]*。/g) ?? []);
    const parts = sentences.flatMap((sentence) =>
      sentence.replace("到2026年，", "").replace("。", "").split("，"),
    );
    expect(goals.map(({ target }) => target)).toEqual(parts);
    expect(goals).toHaveLength(6);
  });

  it("carry no value that nobody has measured", () => {
    expect(goals.filter(({ actual }) => actual !== null)).toEqual([]);
    expect(describeGoals(goals, sourceOf)[4]).toBe(
      "高质量孵化器：2026 年目标“力争建成高质量孵化器1家”，见《张江高新区奉贤园改革创新发展行动方案（2024-2026年）》（征求意见稿）一（三）4、；实际完成值尚未填报。",
    );
  });

  it("that were altered are found", () => {
    const [first] = goals;
    const altered = { ...first, quote: first?.quote.replace("超过2家", "超过3家") } as Goal;
    expect(checkGoals([altered], sourceOf)).toEqual([expect.stringContaining("不一致")]);
    expect(checkGoals([altered], () => undefined)).toEqual([expect.stringContaining("没有找到文件")]);
  });
});

describe("the file of goals", () => {
  async function load(content: string | null): Promise<Goal[]> {
    const directory = await mkdtemp(join(tmpdir(), "goals-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await mkdir(join(directory, "triage"));
    if (content !== null) await writeFile(join(directory, "triage/goals.yaml"), content);
    return loadGoals(directory);
  }
  const goal = "id: a, name: 甲, section: 一, quote: 到2026年达到6万。, target: 达到6万";

  it("may be missing", async () => {
    expect(await load(null)).toEqual([]);
  });

  it("takes what an administrator filled in", async () => {
    const actual = "actual: { value: 5.2万, asOf: 2026-06-30, source: 测试统计 }";
    const [read] = await load(`{ document: 测试方案, year: 2026, goals: [{ ${goal}, ${actual} }] }`);
    expect(read?.actual).toEqual({ value: "5.2万", asOf: "2026-06-30", source: "测试统计" });
    expect(describeGoals(read === undefined ? [] : [read])).toEqual([
      "甲：2026 年目标“达到6万”，见《测试方案》一；实际 5.2万（截至 2026-06-30，来源：测试统计）。",
    ]);
  });

  it.each([
    ["a value without its source", `{ ${goal}, actual: { value: 5万, asOf: 2026-06-30 } }`, "source"],
    ["a day that is none", `{ ${goal}, actual: { value: 5万, asOf: 2026-02-30, source: 统计 } }`, "asOf"],
    [
      "a target that is not in the quote",
      `{ ${goal}, target: 达到7万 }`.replace(", target: 达到6万", ""),
      "target",
    ],
    ["the same goal twice", `{ ${goal} }, { ${goal} }`, "不止一次"],
    ["a field that there is not", `{ ${goal}, reached: 1 }`, "reached"],
    ["what is no YAML", "{", "YAML"],
  ])("refuses %s", async (_name, entries, word) => {
    await expect(load(`{ document: 测试方案, year: 2026, goals: [${entries}] }`)).rejects.toMatchObject({
      code: "configuration",
      safeMessage: expect.stringContaining(word),
    });
  });
});
