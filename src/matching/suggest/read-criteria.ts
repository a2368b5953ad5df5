import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { ClauseQuote, Criterion, CriterionTest } from "../types.ts";
import { type Bounds, readThreshold } from "./read-threshold.ts";
import { splitParts } from "./split-text.ts";

export interface CriteriaContext {
  lexicon: ProfileLexicon;
  bounds: Bounds;
  /** Places that the title names, by their last sign: 区 → 临湖区; for “本区”. */
  places: ReadonlyMap<string, string>;
}

/** A condition in the text's own terms; a test only where it says no less and no more than the text. */
export type DraftCriterion = Omit<Criterion, "id">;

const NUMBER_AND_COMMA = /[，,；;]/;

/** Conditions that a piece of text writes, one each part that can be computed, the rest as one of its own. Pure. */
export function readCriteria(
  text: string,
  section: string,
  context: CriteriaContext,
  level: Criterion["level"] = "enterprise",
): DraftCriterion[] {
  const quote = text.trim();
  if (quote === "") return [];
  const source: ClauseQuote = { section, quote };
  const whole = splitParts(quote).length > 1 ? undefined : readTest(quote, context);
  if (whole) return [draft(quote, level, source, whole)];
  const parts = splitParts(quote).flatMap((part) => splitRow(part, context));
  const read = parts.map((part) => ({ part: part.trim(), test: readTest(part.trim(), context) }));
  const open = /或|之一|除外|其中/.test(quote) || !read.some(({ test }) => test);
  if (open) return [draft(quote, level, source)];
  const computed = read.flatMap(({ part, test }) =>
    test ? [draft(part, level, { section, quote: part }, test)] : [],
  );
  const rest = read.filter(({ part, test }) => !test && saysMore(part));
  return rest.length > 0 ? [...computed, draft(quote, level, source)] : computed;
}

/** A row is divided where each says a figure of its own; what titles stand in a row may be one or the other. */
function splitRow(part: string, context: CriteriaContext): string[] {
  const row = splitParts(part, "、");
  if (row.every((one) => readThreshold(one, context.bounds))) return row;
  const [first] = row;
  if (first === undefined || row.length === 1 || !readPlace(first, context)) return [part];
  return [first, part.slice(part.indexOf(first) + first.length + 1)];
}

function saysMore(part: string): boolean {
  return !NUMBER_AND_COMMA.test(part) && part.replace(/的|等|企业|单位|科技|在|对/g, "").length > 1;
}

function draft(
  text: string,
  level: Criterion["level"],
  source: ClauseQuote,
  test?: CriterionTest,
): DraftCriterion {
  const field = test && "field" in test ? test.field : "";
  const own = field === "loan-amount" || field === "investment-amount" ? "project" : level;
  return { text, level: own, mandatory: !/优先|鼓励/.test(text), ...(test ? { test } : {}), source };
}

function readTest(part: string, context: CriteriaContext): CriterionTest | undefined {
  return readThreshold(part, context.bounds) ?? readPlace(part, context) ?? readQualifications(part, context);
}

const REGISTERED =
  /^(?:企业|申报单位|申报企业|申请企业|申请单位|须|应当?|需|依法|工商)*(?:注册(?:登记)?(?:地)?在|在)(?<place>[^，。、；在于]{1,14}?)(?:行政区域|范围|辖区|区域)?(?:内|依法)*(?:注册(?:登记)?|登记注册|注册成立|注册设立)?(?:的)?(?:独立)?(?:法人)?(?:企业|单位)?的?$/;

/** “在青岚县注册登记”, and no more than that: paying taxes, running a business there are other conditions. */
function readPlace(part: string, { places }: CriteriaContext): CriterionTest | undefined {
  if (!/注册/.test(part) || /纳税|或|不|未|经营|成立满|外/.test(part)) return undefined;
  const named = REGISTERED.exec(part)?.groups?.["place"];
  if (named === undefined) return undefined;
  const own = /^[本我全](?<level>[省市区县])(?:内)?$/.exec(named)?.groups?.["level"];
  const place = own ? places.get(own) : /^[一-鿿]{2,8}[省市区县]$/.test(named) ? lastPlace(named) : undefined;
  if (place === undefined || /开发区|高新区|园区|新区|片区|城区/.test(place)) return undefined;
  return { field: "district", operator: "within", value: [place] };
}

function lastPlace(name: string): string {
  return /(?:^|[省市区])(?<last>[^省市区县]{2,6}[省市区县])$/.exec(name)?.groups?.["last"] ?? name;
}

/** The places of a title: 云川市临湖区促进 … → 市 云川市, 区 临湖区. Pure. */
export function placesOfTitle(title: string): Map<string, string> {
  const head = title
    .replace(/^关于[^省市区县]{0,16}?(?=[一-鿿]{2,4}[省市区县])/, "")
    .replace(/\d{4}年度?/g, "");
  const found = new Map<string, string>();
  const chain = /^(?:[一-鿿]{2,4}?[省市区县])+/.exec(head)?.[0] ?? "";
  for (const [name] of chain.matchAll(/[一-鿿]{2,4}?[省市区县]/g)) {
    if (!/园区|新区|高新|开发|促进|支持|[支促推加的]/.test(name)) found.set(name.slice(-1), name);
  }
  return found;
}

const HELD = /获得|获评|取得|被?认定为|经认定|已认定|有效期内|属于|具有|具备|入选|列入|通过.{0,20}认定/;

/** Titles that are held, not such as are gained by the occasion (新认定, 首次认定). */
function readQualifications(part: string, { lexicon }: CriteriaContext): CriterionTest | undefined {
  if (
    !HELD.test(part) ||
    /[未不非、]|首次|新认定|新获|培育|以上|以下|\d|或.{0,12}(?:单位|其他)|等/.test(part)
  )
    return undefined;
  let rest = part;
  const ids: string[] = [];
  const names = [...lexicon.qualifications.values()]
    .flatMap(({ id, name, words }) => [name, ...words].map((word) => ({ id, word })))
    .filter(({ word }) => word.length >= 4)
    .sort((one, other) => other.word.length - one.word.length);
  for (const { id, word } of names) {
    if (!rest.includes(word)) continue;
    rest = rest.replaceAll(word, "＃");
    if (!ids.includes(id)) ids.push(id);
  }
  const left = rest
    .replace(HELD, "")
    .replace(
      /＃|企业|资质|称号|资格|认定|证书|为|的|在|有效期内|国家级|国家|本?市级?|或者?|和|、|“|”|申报|单位|应当?|须/g,
      "",
    );
  if (ids.length === 0 || left.length > 0) return undefined;
  const [only] = ids;
  if (ids.length === 1 && only) return { field: "qualifications", operator: "has", value: [only] };
  return /或|之一/.test(part) ? { field: "qualifications", operator: "within", value: ids } : undefined;
}
