import type { Clause } from "../../knowledge/index.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";

const MOST_USUAL_GAPS = 5;
/** Wishes for support: only beside those it is worth naming what a measure usually does not state. */
const WISH =
  /(支持|扶持|补贴|补助|奖励|资助|基金|政策|优惠|对接|申请|申报|想|打算|准备|需要|有啥|有什么|有没有|能不能|能否|可以|渠道|说法|好处|待遇|怎么(弄|办|进|加入)|帮|support|fund|subsid|apply|help|program)/;
const MEASURE = /(支持|鼓励|基金|补贴|奖励|资助|扶持|服务站|服务平台|孵化|申报|推荐|引进|保障|对接|补助)/;

/** A time that belongs to applying, not to a goal of the plan. */
const APPLYING = /(申报|申请|受理|报名|申领)/;

/**
 * The attributes that people usually need and that a document does not state anywhere: neither in what is cited nor in
 * another of its clauses. Saying so of something that stands two articles further on would be false.
 */
export function findUsualGaps(
  question: UnderstoodQuestion,
  evidence: readonly Evidence[],
  attributes: readonly Attribute[],
  clauses: readonly Clause[],
): Attribute[] {
  if (question.form === "comparison" || question.form === "definition") return [];
  const isMeasure = WISH.test(question.normalized) && evidence.some(({ quote }) => MEASURE.test(quote.text));
  if (!isMeasure) return [];
  const isStated = ({ id, stated }: Attribute) =>
    evidence.some(({ hit }) => stated.test(hit.clause.text)) ||
    clauses.some(({ text }) => stated.test(text) && (id !== "window" || APPLYING.test(text)));
  return attributes.filter((attribute) => attribute.usual && !isStated(attribute)).slice(0, MOST_USUAL_GAPS);
}
