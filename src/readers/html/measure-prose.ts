import { countLetters, isElement, type PageDocument, type PageElement } from "./page-dom.ts";

/** How much running text an element holds: letters outside links, and punctuation, which navigation lacks. */
export interface Prose {
  of(element: PageElement): number;
  total: number;
}

const PUNCTUATION_WEIGHT = 8;

export function measureProse(root: PageElement | PageDocument): Prose {
  const amounts = new Map<PageElement, number>();
  const measure = (node: PageElement | PageDocument): number => {
    let amount = 0;
    for (const child of node.children) {
      if (child.type === "text") amount += weigh(child.data);
      else if (isElement(child)) {
        const inner = measure(child);
        amounts.set(child, inner);
        amount += child.name === "a" ? 0 : inner;
      }
    }
    return amount;
  };
  const total = measure(root);
  return { of: (element) => amounts.get(element) ?? 0, total };
}

function weigh(text: string): number {
  return countLetters(text) + PUNCTUATION_WEIGHT * (text.match(/[，。；、]/g)?.length ?? 0);
}
