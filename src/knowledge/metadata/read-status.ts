import type { PageFields } from "../reading/page-particulars.ts";
import type { DeclaredStatus, DocumentMetadata } from "../types.ts";

export interface StatusSources {
  /** Title lines as printed and the notes under them. */
  printed: string;
  fileName: string;
  fields: PageFields;
  isSigned: boolean;
  metadata: Pick<
    DocumentMetadata,
    "documentNumber" | "effectiveFrom" | "expiresOn" | "publishedOn" | "titleOuter" | "title"
  >;
}

export function readStatus({ printed, fileName, fields, isSigned, metadata }: StatusSources): DeclaredStatus {
  const marked = `${printed}\n${fileName}`;
  if (
    /征求意见稿|征求.{0,12}意见|公开征集意见|草案/.test(marked) &&
    !/意见.{0,6}(?:采纳|反馈|情况)/.test(marked)
  )
    return "征求意见稿";
  if (/送审稿|报审稿|审议稿/.test(marked)) return "送审稿";
  if (
    /[（(【](?:已)?(?:废止|失效)[)）】]/.test(marked) ||
    /^(?:已)?(?:废止|失效|宣布失效)/.test(fields.validity ?? "")
  )
    return "已废止";
  const { documentNumber, effectiveFrom, expiresOn, publishedOn } = metadata;
  if (isSigned || documentNumber !== null || effectiveFrom !== null || expiresOn !== null) return "正式";
  if (/有效/.test(fields.validity ?? "")) return "正式";
  const isNotice = /(?:通知|公告|通告|决定)$/.test(metadata.titleOuter ?? metadata.title);
  return isNotice && publishedOn !== null ? "正式" : "未载明";
}
