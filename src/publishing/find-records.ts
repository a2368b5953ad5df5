import { AppError, type DocumentId, type VersionId } from "../shared/index.ts";
import type {
  DocumentRecord,
  FaqRecord,
  KnowledgeStore,
  ProposalRecord,
  VersionRecord,
} from "../storage/index.ts";
import type { PublishingParts } from "./publishing-parts.ts";

/** Each throws AppError `not-found`. */
export async function findVersion(store: KnowledgeStore, versionId: VersionId): Promise<VersionRecord> {
  return (await store.getVersion(versionId)) ?? missing("版本", versionId);
}

export async function findDocument(store: KnowledgeStore, documentId: DocumentId): Promise<DocumentRecord> {
  return (await store.getDocument(documentId)) ?? missing("文件", documentId);
}

export async function findProposal(
  { storage }: PublishingParts,
  proposalId: string,
): Promise<ProposalRecord> {
  const { workflow } = storage;
  return (
    (await workflow.getProposal(proposalId)) ??
    findByBeginning(await workflow.listProposals(), proposalId, (proposal) => proposal.proposalId) ??
    missing("待办事项", proposalId)
  );
}

/** What people are shown of a long id, and may type in its place. */
export function shortenId(id: string): string {
  return BEGINNING.test(id) ? id.slice(0, SHORT_LENGTH) : id;
}

const SHORT_LENGTH = 8;
const BEGINNING = /^[0-9a-f]{8}/i;

/** The only one whose id begins so. Undefined: none does, or several do, or too little of the id was given. */
export function findByBeginning<T>(
  records: readonly T[],
  beginning: string,
  idOf: (record: T) => string,
): T | undefined {
  if (!BEGINNING.test(beginning)) return undefined;
  const found = records.filter((record) => idOf(record).startsWith(beginning.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

export async function findFaq(
  { storage }: PublishingParts,
  faqId: string,
  revision?: number,
): Promise<FaqRecord> {
  return (await storage.faq.get(faqId, revision)) ?? missing("常见问答", faqId);
}

function missing(what: string, id: string): never {
  throw new AppError({
    code: "not-found",
    message: `nothing under ${id}`,
    safeMessage: `没有编号为 ${id} 的${what}。请先用列表或搜索核对编号。`,
  });
}
