import { type DocumentMetadata, periodNote, type StatusOnDay, statusOn } from "../../knowledge/index.ts";
import type { DocumentId } from "../../shared/index.ts";
import type { AnswerableDocument } from "../catalog/apply-relations.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { Language } from "./words.ts";

export interface CitedDocument {
  metadata: DocumentMetadata;
  status: StatusOnDay;
  /** What other documents in the knowledge base make of it. */
  standing?: DocumentStanding;
}

/** With titles instead of ids. */
export interface DocumentStanding {
  extended?: { until: string; by: string };
  ended?: { by: string };
  /** Links of the chain plan → rules → call that the knowledge base lacks. */
  missing: readonly string[];
}

/** Each cited document once, in the order of the citations. */
export function describeCited(
  documentIds: readonly DocumentId[],
  documents: ReadonlyMap<DocumentId, AnswerableDocument>,
  asOf: string,
): CitedDocument[] {
  return [...new Set(documentIds)].flatMap((documentId) => {
    const document = documents.get(documentId);
    if (!document) return [];
    const { metadata } = document;
    const standing = describeStanding(document, documents);
    return [{ metadata, status: statusOn(metadata, asOf), ...(standing && { standing }) }];
  });
}

function describeStanding(
  { relations }: AnswerableDocument,
  documents: ReadonlyMap<DocumentId, AnswerableDocument>,
): DocumentStanding | undefined {
  if (!relations) return undefined;
  const { extendedUntil, endedBy, missing } = relations;
  const titleOf = (documentId: DocumentId) => documents.get(documentId)?.metadata.title ?? "";
  return {
    ...(extendedUntil && { extended: { until: extendedUntil.day, by: titleOf(extendedUntil.by) } }),
    ...(endedBy && { ended: { by: titleOf(endedBy.by) } }),
    missing,
  };
}

const STATUS_NOTICE: Partial<Record<StatusOnDay, { zh: string; en: string }>> = {
  征求意见稿: {
    zh: "该文件为征求意见稿，不具法律效力，正式印发时条款可能调整，请以正式文件为准。",
    en: "The document is a draft for comments without legal force; the final text may differ.",
  },
  送审稿: {
    zh: "该文件为送审稿，尚未正式印发，请以正式文件为准。",
    en: "The document is a draft submitted for approval; the final text may differ.",
  },
  尚未施行: { zh: "该文件尚未施行。", en: "The document is not in force yet." },
  已到期: {
    zh: "该文件的有效期已满，是否延续请向主管部门核实。",
    en: "The document has expired; please check whether it was extended.",
  },
  已废止: { zh: "该文件已废止。", en: "The document has been repealed." },
  已被替代: { zh: "该文件已被新文件替代。", en: "The document has been superseded." },
};

/** Verbs that announce work; what they govern need not exist yet. */
const INTENTION =
  /(加快推进|着力推进|推进建设|加快建设|布局建设|着力建设|推进|争取|力争|努力|探索|设立|拟|鼓励|支持|引导|打造|搭建|构建)/g;
const WEAK = [
  "加快推进",
  "着力推进",
  "推进建设",
  "加快建设",
  "布局建设",
  "着力建设",
  "推进",
  "争取",
  "力争",
  "努力",
  "探索",
  "拟",
  "鼓励",
];

/** What a reader must know of the sources: legal state, planning period, strength of the verbs, oddities of the print. */
export function writeNotices(
  evidence: readonly Evidence[],
  documents: readonly CitedDocument[],
  asOf: string,
  language: Language,
): string[] {
  const notices: string[] = [];
  for (const { metadata, status, standing } of documents) {
    const prefix = documents.length > 1 ? `《${metadata.title}》：` : "";
    const statusNotice = STATUS_NOTICE[status]?.[language];
    if (statusNotice) notices.push(prefix + statusNotice + writeEnd(standing, status, language));
    const extension = writeExtension(standing, language);
    if (extension) notices.push(prefix + extension);
    const period = writePeriod(metadata, asOf, language);
    if (period) notices.push(prefix + period);
  }
  const verbs = intentionsIn(evidence[0]?.quote.text ?? "");
  if (verbs.length > 0 && language === "zh") {
    notices.push(`原文用语为“${verbs.join("”“")}”，属工作安排或目标，不表示已经建成、设立或可以申领。`);
  }
  if (verbs.length > 0 && language === "en") {
    notices.push("The original announces intended work; it does not say that it has been completed.");
  }
  if (evidence.some(({ quote }) => hasUnbalancedMarks(quote.text))) {
    notices.push(
      language === "zh"
        ? "引文按原文照录，标点、用字如有异常均为原文如此。"
        : "Quotations follow the original to the letter, oddities included.",
    );
  }
  return [...new Set(notices)];
}

function writeEnd(standing: DocumentStanding | undefined, status: StatusOnDay, language: Language): string {
  if (!standing?.ended?.by || (status !== "已废止" && status !== "已被替代")) return "";
  return language === "zh" ? `依据：《${standing.ended.by}》。` : ` Source: 《${standing.ended.by}》.`;
}

function writeExtension(standing: DocumentStanding | undefined, language: Language): string | undefined {
  if (!standing?.extended?.by) return undefined;
  const { until, by } = standing.extended;
  return language === "zh"
    ? `该文件的有效期经《${by}》延长至${until}。`
    : `Its validity was extended to ${until} by 《${by}》.`;
}

/** A plan shows the direction; what an enterprise can apply for stands in the rules and calls that follow it. */
export function writeChainNotice(
  documents: readonly CitedDocument[],
  language: Language,
): string | undefined {
  const lacking = documents.find(({ standing }) => (standing?.missing.length ?? 0) > 0);
  if (!lacking?.standing) return undefined;
  const links = lacking.standing.missing;
  return language === "zh"
    ? `文件提出了方向，兑现要看其后的${links.join("、")}；库内未收录该文件的${links.join("、")}。`
    : "The document sets the direction; the implementing rules or calls for applications that follow it are not in the knowledge base.";
}

function writePeriod(metadata: DocumentMetadata, asOf: string, language: Language): string | undefined {
  if (!metadata.period) return undefined;
  const { from, to } = metadata.period;
  if (language === "en") return `Planning period ${from}–${to}; this answer is as of ${asOf}.`;
  return periodNote(metadata, asOf) ?? `该文件的规划期为${from === to ? from : `${from}—${to}`}年。`;
}

function intentionsIn(text: string): string[] {
  const found = [...text.matchAll(INTENTION)].map((match) => match[0]);
  return WEAK.filter((verb) => found.includes(verb)).slice(0, 3);
}

function hasUnbalancedMarks(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  return [
    ["（", "）"],
    ["《", "》"],
    ["“", "”"],
  ].some(([open = "", close = ""]) => count(open) !== count(close));
}
