import type { ProposalRecord } from "../../storage/index.ts";
import { assessImpact } from "../impact/assess-impact.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Impact } from "../types.ts";

export type ProposalSubject = Pick<
  ProposalRecord,
  "kind" | "documentId" | "versionId" | "faqId" | "faqRevision"
>;

/** FAQ entries change no other answer: null. */
export async function impactOf(
  parts: PublishingParts,
  { kind, documentId, versionId }: Pick<ProposalSubject, "kind" | "documentId" | "versionId">,
): Promise<Impact | null> {
  if (documentId === null) return null;
  return assessImpact(parts, documentId, kind === "withdraw" ? null : versionId);
}
