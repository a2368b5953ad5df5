import type { ReadFields } from "../types.ts";
import {
  attribute,
  type PageDocument,
  type PageElement,
  rawText,
  tidyText,
  walkElements,
} from "./page-dom.ts";

/** Names of meta elements on government sites, lower case. */
const META: Readonly<Record<string, "title" | "publishedOn" | "source" | "documentNumber">> = {
  articletitle: "title",
  pubdate: "publishedOn",
  publishdate: "publishedOn",
  "publish-date": "publishedOn",
  "article:published_time": "publishedOn",
  contentsource: "source",
  source: "source",
  documentnumber: "documentNumber",
  filenumber: "documentNumber",
};
const OTHER: Readonly<Record<string, string>> = {
  description: "描述",
  keywords: "关键词",
  columnname: "栏目",
};

export interface PageMeta {
  fields: ReadFields;
  /** Of the window, without the site's name. */
  windowTitle: string;
}

export function readMeta(page: PageDocument): PageMeta {
  const fields: ReadFields = {};
  const other: Record<string, string> = {};
  let windowTitle = "";
  for (const element of walkElements(page)) {
    if (element.name === "title" && windowTitle === "") windowTitle = cutSiteName(tidyText(rawText(element)));
    if (element.name !== "meta") continue;
    const name = (attribute(element, "name") || attribute(element, "property")).trim().toLowerCase();
    const content = tidyText(attribute(element, "content"));
    const field = META[name];
    if (content === "") continue;
    if (field) fields[field] ??= content;
    else if (OTHER[name]) other[OTHER[name]] ??= content;
  }
  return { fields: Object.keys(other).length === 0 ? fields : { ...fields, other }, windowTitle };
}

/** `关于……的通知_奉贤区人民政府` → the longest part before the site's. */
function cutSiteName(title: string): string {
  const parts = title
    .split(/\s*[_|｜]\s*|\s+[-–—]{1,2}\s+|(?<=[一-龥])[-–—]{1,2}(?=[一-龥])/)
    .filter(Boolean);
  if (parts.length < 2) return title;
  const known = parts.find((part) =>
    /(?:通知|公告|办法|细则|意见|方案|措施|规定|规划|计划|条例|指南|解读|批复|决定|的函|公示)(?:[（(].*[）)])?》?$/.test(
      part,
    ),
  );
  return known ?? parts[0] ?? title;
}

/** The address that relative links start from: `<base>`, the browser's note of where a page was saved, its canonical address. */
export function findBase(page: PageDocument, html: string, url: string | undefined): string | undefined {
  const elements = [...walkElements(page)];
  const start = url ?? findSavedFrom(html) ?? findCanonical(elements);
  const base = elements.find(({ name, attribs }) => name === "base" && attribs["href"])?.attribs["href"];
  return toWebAddress(base ?? start, start) ?? toWebAddress(start);
}

function findSavedFrom(html: string): string | undefined {
  return /<!--\s*saved from url=\(\d+\)(https?:\S+?)\s*-->/i.exec(html.slice(0, 2_000))?.[1];
}

function findCanonical(elements: readonly PageElement[]): string | undefined {
  return elements.find(({ name, attribs }) => name === "link" && attribs["rel"] === "canonical")?.attribs[
    "href"
  ];
}

export function toWebAddress(address: string | undefined, base?: string): string | undefined {
  if (address === undefined || !URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
}
