import type { PlaceMention } from "../../knowledge/index.ts";
import type { Locality } from "../types.ts";
import { createTermFinder } from "./find-terms.ts";
import type { Span } from "./span.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export type FindPlaces = (text: string) => readonly PlaceMention[];

export interface NamedPlace extends Span {
  path: string[];
  park: string | null;
}

export interface PlaceReadings {
  district: NamedPlace | undefined;
  operating: NamedPlace | undefined;
  /** The destination of a move: 想搬到奉贤. */
  destination: NamedPlace | undefined;
  /** Where they would move away from: 从张江搬. */
  origin: NamedPlace | undefined;
  all: NamedPlace[];
}

export interface PlaceReader {
  read(text: string, clauses: readonly Clause[]): PlaceReadings;
  find(text: string): NamedPlace[];
}

const ABROAD =
  /境外|海外|国外|美国|日本|德国|英国|法国|韩国|新加坡|瑞士|加拿大|澳大利亚|澳洲|以色列|荷兰|瑞典|意大利|西班牙|开曼|维京|bvi|特拉华|硅谷|波士顿|印度|俄罗斯|马来西亚|泰国|越南/gu;
const DESTINATION =
  /(?:搬[到来去进至]?|迁|迁到|迁来|迁入|迁往|迁至|落户到?|落地在?|落到|(?<![原本后过以从回未])来到?|转移到|引到|放到|放在|布局|选址|设到|开到|扩到|(?:想|打算|计划|准备|考虑|希望|拟|愿意|要)(?:把[^，]{0,10})?(?:在|到|来|去|往|回|于|落|迁|进|放))[^，]{0,3}$/u;
const DESTINATION_AFTER =
  /^(?:区|这边|那边|这里|市)*(?:建(?!了|成|的)|设(?!在|了)|落(?!在)|投资(?!了)|买地|拿地|扩产|落户|开(?:分公司|新厂|个)|租|发展|办厂|找)/u;
const WISHES = /想|打算|计划|准备|考虑|希望|拟|愿意|要(?!求)|能不能|能否|可以|有意/u;
/** “2021年迁到奉贤”, “搬到奉贤两年了”: it is there already. */
const MOVED_BEFORE = /\d年|[一二两三四五六七八九十]年|去年|前年|今年|上个?月|已经?|早就|刚|了(?!解)|[过完]$/u;
const ORIGIN = /(?:从|由|自)[^，]{0,2}$/u;
const OTHERS_BEFORE =
  /(?:客户|供应商|母公司|股东|总公司|子公司|分公司|卖到|卖给|出口|销往|销到|供货|发往|毕业于?|留学|回国|归国|老家|出生|来自(?!张江)|原来|以前|之前|原先|比|跟|和|与|去(?!年)|到|给|向)[^，]{0,8}$/u;
const OTHERS_AFTER =
  /^(?:省|市|区)?(?:有什么|有啥|有没有|有哪些|能|可以|的?(?:政策|补贴|客户|市场|医院|大学|高校|车企|工厂客户|基金|孵化器|园区|扶持|人才|银行)|政府|科委|大学|理工|交大|交通大学|医院|银行|回来|留学|博士|名牌|品牌|航空|那边的|之外|以外|除外)/u;
/** Not “在奉贤注册的上海某公司”: what follows is a name. */
const REGISTERED =
  /注册(?:地|地址)?(?!的)(?:是|在|于|到)?[^，]{0,4}$|户口|工商[^，]{0,4}$|执照[^，]{0,4}$|税务[^，]{0,4}$/u;
/** “在奉贤注册的”, “奉贤注册成立”. */
const REGISTERED_AFTER =
  /^(?:[省市区县镇]|新区)?(?:正式|新|依法|完成|工商){0,2}(?:注册|登记)(?!资本|资金|证|商标|类|制|号|备案|审批|申报|检验|人|会计)/u;
const OPERATES =
  /(?:办公|经营|生产|工厂|厂房?|实验室|车间|研发中心?|实际|基地|仓库|门店|店|租|搬到了|搬来了)[^，]{0,8}$/u;
const OPERATES_AFTER =
  /^(?:市|区)?[^，]{0,4}(?:办公|经营|生产(?!企)|上班|租|有(?:个|一个|家|一家)?(?:工?厂|车间|实验室|基地|办公|研发|分公司))/u;

export function createPlaceReader(
  findPlaces: FindPlaces | undefined,
  localities: readonly Locality[],
): PlaceReader {
  const local = createTermFinder(localities.map(({ words }, index) => ({ id: String(index), words })));
  const find = (text: string): NamedPlace[] => {
    const named = local.find(text).map(({ id, start, end }) => {
      const { path = [], park = null } = localities[Number(id)] ?? {};
      return { start, end, path, park };
    });
    const places = (findPlaces?.(text) ?? []).map(({ place, start, end }) => ({
      start,
      end,
      path: pathOf(place.name, findPlaces),
      park: null,
    }));
    const abroad = [...text.matchAll(ABROAD)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      path: ["境外"],
      park: null,
    }));
    const found = joinParents(withoutCovered([...named, ...places, ...abroad]), text);
    return nameDistricts(found, text, findPlaces);
  };
  return { find, read: (text, clauses) => sortPlaces(find(text), text, clauses) };
}

const LOCATED =
  /(?:位于|注册在|注册地(?:是|在)?|落在|坐落于?|在|来自)\s*([\u4e00-\u9fa5]{2,3})(?![\u4e00-\u9fa5]{0,2}(?:大学|路|街))/gu;

/** 深圳南山, 位于金山: short names of districts that are common words count behind their city, or where one says where one is. */
function nameDistricts(
  found: readonly NamedPlace[],
  text: string,
  findPlaces: FindPlaces | undefined,
): NamedPlace[] {
  const districtAt = (start: number, parent: string | undefined): NamedPlace | undefined => {
    for (const length of [3, 2]) {
      const name = `${text.slice(start, start + length).replace(/[区县]$/u, "")}区`;
      const place = findPlaces?.(name)[0]?.place;
      if (place?.name !== name || place.level !== 2 || !place.parent) continue;
      if (parent !== undefined && place.parent !== parent) continue;
      return { start, end: start + length, path: pathOf(name, findPlaces), park: null };
    }
    return undefined;
  };
  const named = found.map((place) => {
    const district = place.path.length < 3 ? districtAt(place.end, place.path.at(-1)) : undefined;
    return district ? { ...district, start: place.start } : place;
  });
  for (const match of text.matchAll(LOCATED)) {
    const start = match.index + match[0].length - (match[1]?.length ?? 0);
    if (named.some((place) => place.start < start + 3 && start < place.end)) continue;
    const district = districtAt(start, undefined);
    if (district) named.push(district);
  }
  return named.sort((a, b) => a.start - b.start);
}

/** 奉贤区 → 上海市, 奉贤区. */
function pathOf(name: string, findPlaces: FindPlaces | undefined): string[] {
  const path = [name];
  for (let depth = 0; depth < 3; depth += 1) {
    const parent = findPlaces?.(path[0] ?? "")[0]?.place.parent;
    if (!parent) break;
    path.unshift(parent);
  }
  return path;
}

function withoutCovered(places: readonly NamedPlace[]): NamedPlace[] {
  const sorted = [...places].sort((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter((one, at) => {
    const earlier = sorted.slice(Math.max(0, at - 3), at);
    return !earlier.some(({ end }) => end > one.start);
  });
}

/** 上海市奉贤区, 江苏苏州: the narrower one with the words of both. */
function joinParents(places: readonly NamedPlace[], text: string): NamedPlace[] {
  const joined: NamedPlace[] = [];
  for (const place of places) {
    const last = joined.at(-1);
    const isWithin =
      last && place.path.length > last.path.length && last.path.every((name, at) => place.path[at] === name);
    if (last && isWithin && /^[市省区的·\s]{0,2}$/u.test(text.slice(last.end, place.start))) {
      joined[joined.length - 1] = { ...place, start: last.start };
    } else joined.push(place);
  }
  return joined;
}

function sortPlaces(all: readonly NamedPlace[], text: string, clauses: readonly Clause[]): PlaceReadings {
  const readings: PlaceReadings = {
    district: undefined,
    operating: undefined,
    destination: undefined,
    origin: undefined,
    all: [...all],
  };
  let isDistrictSure = false;
  for (const place of all) {
    const clause = clauseAt(clauses, place.start);
    if (!clause) continue;
    const lead = clauses[clauses.indexOf(clause) - 1];
    const opens =
      place.start - clause.start < 3 && lead && lead.sentence === clause.sentence ? lead.text : "";
    const before = `${opens.slice(-8)}${opens ? " " : ""}${text.slice(clause.start, place.start)}`;
    const after = text.slice(place.end, clause.end);
    if (/不(?:在|是)[^，是]{0,3}$|没在|离开|除了/u.test(before)) continue;
    if (
      /^(?:境外|香港|澳门|台湾)/u.test(place.path[0] ?? "") &&
      /^(?:公司|企业|独资|集团|资|客户|人|品牌)/u.test(after)
    ) {
      continue;
    }
    if (REGISTERED.test(before) || (REGISTERED_AFTER.test(after) && !WISHES.test(clause.text))) {
      if (!isDistrictSure) readings.district = place;
      isDistrictSure = true;
    } else if (ORIGIN.test(before) && /搬|迁|转|来|过来|落/u.test(after) && place.path[0] !== "境外") {
      readings.origin ??= place;
      readings.district ??= place;
    } else if (
      DESTINATION.test(text.slice(clause.start, place.start)) ||
      (DESTINATION_AFTER.test(after) && WISHES.test(clause.text))
    ) {
      if (WISHES.test(clause.text) || !MOVED_BEFORE.test(clause.text)) readings.destination ??= place;
      else {
        readings.operating = place;
        if (!isDistrictSure) readings.district = place;
      }
    } else if (OTHERS_BEFORE.test(text.slice(clause.start, place.start)) || OTHERS_AFTER.test(after)) {
    } else if (
      place.path[0] === "境外" &&
      !/(?:注册|总部|公司|我们)?在[^，]{0,3}$|^(?:注册|公司)/u.test(before)
    ) {
    } else if (OPERATES.test(before) || OPERATES_AFTER.test(after)) {
      readings.operating ??= place;
    } else if (!isDistrictSure) readings.district ??= place;
  }
  return readings;
}
