import type { Correction } from "../../publishing/index.ts";
import { type CitationUrl, renderAnswer } from "../render-answer.ts";
import type { Reply, ReplyBlock } from "../types.ts";

/** What changed since an earlier answer, with the clauses that hold now. */
export function writeCorrection({ summary, before, after }: Correction, citationUrl?: CitationUrl): Reply {
  const { language } = before;
  const [headline = "", ...rest] = summary.split("\n");
  const current = renderAnswer(after, citationUrl).blocks.filter(
    ({ type }) => type === "citation" || type === "notice",
  );
  const blocks: ReplyBlock[] = [...rest.map((text): ReplyBlock => ({ type: "paragraph", text })), ...current];
  return { kind: "correction", language, headline, blocks, plainText: summary, generatedByAi: false };
}
