import { startRequest } from "./start-request.ts";
import type { TicketTurn } from "./ticket-turn.ts";

/** Words without which nothing is looked at as danger. Wide: what it is, the classification says. */
const MAY_BE_DANGER =
  /[火烟漏呛爆炸伤血晕昏砍捅溺埋塌困摔坠烧糊臭]|刺鼻|煤气|燃气|氨|氯气|酸雾|味道|有味|触电|电击|中毒|呕吐|上吐|打架|打起来|动手|刀|掉[进下在]|卷进|夹住|压[住到伤]|跳楼|轻生|想不开|楼顶|天台|倒废|偷排|直排|死鱼|鱼都死|抽搐|休克|呼吸|骤停|侧翻|洪水|倒灌|高压线|带电|流[了得出]|洒了|冒[泡着白黑]|鼓包|黑水|救[命人护]|险情|报警|泄露|\b(?:fire|flames?|smok\w*|burning|explo\w*|leak\w*|spill\w*|fumes|smell\w*|gas|injur\w*|bleeding|unconscious|collaps\w*|trapped|poison\w*|electrocut\w*|breathing|stabb\w*|dizzy|fell|suicid\w*|emergency)\b/iu;

/** A question about money and rules is one, whatever it is about, unless something is happening now. */
const ABOUT_POLICY =
  /补贴|政策|扶持|资助|奖励|申报|认定|条件|\b(?:polic\w*|subsid\w*|grants?|incentives?|eligible)\b/iu;
const NOW = /正在|现在|刚才|刚刚|救命|快来|赶紧|怎么办|有人|\b(?:right now|just now|help|hurry|urgent)\b/iu;

export function mayBeDanger(text: string): boolean {
  return MAY_BE_DANGER.test(text) && !(ABOUT_POLICY.test(text) && !NOW.test(text));
}

/** What is said first when people or the environment are in danger; null: nothing of the kind. */
export async function findDanger({ options, context, text, message }: TicketTurn): Promise<string | null> {
  if (message.action || !mayBeDanger(text)) return null;
  if (options.safetyNoticeFor) return options.safetyNoticeFor(text);
  const { safetyNotice } = await options.desk.propose(text, { account: context.actor.account });
  return safetyNotice;
}

export function startInDanger(turn: TicketTurn) {
  return startRequest(turn, { text: turn.text, context: [] });
}
