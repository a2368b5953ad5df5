import type { Clause } from "../../knowledge/index.ts";
import type { VersionId } from "../../shared/index.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { Evidence } from "./select-evidence.ts";

/** What is needed to quote across clauses. */
export interface QuotedDocuments {
  getClauses(versionId: VersionId): Promise<Clause[]>;
  documentText(versionId: VersionId): Promise<string | undefined>;
}

/** The longest list that is quoted with its lead-in; a longer one is quoted up to the last whole item that fits. */
const LIST_LIMIT = 700;
const LEADS_IN = /[：:]\s*$/;

/**
 * A clause that only announces its items (应当符合下列条件：) is quoted together with them. Later evidence that lies
 * inside an earlier quote is dropped.
 */
export async function expandLeadIns(
  evidence: readonly Evidence[],
  asked: readonly Attribute[],
  documents: QuotedDocuments,
): Promise<Evidence[]> {
  const expanded = await Promise.all(evidence.map((item) => expand(item, asked, documents)));
  return expanded.filter(
    (item, index) => !expanded.slice(0, index).some((earlier) => contains(earlier, item)),
  );
}

async function expand(
  item: Evidence,
  asked: readonly Attribute[],
  documents: QuotedDocuments,
): Promise<Evidence> {
  const { clause } = item.hit;
  if (clause.passageId !== null || !LEADS_IN.test(clause.text)) return item;
  const clauses = await documents.getClauses(clause.versionId);
  const end = endOfItems(clause, clauses);
  if (end <= clause.end) return item;
  const text = (await documents.documentText(clause.versionId))?.slice(clause.start, end);
  if (!text) return item;
  const quote = { text, start: 0, end: end - clause.start };
  const states = new Set(asked.filter(({ stated }) => stated.test(text)).map(({ id }) => id));
  return { ...item, sentence: quote, quote, states };
}

/** The items are the following clauses whose section lies under the lead-in's own. */
function endOfItems(leadIn: Evidence["hit"]["clause"], clauses: readonly Clause[]): number {
  const base = leadIn.section.replace(/¶\d+$/, "");
  let end = leadIn.end;
  for (const clause of clauses.slice(leadIn.ordinal + 1)) {
    if (clause.section === base || !clause.section.startsWith(base) || clause.end - leadIn.start > LIST_LIMIT)
      break;
    if (LEADS_IN.test(clause.text) && clause.section.startsWith(`${base}¶`)) break;
    end = clause.end;
  }
  return end;
}

function contains(outer: Evidence, inner: Evidence): boolean {
  if (outer.hit.clause.versionId !== inner.hit.clause.versionId) return false;
  const startOf = ({ hit, quote }: Evidence) => hit.clause.start + quote.start;
  const endOf = ({ hit, quote }: Evidence) => hit.clause.start + quote.end;
  return startOf(inner) >= startOf(outer) && endOf(inner) <= endOf(outer);
}
