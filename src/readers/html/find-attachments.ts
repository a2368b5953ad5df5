import { basename } from "node:path";
import type { ReadDocument } from "../types.ts";
import {
  attribute,
  contains,
  isElement,
  namesOf,
  type PageDocument,
  type PageElement,
  type PageNode,
  rawText,
  tidyText,
  walkElements,
} from "./page-dom.ts";
import { toWebAddress } from "./read-meta.ts";

const FILE = /\.(?:pdf|docx?|xlsx?|wps|et|pptx?|zip|rar|7z|ofd|txt|csv)$/i;
const NAMELESS = /^(?:(?:点击|附件|文件|立即)?下载|点击查看|查看附件|附件|download|pdf|word)?[：:]?$/i;
const ATTACHMENT_NAME =
  /^(?:fj|fujian|attach.*|annex.*|appendix.*|file-?list|download-?list|xgfj|.*附件.*)$/i;

/** Files that the article links to, and those in lists of attachments beside it. Addresses only when the base is known. */
export function findAttachments(
  page: PageDocument,
  article: readonly PageNode[],
  base: string | undefined,
): ReadDocument["attachments"] {
  const found = new Map<string, { name: string; url?: string }>();
  for (const link of walkElements(page)) {
    if (link.name !== "a" || !isAttached(link, article)) continue;
    const href = attribute(link, "href").trim();
    const text = tidyText(rawText(link));
    const target = fileOf(href);
    const named = [text, attribute(link, "download"), attribute(link, "title")].map(tidyText);
    if (!FILE.test(target) && !(FILE.test(text) && /^(?!javascript:|#|mailto:)./i.test(href))) continue;
    const name = named.find((candidate) => !NAMELESS.test(candidate)) ?? target;
    const url = toWebAddress(href, base);
    const key = url ?? `${href} ${name}`;
    if (!found.has(key)) found.set(key, { name, ...(url === undefined ? {} : { url }) });
  }
  return [...found.values()];
}

function isAttached(link: PageElement, article: readonly PageNode[]): boolean {
  if (article.some((node) => isElement(node) && contains(node, link))) return true;
  for (
    let node: PageNode | PageDocument | null = link;
    isElement(node);
    node = node.parent as PageNode | null
  )
    if (namesOf(node).some((name) => ATTACHMENT_NAME.test(name))) return true;
  return /^附\s*件/.test(rawText(link).trim());
}

/** The file name in an address, decoded. */
function fileOf(href: string): string {
  const path = href.split(/[?#]/)[0] ?? "";
  try {
    return decodeURIComponent(basename(path));
  } catch {
    return basename(path);
  }
}
