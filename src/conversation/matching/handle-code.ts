import {
  type CreditCodeCheck,
  checkCreditCode,
  type Enterprise,
  type ReadFact,
} from "../../enterprises/index.ts";
import { toAppError } from "../../shared/index.ts";
import type { Reply } from "../types.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { type MatchTurn, openKnown, toChat } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
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

/** The code among what was said goes to the enterprise itself; a doubtful or another one is asked about first. */
export async function takeCode(
  turn: MatchTurn,
  enterprise: Enterprise,
  facts: readonly ReadFact[],
): Promise<CodeOutcome> {
  const code = textOf(facts, "credit-code");
  const checked = code === undefined ? undefined : checkCreditCode(code);
  if (!checked || checked.outcome === "none" || checked.code === enterprise.creditCode) return { enterprise };
  return register(turn, enterprise, checked);
}

/** `mayGoOn`: the rest of what was said is theirs all the same. */
export type CodeOutcome = { enterprise: Enterprise } | { reply: Reply; mayGoOn: boolean };

type FoundCode = Exclude<CreditCodeCheck, { outcome: "none" }>;

/** Registers a sound code where none is; everything else becomes a question. */
async function register(turn: MatchTurn, enterprise: Enterprise, checked: FoundCode): Promise<CodeOutcome> {
  const { options, context, at, dialogue } = turn;
  const { enterpriseId, creditCode } = enterprise;
  if (checked.outcome === "doubtful") {
    await dialogue.save({ ...dialogue.state, pending: { kind: "code", code: checked.code } }, enterpriseId);
    return { reply: askAboutCode(turn, checked), mayGoOn: true };
  }
  if (creditCode !== null && creditCode !== checked.code)
    return { reply: askToReplace(turn, checked.code), mayGoOn: false };
  try {
    return {
      enterprise: await options.enterprises.rename(
        enterpriseId,
        { creditCode: checked.code },
        context.actor,
        at,
      ),
    };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code !== "conflict") throw thrown;
    return { reply: offerToJoin(turn, checked.code, error.safeMessage), mayGoOn: false };
  }
}

function askToReplace({ language }: MatchTurn, code: string): Reply {
  const line = say(
    language,
    `您的资料已登记另一个信用代码，${code} 未记入。如是笔误，请重发；如确需更换，请点“更换信用代码”。`,
    `Your data have another credit code; ${code} was not recorded. Send it again if it was a slip, or replace the code.`,
  );
  const button = toButton("replace-code", say(language, "更换信用代码", "Replace the code"), {
    values: { code },
    command: say(language, `更换信用代码 ${code}`, `change the code to ${code}`),
  });
  return toMatchReply("match-code", language, line, [{ type: "actions", actions: [button] }]);
}

/** Somebody has registered the code: it is public, so it lets nobody in; the members decide. */
function offerToJoin({ language }: MatchTurn, code: string, why: string): Reply {
  const button = toButton("join", say(language, "申请加入", "Ask to join"), {
    values: { code },
    command: say(language, `申请加入 ${code}`, `join ${code}`),
  });
  return toMatchReply("match-code", language, why, [{ type: "actions", actions: [button] }]);
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
    "如与营业执照一致，请回复“代码无误”，将按您的确认登记。",
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

/** A message that is a code. */
export async function setCode(turn: MatchTurn, checked: FoundCode): Promise<Reply> {
  const { language } = turn;
  const { enterprise } = await openKnown(turn);
  const outcome = await register(turn, enterprise, checked);
  return "reply" in outcome ? outcome.reply : writeCodeNoted(language, checked);
}

function writeCodeNoted(language: Language, checked: FoundCode): Reply {
  const place = checked.outcome === "sound" ? checked.registeredBy : null;
  const by = place ? say(language, `（登记机关：${place}，不代表经营地）`, ` (registered by ${place})`) : "";
  const line = say(
    language,
    `已登记统一社会信用代码：${checked.code}${by}。`,
    `Credit code noted: ${checked.code}${by}.`,
  );
  const hint = say(
    language,
    "需要让企业群共用这份资料时，请在群里发送“绑定本群”。",
    "To share it with a company group, send “bind this group” there.",
  );
  return toMatchReply("match-code", language, line, [{ type: "paragraph", text: hint }]);
}

/** “更换信用代码”: the service decides whether that is theirs to do. */
export async function replaceCode(turn: MatchTurn, code: string): Promise<Reply> {
  const { options, context, at, language } = turn;
  const checked = checkCreditCode(code);
  const { enterprise } = await openKnown(turn);
  if (checked.outcome === "none") {
    return toMatchReply(
      "match-code",
      language,
      say(language, "没有读到 18 位信用代码。", "No code was read."),
    );
  }
  if (checked.outcome === "doubtful") return setCode(turn, checked);
  await options.enterprises.rename(enterprise.enterpriseId, { creditCode: checked.code }, context.actor, at);
  return writeCodeNoted(language, checked);
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
      `已按您的确认登记：${pending.code}。该代码的校验未通过，办理时请出示营业执照核对。`,
      `Noted as confirmed by you: ${pending.code}.`,
    ),
  );
}
