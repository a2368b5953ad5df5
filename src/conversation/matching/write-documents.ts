import type { Match } from "../../matching/index.ts";
import type { ReplyBlock } from "../types.ts";
import { type Language, say } from "./matching-parts.ts";

/** What the programs rest on, and what that is worth. */
export function writeDocuments(matches: readonly Match[], language: Language): ReplyBlock[] {
  const documents = new Map(
    matches.map(({ documentTitle, documentStatus }) => [documentTitle, documentStatus]),
  );
  if (documents.size === 0) return [];
  const names = [...documents].map(([title, status]) => `《${title}》（${status}）`).join("、");
  const text = say(
    language,
    `依据：${names}。以上只按文件的文字条件比对，不代表认定或批准；以正式印发文件和主管部门解释为准。`,
    `Based on ${names}. Only the written conditions were compared; this is no decision. The issued documents and the authority's interpretation prevail.`,
  );
  return [{ type: "notice", text }];
}
