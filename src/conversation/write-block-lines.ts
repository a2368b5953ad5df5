import type { ChangeItem, Reply, ReplyBlock } from "./types.ts";
import { writeProgramLines } from "./write-program-lines.ts";

/** Blocks of work with documents: what channels without a form of their own for them show as lines. */
export type WorkBlock = Extract<
  ReplyBlock,
  { type: "heading" | "fields" | "changes" | "form" | "actions" | "program" | "file" }
>;

export const CHANGE_WORDS = { added: "新增", removed: "删除", changed: "修改", moved: "移动" } as const;

export function writeBlockLines(block: WorkBlock, language: Reply["language"] = "zh"): string[] {
  const isChinese = language === "zh";
  switch (block.type) {
    case "heading":
      return [block.text];
    case "fields":
      return block.items.map(({ label, value, note }) => `${label}：${value}${note ? `（${note}）` : ""}`);
    case "changes":
      return [...block.items.map(writeChange), ...(block.more > 0 ? [`……另有 ${block.more} 处变动`] : [])];
    case "form":
      return block.fields.map(
        ({ label, value }) => `${label}：${value?.trim() ? value : isChinese ? "（未填）" : "(empty)"}`,
      );
    case "program":
      return writeProgramLines(block, language);
    case "file":
      return [`〔${isChinese ? "文件" : "File"}〕${block.name}${block.url ? `：${block.url}` : ""}`];
    case "actions":
      return block.actions.flatMap(({ label, command }) => {
        if (!command) return [];
        return [isChinese ? `${label}：发送“${command}”` : `${label}: send “${command}”`];
      });
  }
}

/** `〔修改〕三（六）¶2：…[-旧-]{+新+}…` */
function writeChange({ kind, section, runs }: ChangeItem): string {
  const text = runs
    .map((run) =>
      run.mark === "added" ? `{+${run.text}+}` : run.mark === "removed" ? `[-${run.text}-]` : run.text,
    )
    .join("");
  return `〔${CHANGE_WORDS[kind]}〕${section}：${text}`;
}
