import "../styles/base.css";
import "../styles/header.css";
import "../styles/reader.css";
import { drawFacts, drawVersionNote } from "./draw-facts.ts";
import { drawLines, findHeadings, type Headings } from "./draw-lines.ts";
import { byId, element } from "./element.ts";
import {
  type CitedRange,
  type LoadedDocument,
  loadDocument,
  type OutlineNode,
  readCitedRange,
} from "./loaded-document.ts";

const status = byId("status");
const article = byId("article");
const outline = byId("outline");

async function openDocument(): Promise<void> {
  const documentId = decodeURIComponent(location.pathname.split("/").at(-1) ?? "");
  try {
    showDocument(await loadDocument(documentId, new URLSearchParams(location.search).get("version")));
  } catch (error) {
    status.textContent = `未能载入文件：${error instanceof Error ? error.message : ""}`;
  }
}

function showDocument(loaded: LoadedDocument): void {
  document.title = `${loaded.title} · 贤策`;
  byId("facts").replaceChildren(...drawVersionNote(loaded), drawFacts(loaded));
  const headings = findHeadings(loaded);
  outline.replaceChildren(...[...headings.values()].filter(isListed).map(drawOutlineItem));
  if (matchMedia("(max-width: 56rem)").matches) byId("outline-fold").removeAttribute("open");
  const show = () => {
    const cited = readCitedRange(location.hash, loaded.text.length);
    article.replaceChildren(...drawLines(loaded.text, headings, cited));
    goToCited();
    markOutline(cited, headings);
  };
  show();
  addEventListener("hashchange", show);
}

function goToCited(): void {
  const mark = article.querySelector("mark");
  if (mark) {
    status.textContent = "";
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
    return;
  }
  const wanted = /^#\d+-\d+$/.test(location.hash);
  status.textContent = wanted ? "引文位置与现行文本不符，已显示全文。" : "";
  if (!wanted && location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function markOutline(cited: CitedRange | undefined, headings: Headings): void {
  const around = (node: OutlineNode) =>
    cited !== undefined && node.start <= cited.start && cited.end <= node.end;
  const current = [...headings.values()].filter((node) => isListed(node) && around(node)).at(-1);
  for (const item of Array.from(outline.children)) {
    item.classList.toggle("is-current", item.getAttribute("data-start") === String(current?.start));
  }
}

function isListed(node: OutlineNode): boolean {
  return node.level === 1 || node.level === 2;
}

function drawOutlineItem({ level, start, heading }: OutlineNode): HTMLElement {
  const link = element(
    "a",
    { class: `outline__link outline__link--${level}`, href: `#at-${start}` },
    heading,
  );
  return element("li", { "data-start": String(start) }, link);
}

void openDocument();
