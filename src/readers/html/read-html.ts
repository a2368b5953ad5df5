import { load } from "cheerio";
import { looksLikeMessage } from "../detect/inspect-text.ts";
import type { FormatReader, ReadBlock, ReadDocument, ReadFields } from "../types.ts";
import { unusable } from "../unusable.ts";
import { collectLines, type PageLine } from "./collect-lines.ts";
import { decodeHtml } from "./decode-html.ts";
import { dropChrome } from "./drop-chrome.ts";
import { dropUnseen } from "./drop-unseen.ts";
import { findArticle, findMarkedArticle } from "./find-article.ts";
import { findAttachments } from "./find-attachments.ts";
import { findTitle } from "./find-title.ts";
import { measureProse } from "./measure-prose.ts";
import {
  countLetters,
  isElement,
  isTooDeep,
  isTooDeepToParse,
  type PageDocument,
  type PageElement,
  type PageNode,
  tidyText,
  walkElements,
} from "./page-dom.ts";
import { findBase, type PageMeta, readMeta } from "./read-meta.ts";
import { readMhtml, type SavedPage } from "./read-mhtml.ts";
import { readParticulars, toFields } from "./read-particulars.ts";
import { refuseEmptyPage } from "./refuse-empty-page.ts";
import { writeBlocks } from "./write-blocks.ts";

/**
 * A web page as government sites publish documents: the article without navigation, with what the page says about it.
 * Nothing on the page is run or fetched. Throws AppError `unusable-input` for pages without a text.
 */
export const readHtml: FormatReader = async (bytes, context) => {
  const saved = openPage(bytes);
  if (isTooDeepToParse(saved.html)) refuseBroken();
  const page: PageDocument = load(saved.html).root()[0] ?? refuseBroken();
  if (isTooDeep(page)) refuseBroken();
  const meta = readMeta(page);
  const base = findBase(page, saved.html, context.url ?? saved.url);
  const hasFrames = [...walkElements(page)].some(({ name }) => name === "frame" || name === "iframe");
  dropUnseen(page);
  const body = [...walkElements(page)].find(({ name }) => name === "body") ?? page;
  const article = locate(body);
  const attachments = findAttachments(page, article, base);
  const lines = collectLines(article);
  const above = linesAbove(body, article);
  const fields = mergeFields(
    meta,
    toFields(readParticulars([...above, ...lines.slice(0, 40)])),
    findTitle(body, above, meta.windowTitle),
  );
  const blocks = addTitle(writeBlocks(lines), above, fields.title);
  const pictures = countPictures(article);
  refuseEmptyPage({ blocks, html: saved.html, hasFrames, pictures, attachments });
  return toDocument(blocks, fields, attachments, pictures);
};

function toDocument(
  blocks: ReadBlock[],
  fields: ReadFields,
  attachments: ReadDocument["attachments"],
  pictures: number,
): ReadDocument {
  const warnings = pictures > 0 ? [`正文含 ${pictures} 张图片，图片里的文字没有读取。`] : [];
  return {
    format: "html",
    blocks,
    paragraphs: "whole",
    pages: null,
    fields,
    attachments,
    warnings,
    ocr: null,
  };
}

function refuseBroken(): never {
  throw unusable(
    "a page without an end of nesting",
    "网页结构异常（嵌套过深），无法读取。请在浏览器中打开网页，复制正文存为文本文件（.txt）后再提交。",
  );
}

function openPage(bytes: Uint8Array): SavedPage {
  const head = Buffer.from(bytes.subarray(0, 4_000)).toString("latin1");
  if (!looksLikeMessage(head)) return { html: decodeHtml(bytes), url: undefined };
  const saved = readMhtml(bytes);
  if (saved) return saved;
  throw unusable(
    "MHTML without a page",
    "这是单个文件的网页存档（MHTML），里面没有找到网页正文。请在浏览器中打开，另存为“网页，仅 HTML”或 PDF 后再提交。",
  );
}

/** Chrome is dropped around what is marked as the article; without a mark the article is where text is left. */
function locate(body: PageElement | PageDocument): PageNode[] {
  const prose = measureProse(body);
  dropChrome(body, findMarkedArticle(body, prose) ?? [], prose);
  return findArticle(body, measureProse(body));
}

/** What stands over the article on the page: its title and particulars. */
function linesAbove(body: PageElement | PageDocument, article: readonly PageNode[]): PageLine[] {
  const first = article[0];
  const around = new Set<unknown>();
  for (let node: unknown = first?.parent; isParent(node); node = node.parent) around.add(node);
  const nodes: PageNode[] = [];
  const gather = (node: PageElement | PageDocument): boolean => {
    for (const child of node.children) {
      if (child === first) return true;
      if (!isElement(child) || !around.has(child)) nodes.push(child);
      else if (gather(child)) return true;
    }
    return false;
  };
  return first && gather(body) ? collectLines(nodes) : [];
}

function isParent(node: unknown): node is { parent: unknown } {
  return typeof node === "object" && node !== null && "parent" in node;
}

function elementsInside(node: PageNode): PageElement[] {
  return "attribs" in node ? [node, ...walkElements(node)] : [];
}

function mergeFields(meta: PageMeta, printed: ReadFields, printedTitle: string | undefined): ReadFields {
  const other = { ...meta.fields.other, ...printed.other };
  const title = meta.fields.title ?? printedTitle ?? printed.title ?? meta.windowTitle;
  const merged: ReadFields = { ...meta.fields, ...printed, ...(title === "" ? {} : { title }) };
  return Object.keys(other).length === 0 ? merged : { ...merged, other };
}

const SEARCHED_BLOCKS = 12;

/** The title that the page prints over the article belongs to the document, unless the article repeats it. */
function addTitle(blocks: ReadBlock[], above: readonly PageLine[], title: string | undefined): ReadBlock[] {
  if (!title || countLetters(title) < 5) return blocks;
  const wanted = bare(title);
  const head = bare(
    blocks
      .slice(0, SEARCHED_BLOCKS)
      .map(({ text }) => text)
      .join(""),
  );
  const isPrinted = above.some((line) => line.kind === "text" && bare(line.text) === wanted);
  if (!isPrinted || head.includes(wanted)) return blocks;
  return [{ kind: "heading", text: tidyText(title), page: null, level: 1 }, ...blocks];
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Icons and lines aside. */
function countPictures(article: readonly PageNode[]): number {
  const images = article.flatMap(elementsInside).filter(({ name }) => name === "img");
  return images.filter(({ attribs }) => !isSmall(attribs["width"]) && !isSmall(attribs["height"])).length;
}

function isSmall(size: string | undefined): boolean {
  const pixels = Number.parseInt(size ?? "", 10);
  return Number.isFinite(pixels) && pixels < 60;
}
