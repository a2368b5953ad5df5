import type { Reply, ReplyBlock } from "./types.ts";

const AI_LABEL = {
  zh: "（本回复由人工智能依据所引条款生成，请以原文为准）",
  en: "(Written by AI from the cited clauses; the original text prevails.)",
} as const;

/** The whole reply as lines of text, for channels and places that show nothing else. */
export function writePlainText(reply: Omit<Reply, "plainText">): string {
  const paragraphs = [reply.headline, ...reply.blocks.map((block) => writeBlock(block, reply.language))];
  if (reply.generatedByAi) paragraphs.push(AI_LABEL[reply.language]);
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
}

function writeBlock(block: ReplyBlock, language: "zh" | "en"): string {
  switch (block.type) {
    case "paragraph":
      return block.text;
    case "notice":
      return language === "zh" ? `提示：${block.text}` : `Note: ${block.text}`;
    case "list":
      return writeList(block, language);
    case "citation": {
      const path = [block.heading.join(" › "), block.section].filter((part) => part !== "").join(" · ");
      const source = language === "zh" ? `《${block.title}》` : `“${block.title}”`;
      const status = block.status === "" ? "" : `（${block.status}）`;
      const lines = [`[${block.index}] ${source}${status}`, path, `“${block.quote}”`, block.url ?? ""];
      return lines.filter((line) => line !== "").join("\n");
    }
  }
}

function writeList(block: Extract<ReplyBlock, { type: "list" }>, language: "zh" | "en"): string {
  if (block.role === "not-stated") {
    return language === "zh"
      ? `${block.title}：${block.items.join("、")}`
      : `${block.title}: ${block.items.join(", ")}`;
  }
  const items = block.items.map((item) => `· ${item}`);
  return [...(block.title ? [block.title] : []), ...items].join("\n");
}
