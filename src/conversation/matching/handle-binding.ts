import type { Enterprise } from "../../enterprises/index.ts";
import type { Reply } from "../types.ts";
import { toMatchReply } from "./match-reply.ts";
import { type MatchTurn, toChat } from "./match-turn.ts";
import { say } from "./matching-parts.ts";

/** Answered in the group: it names no company. */
export async function bindGroup(turn: MatchTurn, code: string): Promise<Reply> {
  const { options, context, at, message, language } = turn;
  const answer = (chinese: string, english: string) =>
    toMatchReply("match-binding", language, say(language, chinese, english));
  if (message.chatKind !== "group") {
    return answer("请在要绑定的群里发送“绑定本群”。", "Please send “bind this group” in that group.");
  }
  const enterprise = await findToBind(turn, code);
  if (!enterprise?.creditCode) {
    return answer(
      "绑定前需要先确认企业：请在私聊中把统一社会信用代码发给我，登记后再在本群发送“绑定本群”。",
      "Please send me the company's credit code in a direct message first, then bind the group.",
    );
  }
  await options.enterprises.bindChat(toChat(message), enterprise.enterpriseId, context.actor, at);
  return answer(
    "本群已绑定贵企业：今后在本群说明的情况记入同一份企业资料，结果仍只通过私聊发给提问人。发送“解除绑定”可随时解除。",
    "This group is bound to your company. Results still go by direct message only. Send “unbind” to undo it.",
  );
}

/** Their own; an administrator may name another by its code. */
async function findToBind({ options, context }: MatchTurn, code: string): Promise<Enterprise | undefined> {
  if (code === "") return options.enterprises.find(context.actor, null);
  const own = await options.enterprises.listMine(context.actor);
  const named = own.find(({ creditCode }) => creditCode === code.toUpperCase());
  if (named) return named;
  if (!context.actor.roles.has("admin")) return undefined;
  const [found] = await options.enterprises.list(context.actor, { search: code.toUpperCase(), limit: 1 });
  return found;
}

export async function unbindGroup(turn: MatchTurn): Promise<Reply> {
  const { options, context, at, message, language } = turn;
  const answer = (chinese: string, english: string) =>
    toMatchReply("match-binding", language, say(language, chinese, english));
  if (message.chatKind !== "group") {
    return answer("请在要解除绑定的群里发送“解除绑定”。", "Please send “unbind” in that group.");
  }
  if (!(await options.enterprises.boundTo(toChat(message))))
    return answer("本群没有绑定企业。", "This group is not bound.");
  await options.enterprises.unbindChat(toChat(message), context.actor, at);
  return answer(
    "已解除本群与企业的绑定，企业资料不受影响。",
    "The group is no longer bound; the company's data stay.",
  );
}
