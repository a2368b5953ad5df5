import { element } from "./dom.js";

/** The reader of this server, under whatever name the browser reaches it. */
export function localPath(url) {
  const { pathname, search, hash } = new URL(url, location.href);
  return pathname + search + hash;
}

/** Leads to the document with the sentence marked. `label` stands for the link itself, `section` says which one it is. */
export function renderSourceLink(url, section, label, words) {
  return element(
    "a",
    { class: "citation__link", href: localPath(url), target: "_blank", rel: "noopener" },
    label,
    element("span", { class: "visually-hidden" }, `（${section}，${words.newWindow}）`),
  );
}

export function renderLabelled(name, label, content) {
  return element(
    "div",
    { class: `labelled labelled--${name}` },
    element("p", { class: "labelled__label" }, label),
    element("div", { class: "labelled__content" }, content),
  );
}

export function renderNotStated(label, items) {
  const shown = items.map((item) => element("li", {}, item));
  return renderLabelled("not-stated", label, element("ul", { class: "not-stated__items" }, ...shown));
}
