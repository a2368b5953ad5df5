import { tidyLine } from "../tidy-line.ts";
import type { Relation } from "../xml/read-relations.ts";
import type { Archive } from "../zip/open-archive.ts";
import type { ReadingState } from "./reading-state.ts";

type Attachment = { name: string; url?: string };

const DOCUMENT_ADDRESS = /\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|txt|csv)(?:[?#].*)?$/i;

/** Files embedded in the document, and files that it links to. */
export function listAttachments(
  archive: Archive,
  relations: readonly Relation[],
  state: ReadingState,
): Attachment[] {
  const embedded = archive.names
    .filter((name) => /^word\/embeddings\/[^/]+$/i.test(name))
    .map((name) => ({ name: name.slice(name.lastIndexOf("/") + 1) }));
  const linked = relations
    .filter(({ type, external, target }) => type === "hyperlink" && external && DOCUMENT_ADDRESS.test(target))
    .map(({ id, target }) => {
      const words = tidyLine(state.linkTexts.get(id) ?? "");
      return { name: words === "" ? lastPiece(target) : words, url: target };
    });
  return [...embedded, ...linked];
}

function lastPiece(address: string): string {
  const piece =
    address
      .replace(/[?#].*$/, "")
      .split(/[\\/]/)
      .at(-1) ?? address;
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** What people should know about how the text was taken. */
export function describeSeen(
  archive: Archive,
  relations: readonly Relation[],
  state: ReadingState,
): string[] {
  const { seen } = state;
  const warnings: string[] = [];
  if (archive.names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) {
    warnings.push("文件带有宏，已忽略，未执行。");
  }
  if (seen.revisions) {
    warnings.push("文件带有修订痕迹，已按全部接受修订后的文字读取；请确认这是定稿。");
  }
  if (seen.comments) warnings.push("文件带有批注，批注内容未读取。");
  if (seen.hidden) warnings.push("文件含有隐藏文字，未读取。");
  if (seen.pictures > 0) warnings.push(`文件含有 ${seen.pictures} 张图片，图片里的文字未读取，请核对。`);
  if (archive.names.some((name) => /^word\/(?:diagrams\/data|charts\/chart)[^/]*\.xml$/i.test(name))) {
    warnings.push("文件含有图表或组织结构图，其中的文字未读取，请核对。");
  }
  if (seen.otherFiles > 0) warnings.push("文件引用了另一个文档的内容，引用部分未读取，请核对。");
  if (relations.some(({ type, external }) => external && type !== "hyperlink")) {
    warnings.push("文件引用了外部资源（图片、模板或链接的文件），未访问。");
  }
  return warnings;
}
