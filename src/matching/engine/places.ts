import type { CriterionVerdictValue } from "../types.ts";

const SHANGHAI_DISTRICTS = new Set([
  "黄浦区",
  "徐汇区",
  "长宁区",
  "静安区",
  "普陀区",
  "虹口区",
  "杨浦区",
  "闵行区",
  "宝山区",
  "嘉定区",
  "浦东新区",
  "金山区",
  "松江区",
  "青浦区",
  "奉贤区",
  "崇明区",
]);
const MUNICIPALITY = /^(北京|上海|天津|重庆)市$/;
const TOP_LEVEL = /(省|自治区|特别行政区)$|^(北京|上海|天津|重庆)市$|^境外$/;
/** A province, and what is written after it without a break: 江苏省苏州市昆山市. */
const RUN_ON = /^(.+?省|.+?自治区|(?:北京|上海|天津|重庆)市)(.+)$/;
/** Of a city, a district or a county; zones (开发区, 新片区 …) lie anywhere. */
const ADMINISTRATIVE = /市$|县$|(?<!园|发|高新|保税|片|示范|自贸|试验|度假|集聚|功能)区$/;

/** A place as a program names it. `domestic`: anywhere in the country. */
export type WantedPlace =
  | { kind: "path"; path: string[] }
  | { kind: "name"; name: string }
  | { kind: "domestic" };

/** `上海市/奉贤区`, or a name of which the path is known; other names are found in a path, or ruled out by its exactness. */
export function toWantedPlace(value: string): WantedPlace {
  if (value === "中国" || value === "境内") return { kind: "domestic" };
  if (value.includes("/")) return { kind: "path", path: value.split("/").map((part) => part.trim()) };
  if (SHANGHAI_DISTRICTS.has(value)) return { kind: "path", path: ["上海市", value] };
  if (TOP_LEVEL.test(value)) return { kind: "path", path: [value] };
  const [, top, rest] = RUN_ON.exec(value) ?? [];
  if (top && rest) return { kind: "path", path: [top, ...rest.split(/(?<=[市区县])(?=.{2,})/)] };
  return { kind: "name", name: value };
}

/** Inside → met; elsewhere → unmet; wider than what is wanted → unknown. */
export function comparePlace(path: readonly string[], wanted: WantedPlace): CriterionVerdictValue {
  const top = path[0];
  if (top === undefined) return "unknown";
  if (wanted.kind === "domestic") return top === "境外" ? "unmet" : "met";
  if (wanted.kind === "name") return compareName(path, top, wanted.name);
  for (const [depth, part] of wanted.path.entries()) {
    const held = path[depth];
    if (held === undefined) return "unknown";
    if (held !== part) return "unmet";
  }
  return "met";
}

/** A bare name is ruled out once the path is as exact as the name can be. */
function compareName(path: readonly string[], top: string, name: string): CriterionVerdictValue {
  if (path.includes(name)) return "met";
  if (top === "境外") return "unmet";
  if (!ADMINISTRATIVE.test(name)) return "unknown";
  const exact = MUNICIPALITY.test(top) ? (name.endsWith("市") ? 1 : 2) : 3;
  return path.length >= exact ? "unmet" : "unknown";
}
