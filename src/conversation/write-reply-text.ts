import type { Reply, ReplyBlock } from "./types.ts";
import { writeBlockLines } from "./write-block-lines.ts";

/** A whole reply as lines: what a channel shows that can do nothing else. */
export function writeReplyText(
  headline: string,
  blocks: readonly ReplyBlock[],
  language: Reply["language"] = "zh",
): string {
  return [headline, ...blocks.flatMap((block) => toLines(block, language))]
    .filter((line) => line !== "")
    .join("\n");
}

function toLines(block: ReplyBlock, language: Reply["language"]): string[] {
  switch (block.type) {
    case "paragraph":
    case "notice":
      return [block.text];
    case "list":
      return [...(block.title ? [block.title] : []), ...block.items.map((item) => `· ${item}`)];
    case "citation":
      return [
        `[${block.index}]《${block.title}》${writeStatus(block.status)}${block.section}：“${block.quote}”`,
      ];
    case "form": {
      // A form of one button is submitted where there are forms; several can be typed.
      const actions = block.more ? [block.submit, ...block.more] : [];
      return [
        ...writeBlockLines(block, language),
        ...writeBlockLines({ type: "actions", actions }, language),
      ];
    }
    default:
      return writeBlockLines(block, language);
  }
}

function writeStatus(status: string): string {
  return status === "" ? "" : `（${status}）`;
}
