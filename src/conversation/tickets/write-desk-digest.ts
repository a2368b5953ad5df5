import type { Reply, ReplyBlock } from "../types.ts";
import { writeReplyText } from "../write-reply-text.ts";

/** The week of the service desk for administrators and leads: what happened in words, then the charts. */
export function writeDeskDigest(
  period: { from: string; to: string },
  lines: readonly string[],
  pictures: readonly { fileId: string; alt: string }[],
): Reply {
  const headline = `工单周报（${period.from} 起一周）`;
  const blocks: ReplyBlock[] = [
    { type: "list", items: [...lines] },
    ...pictures.map(
      ({ fileId, alt }): ReplyBlock => ({ type: "picture", fileId, alt, url: `/files/${fileId}` }),
    ),
    { type: "notice", text: "按工作时间计，含法定节假日与调休；发送“导出工单统计 上周”可得明细。" },
  ];
  return {
    kind: "ticket-digest",
    language: "zh",
    headline,
    blocks,
    plainText: writeReplyText(headline, blocks),
    generatedByAi: false,
  };
}
