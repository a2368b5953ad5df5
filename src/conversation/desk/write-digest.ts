import type { WatchFinding } from "../../publishing/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { toDeskReply } from "./desk-reply.ts";

const TITLES: Record<WatchFinding["kind"], string> = {
  "open-proposal": "久未复核的事项",
  expired: "有效期已满",
  "expires-soon": "有效期将满",
  "period-over": "规划期已过",
  "draft-overdue": "征求意见稿久未见正式文件",
  "quote-vanished": "引文在现行文件中已找不到",
};
const MAX_ITEMS = 10;

/** The admins' daily digest; most urgent first. */
export function writeDigest(day: string, findings: readonly WatchFinding[], logHead?: string): Reply {
  const blocks = (Object.keys(TITLES) as WatchFinding["kind"][]).flatMap((kind): ReplyBlock[] => {
    const found = findings.filter((finding) => finding.kind === kind);
    if (found.length === 0) return [];
    const items = found.slice(0, MAX_ITEMS).map(({ title, text }) => `${title}：${text}`);
    const more = found.length - MAX_ITEMS;
    return [
      {
        type: "list",
        title: `${TITLES[kind]}（${found.length}）`,
        items: [...items, ...(more > 0 ? [`……另有 ${more} 项`] : [])],
      },
    ];
  });
  // Noted outside the database, it tells whether the log's end was cut off.
  if (logHead) blocks.push({ type: "notice", text: `操作日志末条哈希：${logHead}` });
  return toDeskReply("digest", `${day} 知识库提醒：${findings.length} 项需要关注。`, blocks);
}
