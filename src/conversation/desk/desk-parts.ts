import { type Actor, describeAccount } from "../../access/index.ts";
import { type Publishing, shortenId } from "../../publishing/index.ts";
import type { Logger } from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { Reply } from "../types.ts";
import type { NamedProposal } from "./write-proposals.ts";

export interface DocumentDeskOptions {
  publishing: Pick<Publishing, "review">;
  /** Accounts of the role admin. */
  listAdmins(): Promise<readonly string[]>;
  /** Of those whom the desk knows by name. */
  nameOf?(account: string): string | undefined;
  /** Sends a reply to a person's direct chat, once for a key; false when their platform has no direct chats. */
  notify(account: string, key: string, reply: Reply): Promise<boolean>;
  logger: Logger;
  /** Reading that takes longer is answered at once, and the card follows. Default 20,000. */
  patienceMs?: number;
}

/** By their name, or as little of the account as tells it apart. */
export function namePerson(account: string, nameOf: DocumentDeskOptions["nameOf"]): string {
  return nameOf?.(account) ?? describeAccount(account);
}

export async function nameProposal(
  { publishing, nameOf }: DocumentDeskOptions,
  proposal: ProposalRecord,
  actor: Actor,
): Promise<NamedProposal> {
  const { documentId, faqId, proposedBy } = proposal;
  const proposer = namePerson(proposedBy, nameOf);
  if (documentId === null) return { proposal, proposer, subject: ` ${shortenId(faqId ?? "")}` };
  const { title } = await publishing.review.getStatus(documentId, actor);
  return { proposal, proposer, subject: `《${title}》` };
}
