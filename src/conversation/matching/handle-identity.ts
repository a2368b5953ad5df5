import type { CreditCodeCheck, Enterprise, ReadFact } from "../../enterprises/index.ts";
import type { Reply } from "../types.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { type MatchTurn, openKnown, toChat } from "./match-turn.ts";
import { say } from "./matching-parts.ts";
import { showResult } from "./show-result.ts";

/**
 * Another company's code in a bound group is refused before anything is written. The refusal names no company and may
 * stand in the group.
 */
export async function refuseForeignCode(turn: MatchTurn, code: string): Promise<Reply | undefined> {
  const { options, message, language } = turn;
  if (message.chatKind !== "group") return undefined;
  const bound = await options.enterprises.boundTo(toChat(message));
  if (!bound || bound.creditCode === code) return undefined;
  const line = say(
    language,
    "本群已绑定另一家企业，不能在这里登记其他企业的信用代码，本条未作记录。请私聊我办理；如需改绑，请先发送“解除绑定”。",
    "This group is bound to another company. No other code is taken here, and nothing was recorded. Please write to me directly, or unbind the group first.",
  );
  return toMatchReply("match-refused", language, line);
}

/** Name and code of what was said go to the enterprise itself; a doubtful code is asked about first. */
export async function takeIdentity(
  turn: MatchTurn,
  enterprise: Enterprise,
  facts: readonly ReadFact[],
): Promise<{ enterprise?: Enterprise; reply?: Reply }> {
  const { options, context, at, dialogue } = turn;
  const name = textOf(facts, "name");
  const code = textOf(facts, "credit-code");
  const checked = code === undefined ? undefined : options.checkCreditCode(code);
  if (checked?.outcome === "doubtful") {
    await dialogue.save(
      { ...dialogue.state, pending: { kind: "code", code: checked.code } },
      enterprise.enterpriseId,
    );
    return { reply: askAboutCode(turn, checked) };
  }
  const identity = {
    ...(name !== undefined && name !== enterprise.name && { name }),
    ...(checked?.outcome === "sound" &&
      checked.code !== enterprise.creditCode && { creditCode: checked.code }),
  };
  if (Object.keys(identity).length === 0) return {};
  const renamed = await options.enterprises.rename(enterprise.enterpriseId, identity, context.actor, at);
  return { enterprise: renamed };
}

function textOf(facts: readonly ReadFact[], field: string): string | undefined {
  const value = facts.findLast((fact) => fact.field === field)?.value;
  return value?.kind === "text" ? value.text : undefined;
}

function askAboutCode(
  { language }: MatchTurn,
  { code, why, suggestion }: Extract<CreditCodeCheck, { outcome: "doubtful" }>,
): Reply {
  const headline = say(
    language,
    `统一社会信用代码“${code}”需要核对：${why}`,
    `Please check the credit code “${code}”: ${why}`,
  );
  const hint = suggestion
    ? say(
        language,
        `是否为 ${suggestion}？如是，请直接发送它。`,
        `Did you mean ${suggestion}? If so, send it.`,
      )
    : say(language, "如有误，请重新发送 18 位代码。", "If it is wrong, send the 18 characters again.");
  const sure = say(
    language,
    "如与营业执照一致，请回复“代码无误”，将按此登记，由专员复核。",
    "If it matches the licence, reply “the code is right”.",
  );
  const button = toButton("confirm-code", say(language, "代码无误", "The code is right"), {
    command: say(language, "代码无误", "the code is right"),
  });
  return toMatchReply("match-code", language, headline, [
    { type: "paragraph", text: hint },
    { type: "paragraph", text: sure },
    { type: "actions", actions: [button] },
  ]);
}

export async function setName(turn: MatchTurn, name: string): Promise<Reply> {
  const { options, context, at, language } = turn;
  const { enterprise } = await openKnown(turn);
  await options.enterprises.rename(enterprise.enterpriseId, { name }, context.actor, at);
  const line = say(language, `已登记企业名称：${name}。`, `Company name noted: ${name}.`);
  return showResult(turn, await openKnown(turn), { opening: line });
}

export async function setCode(
  turn: MatchTurn,
  checked: Exclude<CreditCodeCheck, { outcome: "none" }>,
): Promise<Reply> {
  const { options, context, at, language, dialogue } = turn;
  const { enterprise } = await openKnown(turn);
  if (checked.outcome === "doubtful") {
    await dialogue.save(
      { ...dialogue.state, pending: { kind: "code", code: checked.code } },
      enterprise.enterpriseId,
    );
    return askAboutCode(turn, checked);
  }
  await options.enterprises.rename(enterprise.enterpriseId, { creditCode: checked.code }, context.actor, at);
  const by = checked.registeredBy
    ? say(
        language,
        `（登记机关：${checked.registeredBy}，不代表经营地）`,
        ` (registered by ${checked.registeredBy})`,
      )
    : "";
  const line = say(
    language,
    `已登记统一社会信用代码：${checked.code}${by}。`,
    `Credit code noted: ${checked.code}${by}.`,
  );
  return toMatchReply("match-code", language, line, [
    {
      type: "paragraph",
      text: say(
        language,
        "需要让企业群共用这份资料时，请在群里发送“绑定本群”。",
        "To share it with a company group, send “bind this group” there.",
      ),
    },
  ]);
}

/** “代码无误”: the code that was asked about counts as their word. */
export async function confirmCode(turn: MatchTurn): Promise<Reply> {
  const { options, context, at, language, dialogue } = turn;
  const { pending } = dialogue.state;
  if (pending?.kind !== "code") {
    const line = say(
      language,
      "没有等待核对的信用代码，请直接发送 18 位代码。",
      "No code is waiting. Please send the 18 characters.",
    );
    return toMatchReply("match-code", language, line);
  }
  const { enterprise } = await openKnown(turn);
  const { enterpriseId } = enterprise;
  await options.enterprises.rename(enterpriseId, { creditCode: pending.code }, context.actor, at);
  await dialogue.save({ ...dialogue.state, pending: null }, enterpriseId);
  return toMatchReply(
    "match-code",
    language,
    say(
      language,
      `已按您的确认登记：${pending.code}。该代码校验未通过，将由专员复核。`,
      `Noted as confirmed by you: ${pending.code}.`,
    ),
  );
}

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
