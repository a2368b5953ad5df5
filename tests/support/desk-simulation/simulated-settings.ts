import type { Classification, Classifier, Department, DeskSettings } from "../../../src/triage/index.ts";

/** All people, departments and requests are invented. */
const DEPARTMENTS = 20;
const PEOPLE_EACH = 10;
export const ADMINS = ["feishu:ou_admin1", "feishu:ou_admin2"] as const;
export const FALLBACK = "d19";

const two = (number: number) => String(number).padStart(2, "0");

function departmentOf(index: number): Department {
  const id = `d${two(index)}`;
  return {
    id,
    name: `第${index + 1}部门`,
    specialists: Array.from({ length: PEOPLE_EACH }, (_, person) => ({
      account: `feishu:ou_${id}_${person}`,
      name: `专员${two(index)}${person}`,
    })),
    leads: index % 5 === 4 ? [] : [`feishu:ou_${id}_0`],
    // Two have no group: their people get cards in their direct chats.
    group: index % 10 === 3 ? null : `feishu:oc_${id}`,
    hours:
      index % 2 === 0
        ? [["09:00", "17:00"]]
        : [
            ["09:00", "11:30"],
            ["13:30", "17:30"],
          ],
    fallback: id === FALLBACK,
  };
}

const CATEGORY_IDS = Array.from({ length: 15 }, (_, index) => `C${two(index + 1)}`);

export const SETTINGS: DeskSettings = {
  departments: Array.from({ length: DEPARTMENTS }, (_, index) => departmentOf(index)),
  // C15 has no rule and goes to the fallback.
  routing: CATEGORY_IDS.slice(0, 14).map((category, index) => ({
    id: `R-${category}`,
    categories: [category],
    departments: [`d${two(index)}`],
    ...(category === "C07" && { assignee: "feishu:ou_d06_3" }),
  })),
  sla: {
    terms: [
      { firstResponse: 120, nextResponse: 240, resolution: 960 },
      { urgency: "高", firstResponse: 60, nextResponse: 120, resolution: 480 },
      { urgency: "紧急", firstResponse: 30, nextResponse: 60, resolution: 240, aroundTheClock: true },
      { department: "d03", firstResponse: 240, nextResponse: 480, resolution: 1920 },
    ],
    soonShare: 0.75,
    leadAfter: 60,
    askerAfter: 120,
    undoMinutes: 30,
    reopenDays: 7,
    autoCloseDays: 3,
  },
  calendar: { holidays: [], workdays: [] },
  templates: [],
  dutyLine: null,
};

const categories = new Map(
  CATEGORY_IDS.map((id) => [id, { id, name: `第${id.slice(1)}类`, service: "模拟" }] as const),
);

export { CATEGORY_IDS };

const URGENCY_WORDS = [
  ["险情", "紧急"],
  ["着急", "高"],
  ["不急", "低"],
] as const;

/** The text names its categories: what is simulated is the desk and not how well requests are read. */
export const namingClassifier: Classifier = {
  categories,
  classify(text): Classification {
    const found = [...new Set(text.match(/C(?:0[1-9]|1[0-5])/gu) ?? [])];
    const [category = "C15", ...also] = found;
    return {
      category,
      categoryName: categories.get(category)?.name ?? category,
      also,
      parts: [category, ...also].map((each) => ({ category: each, words: text })),
      urgency: URGENCY_WORDS.find(([word]) => text.includes(word))?.[1] ?? "中",
      sentiment: "平",
      language: "zh",
      safety: null,
      spam: text.includes("发票代开"),
      reason: "按文中类别",
      confidence: 1,
      alternatives: [],
      engine: "rules",
    };
  },
};
