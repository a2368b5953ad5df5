import type { ChangeItem, FormField, Reply, ReplyAction, ReplyBlock } from "./types.ts";
import { writeProgramLines } from "./write-program-lines.ts";

/** Blocks of work with documents: what channels without a form of their own for them show as lines. */
export type WorkBlock = Extract<
  ReplyBlock,
  { type: "heading" | "fields" | "changes" | "form" | "actions" | "program" | "file" | "picture" }
>;

export const CHANGE_WORDS = { added: "新增", removed: "删除", changed: "修改", moved: "移动" } as const;

export function writeBlockLines(block: WorkBlock, language: Reply["language"] = "zh"): string[] {
  const isChinese = language === "zh";
  switch (block.type) {
    case "heading":
      return [block.text];
    case "fields":
      return block.items.map((item) => writeFact(item, isChinese));
    case "changes":
      return [...block.items.map(writeChange), ...(block.more > 0 ? [`……另有 ${block.more} 处变动`] : [])];
    case "form":
      return block.fields.map(
        (field) =>
          `${field.label}${isChinese ? "：" : ": "}${nameValue(field) || (isChinese ? "（未填）" : "(empty)")}`,
      );
    case "program":
      return writeProgramLines(block, language);
    case "file":
      return [`〔${isChinese ? "文件" : "File"}〕${block.name}${block.url ? `：${block.url}` : ""}`];
    case "picture":
      return [`〔${isChinese ? "图" : "Picture"}〕${block.alt}`];
    case "actions":
      return writeActionLines(block.actions, isChinese);
  }
}

function writeFact(
  { label, value, note }: { label: string; value: string; note?: string },
  isChinese: boolean,
): string {
  if (!isChinese) return `${label}: ${value}${note ? ` (${note})` : ""}`;
  return `${label}：${value}${note ? `（${note}）` : ""}`;
}

/** Of a choice, what people read. */
function nameValue({ value = "", options }: FormField): string {
  return options?.find((option) => option.value === value)?.label ?? value.trim();
}

/** Commands that say what the button says stand on one line together. */
export function writeActionLines(actions: readonly ReplyAction[], isChinese: boolean): string[] {
  const plain = actions.flatMap(({ label, command }) => (command === label ? [`“${command}”`] : []));
  const lines = actions.flatMap(({ label, command }) => {
    if (!command || command === label) return [];
    return [isChinese ? `${label}：发送“${command}”` : `${label}: send “${command}”`];
  });
  if (plain.length === 0) return lines;
  return [...lines, isChinese ? `可发送：${plain.join("")}` : `You can send: ${plain.join(" ")}`];
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
