import type { Prose } from "./measure-prose.ts";
import {
  contains,
  isElement,
  namesOf,
  type PageDocument,
  type PageElement,
  type PageNode,
} from "./page-dom.ts";

const CHROME_TAGS: ReadonlySet<string> = new Set(["nav", "footer", "aside", "header"]);

/** Class names and ids of what stands around an article. Whole names only: `content-nav` may hold the content. */
const CHROME_NAME =
  /^(?:(?:top|main|sub|side|left|right|foot|site|global|head)?[-_]?(?:nav|navs|navbar|navi|navigation|menus?)|bread-?crumbs?|crumbs?|mbx|dqwz|wz_?nav|(?:cur(?:rent)?)?[-_]?(?:position|location|weizhi)|share.*|(?:bd|b)share.*|jiathis.*|social.*|fenxiang|fx|tool-?bars?|tools|print|dayin|font-?size.*|zihao|qr-?code.*|ewm.*|erweima.*|(?:side|right|left)-?bar|related.*|xg(?:xx|wz|zc|jd|yd|lj|news)|relat(?:e|ion).*|recommend.*|tuijian|foot(?:er)?[-_]?.*|bottom(?:bar|nav)?|copy-?right|comments?|pagination|pager|page-?(?:turn|nav|bar)|prev-?next|shangxia.*|sxp|search[-_]?.*|login.*|banner|logo|advert.*|friend-?links?|yqlj|hot-?(?:news|list|words?)|paihang.*|rank(?:ing)?|back-?to?-?top|go-?top|to-?top|float-?.*|popup.*|modal.*|skip-?.*|accessib.*|wza.*|old-?age.*|site-?map|links?-?box)$/i;

/** An element with more of the page's prose than this is no chrome, whatever it is called. */
const MAX_CHROME_SHARE = 0.3;

/** Takes out what stands around the article: by element, class and id. `kept` and what contains it stays. */
export function dropChrome(node: PageElement | PageDocument, kept: readonly PageNode[], prose: Prose): void {
  const total = prose.total;
  const isKept = (element: PageElement) =>
    kept.some((inner) => contains(element, inner)) || prose.of(element) > total * MAX_CHROME_SHARE;
  node.children = node.children.filter(
    (child) => !isElement(child) || !looksLikeChrome(child) || isKept(child),
  );
  for (const child of node.children) if (isElement(child)) dropChrome(child, kept, prose);
}

function looksLikeChrome(element: PageElement): boolean {
  return CHROME_TAGS.has(element.name) || namesOf(element).some((name) => CHROME_NAME.test(name));
}
