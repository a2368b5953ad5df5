import type { PartLayout } from "./layout/layout-types.ts";
import type { DocumentMetadata, OutlineNode } from "./types.ts";

export interface WarningSources {
  text: string;
  metadata: DocumentMetadata;
  parts: readonly PartLayout[];
  nodes: readonly OutlineNode[];
  isNumbered: boolean;
  /** Lines of the page around the text, and entries of its table of contents. */
  dropped: { page: number; contents: number };
}

/** What a person should look at before publishing, in Chinese. */
export function writeWarnings(sources: WarningSources): string[] {
  const { text, metadata, parts, nodes, isNumbered, dropped } = sources;
  const warnings: string[] = [];
  if (dropped.page > 0)
    warnings.push(`已略去 ${dropped.page} 行网页导航、页码等非正文内容，请核对正文是否完整。`);
  if (!isNumbered) warnings.push("全文没有识别到编号层级，已按自然段编号（¶1、¶2……）。");
  if (!parts.some((part) => part.title !== "")) {
    warnings.push(
      `没有识别到标题，暂以“${metadata.title}”为题，可在核对卡片上更正，或在同名 .yaml 文件中用 title 指定。`,
    );
  }
  if (dropped.contents > 0) warnings.push("已略去目录，只保留正文。");
  if (metadata.issuers.length === 0)
    warnings.push("没有识别到发文机关，可在核对卡片上补充，或在同名 .yaml 文件中用 issuers 写明。");
  if (metadata.signedOn === null && metadata.publishedOn === null) {
    warnings.push(
      "没有识别到成文日期或发布日期，可在核对卡片上补充，或在同名 .yaml 文件中用 signedOn、publishedOn 写明。",
    );
  }
  const repeated = nodes.filter(({ section }) => /〔\d+〕/.test(section));
  if (repeated.length > 0) {
    const shown = repeated.slice(0, 5).map(({ section }) => section);
    warnings.push(
      `有 ${repeated.length} 处编号重复，已加〔2〕等区分：${shown.join("、")}${repeated.length > 5 ? " 等" : ""}。`,
    );
  }
  const broken = text.split("\ufffd").length - 1;
  if (broken > 0) warnings.push(`原文件有 ${broken} 处字符无法识别，显示为“\ufffd”，请核对。`);
  return warnings;
}
