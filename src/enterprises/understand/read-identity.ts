import type { Span } from "./span.ts";

const CODE = /(?<![0-9a-z])[0-9a-z](?:[\s-]?[0-9a-z]){17}(?![0-9a-z])/gu;

/** Strings that may be a unified social credit code: 18 characters, mostly digits. Whether it is sound is checked elsewhere. */
export function findCreditCodes(folded: string): (Span & { code: string })[] {
  const found: (Span & { code: string })[] = [];
  for (const match of folded.matchAll(CODE)) {
    const code = match[0].replace(/[\s-]/g, "").toUpperCase();
    const isNumber = /^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(code);
    if (!/^[159YNA2-8]/.test(code) || (code.match(/\d/g)?.length ?? 0) < 8 || isNumber) continue;
    found.push({ start: match.index, end: match.index + match[0].length, code });
  }
  return found;
}

const TAIL =
  "(?:股份有限公司|有限责任公司|集团有限公司|有限公司|\\(有限合伙\\)|（有限合伙）|有限合伙|集团公司|研究院|研究所|事务所|合作社|个体工商户|医院|大学|学院)";
const NAME = new RegExp(
  `[\\u4e00-\\u9fa5a-z\\d()（）·&]{2,36}?${TAIL}(?:[\\u4e00-\\u9fa5]{2,8}(?:分公司|工厂|研究院))?`,
  "gu",
);
const CALLED =
  /(?:公司|企业|单位|机构)?(?:名称?|全称|名字)?(?:叫做?|名为|全称(?:是|为)?|名称(?:是|为)?|名字(?:是|叫)?)\s*[:：“"「]?\s*([\u4e00-\u9fa5a-z\d()（）·&]{2,30}?)(?=[”"」，,。；;！!\s]|$|的公司|的企业)/gu;
const INTRODUCTION =
  /^(?:.*?(?:我们是|我司是|咱们是|我是|这里是|这边是|本公司是|本公司|我司|我们公司是|我们公司|公司名称?(?:是|为)?|企业名称(?:是|为)?|单位名称(?:是|为)?|全称(?:是|为)?|名称(?:是|为)?|叫做?|您好|你好|我们|一家|来自|代表))(?:一家|来自于?)?[:：,，]?/u;
const OTHERS =
  /(?:客户|供应商|母公司|股东|投资方|合作|子公司|竞品|对手|给|跟|和|与|毕业于?|原|曾|前身)[^，]{0,6}$/u;

/** The enterprise's own name, as it is written. */
export function findName(folded: string): Span | undefined {
  for (const match of folded.matchAll(NAME)) {
    const introduced = INTRODUCTION.exec(match[0])?.[0].length ?? 0;
    const start = match.index + introduced;
    const end = match.index + match[0].length;
    const before = folded.slice(Math.max(0, match.index - 10), start);
    const name = folded.slice(start, end);
    const isLegal = /公司|合伙|合作社|工商户|事务所/u.test(name);
    if (OTHERS.test(before) || name.length < (isLegal ? 6 : 5) || /^(?:一家|某|这家|那家|的)/u.test(name))
      continue;
    if (!isLegal && introduced === 0) continue;
    if (!isLegal && /(?:某|哪个|什么|一个|二级|下属|新型|联合)/u.test(name)) continue;
    if (/[做搞有能想]|研发了/u.test(name.slice(0, -4)) && name.length > 22) continue;
    return { start, end };
  }
  for (const match of folded.matchAll(CALLED)) {
    const name = match[1] ?? "";
    const end = match.index + match[0].length;
    if (name.length >= 2 && !/什么|啥/u.test(name)) return { start: end - name.length, end };
  }
  return undefined;
}
