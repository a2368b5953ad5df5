import type { Reply } from "../types.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import type { MatchTurn } from "./match-turn.ts";
import { say } from "./matching-parts.ts";

/** “申请加入”: the members are told, without anything of the enterprise given away. */
export async function askToJoin(turn: MatchTurn, code: string): Promise<Reply> {
  const { options, context, at, language, reference } = turn;
  const { account } = context.actor;
  const request = await options.enterprises.requestToJoin(code, context.actor, at);
  const answer = (chinese: string, english: string) =>
    toMatchReply("match-code", language, say(language, chinese, english));
  if (request.outcome === "unknown-code") {
    return answer(
      "没有企业登记过这个代码，请直接发送代码登记。",
      "Nobody has registered this code; send it to register it.",
    );
  }
  if (request.outcome === "already-member") {
    return answer("您已是该企业的成员，无需申请。", "You are a member already.");
  }
  for (const member of request.notify) {
    await options.notify?.(
      member,
      `match-join:${reference}:${member}`,
      writeJoinRequest(account, request.enterpriseId),
    );
  }
  return answer(
    "已提交加入申请，须由该企业已登记的同事或管理员同意；在此之前看不到该企业的资料。",
    "Your request is with the company's registered people or an administrator; until then you see none of its data.",
  );
}

function writeJoinRequest(account: string, enterprise: string): Reply {
  const button = toButton("admit", "同意加入", {
    style: "primary",
    values: { account, enterprise },
    confirm: `同意账号 ${account} 加入？对方将能查看和修改贵企业的资料。`,
  });
  return toMatchReply(
    "match-join",
    "zh",
    `账号 ${account} 申请加入贵企业，请核实身份后再同意；30天内有效，不同意无需操作。`,
    [{ type: "actions", actions: [button] }],
  );
}

export async function admitMember(turn: MatchTurn, account: string, enterpriseId: string): Promise<Reply> {
  const { options, context, at, language, reference } = turn;
  await options.enterprises.admit(enterpriseId, account, context.actor, at);
  const told = toMatchReply("match-join", "zh", "您的加入申请已获同意，可以发送“我的资料”查看。");
  await options.notify?.(account, `match-admitted:${reference}`, told);
  return toMatchReply(
    "match-join",
    language,
    say(language, `已同意账号 ${account} 加入。`, `${account} is a member now.`),
  );
}
