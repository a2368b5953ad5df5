import { parseVisibility } from "../../access/index.ts";
import { type OutlineNode, plainMetadata } from "../../knowledge/index.ts";
import { toShanghaiDay, type VersionId } from "../../shared/index.ts";
import { findDocument, findVersion } from "../find-records.ts";
import { readKept } from "../kept-metadata.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { VersionReview } from "../types.ts";
import { describeFields } from "./describe-fields.ts";
import { lifeStateOf } from "./life-state.ts";

export async function buildReview(parts: PublishingParts, versionId: VersionId): Promise<VersionReview> {
  const { knowledge, workflow } = parts.storage;
  const version = await findVersion(knowledge, versionId);
  const { documentId } = version;
  const [document, clauses, open] = await Promise.all([
    findDocument(knowledge, documentId),
    knowledge.clausesOf(versionId),
    workflow.listProposals({ state: "open", documentId }),
  ]);
  const kept = readKept(version.metadata);
  const { reading } = kept;
  return {
    documentId,
    versionId,
    number: version.number,
    state: lifeStateOf(version, toShanghaiDay(parts.clock())),
    title: kept.title,
    fileName: reading?.fileName ?? null,
    format: reading?.format ?? null,
    metadata: plainMetadata(kept),
    fields: describeFields(kept),
    outline: version.outline as OutlineNode[],
    clauses: clauses.length,
    pages: reading?.pages ?? null,
    warnings: version.warnings,
    lowConfidence: reading?.lowConfidence ?? [],
    match: reading?.match ?? null,
    visibility: parseVisibility(document.visibility),
    submittedBy: reading?.submittedBy ?? null,
    openProposal: open.find((proposal) => proposal.versionId === versionId) ?? open[0] ?? null,
  };
}
