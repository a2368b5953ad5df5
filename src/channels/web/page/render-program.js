import { localPath, renderLabelled, renderNotStated, renderSourceLink } from "./citation-parts.js";
import { element } from "./dom.js";

let cards = 0;

/** A program with its verdict. What a compact one leaves out unfolds. */
export function renderProgram(block, words) {
  cards += 1;
  const id = `program-${cards}`;
  const rank = block.rank === null ? "" : `${block.rank}. `;
  const state = [block.kind, block.status].filter(Boolean).join(" · ");
  return element(
    "section",
    { class: `program program--${block.verdict}`, "aria-labelledby": id },
    element(
      "div",
      { class: "program__head" },
      element("h3", { class: "program__name", id, lang: "zh-CN" }, `${rank}${block.name}`),
      element("span", { class: `chip chip--${block.verdict}` }, block.verdictLabel),
    ),
    state !== "" && element("p", { class: "program__state", lang: "zh-CN" }, state),
    block.reason && element("p", { class: "program__reason" }, block.reason),
    ...(block.compact ? renderFolded(block, words) : renderFull(block, words)),
  );
}

function renderFull(block, words) {
  const quotes = renderQuotes(block, words);
  const cautions = block.cautions.map((caution) => element("li", {}, caution));
  return [
    block.criteria.length > 0 && renderVerdicts(block, words),
    quotes.length > 0 && renderFold(words.evidence(quotes.length), quotes),
    block.notStated.length > 0 && renderNotStated(words.notStated, block.notStated),
    cautions.length > 0 && element("ul", { class: "notices", "aria-label": words.caution }, ...cautions),
    block.nextStep && renderLabelled("next-step", words.nextStep, element("span", {}, block.nextStep)),
  ];
}

function renderFolded(block, words) {
  const quotes = renderQuotes(block, words);
  if (block.criteria.length > 0) {
    return [renderFold(words.details, [renderVerdicts(block, words), ...quotes])];
  }
  return quotes.length > 0 ? [renderFold(words.evidence(quotes.length), quotes)] : [];
}

function renderFold(title, content) {
  return element("details", { class: "evidence" }, element("summary", {}, title), ...content);
}

/** The roles are those that the elements have by themselves, until a narrow page shows the rows as cards. */
function renderVerdicts({ name, criteria }, words) {
  const columns = [words.criterion, words.verdict, words.ours, words.threshold, words.clause];
  const heads = columns.map((column) => element("th", { scope: "col", role: "columnheader" }, column));
  return element(
    "table",
    { class: "verdicts", role: "table" },
    element(
      "caption",
      { class: "verdicts__caption" },
      words.verdicts,
      element("span", { class: "visually-hidden" }, `（${name}）`),
    ),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...criteria.map((row) => renderRow(row, words))),
  );
}

function renderRow(row, words) {
  const { text, verdict, label, observed, threshold, section, note, url } = row;
  const ours = observed ?? (verdict === "unknown" ? words.unknown : "—");
  const cell = (column, ...children) => element("td", { role: "cell", "data-label": column }, ...children);
  return element(
    "tr",
    { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, text),
    cell(words.verdict, element("span", { class: `chip chip--${verdict}` }, label)),
    cell(words.ours, element("span", {}, ours, note && element("small", { class: "verdicts__note" }, note))),
    cell(words.threshold, threshold ?? "—"),
    cell(words.clause, url ? renderClause(url, section, words) : section),
  );
}

function renderClause(url, section, words) {
  const label = element("span", { class: "visually-hidden" }, `（${words.open}，${words.newWindow}）`);
  return element(
    "a",
    { href: localPath(url), target: "_blank", rel: "noopener", lang: "zh-CN" },
    section,
    label,
  );
}

/** What the verdicts rest on, verbatim, then what the text says of the program. Criteria that share words share an entry. */
function renderQuotes({ criteria, quotes }, words) {
  const groups = new Map();
  for (const row of criteria.filter(({ quote }) => quote !== "")) {
    const key = JSON.stringify([row.section, row.quote, row.url ?? ""]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [
    ...[...groups.values()].map((rows) =>
      renderQuote(rows.map(({ label, text }) => `〔${label}〕${text}`).join("　"), rows[0], words),
    ),
    ...quotes.map((quote) => renderQuote(`《${quote.title}》`, quote, words)),
  ];
}

function renderQuote(title, { section, quote, url }, words) {
  return element(
    "figure",
    { class: "citation" },
    element("figcaption", { class: "citation__path", lang: "zh-CN" }, `${title} · ${section}`),
    element("blockquote", { class: "citation__quote", lang: "zh-CN" }, quote),
    url && renderSourceLink(url, section, words.open, words),
  );
}
