import type { GroundingProblem } from "./grounding-types.ts";
import type { Support } from "./read-support.ts";

/** Promises, verdicts on single cases, and what a public body does not say. Allowed only where a clause says so. */
const FORBIDDEN =
  /保证|可能|有望|一定[能会可将]|肯定|必定|必然|必将|绝对|包过|包拿|稳拿|稳过|最高可[拿领得获享]|可[拿领]到|内部消息|内部渠道|[已予]批准|获批|审核通过|通过审核|无条件|百分之?百|100%能|通过率|成功率|概率|放心|确定能|承诺|零门槛|轻松|抓紧|机会难得|名额|唯一|最好|最优|最佳|第一名|领先于|优于|不如|直接拿|到账|现金|免费|全额|所有|任何|全部|全体|每一|一律|无需|不限|均可|即可|都可|都能|皆可/g;

export function checkPromises(statement: string, support: Support): GroundingProblem[] {
  return [...statement.matchAll(FORBIDDEN)].flatMap(({ 0: text }) =>
    support.text.includes(text) ? [] : [{ kind: "promise" as const, text, reason: "no clause says so" }],
  );
}
