import type { Actor } from "../../access/index.ts";
import type { Publishing } from "../../publishing/index.ts";
import type { Logger } from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { Reply } from "../types.ts";
import type { NamedProposal } from "./write-proposals.ts";

export interface DocumentDeskOptions {
  publishing: Pick<Publishing, "review">;
  /** Accounts of the role admin. */
  listAdmins(): Promise<readonly string[]>;
  /** Sends a reply to a person's direct chat, once for a key; false when their platform has no direct chats. */
  notify(account: string, key: string, reply: Reply): Promise<boolean>;
  logger: Logger;
  /** Reading that takes longer is answered at once, and the card follows. Default 20,000. */
  patienceMs?: number;
}

export async function nameProposal(
  { publishing }: DocumentDeskOptions,
  proposal: ProposalRecord,
  actor: Actor,
): Promise<NamedProposal> {
  const { documentId, faqId } = proposal;
  if (documentId === null) return { proposal, subject: ` ${faqId ?? ""}` };
  const { title } = await publishing.review.getStatus(documentId, actor);
  return { proposal, subject: `《${title}》` };
}
