import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { ImpactItem } from "../types.ts";
import { createQuoteFinder } from "./published-quotes.ts";
import { readFaqContent } from "./read-content.ts";

/** Published entries whose quoted source would vanish, or stand elsewhere, with the candidate in place. */
export async function assessFaq(
  { storage }: PublishingParts,
  documentId: DocumentId,
  to: VersionId | null,
): Promise<ImpactItem[]> {
  const findQuote = createQuoteFinder(storage.knowledge, { documentId, versionId: to });
  const items: ImpactItem[] = [];
  for (const { content } of await storage.faq.published()) {
    const { questions, sources } = readFaqContent(content);
    for (const source of sources.filter((each) => each.documentId === documentId)) {
      const clause = await findQuote(source);
      const subject = questions[0] ?? "";
      if (!clause) {
        const change = `出处 ${source.section} 的原文将不复存在，该问答发布后不再作答，请修订`;
        items.push({ subject, change, severity: "warning" });
      } else if (clause.section !== source.section) {
        items.push({ subject, change: `出处由 ${source.section} 移至 ${clause.section}`, severity: "info" });
      }
    }
  }
  return items;
}
