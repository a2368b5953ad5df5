import { byId, element } from "./dom.js";
import { renderStatus } from "./render-reply.js";

const status = byId("status");
const article = byId("article");

async function openDocument() {
  const documentId = decodeURIComponent(location.pathname.split("/").at(-1) ?? "");
  try {
    const version = new URLSearchParams(location.search).get("version");
    const query = version ? `?version=${encodeURIComponent(version)}` : "";
    const response = await fetch(`/api/v1/documents/${encodeURIComponent(documentId)}${query}`);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error?.message);
    showDocument(answer);
  } catch (error) {
    const reason = error instanceof TypeError ? "网络连接失败" : error.message;
    status.textContent = `未能载入文件：${reason || "服务暂时不可用"}`;
  }
}

function showDocument(loaded) {
  document.title = `${loaded.title} · 贤策`;
  byId("facts").replaceChildren(...renderVersionNote(loaded), renderFacts(loaded));
  const headings = headingsByStart(loaded);
  byId("outline").replaceChildren(...[...headings.values()].filter(isListed).map(renderOutlineItem));
  if (matchMedia("(max-width: 56rem)").matches) byId("outline-fold").removeAttribute("open");
  const show = () => {
    const cited = readCitedRange(loaded.text.length);
    article.replaceChildren(...renderLines(loaded.text, headings, cited));
    showCited(cited, headings);
  };
  show();
  addEventListener("hashchange", show);
}

/** `#120-164`: the cited characters, in UTF-16 units of the published text. */
function readCitedRange(length) {
  const match = /^#(\d+)-(\d+)$/.exec(location.hash);
  if (!match) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return start < end && end <= length ? { start, end } : undefined;
}

function showCited(cited, headings) {
  const mark = article.querySelector("mark");
  if (mark) {
    status.textContent = "";
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
  } else {
    const wanted = /^#\d+-\d+$/.test(location.hash);
    status.textContent = wanted ? "引文位置与现行文本不符，已显示全文。" : "";
    if (!wanted && location.hash.length > 1)
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
  const current = [...headings.values()]
    .filter((node) => cited && isListed(node) && contains(node, cited))
    .at(-1);
  for (const item of byId("outline").children) {
    item.classList.toggle("is-current", item.dataset.start === String(current?.start));
  }
}

function contains(node, range) {
  return node.start <= range.start && range.end <= node.end;
}

/** An answer of the past leads to the version that it cited. */
function renderVersionNote({ versionState, documentId }) {
  if (versionState === "published") return [];
  const said =
    versionState === "withdrawn"
      ? "您看到的是曾经发布、现已撤下的版本，仅供核对以往的回答。"
      : "您看到的是曾经发布的版本，现已由新版本替换。";
  const link = element("a", { href: `/documents/${encodeURIComponent(documentId)}` }, "查看现行版本");
  return [
    element(
      "p",
      { class: "document__version", role: "note" },
      said,
      ...(versionState === "withdrawn" ? [] : [link]),
    ),
  ];
}

function renderFacts({ status: state, metadata }) {
  const period = metadata.period && `${metadata.period.from}—${metadata.period.to}年`;
  const facts = [
    ["状态", renderStatus(state)],
    ["发文机关", metadata.issuers?.join("、")],
    ["文号", metadata.documentNumber],
    ["成文日期", metadata.signedOn],
    ["发布日期", metadata.publishedOn],
    ["施行日期", metadata.effectiveFrom],
    ["有效期至", metadata.expiresOn],
    ["规划期", period],
  ].filter(([, value]) => value);
  return element(
    "dl",
    { class: "facts" },
    ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

/** Outline nodes whose heading stands in a line of its own, by where that line starts. */
function headingsByStart({ text, nodes }) {
  const headings = new Map();
  for (const node of nodes) {
    const lineEnd = text.indexOf("\n", node.start);
    const line = text.slice(node.start, lineEnd === -1 ? text.length : lineEnd).trim();
    const isFront = node.level === 0;
    if (line !== "" && (isFront || line === node.heading.trim())) headings.set(node.start, node);
  }
  return headings;
}

function isListed(node) {
  return node.level === 1 || node.level === 2;
}

function renderOutlineItem(node) {
  return element(
    "li",
    { "data-start": node.start },
    element(
      "a",
      { class: `outline__link outline__link--${node.level}`, href: `#at-${node.start}` },
      node.heading,
    ),
  );
}

function renderLines(text, headings, cited) {
  const lines = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (text.slice(start, end).trim() !== "") lines.push(renderLine(text, start, end, headings, cited));
    start = end + 1;
  }
  return lines;
}

function renderLine(text, start, end, headings, cited) {
  const node = headings.get(start);
  const line = element(tagOf(node), { id: `at-${start}` });
  if (node?.level === 0 && node.section !== "导语") line.classList.add("is-front");
  const from = Math.max(start, cited?.start ?? end);
  const to = Math.min(end, cited?.end ?? start);
  if (from >= to) line.append(text.slice(start, end));
  else line.append(text.slice(start, from), element("mark", {}, text.slice(from, to)), text.slice(to, end));
  return line;
}

function tagOf(node) {
  if (!node) return "p";
  if (node.level === 0) return node.section === "标题" ? "h1" : "p";
  return `h${Math.min(4, node.level + 1)}`;
}

openDocument();
