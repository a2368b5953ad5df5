import type { ReplyBlock } from "./types.ts";

type NoticeBlock = Extract<ReplyBlock, { type: "paragraph" | "list" }>;

/** A fixed reply as lines of text. Answers bring their own text. */
export function writePlainText(headline: string, blocks: readonly NoticeBlock[]): string {
  return [headline, ...blocks.map(writeBlock)].join("\n");
}

function writeBlock(block: NoticeBlock): string {
  if (block.type === "paragraph") return block.text;
  return [...(block.title ? [block.title] : []), ...block.items.map((item) => `· ${item}`)].join("\n");
}
