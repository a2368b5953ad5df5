/** The kind of thing that a question asks for, as far as its wording shows, and how a text shows that it holds one. */
export interface AnswerKind {
  name: "money" | "share" | "span" | "count" | "extent" | "number" | "date" | "phone" | "place" | "body";
  asked: RegExp;
  /** In normalised text, where numerals are digits. */
  held: RegExp;
}

/** The first that fits is taken: from the particular to the general. */
const KINDS: readonly AnswerKind[] = [
  {
    name: "phone",
    asked: /电话|联系方式|热线|联系人/u,
    held: /\d{3,4}-?\d{7,8}|1\d{10}|1[23]\d{3}(?!\d)/u,
  },
  {
    name: "share",
    asked: /比例|占比|百分之几|占.{0,8}(?:多少|几成)/u,
    held: /\d%|百分之|\d成/u,
  },
  {
    name: "money",
    asked:
      /多少钱|几块钱|金额|额度|(?:补|奖|给|拿|贴|资助|补贴|奖励|投资?)(?:多少|几万|几个亿)|(?:最多|最高|上限).{0,6}多少|规模(?:多大|多少)/u,
    held: /\d\.?\d*[万亿千百]?元|\d%/u,
  },
  {
    name: "span",
    asked: /几[年月天]|几个(?:月|工作日|小时)|多久|多长时间|有效期|期限|年限/u,
    held: /\d个?(?:年|月|日|天|工作日|小时|岁)/u,
  },
  {
    name: "date",
    asked: /何时|什么时[候间]|哪一?[天年月日]|几[月号]|日期|截止/u,
    held: /\d{4}年|\d月|\d日|\d个工作日/u,
  },
  {
    name: "extent",
    asked: /多大|面积|多[高远宽]/u,
    held: /\d\.?\d*[万亿]?(?:平方米|平方公里|亩|公顷|元|米|级)/u,
  },
  {
    name: "count",
    asked: /(?:多少|几)[个家人名项条种位所座]/u,
    held: /\d余?[万亿]?[个家人名项条种位所座]|[千万亿]级/u,
  },
  { name: "number", asked: /多少|几[万亿成倍]/u, held: /\d/u },
  {
    name: "place",
    asked: /哪里|哪儿|在哪|地址|地点|到哪|去哪/u,
    held: /[区市县镇街路园港谷]|基地|中心|窗口/u,
  },
  {
    name: "body",
    asked: /谁|哪[个些家]?(?:部门|单位|机构|委办局)|什么(?:部门|单位|机构)|归[谁哪]/u,
    held: /(?<![布格结])局(?![面部])|委(?![托派任培])|[部厅](?:门|长|[、，,])|办公室|中心|公司|政府|领导小组/u,
  },
];

export function expectAnswerKind(question: string): AnswerKind | undefined {
  return KINDS.find((kind) => kind.asked.test(question));
}

/** 1 when a text holds what is expected, else 0; 0 also when nothing is. */
export function holdsAnswerKind(kind: AnswerKind | undefined, text: string): number {
  return kind?.held.test(text) ? 1 : 0;
}
