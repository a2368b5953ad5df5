import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { WorkflowStore } from "../types.ts";
import { decideProposal } from "./decide-proposal.ts";
import { openProposal } from "./open-proposal.ts";
import { type ProposalRow, toProposalRecord } from "./proposal-rows.ts";
import { createSubmissions } from "./submissions.ts";

export function createWorkflowStore(database: Database): WorkflowStore {
  return { ...createSubmissions(database), ...createProposals(database) };
}

type ProposalsPart = Pick<WorkflowStore, "openProposal" | "decideProposal" | "getProposal" | "listProposals">;

function createProposals({ read, write }: Database): ProposalsPart {
  return {
    openProposal: (proposal, at, origin) =>
      changeWithin(write, (transaction) => openProposal(transaction, proposal, at, origin)),
    decideProposal: (proposalId, decision, at, origin) =>
      changeWithin(write, (transaction) => decideProposal(transaction, proposalId, decision, at, origin)),
    async getProposal(proposalId) {
      const row: ProposalRow | undefined = await read("proposals")
        .where("proposal_id", toText(proposalId))
        .first();
      return row && toProposalRecord(row);
    },
    /** Newest first. */
    async listProposals({ state, documentId, limit } = {}) {
      const query = read("proposals").orderBy("sequence", "desc");
      if (state !== undefined) query.where("state", state);
      if (documentId !== undefined) query.where("document_id", toText(documentId));
      if (limit !== undefined) query.limit(limit);
      const rows: ProposalRow[] = await query;
      return rows.map(toProposalRecord);
    },
  };
}
