import { requireRight } from "../../access/index.ts";
import type { GapView } from "../../triage/index.ts";
import { cut } from "../tickets/ticket-words.ts";
import type { Reply } from "../types.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, misuse, toOfficeButton, toOfficeReply } from "./office-reply.ts";

const MAX_SHOWN = 10;
/** With buttons of their own; the others by command. */
const MAX_WITH_BUTTONS = 6;
const SHORT_ID = 8;

/** “知识缺口”: what the documents do not answer, most asked first. */
export async function showGaps({ options, context }: OfficeTurn): Promise<Reply> {
  const gaps = await options.gaps.list(context.actor, { state: "open", limit: 200 });
  if (gaps.length === 0) return toOfficeReply("gaps", "目前没有待补充的知识缺口。");
  const shown = gaps.slice(0, MAX_SHOWN);
  return toOfficeReply("gaps", `文件答不上来的问题 ${gaps.length} 组（按提问次数）：`, [
    {
      type: "fields",
      items: shown.map((gap, index) => ({
        label: `${index + 1}. ${cut(gap.question, 60)}`,
        value: `${gap.count} 次，${gap.askers} 人`,
        note: describe(gap, gaps),
      })),
    },
    ...shown.slice(0, MAX_WITH_BUTTONS).map((gap, index) => ({
      type: "actions" as const,
      actions: (
        [
          ["answered", "已补充"],
          ["dismissed", "不处理"],
        ] as const
      ).map(([state, label]) =>
        toOfficeButton("gap", `${index + 1} ${label}`, {
          values: { gap: gap.gapId, state },
          command: `缺口 ${shortId(gap, gaps)} ${label}`,
        }),
      ),
    })),
    { type: "notice", text: "补充文件或发布常见问答后标为“已补充”；不属于本园区事项的标为“不处理”。" },
  ]);
}

function describe(gap: GapView, all: readonly GapView[]): string {
  const missing = gap.missing.length > 0 ? `未载明：${gap.missing.slice(0, 3).join("、")}；` : "";
  const disputed = gap.disputed > 0 ? `反映答复有误或不完整 ${gap.disputed} 次；` : "";
  return `${disputed}${missing}编号 ${shortId(gap, all)}`;
}

/** The first characters, where they are nobody else's. */
function shortId({ gapId }: GapView, all: readonly GapView[]): string {
  const short = gapId.slice(0, SHORT_ID);
  return all.filter((each) => each.gapId.startsWith(short)).length === 1 ? short : gapId;
}

export async function decideGap(
  { options, context }: OfficeTurn,
  { gap: wanted, state, note }: { gap: string; state: "answered" | "dismissed"; note: string },
): Promise<Reply> {
  requireRight(context.actor, "manage-triage");
  const known = await options.gaps.list(context.actor, { limit: 1_000 });
  const [only, ...others] = known.filter(({ gapId }) => gapId.startsWith(wanted));
  if (!only || others.length > 0) {
    throw misuse(`没有编号为“${wanted}”的知识缺口，或不止一个。发送“知识缺口”可查看编号。`);
  }
  const gap = await options.gaps.decide(only.gapId, state, context.actor, note);
  const line = state === "answered" ? "已标为“已补充”" : "已标为“不处理”";
  return toOfficeReply("done", `${line}：${cut(gap.question, 60)}`, [
    ...list(note === "" ? [] : [`备注：${gap.note ?? note}`]),
    { type: "notice", text: "再次有人提问而文件仍答不上来时，次数会继续累计。" },
  ]);
}

/** “由工单 0007 起草问答”. */
export async function draftFaq({ options, context }: OfficeTurn, ticket: string): Promise<Reply> {
  requireRight(context.actor, "manage-faq");
  const { faqId, question, answer, sources, cautions } = await options.office.draftFaq(ticket, context.actor);
  return toOfficeReply("faq", `已起草常见问答 ${faqId}（草稿，未发布）。`, [
    {
      type: "fields",
      items: [
        { label: "问法", value: question },
        { label: "答复", value: cut(answer, 400) },
        {
          label: "出处",
          value: sources.length > 0 ? sources.map(({ section }) => section).join("、") : "没有，须补上",
        },
      ],
    },
    ...list(cautions, "请逐项核对："),
    {
      type: "paragraph",
      role: "next-step",
      text: `下一步：管理员用 faq list 查看，修改后用 faq save 文件 --id ${faqId} 保存，再用 faq submit ${faqId} 提交复核；另一位管理员复核通过后才用于答复。`,
    },
  ]);
}
