import type {
  Fact,
  FactValue,
  HeldTerm,
  Profile,
  ProfileField,
  ProfileLexicon,
} from "../../src/enterprises/index.ts";
import type {
  Criterion,
  CriterionTest,
  CriterionVerdict,
  Direction,
  JudgeContext,
  Program,
} from "../../src/matching/index.ts";
import { judgeProgram } from "../../src/matching/index.ts";

/** A small lexicon, invented programs and profiles for the engine. */
const FIELDS: [id: string, label: string, kind: ProfileField["kind"], more?: Partial<ProfileField>][] = [
  ["subject-type", "主体类型", "choice", { options: options("company", "team", "university") }],
  ["industries", "所属行业", "terms", { vocabulary: "industries" }],
  ["stage", "发展阶段", "choice", { options: options("seed", "angel", "early", "growth", "mature") }],
  ["founded-on", "成立日期", "date"],
  ["district", "注册地", "place"],
  ["listing-reserve", "是否已入库", "flag"],
  ["headcount", "职工人数", "number", { unit: "人", bounds: { min: 0, max: 1_000_000 } }],
  ["rd-headcount", "研发人数", "number", { unit: "人", bounds: { min: 0, max: 1_000_000 } }],
  ["revenue", "上年营业收入", "number", { unit: "元", bounds: { min: 0, max: 1e13 } }],
  ["rd-expense", "上年研发费用", "number", { unit: "元", bounds: { min: 0, max: 1e12 } }],
  ["rd-share", "研发费用占比", "number", { unit: "%", bounds: { min: 0, max: 10_000 } }],
  ["rd-staff-share", "研发人员占比", "number", { unit: "%", bounds: { min: 0, max: 100 } }],
  ["net-profit", "上年净利润", "number", { unit: "元" }],
  ["space-area", "所需面积", "number", { unit: "平方米", level: "project" }],
  ["qualifications", "已有资质", "terms", { vocabulary: "qualifications" }],
  ["needs", "需求", "terms", { vocabulary: "needs" }],
  ["ip", "知识产权", "terms", { options: options("invention-patent", "trademark") }],
  ["listing-plan", "上市计划", "text", { level: "project" }],
  ["landing-plan", "落地安排", "text", { level: "project" }],
];

function options(...ids: string[]): NonNullable<ProfileField["options"]> {
  return ids.map((id) => ({ id, label: `选项${id}`, words: [] }));
}

const INDUSTRIES: [id: string, name: string, parent: string | null][] = [
  ["life-health", "生命健康", null],
  ["biomedicine", "生物医药", "life-health"],
  ["nucleic-acid", "基因和核酸药物", "biomedicine"],
  ["vaccine", "疫苗", "biomedicine"],
  ["medical-device", "医疗器械", "life-health"],
  ["in-vitro-diagnostics", "体外诊断", "medical-device"],
  ["materials", "新材料", null],
  ["membrane", "膜材料", "materials"],
  ["retail", "零售", null],
];

const QUALIFICATIONS: [string, string][] = [
  ["high-tech-enterprise", "高新技术企业"],
  ["specialized-sme", "专精特新中小企业"],
];

export const sampleLexicon: ProfileLexicon = {
  fields: new Map(FIELDS.map(([id, label, kind, more]) => [id, toField(id, label, kind, more ?? {})])),
  industries: new Map(INDUSTRIES.map(([id, name, parent]) => [id, { id, name, parent, words: [], gbt: [] }])),
  needs: new Map(["loan", "equity-finance"].map((id) => [id, { id, name: id, words: [] }])),
  qualifications: new Map(QUALIFICATIONS.map(([id, name]) => [id, { id, name, words: [] }])),
};

function toField(
  id: string,
  label: string,
  kind: ProfileField["kind"],
  more: Partial<ProfileField>,
): ProfileField {
  return {
    id,
    label,
    labelEn: id,
    names: [],
    kind,
    level: "enterprise",
    sensitive: false,
    staleAfterMonths: null,
    ask: `${label}？`,
    askEn: `${id}?`,
    ...more,
  };
}

const sampleDirections: ReadonlyMap<string, Direction> = new Map([
  [
    "future",
    {
      id: "future",
      name: "未来方向",
      document: "plan",
      industries: ["biomedicine", "membrane"],
      source: { section: "二", quote: "未来方向" },
    },
  ],
]);

export const today = "2026-11-23";

export function contextOn(asOf: string = today, more: Partial<JudgeContext> = {}): JudgeContext {
  return { asOf, lexicon: sampleLexicon, directions: sampleDirections, ...more };
}

export function profileOf(
  values: Readonly<Record<string, FactValue>>,
  period: string | null = null,
): Profile {
  const facts = Object.entries(values).map(([field, value]): [string, Fact] => [
    field,
    {
      field,
      value,
      source: { kind: "chat", by: "somebody", reference: field },
      at: "2026-11-01T00:00:00Z",
      period,
      validTo: null,
      confirmed: false,
    },
  ]);
  return { enterpriseId: null, facts: new Map(facts), stale: [], conflicts: [] };
}

export function programOf(tests: readonly (CriterionTest | null)[], more: Partial<Program> = {}): Program {
  return {
    id: "X01",
    name: "虚构项目",
    aliases: [],
    kind: "服务",
    document: "plan",
    audience: null,
    industries: [],
    industryBound: false,
    subjects: [],
    needs: [],
    state: { state: "已有", verb: "完善", source: { section: "一", quote: "完善" } },
    criteria: tests.map((test, index) => criterionOf(test, { id: `c${index}` })),
    benefits: [],
    notStated: [],
    steps: [],
    materials: [],
    window: null,
    responsibleBody: null,
    excludes: [],
    requires: [],
    stacksWith: [],
    intake: [],
    cautions: [],
    ...more,
  };
}

export function criterionOf(test: CriterionTest | null, more: Partial<Criterion> = {}): Criterion {
  return {
    id: "c",
    text: "条件",
    level: "enterprise",
    mandatory: true,
    source: { section: "第五条", quote: "条件" },
    ...(test && { test }),
    ...more,
  };
}

/** One test for what is known. */
export function judgeOne(
  test: CriterionTest,
  values: Readonly<Record<string, FactValue>>,
  context: JudgeContext = contextOn(),
): CriterionVerdict {
  const [criterion] = judgeProgram(programOf([test]), profileOf(values), context).criteria;
  if (!criterion) throw new Error("no criterion");
  return criterion;
}

export function exactly(value: number): FactValue {
  return { kind: "number", min: value, max: value };
}

export function between(min: number | null, max: number | null): FactValue {
  return { kind: "number", min, max };
}

export function onDay(day: string): FactValue {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { kind: "date", from: day, to: next };
}

export function holding(...has: (string | HeldTerm)[]): FactValue & { kind: "terms" } {
  return {
    kind: "terms",
    has: has.map((term) => (typeof term === "string" ? { id: term } : term)),
    lacks: [],
    closed: false,
  };
}

export function oneOf(...ids: string[]): FactValue {
  return { kind: "choice", oneOf: ids };
}

export function at(...path: string[]): FactValue {
  return { kind: "place", path };
}
