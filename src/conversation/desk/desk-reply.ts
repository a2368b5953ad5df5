import type { Reply, ReplyBlock } from "../types.ts";
import { writeBlockLines } from "../write-block-lines.ts";

/** A reply about documents at work; `plainText` is what channels without cards show. */
export function toDeskReply(kind: string, headline: string, blocks: readonly ReplyBlock[]): Reply {
  const lines = [headline, ...blocks.flatMap(toLines)].filter((line) => line !== "");
  return {
    kind,
    language: "zh",
    headline,
    blocks: [...blocks],
    plainText: lines.join("\n"),
    generatedByAi: false,
  };
}

function toLines(block: ReplyBlock): string[] {
  switch (block.type) {
    case "paragraph":
    case "notice":
      return [block.text];
    case "list":
      return [...(block.title ? [block.title] : []), ...block.items.map((item) => `· ${item}`)];
    case "citation":
      return [`[${block.index}]《${block.title}》${block.section}：“${block.quote}”`];
    default:
      return writeBlockLines(block);
  }
}
