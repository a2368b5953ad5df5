import type { Reply, ReplyBlock } from "../types.ts";
import { writeReplyText } from "../write-reply-text.ts";

/** A reply about documents at work; `plainText` is what channels without cards show. */
export function toDeskReply(kind: string, headline: string, blocks: readonly ReplyBlock[]): Reply {
  return {
    kind,
    language: "zh",
    headline,
    blocks: [...blocks],
    plainText: writeReplyText(headline, blocks),
    generatedByAi: false,
  };
}
