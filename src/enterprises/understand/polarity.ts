import type { Span } from "./span.ts";
import type { Clause } from "./split-clauses.ts";

/** How a clause stands to something that it names. */
export type Polarity = "has" | "lacks" | "wanted" | "asked" | "lapsed";

const LACKS_BEFORE =
  /(?:没有?(?!问题)|尚无|尚未|还未|未(?!来)|无(?![锡人线纺机菌尘])|不(?!锈|断|仅|只|光|同|久|少|错|到|止|但|管|论|过)|非(?![常标织])|都没|别)[^有是想要]{0,7}$|(?:不|并非|不再)是$/u;
const LACKS_AFTER =
  /^[^，]{0,8}?(?:(?:还|都|也|暂时|目前|一个|什么的?)*(?:没有?(?![问困])|尚未|未(?!来)|不是|没评|没拿|没过|没批|没办|没下来)|还早|零$|为?0$)/u;
const LAPSED =
  /^[^，]{0,6}(?:到期|过期|失效|取消了?|掉了|没续上|被撤)|(?:以前|曾经?|之前|原来)(?:是|评过|拿过|有过)[^，]{0,6}$/u;
const WANTED =
  /(?:想|要(?!求)|准备|打算|计划|拟|在?申报|在?申请|在?评(?!上|了|过|下)|冲刺?|争取|正在|怎么|如何|能不能|能否|可否|可以|希望|需要|考虑|办理?(?!了|好|下)|做(?:一?个)|认定(?!了|为)|拿(?!了|到|过)|够不够|辅导|培育)[^有是]{0,8}$/u;
const ASKED_AFTER =
  /^[^，]{0,6}(?:怎么|如何|要什么|有什么|有啥|有哪些|能不能|能否|可以|条件|要求|申报|申请|认定|好处|补贴|政策|奖励|是什么|是啥|吗|呢|难不难|流程|材料|标准|门槛)/u;
const DONE =
  /(?:已经?|刚|去年|今年|前年|年|早就|都)(?:评上|拿到|评了|拿了|获评|获得|获批|认定|通过|入选|是|有|过了|办好|办了|申请了|授权|批)|评上|拿到|拿了|获评|获得|获批|入选|通过了?|入库|有效期|证书|授权|认定了|认定为|取得|持有|拥有|具备|评为|被评/u;

export function readPolarity(clause: Clause, mention: Span): Polarity {
  const before = clause.text.slice(0, mention.start - clause.start);
  const after = clause.text.slice(mention.end - clause.start);
  if (LAPSED.test(after) || LAPSED.test(before)) return "lapsed";
  if (LACKS_BEFORE.test(before) || LACKS_AFTER.test(after)) return "lacks";
  if (/^(?:快|即将)?(?:要)?(?:下来了|批了|到手)/u.test(after)) return "has";
  if (
    /(?:在|正在)(?:申报|申请|评|走|办)[^，]{0,4}$/u.test(before) ||
    /^(?:正)?在(?:申|评|走|办)/u.test(after)
  )
    return "wanted";
  if (/^[^，]{0,4}(?:受理|审查|申请)(?:中|了)/u.test(after)) return "wanted";
  if (DONE.test(after.slice(0, 12)) || DONE.test(before.slice(-10))) return "has";
  if (WANTED.test(before)) return "wanted";
  if (ASKED_AFTER.test(after) && !/^(?:企业|的)?[^，]{0,2}我们/u.test(after)) return "asked";
  if (clause.asks && /吗|什么|啥|怎么|哪/u.test(clause.text) && !/我们(?:是|有|已)/u.test(clause.text))
    return "asked";
  return "has";
}
