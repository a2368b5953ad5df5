import { startRequest } from "./start-request.ts";
import type { TicketTurn } from "./ticket-turn.ts";

/** Words without which nothing is looked at as danger. */
const MAY_BE_DANGER =
  /泄[漏露]|漏[气油液电水]|着火|起火|失火|火灾|火警|火情|冒烟|浓烟|爆炸|燃爆|爆燃|中毒|昏迷|晕倒|受伤|伤人|砸伤|烫伤|烧伤|触电|溺水|坍塌|倒塌|塌方|坠落|被困|被埋|窒息|刺鼻|异味|恶臭|毒气|煤气|燃气|氨气|氯气|危化|打架|持刀|斗殴|救命|流血|死亡|\b(?:fire|smoke|explo\w*|leak\w*|spill\w*|gas|injur\w*|hurt|bleeding|unconscious|collapsed?|trapped|poison\w*|electrocut\w*|emergency)\b/iu;

/** Safety as a subject of policy, not as something that happens. */
const ABOUT_SAFETY =
  /预案|制度|标准|规定|政策|补贴|资助|支持|奖励|扶持|培训|演练|演习|检测|备案|许可|资质|验收|设备采购|招商|产业|保险|怎么申请|如何申请|办法|检查要求|要求是什么|\b(?:policy|subsid\w*|standards?|permit|licen[cs]e|training|insurance)\b/iu;

export function mayBeDanger(text: string): boolean {
  return MAY_BE_DANGER.test(text) && !ABOUT_SAFETY.test(text);
}

/** What is said first when people or the environment are in danger; null: nothing of the kind. */
export async function findDanger({ options, context, text, message }: TicketTurn): Promise<string | null> {
  if (message.action || !mayBeDanger(text)) return null;
  const { safetyNotice } = await options.desk.propose(text, { account: context.actor.account });
  return safetyNotice;
}

export function startInDanger(turn: TicketTurn) {
  return startRequest(turn, { text: turn.text, context: [] });
}
