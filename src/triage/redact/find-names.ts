import type { PersonalSpan } from "./redact-types.ts";
import { SURNAME, startsAnotherWord } from "./surnames.ts";

/** A title that is a word of its own, and stays. */
const TITLE =
  "(?:(?:副|常务副|执行)?(?:总经理|董事长|总裁|厂长|主任|科长|处长|局长|部长|区长|镇长|书记|秘书长|院长|所长|行长|园长|校长|队长|组长|会长|理事长|主席|主管|总监|总工)|总工程师|工程师|首席执行官|合伙人|创始人|董秘|秘书|助理|专员|客服|会计师?|出纳|法务|律师|教授|博士|硕士|院士|研究员|老师|师傅|医生|大夫|护士|女士|先生|小姐|同志|老板|阿姨|大哥|大姐|经理(?!解|财|论|事|应|赔|顺|念|性))";
/** Given names do not hold these: 高级经理, 任一老师, 项目经理, 华东总经理. */
const NOT_GIVEN =
  "级等位个名目务间的了是在和与及或各每全部总副两几某这那你我他她们本该贵为请找问有无新老区市县镇园企业司产品品质量安财技市客户政校银行科技项术销售采购人事行研发生场门层任导";
const GIVEN = `[^\\P{Script=Han}${NOT_GIVEN}]`;
const TITLED = new RegExp(`(${SURNAME})(${GIVEN}{0,2})(${TITLE})`, "gu");

/** 李总, 张工: one character that begins many other words, so only where a name can stand and none of them follows. */
const SHORT_TITLES: readonly { title: string; put: string; notBefore: string }[] = [
  {
    title: "总",
    put: "负责人",
    notBefore:
      "部体量额是共数计的之局值会理装工监裁经结算分产需能面价部署则称书队览而归站投资收人干务旧编辑长支公线领台成盘督重动",
  },
  { title: "董", put: "负责人", notBefore: "事家" },
  {
    title: "工",
    put: "工程师",
    notBefore:
      "作业厂程艺资具人商地会信序种期龄伤时单况匠件装学科行银委党代坊友段头钱棚休读农笔体整部团质本夫匠交研贸程序位",
  },
  { title: "哥", put: "联系人", notBefore: "伦本斯" },
  { title: "姐", put: "联系人", notBefore: "妹夫" },
  { title: "叔", put: "联系人", notBefore: "侄" },
  { title: "局", put: "局长", notBefore: "部面限势域长里" },
  { title: "处", put: "处长", notBefore: "理于在置罚分长方境女" },
  { title: "科", put: "科长", notBefore: "技学研创长委目普" },
  { title: "主任", put: "主任", notBefore: "" },
];
const NAME_MAY_START =
  "(?<=^|[\\s，。、；：:,;.!?！？（(【\\[“\"'@·/\\-〕]|联系|还有|老板|老总|[员理找问叫和跟与给让由被的您你好们司里位请谢诉托询是])";

/** 小王, 老张; not 小时, 小于, 老龙. */
const NICKNAME = new RegExp(
  `${NAME_MAY_START}[小老阿](?![时于车金白石包项成应段方文管齐向左万])${SURNAME}(?=$|[\\s，。、；：,;.!?！？）)〔]|说|吧|都|也|那边|这边|的电话|的手机|联系|介绍)`,
  "gu",
);

const LABEL =
  "(?:联\\s?系\\s?人|姓\\s?名|经办人|申请人|申报人|法定代表人|法人代表|法人|负责人|收件人|收货人|委托人|投诉人|举报人|当事人|受益人|户名|对接人|本人|我叫|名叫|叫做|署名|签名|落款|发件人|患者|死者|伤者|员工|职工|我是|创始人|创办人|合伙人|股东|发明人|实控人|实际控制人|叫|\\p{Script=Han}{1,3}人\\s?(?=[:是]))";
const NAME_ENDS =
  '(?=$|[\\s，。、；：,;.!?！？（()）〔\\d\\]】“”"]|电话|手机|微信|联系|身份证|想|来自|咨询|打电话|于|说|反映)';
/** These take any name; the rest only one that ends where a name can end. */
const LABELLED = new RegExp(`${LABEL}\\s?[:是为叫]?\\s{0,2}(${SURNAME}${GIVEN}{1,2})${NAME_ENDS}`, "gu");
const LABELLED_SURELY = new RegExp(
  `(?:联\\s?系\\s?人|姓\\s?名|我叫|经办人|收件人)\\s?[:是为叫]?\\s{0,2}(${SURNAME}${GIVEN}{2})`,
  "gu",
);
/** 法务陆雨桐, 经理 张小明: after a post, three characters, where a name can end. Surnames that begin other words are left out. */
const AFTER_POST = new RegExp(
  `(?:法务|行政|财务|人事|销售|研发|采购|市场|出纳|会计|前台|文员|秘书|助理|经理|主管|主任|总监|总裁|厂长|董事长|负责人|专员|工程师|教授|博士|老师|同事|朋友|客户|hr)\\s?(?![高于何金方程成应许管余文江时车石白任项万向左齐严龙马施费包康温史段])(${SURNAME}${GIVEN}{2})(?=$|[\\s，。、；,;.)）〔\\d]|电话|手机|微信)`,
  "gu",
);
const SURNAME_SAID = new RegExp(`(?<!百)姓\\s?(${SURNAME})(?=$|[\\s，。、；,;.!?！？的是想来做])`, "gu");
const STARTS_OTHERWISE =
  /^(?:卓越|管委|管理|任职|任期|任命|任务|安全|安排|安装|安置|安防|安徽|安心|高[一二三]|周[一二三四五六日末]|万一|张江|王府|李子|江苏|江西|江浙|石化|金融|金山|金属|高新|高校|高端|高级|方案|成立|成果|文件|文化|康养|白名|时间|管理|应用|应急|应税|应届|应当|应该|车间|许可|任何|何时|何地|于是|包括|包装|费用|施工|项目|向您|向贵|石油|华东|易制|万人|严格|齐全|武汉|温州|龙头|马上|温度|纪检|欧盟|欧洲|欧美|童装|田地|林业|雷达|卫生|钱款|程序|段时|季度|左右|贺信|高管|高层|马来|马路|贵州|洪水|汤臣|辛苦|康复|广州|甘肃|吉林|黎明|黄浦|黄金|孔子|唐山|郑州|徐汇|徐州|苏州|常州|杨浦|青浦|邢台|邵阳|秦皇|梁上|叶片|金额|周边|周围|周期|周末|鲁迅|史上|洪涝|贺年)/u;

const ENGLISH: readonly RegExp[] = [
  /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ?((?:[A-Z][a-z'’-]+)(?: [A-Z][a-z'’-]+){0,2})/gu,
  /(?:我叫|联系人|姓名|名字)[:：是叫]?\s?([A-Z][a-z]+(?:[ ·][A-Z][a-z]+){0,2})/gu,
  /\b(?:[Mm]y name is|[Nn]ame:|[Cc]ontact(?: person)?:|[Aa]ttn:?|[Rr]egards,|[Ss]incerely,|[Tt]his is) ?((?:[A-Z][a-z'’-]+)(?: [A-Z][a-z'’-]+){1,2})/gu,
];

/** Names with titles, after labels, in English forms. `text` is as written, `folded` as long as it. */
export function findNames(text: string, folded: string): PersonalSpan[] {
  return [...findTitled(folded), ...findShort(folded), ...findLabelled(folded), ...findEnglish(text)];
}

function findTitled(folded: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const match of folded.matchAll(TITLED)) {
    const [, surname = "", given = ""] = match;
    if (given === "" && startsAnotherWord(surname, folded.charAt(match.index - 1))) continue;
    if (given !== "" && startsAnotherWord(surname, folded.charAt(match.index - 1))) continue;
    if (given !== "" && STARTS_OTHERWISE.test(surname + given)) continue;
    found.push({
      kind: "name",
      start: match.index,
      end: match.index + surname.length + given.length,
      put: "",
    });
  }
  return found;
}

function findShort(folded: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const { title, put, notBefore } of SHORT_TITLES) {
    const guard = notBefore === "" ? "" : `(?![${notBefore}])`;
    const pattern = new RegExp(`${NAME_MAY_START}(${SURNAME})(?:${GIVEN}{1,2})?${title}${guard}`, "gu");
    for (const match of folded.matchAll(pattern)) {
      const [whole, surname = ""] = match;
      if (/^(?:施|童|陶|金|车|石|包|管|时|高)工$/u.test(whole)) continue;
      if (STARTS_OTHERWISE.test(whole) || startsAnotherWord(surname, folded.charAt(match.index - 1)))
        continue;
      found.push({ kind: "name", start: match.index, end: match.index + whole.length, put });
    }
  }
  for (const match of folded.matchAll(NICKNAME)) {
    found.push({ kind: "name", start: match.index, end: match.index + match[0].length, put: "联系人" });
  }
  const alwaysSays = new RegExp(
    `(?<=^|[\\s，。、；])(${SURNAME})总(?=是(?:我们|公司|负责|法人|联系|本|该|你们|这))`,
    "gu",
  );
  for (const match of folded.matchAll(alwaysSays)) {
    found.push({ kind: "name", start: match.index, end: match.index + match[0].length, put: "负责人" });
  }
  return found;
}

function findLabelled(folded: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const pattern of [LABELLED, LABELLED_SURELY, AFTER_POST]) {
    for (const match of folded.matchAll(pattern)) {
      const name = match[1] ?? "";
      if (STARTS_OTHERWISE.test(name)) continue;
      const start = match.index + match[0].lastIndexOf(name);
      found.push({ kind: "name", start, end: start + name.length, put: "某某" });
    }
  }
  for (const match of folded.matchAll(SURNAME_SAID)) {
    const surname = match[1] ?? "";
    const start = match.index + match[0].lastIndexOf(surname);
    found.push({ kind: "name", start, end: start + surname.length, put: "某" });
  }
  return found;
}

function findEnglish(text: string): PersonalSpan[] {
  return ENGLISH.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const name = match[1] ?? "";
      const start = match.index + match[0].lastIndexOf(name);
      return { kind: "name", start, end: start + name.length, put: "〔姓名〕" } as const;
    }),
  );
}
