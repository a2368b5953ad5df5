import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadProfileLexicon } from "../../src/enterprises/index.ts";
import { checkSettings, loadDeskSettings, route, URGENCIES } from "../../src/triage/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";
import { makeClassification, NOW } from "../support/triage-settings.ts";

const file = (name: string) => readFileSync(join(KNOWLEDGE_DIRECTORY, "triage", name), "utf8");
const { categories: listed }: { categories: { id: string; name: string }[] } = parse(file("categories.yaml"));
const categories = new Map(listed.map((one) => [one.id, one]));
const { industries } = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const known = { categories, industries: new Set([...industries.keys()]) };
const settings = await loadDeskSettings(KNOWLEDGE_DIRECTORY, known);

/** Leading departments that the commission proposed for each category, in its order. */
const DEFAULT_LEADS: Record<string, string> = {
  C01: "区规划资源局、区投资促进办、各子园",
  C02: "区科委、区财政局",
  C03: "区科委",
  C04: "区人社局",
  C05: "区房管局、区人社局",
  C06: "区科委、各子园",
  C07: "区科委",
  C08: "区科技发展促进中心",
  C09: "区投资促进办、区经委",
  C10: "区科委",
  C11: "区科委",
  C12: "区科委、区投资促进办",
  C13: "区行政服务办",
  C14: "区生态环境局",
  C15: "区科技发展促进中心",
};

function leadOf(category: string, text: string): string {
  const name = categories.get(category)?.name ?? category;
  const classification = makeClassification({ category, categoryName: name });
  return route(classification, text, {}, settings, [], NOW, categories)
    .lead.map((one) => one.name)
    .join("、");
}

describe("the shipped settings", () => {
  it("fit together; what is left to say is that people must be added", () => {
    const problems = checkSettings(settings, known);
    expect(problems.filter(({ level }) => level === "error")).toEqual([]);
    const others = problems.filter(({ text }) => !/还没有专员，也没有群|没有设置园区值班电话/u.test(text));
    expect(others).toEqual([]);
  });

  it("name no people, no group and no number, which only an installation knows", () => {
    for (const department of settings.departments) {
      expect(department).toMatchObject({ specialists: [], leads: [], group: null });
    }
    expect(settings.dutyLine).toBeNull();
    expect(settings.departments.filter(({ fallback }) => fallback).map(({ name }) => name)).toEqual([
      "区科技发展促进中心",
    ]);
  });

  it.each(Object.entries(DEFAULT_LEADS))("leads %s by default to %s", (category, expected) => {
    expect(categories.has(category)).toBe(true);
    expect(leadOf(category, "您好，有一件事想咨询")).toBe(expected);
  });

  it("has a default for every category, and says of every rule that no document says so", () => {
    expect([...categories.keys()]).toEqual(Object.keys(DEFAULT_LEADS));
    for (const { id, note } of settings.routing) expect(note, id).toMatch(/^由园区维护的分派表，非文件规定/u);
  });

  it.each([
    ["C01", "想拿一块工业用地建厂", "区规划资源局"],
    ["C01", "需要 800 平方米的现成厂房", "区投资促进办、区规划资源局、各子园"],
    ["C01", "计划把研发中心迁到奉贤，来考察一下", "区投资促进办、各子园、区规划资源局"],
    ["C02", "想对接天使投资人", "区科委"],
    ["C02", "We are looking for a venture investor", "区科委"],
    ["C02", "银行贷款有没有贴息", "区科委、区财政局"],
    ["C02", "去年批的扶持资金还没拨付", "区财政局、区科委"],
    ["C05", "员工能申请人才公寓吗", "区房管局"],
    ["C05", "博士的落户怎么办", "区人社局"],
    ["C05", "人才公寓和子女入学一起咨询", "区房管局、区人社局"],
    ["C06", "我们想认定市级孵化器", "区科委"],
    ["C06", "团队三个人，想租几个工位", "区科委、各子园"],
    ["C08", "补贴公示完了，什么时候到账", "区财政局、区科技发展促进中心"],
    ["C08", "这个政策的申报条件是什么", "区科技发展促进中心"],
    ["C09", "准备设立地区总部", "区投资促进办"],
    ["C09", "想评专精特新", "区经委、区投资促进办"],
    ["C12", "想报名创新创业大赛", "区科委"],
    ["C12", "招商推介会能不能参加", "区投资促进办、区科委"],
  ])("%s “%s” goes to %s", (category, text, expected) => {
    expect(leadOf(category, text)).toBe(expected);
  });

  it("has a term for every urgency, faster the more urgent", () => {
    const terms = URGENCIES.map((urgency) => settings.sla.terms.find((term) => term.urgency === urgency));
    for (const key of ["firstResponse", "nextResponse", "resolution"] as const) {
      const minutes = terms.map((term) => term?.[key] ?? Number.NaN);
      expect(minutes).toEqual(minutes.toSorted((one, other) => one - other));
    }
  });

  it("starts every file with how to write it", () => {
    const names = ["departments", "routing", "sla", "calendar", "templates", "duty-line"];
    for (const name of names) expect(file(`${name}.yaml`), name).toMatch(/^# .+\n#\n# 写作说明\n/u);
  });
});
