import type { ConversationStore } from "../storage/index.ts";

const SHOWN = 5;
const MAX_REASON = 120;

/**
 * The latest replies that were given up, each with its channel, when and why; nothing of what they say. Empty: there are
 * none.
 */
export async function describeDeadReplies(store: Pick<ConversationStore, "deadReplies">): Promise<string> {
  const dead = await store.deadReplies(SHOWN);
  if (dead.length === 0) return "";
  const lines = dead.map(({ channel, createdAt, attempts, lastError }) => {
    const why = (lastError ?? "原因未记录").replace(/\s+/g, " ").slice(0, MAX_REASON);
    return `${channel} ${toShanghaiTime(createdAt)}，试发 ${attempts} 次，${why}`;
  });
  return `最近未能送达（只列最新 ${dead.length} 条，不含内容）：${lines.join("；")}。请核对平台权限、网络和机器人是否仍在群内`;
}

/** `2026-11-23 10:15`. */
function toShanghaiTime(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 60 * 60 * 1000);
  return shifted.toISOString().slice(0, 16).replace("T", " ");
}
