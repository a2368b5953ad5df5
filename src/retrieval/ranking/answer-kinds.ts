/** The kind of thing that a question asks for, as far as its wording shows, and how a text shows that it holds one. */
export interface AnswerKind {
  name: "number" | "date" | "phone" | "place" | "body";
  asked: RegExp;
  held: RegExp;
}

const KINDS: readonly AnswerKind[] = [
  {
    name: "number",
    asked: /多少|几[个家名万年月天次项条种元]|多[大长久高远]|比例|占比|额度|标准是/u,
    held: /\d/u,
  },
  {
    name: "date",
    asked: /何时|什么时[候间]|哪一?[天年月日]|几[月号]|日期|截止|有效期/u,
    held: /\d{4}年|\d+月|\d+日|\d+个工作日/u,
  },
  {
    name: "phone",
    asked: /电话|联系方式|热线|联系人|咨询/u,
    held: /\d{3,4}-?\d{7,8}|1\d{10}|1[23]\d{3}(?!\d)/u,
  },
  {
    name: "place",
    asked: /哪里|哪儿|在哪|地址|地点|到哪|去哪/u,
    held: /[区市县镇街路园港谷]|基地|中心|窗口/u,
  },
  {
    name: "body",
    asked: /谁|哪[个些家]?(?:部门|单位|机构|委办局)|什么(?:部门|单位|机构)|归[谁哪]/u,
    held: /[局委办厅部]|中心|公司|政府|领导小组/u,
  },
];

export function expectAnswerKinds(question: string): readonly AnswerKind[] {
  return KINDS.filter((kind) => kind.asked.test(question));
}

/** 0–1: the share of the expected kinds that a text holds; 0 when none is expected. */
export function holdsAnswerKinds(kinds: readonly AnswerKind[], text: string): number {
  if (kinds.length === 0) return 0;
  return kinds.filter((kind) => kind.held.test(text)).length / kinds.length;
}
