import type { DocumentId } from "../../shared/index.ts";
import type { DocumentKind, DocumentRelations } from "../types.ts";
import { type DocumentFinder, type IndexedDocument, isDraft } from "./find-documents.ts";

/** 云川市创新券管理办法实施细则 and 云川市创新券管理办法申报指南 name what they carry out in their title. */
const CARRIES_OUT = /(?:的)?(?:实施细则|实施办法|操作规程|操作细则|申报指南|申报须知|办事指南)$/;
const OF_YEAR = /^(?:关于)?(?:组织)?(?:开展|申报|做好)?(?:20\d\d年度?)?/;

const RULES: ReadonlySet<DocumentKind> = new Set(["实施细则", "规范性文件"]);
/** Titles of texts that give something which has to be applied for. */
const GIVES = /资金|补贴|补助|奖励|奖补|扶持|资助|支持|贴息|创新券|措施|实施细则/;

/** Fills `basedOn` upwards, `rules`, `calls` and `missing` downwards. */
export function linkChain(finder: DocumentFinder, relations: Map<DocumentId, DocumentRelations>): void {
  const below = new Map<IndexedDocument, IndexedDocument[]>();
  for (const indexed of finder.all) {
    const above = findBasis(indexed, finder);
    const own = relations.get(indexed.document.documentId);
    if (own) own.basedOn = above.map(({ document }) => document.documentId);
    for (const basis of above) {
      const known = below.get(basis);
      if (known) known.push(indexed);
      else below.set(basis, [indexed]);
    }
  }
  for (const indexed of finder.all) {
    const own = relations.get(indexed.document.documentId);
    if (own) fillBelow(indexed, below, own, relations);
  }
}

function findBasis(indexed: IndexedDocument, finder: DocumentFinder): IndexedDocument[] {
  const { metadata } = indexed.document;
  const named = metadata.basedOn.flatMap((basis) => finder.find(basis, indexed));
  const carried = indexed.titleKey.replace(OF_YEAR, "").replace(CARRIES_OUT, "");
  const byTitle =
    CARRIES_OUT.test(indexed.titleKey) && carried !== indexed.titleKey
      ? finder.find({ title: carried, documentNumber: null }, indexed)
      : [];
  return [...new Set([...named, ...byTitle])];
}

function fillBelow(
  indexed: IndexedDocument,
  below: ReadonlyMap<IndexedDocument, IndexedDocument[]>,
  own: DocumentRelations,
  relations: ReadonlyMap<DocumentId, DocumentRelations>,
): void {
  const { kind, title } = indexed.document.metadata;
  const direct = below.get(indexed) ?? [];
  const rules = direct.filter((one) => RULES.has(one.document.metadata.kind) && isUnder(one, kind));
  const calls = [...direct, ...rules.flatMap((rule) => below.get(rule) ?? [])].filter(
    (one) => one.document.metadata.kind === "申报通知/指南",
  );
  own.rules = idsOf(rules);
  own.calls = idsOf(calls);
  const isPlan = kind === "规划/行动方案";
  const stands = (one: IndexedDocument) =>
    !isDraft(one.document.metadata) && relations.get(one.document.documentId)?.endedBy == null;
  if (isPlan && !rules.some(stands)) own.missing.push("实施细则");
  if ((isPlan || (RULES.has(kind) && GIVES.test(title))) && !calls.some(stands))
    own.missing.push("申报通知/指南");
}

/** Under a plan stand rules of both kinds, under a normative document its 实施细则. */
function isUnder({ document }: IndexedDocument, kind: DocumentKind): boolean {
  return kind === "规划/行动方案" || document.metadata.kind === "实施细则";
}

function idsOf(documents: readonly IndexedDocument[]): DocumentId[] {
  return [...new Set(documents.map(({ document }) => document.documentId))];
}
