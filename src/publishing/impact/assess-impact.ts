import { type DocumentId, toAppError, type VersionId } from "../../shared/index.ts";
import { diffVersions } from "../diff/diff-versions.ts";
import { assessFaq } from "../faq/assess-faq.ts";
import { findDocument } from "../find-records.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Impact, ImpactItem, ImpactSource } from "../types.ts";
import { askGolden } from "./ask-golden.ts";
import { countAskers } from "./count-askers.ts";

/** What publishing `to` instead of what is published now would change; `to` null: withdrawing. */
export async function assessImpact(
  parts: PublishingParts,
  documentId: DocumentId,
  to: VersionId | null,
): Promise<Impact> {
  const { knowledge } = parts.storage;
  const { publishedVersionId: from } = await findDocument(knowledge, documentId);
  const diff = await diffVersions(knowledge, from, to);
  const present = new Set((await knowledge.publishedVersions()).map(({ versionId }) => versionId));
  const candidate = new Set(present);
  if (from !== null) candidate.delete(from);
  if (to !== null) candidate.add(to);
  const golden = from === to ? { asked: 0, changed: [] } : await askGolden(parts, present, candidate);
  const others = [];
  for (const source of parts.impactSources) {
    others.push({ name: source.name, items: await askSource(parts, source, { documentId, from, to, diff }) });
  }
  const isRegression = ({ severity }: ImpactItem) => severity === "regression";
  return {
    versionId: to,
    documentId,
    diff,
    golden,
    faq: await assessFaq(parts, documentId, to),
    others,
    blocked:
      golden.changed.some(({ regression }) => regression) ||
      others.some(({ items }) => items.some(isRegression)),
    askersAffected: await countAskers(parts, documentId),
    assessedAt: parts.clock().toISOString(),
  };
}

/** A part that cannot say what would change must not look like one that says “nothing”. */
async function askSource(
  { logger }: PublishingParts,
  source: ImpactSource,
  change: Parameters<ImpactSource["assess"]>[0],
): Promise<ImpactItem[]> {
  try {
    return await source.assess(change);
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error({ source: source.name, reason: error.message, errorId: error.id }, "impact source failed");
    const said = `未能评估，请人工核对（错误编号 ${error.id}）`;
    return [{ subject: source.name, change: said, severity: "warning" }];
  }
}
