import type { FactValue, ProfileReader, ReadFact, Understanding } from "../../src/enterprises/index.ts";

const n = (min: number, max = min): FactValue => ({ kind: "number", min, max });
const t = (...ids: string[]): FactValue => ({
  kind: "terms",
  has: ids.map((id) => ({ id })),
  lacks: [],
  closed: false,
});
const RULES: [RegExp, string, (m: RegExpExecArray) => FactValue][] = [
  [/新能源车热管理零件/, "industries", () => t("auto-parts", "new-energy-vehicle")],
  [/新能源车热管理零件/, "industry-words", (m) => ({ kind: "text", text: m[0] })],
  [/三百来人/, "headcount", () => n(270, 330)],
  [/四个多亿/, "revenue", () => n(4e8, 5e8)],
  [/想扩产/, "needs", () => t("plant", "industrial-land")],
  [/想融资/, "needs", () => t("equity-finance")],
  [/小核酸药/, "industries", () => t("nucleic-acid")],
  [/天使轮/, "stage", () => ({ kind: "choice", oneOf: ["angel"] })],
  [/奉贤/, "district", () => ({ kind: "place", path: ["上海市", "奉贤区"] })],
  [/人数改成(\d+)/, "headcount", (m) => n(Number(m[1]))],
];

export function createScriptedReader(): ProfileReader {
  return {
    async read(text, context): Promise<Understanding> {
      const facts: ReadFact[] = [];
      for (const [pattern, field, make] of RULES) {
        const m = pattern.exec(text);
        if (m)
          facts.push({
            field,
            value: make(m),
            period: null,
            words: m[0],
            start: m.index,
            end: m.index + m[0].length,
            correction: /改成/.test(text),
          });
      }
      const bare = /^(\d+)人?$/.exec(text);
      if (bare && context.asked?.includes("headcount"))
        facts.push({
          field: "headcount",
          value: n(Number(bare[1])),
          period: null,
          words: text,
          start: 0,
          end: text.length,
          correction: false,
        });
      return {
        facts,
        problems: [],
        declined: /^不知道|^不清楚/.test(text) ? [...(context.asked ?? [])].slice(0, 1) : [],
        aboutSelf: /我们|我司/.test(text),
        wishesMatch: /能申请|适合我们/.test(text),
      };
    },
    readValue(field, input) {
      return {
        fact: { field, value: { kind: "text", text: String(input) }, period: null, words: String(input) },
      };
    },
    readProfile: () => ({ facts: [], problems: [], declined: [], aboutSelf: true, wishesMatch: true }),
  };
}
