import { foldWidth } from "./ticket-words.ts";

/** What an asker says of a ticket of theirs without naming it. Whole messages only: anything longer may be a question. */
export type OwnTalk =
  | { say: "urge" }
  | { say: "unheard" }
  | { say: "withdraw" }
  | { say: "reopen" }
  | { say: "unsolved" }
  | { say: "rate"; score: number }
  | { say: "add"; text: string }
  | { say: "change"; text: string }
  /** To a card that is there no more. */
  | { say: "drop" }
  /** To a card that still waits: taken by people for the submission, which it is not. */
  | { say: "fine" }
  | { say: "submit" };

const MY = "(?:我的?|我们的?|我司的?|这个|那个|这张|那张|刚才的?|上次的?|之前的?)?";
const TICKET = "(?:工单|诉求|单子|申请的?事|事情|事)";
const PLEASE = "(?:请|麻烦|帮我|帮忙|能不能|能否|可以)?";

const TALK: readonly [RegExp, (groups: Readonly<Record<string, string | undefined>>) => OwnTalk][] = [
  [
    new RegExp(
      `^${PLEASE}(?:再|赶紧|快)?(?:催催|催办|催促|催单|催|加急)(?:一下|下)?(?:${MY}${TICKET})?$`,
      "u",
    ),
    () => ({ say: "urge" }),
  ],
  [
    new RegExp(
      `^(?:${MY}${TICKET}|他那个工单)?(?:有)?(?:什么)?(?:进展|进度|结果|消息|回音|回复|答复)(?:了|没|没有|吗|怎么样|如何)+$`,
      "u",
    ),
    () => ({ say: "urge" }),
  ],
  [
    new RegExp(
      `^(?:${MY}|他那个)${TICKET}(?:现在|目前)?(?:办|处理|弄|进行|跟进)?(?:得|的|到)?(?:怎么样|如何|哪一?步|哪里|哪儿?)(?:了|啦)?$`,
      "u",
    ),
    () => ({ say: "urge" }),
  ],
  [
    /^(?:什么时候|何时|多久|几时)(?:能|可以|才能|会)?(?:回复|答复|联系|处理|解决)(?:我|我们)?$/u,
    () => ({ say: "urge" }),
  ],
  [
    /^(?:any (?:news|update|updates|progress)|how is my ticket(?: going)?|hurry up)$/u,
    () => ({ say: "urge" }),
  ],
  [
    /^(?:怎么|为什么|为啥|咋)?(?:到现在|这么久|半天|一直|都|还|还是|仍然)*(?:没人|没有人|没|无人)(?:理|管|理会|搭理|回|回复|答复|联系|处理|受理|接单?)(?:我|我们|一下)?$/u,
    () => ({ say: "unheard" }),
  ],
  [
    /^(?:nobody|no one|no-one)(?: has)? (?:answers?|answered|replied|called)(?: me| us| yet)*$/u,
    () => ({ say: "unheard" }),
  ],
  [
    new RegExp(`^${PLEASE}(?:撤回|撤销|撤掉|撤单)(?:一下|掉)?(?:${MY}${TICKET})?$`, "u"),
    () => ({ say: "withdraw" }),
  ],
  [new RegExp(`^${PLEASE}(?:取消|关闭|关掉)${MY}(?:工单|诉求|单子)$`, "u"), () => ({ say: "withdraw" })],
  [
    /^(?:please )?(?:withdraw|cancel|close)(?: it| this| my (?:ticket|request)| the (?:ticket|request))$/u,
    () => ({ say: "withdraw" }),
  ],
  [
    new RegExp(`^${PLEASE}(?:重新打开|重开|重新办理|继续办理)(?:一下)?(?:${MY}工单)?$`, "u"),
    () => ({ say: "reopen" }),
  ],
  [/^(?:please )?reopen(?: it| my ticket| the ticket)?$/u, () => ({ say: "reopen" })],
  [
    /^(?:问题|事情|根本|还是|还|并|都|我)*(?:没有?|未)(?:得到)?(?:解决|办好|办成|搞定|回答我的问题)(?:问题|我的问题)?$/u,
    () => ({ say: "unsolved" }),
  ],
  [
    /^(?:我|我们)?(?:很|非常|十分|极其|对此|对(?:答复|结果|这个答复|办理结果))*(?:不满意|不太满意|不认可)$/u,
    () => ({ say: "unsolved" }),
  ],
  [/^(?:it is |it's |still )*not (?:solved|resolved)(?: yet)?$/u, () => ({ say: "unsolved" })],
  [
    /^(?:我)?(?:给|打|评)?(?:个)?\s*(?<score>[1-5])\s*分$/u,
    ({ score = "" }) => ({ say: "rate", score: Number(score) }),
  ],
  [
    /^(?:再|还要|另外)?补充(?:一下|一点|一句|说明)?\s*[:：，,]\s*(?<rest>[\s\S]{2,})$/u,
    ({ rest = "" }) => ({ say: "add", text: rest.trim() }),
  ],
  [
    /^(?:内容)?(?:改成|改为|修改为)\s*[:：]\s*(?<rest>[\s\S]{2,})$/u,
    ({ rest = "" }) => ({ say: "change", text: rest.trim() }),
  ],
  [
    /^(?:好的?|行|可以|嗯+|没问题|对的?|是的?|确认|确定|同意|收到|ok|okay|yes)?[\s,，]*(?:谢谢|多谢|感谢|辛苦|thanks|thank you)?(?:您|你)?$/u,
    () => ({ say: "fine" }),
  ],
  [/^(?:取消|取消转交|不转了|不提交|算了|不用了|不要了|不需要了|cancel)$/u, () => ({ say: "drop" })],
  [/^(?:提交|确认提交|确认转交|确定提交|重新提交|submit)$/u, () => ({ say: "submit" })],
];

export function readOwnTalk(typed: string): OwnTalk | undefined {
  const plain = foldWidth(typed.trim()).toLowerCase();
  const short = plain.replace(/(?:[\s。.!！~～?？,，]|[啊呀吧呢嘛哦吗了]$)+$/gu, "").trim();
  for (const [pattern, make] of TALK) {
    const found = pattern.exec(short) ?? pattern.exec(plain);
    if (found) return make(found.groups ?? {});
  }
  return undefined;
}
