import { createHash } from "node:crypto";
import type { Actor } from "../../access/index.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Decision, Reasoned } from "../types.ts";
import { approve } from "./decide.ts";

/** Under which a request's proposal is kept: its own key where it has one. */
export function nameProposal({ ids }: PublishingParts, by: Actor, { requestKey }: Reasoned): string {
  if (requestKey === undefined) return ids();
  const hash = createHash("sha256").update(JSON.stringify([by.account, requestKey]));
  return hash.digest("hex").slice(0, 32);
}

/** What became of the same request before; undefined: it was not made, or has no key. */
export async function repeatRequest(
  parts: PublishingParts,
  by: Actor,
  options: Reasoned,
): Promise<Decision | undefined> {
  if (options.requestKey === undefined) return undefined;
  const proposalId = nameProposal(parts, by, options);
  const proposal = await parts.storage.workflow.getProposal(proposalId);
  if (!proposal) return undefined;
  if (proposal.state === "open" && !parts.settings.secondAdmin)
    return approve(parts, proposalId, by, options);
  return { outcome: proposal.state === "approved" ? "done" : "waiting", proposal };
}
