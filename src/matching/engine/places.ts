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
const TOP_LEVEL = /(省|自治区|特别行政区)$|^(北京|上海|天津|重庆)市$|^境外$/;

/** A place as a program names it. `anywhere`: any domestic place. */
export type WantedPlace =
  | { kind: "path"; path: string[] }
  | { kind: "name"; name: string }
  | { kind: "domestic" };

/** `上海市/奉贤区`, or a name of which the path is known; other names are found in a path, but never ruled out. */
export function toWantedPlace(value: string): WantedPlace {
  if (value === "中国" || value === "境内") return { kind: "domestic" };
  if (value.includes("/")) return { kind: "path", path: value.split("/").map((part) => part.trim()) };
  if (SHANGHAI_DISTRICTS.has(value)) return { kind: "path", path: ["上海市", value] };
  if (value.startsWith("上海市") && SHANGHAI_DISTRICTS.has(value.slice(3)))
    return { kind: "path", path: ["上海市", value.slice(3)] };
  if (TOP_LEVEL.test(value)) return { kind: "path", path: [value] };
  return { kind: "name", name: value };
}

/** Inside → met; elsewhere → unmet; wider than what is wanted → unknown. */
export function comparePlace(path: readonly string[], wanted: WantedPlace): CriterionVerdictValue {
  const top = path[0];
  if (top === undefined) return "unknown";
  if (wanted.kind === "domestic") return top === "境外" ? "unmet" : "met";
  if (wanted.kind === "name") return path.includes(wanted.name) ? "met" : "unknown";
  for (const [depth, part] of wanted.path.entries()) {
    const held = path[depth];
    if (held === undefined) return "unknown";
    if (held !== part) return "unmet";
  }
  return "met";
}
