import { MONEY_FOLLOWS } from "./find-figures.ts";
import type { PersonalDataKind, PersonalSpan } from "./redact-types.ts";

interface NumberRule {
  kind: PersonalDataKind;
  put: string;
  pattern: RegExp;
  /** Money that happens to look like it stays. */
  unlessMoney?: true;
  /** The group that goes; default: the whole match. */
  group?: 1;
}

const SEP = "[ \\-.·\\u20e3\\ufe0f]{0,3}";
const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const PHONE_WORDS =
  "电话|手机|座机|传真|热线|联系方式|联系我|号码|致电|拨打|打给|短号|固话|tel|phone|mobile|call|fax|cell|whatsapp";

/** Of folded text with numerals as digits; earlier rules win. */
const RULES: readonly NumberRule[] = [
  {
    kind: "id-number",
    put: "〔证件号码〕",
    pattern:
      /(?<![a-z0-9])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[ -]?[\dx](?![a-z0-9])/gu,
  },
  {
    kind: "id-number",
    put: "〔证件号码〕",
    pattern: /(?<!\d)[1-9]\d{2,5}[*x]{4,14}[\dx]{2,4}(?![\d*])(?<!1\d\d[*x]{4}\d{4})/gu,
  },
  {
    kind: "id-number",
    put: "〔证件号码〕",
    pattern:
      /(?:身份证|护照|通行证|台胞证|居住证|军官证|证件)(?:号码|号)?[:\s是为]{0,3}([a-z]{0,2}\d[\d *x-]{5,20}[\dx])/gu,
    group: 1,
  },
  {
    kind: "credit-code",
    put: "〔信用代码〕",
    pattern:
      /(?<![a-z0-9])[1-9a-z][1-9][ -]?(?:\d[ -]?){6}(?=(?:[a-z0-9][ -]?)*[a-z])(?:[0-9a-z][ -]?){9}[0-9a-z](?![a-z0-9])/gu,
  },
  { kind: "credit-code", put: "〔信用代码〕", pattern: /(?<![a-z0-9])9[1-3]\d{16}(?![a-z0-9])/gu },
  {
    kind: "credit-code",
    put: "〔信用代码〕",
    pattern:
      /(?:信用代码|税号|纳税人识别号|组织机构代码|机构代码证?)(?:号码|号)?[:\s是为]{0,3}((?=[a-z-]*\d)[a-z0-9](?:[ -]?[a-z0-9]){7,19})(?![a-z0-9])/gu,
    group: 1,
  },
  { kind: "phone", put: "〔电话〕", pattern: /(?<!\d)\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d){5,11}(?!\d)/gu },
  {
    kind: "phone",
    put: "〔电话〕",
    pattern: new RegExp(
      `(?<![\\d])(?!\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\d))(?:(?:\\+|00)?86${SEP})?\\(?1${SEP}[3-9]${SEP}\\d\\)?(?:${SEP}\\d){8}(?!\\d)[\\ufe0f\\u20e3]*`,
      "gu",
    ),
    unlessMoney: true,
  },
  { kind: "phone", put: "〔电话〕", pattern: /(?<!\d)1[3-9]\d[,，、]\d{4}[,，、]\d{4}(?!\d)/gu },
  { kind: "phone", put: "〔电话〕", pattern: /(?<!\d)1[3-9]\d ?[*x]{4} ?\d{4}(?!\d)/gu },
  {
    kind: "phone",
    put: "〔电话〕",
    pattern:
      /(?<![\d.])(?:\+86[ -]?)?\(?0\d{2,3}\)?[- ]{0,3}[2-9]\d{2,3}[- ]?\d{4}(?:\s?(?:转|-|ext\.?|#|分机)\s?\d{1,6})?(?!\d)/gu,
    unlessMoney: true,
  },
  { kind: "phone", put: "〔电话〕", pattern: /(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)/gu, unlessMoney: true },
  { kind: "phone", put: "〔电话〕", pattern: /(?<!\d)[48]00[- ]?\d{4}[- ]?\d{3}(?!\d)/gu, unlessMoney: true },
  {
    kind: "phone",
    put: "〔电话〕",
    pattern: new RegExp(`(?:${PHONE_WORDS})[^\\d\\n〔，。；]{0,4}(\\d(?:[ -]?\\d){6,14})(?!\\d)`, "gu"),
    group: 1,
    unlessMoney: true,
  },
  {
    kind: "bank-card",
    put: "〔账号〕",
    pattern: /(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d.])/gu,
    unlessMoney: true,
  },
  {
    kind: "bank-card",
    put: "〔账号〕",
    pattern: /(?:账号|帐号|卡号|账户|帐户|户头|对公户)[^\d\n〔，。；]{0,4}(\d(?:[ -]?\d){6,24})(?!\d)/gu,
    group: 1,
  },
  {
    kind: "plate",
    put: "〔车牌〕",
    pattern: new RegExp(
      `[${PROVINCES}][a-hj-np-z][ ·•.-]?(?=[a-z]{0,2}\\d)[a-hj-np-z0-9]{5,6}(?:[挂学警港澳])?(?![a-z0-9]|号)`,
      "gu",
    ),
  },
  { kind: "number", put: "〔工单号〕", pattern: /(?<![\d-])20\d{6}-\d{4}(?![\d-])/gu },
  {
    kind: "secret",
    put: "〔密码〕",
    pattern:
      /(?:密码|提取码|验证码|校验码|动态码|口令|授权码|password|passwd|pwd|passcode|captcha|token|api ?key|secret)(?:\s?(?:is|[:=是为])\s?|\s)([a-z0-9!@#$%^&*_+.-]{4,})/gu,
    group: 1,
  },
  { kind: "chat-id", put: "〔社交账号〕", pattern: /(?<![a-z0-9])(?:ou|oc|on|om|cli)_[a-z0-9]{8,}/gu },
];

const DIGITS =
  /(?<![a-z0-9])[a-z]{0,6}\d(?:[ \-–—]?\d){6,}[a-z0-9]*(?:\.[\dx](?!\d))?|\d(?:[ \-–—]?\d){6,}/gu;

/** Phones, identity, codes, accounts, plates. `folded` is half-width, simplified, with numerals as digits. */
export function findNumbers(folded: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const { kind, put, pattern, unlessMoney, group } of RULES) {
    for (const match of folded.matchAll(pattern)) {
      const what = group ? (match[group] ?? "") : match[0];
      const start = match.index + (group ? match[0].lastIndexOf(what) : 0);
      const end = start + what.length;
      if (what === "" || (unlessMoney && MONEY_FOLLOWS.test(folded.slice(end)))) continue;
      found.push({ kind, start, end, put });
    }
  }
  return found;
}

/** Whatever long number is left: a card, a certificate, a local telephone. `rest` has blanks where something is known. */
export function findLongNumbers(rest: string): PersonalSpan[] {
  return [...rest.matchAll(DIGITS)].map((match) => ({
    kind: "number",
    start: match.index,
    end: match.index + match[0].length,
    put: "〔编号〕",
  }));
}
