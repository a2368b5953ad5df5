import type { DocumentId, VersionId } from "../shared/index.ts";
import type { ReadingFacts } from "./reading/reading-facts.ts";

export type DocumentKind =
  | "规划/行动方案"
  | "规范性文件"
  | "实施细则"
  | "申报通知/指南"
  | "问答/解读"
  | "通知公告"
  | "其他";

/**
 * The legal state that the text (or its metadata file) declares; what it is on a given day is computed by `statusOn`.
 * `未载明`: the text says nothing from which a state follows.
 */
export type DeclaredStatus = "征求意见稿" | "送审稿" | "正式" | "已废止" | "已被替代" | "未载明";

/** What an answer says of a document on its as-of day. */
export type StatusOnDay =
  | "征求意见稿"
  | "送审稿"
  | "尚未施行"
  | "现行有效"
  | "正式，有效期未载明"
  | "已到期"
  | "已废止"
  | "已被替代"
  | "未载明";

/** What a text says that it does to another document. */
export interface Amendment {
  /** `extends`: its validity; `repeals`: ends it; `supersedes`: takes its place; `amends`: changes some of its words. */
  effect: "extends" | "repeals" | "supersedes" | "amends";
  title: string | null;
  /** Normalised: 沪府办规〔2023〕23号. */
  documentNumber: string | null;
  /** For `extends`: the new last day of validity. */
  until: string | null;
  /** The sentence that says so, as printed. */
  quote: string;
  /** The first day on which the other is no longer in force, when a day is printed: 自2025年1月1日起停止执行. */
  from?: string;
}

export interface DocumentReferences {
  /** Who wrote it, when another body only forwards it (转发、批转). */
  draftedBy: string | null;
  /** Documents that it names as its basis: titles without 《》, with the number when it stands beside. */
  basedOn: { title: string; documentNumber: string | null }[];
  amendments: Amendment[];
  /** Names of attachments as the text lists them. */
  attachments: string[];
  /** 有效期满尚未支付完毕的继续执行: the clause that outlives the validity, as printed. */
  tailClause: string | null;
  /** By its number: 规 marks a 行政规范性文件; null when the number does not tell. */
  isNormative: boolean | null;
}

export type ExpiryBasis = "explicit" | "computed" | "default" | "none";

/** All days `YYYY-MM-DD` in Asia/Shanghai. Null: the document does not say. */
export interface DocumentMetadata extends DocumentReferences {
  /** The inner title, without 《》 and without the stage note: 张江高新区奉贤园改革创新发展行动方案（2024-2026年）. */
  title: string;
  /** 关于印发《…》的通知, when there is one. */
  titleOuter: string | null;
  issuers: string[];
  /** As printed: 沪府办规〔2023〕23号. */
  documentNumber: string | null;
  addressees: string | null;
  kind: DocumentKind;
  status: DeclaredStatus;
  signedOn: string | null;
  publishedOn: string | null;
  effectiveFrom: string | null;
  /** The last day of validity, as the text counts it (inclusive). */
  expiresOn: string | null;
  expiryBasis: ExpiryBasis;
  /** Planning period in years, inclusive: 2024-2026年. */
  period: { from: number; to: number } | null;
  /** Administrative places that the document is for, narrowest last: ["上海市", "奉贤区"]. Empty: not recognised. */
  places: string[];
  interpreter: string | null;
  repeals: string[];
}

export interface OutlineNode {
  /** Section notation: 三（六）, 二（一）2、, 第三章第十二条（二）, 标题, 导语, 附件1 …. Unique in the document. */
  section: string;
  /** 0 for front and back matter, 1 for the outermost numbered level, and so on. */
  level: number;
  heading: string;
  /** UTF-16 offsets in the normalised text; the node's whole extent with its children. */
  start: number;
  end: number;
  page?: number;
}

/** A citable unit: one paragraph or numbered item. `text` is exactly `documentText.slice(start, end)`. */
export interface Clause {
  ordinal: number;
  section: string;
  level: number;
  /** Headings from the outermost to the clause's own, with their numbers: ["三、重点行动", "（六）金融赋能强化行动"]. */
  heading: string[];
  text: string;
  start: number;
  end: number;
  page: number | null;
  /** For a row of a table: the header's cells, joined by ` | `. */
  tableHeader?: string;
}

export interface ParsedDocument {
  /** Normalised: NFC, LF line ends, no BOM, no trailing blanks, no control characters; characters otherwise as published. */
  text: string;
  metadata: DocumentMetadata;
  nodes: OutlineNode[];
  clauses: Clause[];
  /** For people, in Chinese. */
  warnings: string[];
  /** How the file was read; absent for a bare text. */
  reading?: ReadingFacts;
}

/** The published version of a document, as answering and rendering need it. */
export interface PublishedDocument {
  documentId: DocumentId;
  versionId: VersionId;
  collection: string;
  metadata: DocumentMetadata;
  /** JSON of access's Visibility. */
  visibility: unknown;
  publishedAt: string;
}

/** What other documents in the knowledge base make of one. */
export interface DocumentRelations {
  /** The present validity when another document extended it; the computed end replaces the printed one. */
  extendedUntil: { day: string; by: DocumentId; quote: string } | null;
  endedBy: { status: "已废止" | "已被替代"; from: string | null; by: DocumentId; quote: string } | null;
  basedOn: DocumentId[];
  /** The chain plan → rules → call for applications, downwards. */
  rules: DocumentId[];
  calls: DocumentId[];
  /** Links of the chain that are not in the knowledge base; empty for documents that need none. */
  missing: ("实施细则" | "申报通知/指南")[];
}

/** How a newly read text stands to what is there. */
export type DocumentMatch =
  | { kind: "new" }
  /** Byte for byte, or word for word, a version that is there. */
  | { kind: "same"; documentId: DocumentId; versionId: VersionId }
  /** A changed text of a document that is there: by number, by title, or by likeness of the text. */
  | {
      kind: "new-version";
      documentId: DocumentId;
      because: "number" | "title" | "likeness";
      similarity: number;
    }
  /** Much alike, but by number or title another document: a person must say. */
  | { kind: "alike"; documentId: DocumentId; similarity: number };
