import { element } from "./dom.js";
import { renderStatus } from "./render-reply.js";

const SHOWN_DOCUMENTS = 5;

/** Lists what answers rest on. Without it the page works as well, so a failure shows nothing. */
export async function showLibrary(section, list) {
  try {
    const response = await fetch(`/api/v1/documents?limit=${SHOWN_DOCUMENTS}`);
    if (!response.ok) return;
    const { total, documents } = await response.json();
    const items = documents.map(renderDocument);
    if (total > documents.length) items.push(element("li", {}, `等共 ${total} 份文件`));
    list.replaceChildren(...items);
    section.hidden = items.length === 0;
  } catch {
    section.hidden = true;
  }
}

function renderDocument({ documentId, title, status }) {
  const href = `/documents/${encodeURIComponent(documentId)}`;
  return element(
    "li",
    {},
    element("a", { href, target: "_blank", rel: "noopener" }, `《${title}》`),
    " ",
    renderStatus(status),
  );
}
