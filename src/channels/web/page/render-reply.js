import { renderLabelled, renderNotStated, renderSourceLink } from "./citation-parts.js";
import { element } from "./dom.js";
import { renderActions, renderForm } from "./render-actions.js";
import { renderFile, renderPicture } from "./render-files.js";
import { renderProgram } from "./render-program.js";
import { wordsFor } from "./words.js";

/** Citations shown at once; further ones unfold. */
const SHOWN_CITATIONS = 3;

/**
 * A reply → an element.
 * @param {object} reply
 * @param {{question: string, at: string, ask: (question: string) => void, press: Function}} turn `ask` puts a suggested
 *   question (again), `press` does what a button says; an empty `question` cannot be asked again.
 */
export function renderReply(reply, { question, at, ask, press }) {
  const words = wordsFor(reply.language);
  if (reply.quiet) return renderQuiet(reply, at);
  const citations = reply.blocks.filter((block) => block.type === "citation");
  const rest = reply.blocks.filter((block) => block.type !== "citation");
  const near = reply.kind === "not-in-documents" || reply.kind === "refused";
  return element(
    "article",
    {
      class: `reply reply--${reply.kind}`,
      lang: reply.language === "en" ? "en" : "zh-CN",
      "aria-label": words.persons[reply.kind] ?? words.answer,
    },
    words.persons[reply.kind] && element("p", { class: "reply__person" }, words.persons[reply.kind]),
    element("p", { class: "reply__headline" }, reply.headline),
    citations.length > 0 && renderCitations(citations, near ? words.near : words.basis, words),
    ...groupNotices(rest).map((block) =>
      renderBlock(block, { words, ask, press, index: reply.blocks.indexOf(block) }),
    ),
    renderFooter(reply, words, { question, at, ask }),
  );
}

/** Only acknowledges: a line under what was said. */
function renderQuiet(reply, at) {
  return element(
    "p",
    { class: "reply reply--quiet", lang: reply.language === "en" ? "en" : "zh-CN" },
    reply.headline,
    " ",
    element("time", { datetime: at }, formatTime(at)),
  );
}

function renderCitations(citations, title, words) {
  const hidden = citations.slice(SHOWN_CITATIONS);
  return element(
    "section",
    { class: "citations" },
    element("h2", { class: "citations__title" }, title),
    ...citations.slice(0, SHOWN_CITATIONS).map((citation) => renderCitation(citation, words)),
    hidden.length > 0 &&
      element(
        "details",
        { class: "citations__more" },
        element("summary", {}, words.more(hidden.length)),
        ...hidden.map((citation) => renderCitation(citation, words)),
      ),
  );
}

function renderCitation(citation, words) {
  return element(
    "figure",
    { class: "citation" },
    element(
      "figcaption",
      { class: "citation__source" },
      element("span", { class: "citation__index", "aria-hidden": "true" }, String(citation.index)),
      element(
        "span",
        { class: "citation__name" },
        element("cite", { class: "citation__title", lang: "zh-CN" }, `《${citation.title}》`),
        citation.status && " ",
        citation.status && renderStatus(citation.status),
      ),
    ),
    element("p", { class: "citation__path", lang: "zh-CN" }, describePlace(citation)),
    element("blockquote", { class: "citation__quote", lang: "zh-CN" }, citation.quote),
    citation.url && renderSourceLink(citation.url, citation.section, words.open, words),
  );
}

/** The headings, and the paragraph under them where it has no number of its own; front matter goes by its name. */
function describePlace({ heading, section }) {
  if (heading.length === 0) return section;
  const paragraph = /第\d+段$/.exec(section)?.[0];
  return [...heading, ...(paragraph ? [paragraph] : [])].join(" › ");
}

/** The legal state of a document as a chip; what binds stands out from what does not. */
export function renderStatus(status) {
  const tone = status === "现行有效" ? "good" : /稿|废止|到期|替代/.test(status) ? "caution" : "plain";
  return element("span", { class: `status status--${tone}`, lang: "zh-CN" }, status);
}

/** Notices that follow each other share a box. */
function groupNotices(blocks) {
  const grouped = [];
  for (const block of blocks) {
    const last = grouped.at(-1);
    if (block.type !== "notice") grouped.push(block);
    else if (last?.type === "notices") last.items.push(block.text);
    else grouped.push({ type: "notices", items: [block.text] });
  }
  return grouped;
}

function renderBlock(block, { words, ask, press, index }) {
  switch (block.type) {
    case "notices":
      return element("ul", { class: "notices" }, ...block.items.map((item) => element("li", {}, item)));
    case "paragraph": {
      const split = block.role === "next-step" ? /^([^：:]{2,12})[：:]\s*(.*)$/su.exec(block.text) : null;
      if (!split) return element("p", { class: "reply__text" }, block.text);
      return renderLabelled("next-step", split[1], element("span", {}, split[2]));
    }
    case "list": {
      if (block.role === "examples") return renderExamples(block, ask);
      if (block.role === "not-stated") return renderNotStated(block.title, block.items);
      const items = block.items.map((item) => element("li", {}, item));
      return element(
        "div",
        { class: "reply__list" },
        block.title && element("p", {}, block.title),
        element("ul", {}, ...items),
      );
    }
    case "heading":
      return element("h3", { class: "reply__heading" }, block.text);
    case "fields":
      return element("dl", { class: "reply__fields" }, ...block.items.map(renderField));
    case "changes":
      return element("ul", { class: "changes" }, ...block.items.map(renderChange));
    case "program":
      return renderProgram(block, words);
    case "form":
      return renderForm(block, index, words, press);
    case "actions":
      return renderActions(block, index, words, press);
    case "file":
      return renderFile(block, words);
    case "picture":
      return renderPicture(block, words);
    default:
      return undefined;
  }
}

function renderField({ label, value, note }) {
  return element(
    "div",
    {},
    element("dt", {}, label),
    element("dd", {}, note ? `${value}（${note}）` : value),
  );
}

const CHANGE_NAMES = { added: "新增", removed: "删除", changed: "修改", moved: "移动" };

function renderChange({ kind, section, runs }) {
  const tags = { added: "ins", removed: "del" };
  const words = runs.map(({ text, mark }) => element(tags[mark] ?? "span", {}, text));
  return element("li", {}, element("strong", {}, `${CHANGE_NAMES[kind]} ${section} `), ...words);
}

function renderExamples(block, ask) {
  return element(
    "div",
    { class: "reply__examples" },
    element("p", { class: "reply__text" }, block.title ?? ""),
    element("ul", { class: "examples" }, ...block.items.map((item) => renderExample(item, ask))),
  );
}

export function renderExample(question, ask) {
  return element(
    "li",
    {},
    element("button", { class: "examples__button", type: "button", onclick: () => ask(question) }, question),
  );
}

function renderFooter(reply, words, { question, at, ask }) {
  const copy = element("button", { class: "button button--link", type: "button" }, words.copy);
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(reply.plainText).then(
      () => {
        copy.textContent = words.copied;
        setTimeout(() => {
          copy.textContent = words.copy;
        }, 2000);
      },
      () => undefined,
    );
  });
  const retry =
    reply.kind === "error" &&
    question !== "" &&
    element(
      "button",
      { class: "button button--link", type: "button", onclick: () => ask(question) },
      words.retry,
    );
  return element(
    "footer",
    { class: "reply__footer" },
    reply.generatedByAi && element("span", { class: "reply__ai" }, words.ai),
    element("time", { class: "reply__time", datetime: at }, formatTime(at)),
    retry,
    navigator.clipboard && reply.kind !== "error" && copy,
  );
}

function formatTime(at) {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date().toDateString();
  const day = sameDay ? {} : { month: "long", day: "numeric" };
  return new Intl.DateTimeFormat("zh-CN", { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
}
