import type { Clause } from "../../knowledge/index.ts";

export type AspectId = "conditions" | "objects" | "time" | "department" | "amount" | "means" | "applying";

/** A stretch of a clause that says one thing which people go on to ask. */
export interface Aspect {
  id: AspectId;
  /** UTF-16 offsets in the document's text. */
  start: number;
  end: number;
}

const BODY = "[\\u4e00-\\u9fa5]{1,14}(?:局|委|办|厅|中心|部门|委员会|管委会|办公室)";

/** Narrow on purpose: a suggestion must lead to a clear statement. The first of a clause counts. */
const ASPECTS: readonly { id: AspectId; says: RegExp; asked: RegExp }[] = [
  {
    id: "conditions",
    says: /(?:具备|符合|满足)(?:以下|下列|如下)(?:[\u4e00-\u9fa5]{0,4})?(?:条件|要求|标准)|(?:应当|须|必须|需)(?:同时)?(?:具备|符合|满足)|(?:申报|申请|认定|入驻|准入)条件(?:为|是|：|:)/u,
    asked: /条件|资格|门槛|要求|标准|符合/u,
  },
  {
    id: "amount",
    says: /(?:给予|补贴|补助|奖励|资助|最高|不超过)[^，。；]{0,20}?\d[\d.,]*\s*(?:万|亿)?元|按[^，。；]{0,16}\d[\d.]*\s*[%％]/u,
    asked: /多少|金额|标准|额度|比例|几/u,
  },
  {
    id: "time",
    says: /(?:申报|申请|受理|报名)(?:时间|期限|日期)(?:为|是|：|:)|(?:常年|全年)(?:受理|申报)|(?:每年|于|自|截至|截止)[^，。；]{0,10}\d{1,2}\s*月[^，。；]{0,16}(?:申报|受理|报名|提交|申请)/u,
    asked: /时候|时间|日期|截止|期限|几月|何时|哪天/u,
  },
  {
    id: "department",
    says: new RegExp(
      `由${BODY}[^，。；]{0,6}(?:负责|牵头|受理|审核|组织|认定)|${BODY}(?:具体负责|负责(?:解释|组织|受理|审核|实施)|牵头|落实推进)|(?:责任|牵头|主管)(?:单位|部门)(?:为|是|：|:)`,
      "u",
    ),
    asked: /谁|部门|单位|哪个(?:局|委|办)|负责|牵头|主管|找/u,
  },
  {
    id: "objects",
    says: /(?:支持|适用|申报|奖励|补贴|资助|服务|扶持)(?:对象|范围)(?:为|是|包括|：|:)|适用于[^，。；]{4,}|面向[^，。；]{2,24}(?:企业|项目|团队|机构|人才|单位)/u,
    asked: /对象|范围|哪些(?:企业|人|单位|机构)|谁|什么样|面向/u,
  },
  {
    id: "applying",
    says: /(?:向|登录)[^，。；]{2,30}(?:提出申请|申请|申报|报送|提交|报名)/u,
    asked: /怎么|如何|流程|程序|手续|在哪|申请|申报/u,
  },
  {
    id: "means",
    says: /(?:以|采取|采用|通过)[^，。；]{2,24}(?:等)?(?:方式|形式)/u,
    asked: /方式|形式|怎么|如何/u,
  },
];

/** What these clauses state, without what is quoted already and without what was asked. */
export function findAspects(
  clauses: readonly Clause[],
  quoted: readonly { start: number; end: number }[],
  question: string,
): Aspect[] {
  return ASPECTS.filter(({ asked }) => !asked.test(question)).flatMap(({ id, says }) => {
    for (const clause of clauses) {
      const match = says.exec(clause.text);
      if (!match) continue;
      const start = clause.start + match.index;
      const end = start + match[0].length;
      if (quoted.some((quote) => start < quote.end && end > quote.start)) continue;
      return [{ id, start, end }];
    }
    return [];
  });
}
