import type { ReplyBlock } from "./types.ts";

/** Two blocks that say together what this one says. Undefined: it cannot be divided. */
export function halveBlock(block: ReplyBlock): [ReplyBlock, ReplyBlock] | undefined {
  switch (block.type) {
    case "paragraph":
    case "notice":
    case "heading": {
      const halves = halveText(block.text);
      return (
        halves && [
          { ...block, text: halves[0] },
          { ...block, text: halves[1] },
        ]
      );
    }
    case "citation": {
      const halves = halveText(block.quote);
      return (
        halves && [
          { ...block, quote: halves[0] },
          { ...block, quote: halves[1] },
        ]
      );
    }
    case "list":
      return halveList(block);
    case "fields":
      return halveFields(block);
    case "changes": {
      const halves = halveItems(block.items);
      return (
        halves && [
          { ...block, items: halves[0], more: 0 },
          { ...block, items: halves[1] },
        ]
      );
    }
    case "actions": {
      const halves = halveItems(block.actions);
      return (
        halves && [
          { ...block, actions: halves[0] },
          { ...block, actions: halves[1] },
        ]
      );
    }
    case "program":
      return halveProgram(block);
    default:
      return undefined;
  }
}

function halveList(block: Extract<ReplyBlock, { type: "list" }>): [ReplyBlock, ReplyBlock] | undefined {
  const halves = halveItems(block.items) ?? halveOnly(block.items, halveText);
  return (
    halves && [
      { ...block, items: halves[0] },
      { ...block, items: halves[1] },
    ]
  );
}

function halveFields(block: Extract<ReplyBlock, { type: "fields" }>): [ReplyBlock, ReplyBlock] | undefined {
  const halves =
    halveItems(block.items) ??
    halveOnly(block.items, (item) => {
      const values = halveText(item.value);
      return (
        values && [
          { label: item.label, value: values[0] },
          { ...item, value: values[1] },
        ]
      );
    });
  return (
    halves && [
      { ...block, items: halves[0] },
      { ...block, items: halves[1] },
    ]
  );
}

/** Name, status and verdict stand on both; the next step comes with the last. */
function halveProgram(block: Extract<ReplyBlock, { type: "program" }>): [ReplyBlock, ReplyBlock] | undefined {
  const criteria = halveItems(block.criteria);
  const after = { ...block, criteria: [] };
  const before = { ...block, quotes: [], notStated: [], cautions: [], nextStep: "" };
  if (criteria)
    return [
      { ...before, criteria: criteria[0] },
      { ...block, criteria: criteria[1] },
    ];
  const quotes = halveItems(block.quotes) ?? halveOnly(block.quotes, halveQuote);
  if (block.criteria.length > 0 && block.quotes.length > 0) return [before, after];
  if (!quotes) return undefined;
  const { notStated, cautions, nextStep } = before;
  return [
    { ...block, notStated, cautions, nextStep, quotes: quotes[0] },
    { ...after, quotes: quotes[1] },
  ];
}

function halveQuote<Quote extends { quote: string }>(quote: Quote): [Quote, Quote] | undefined {
  const halves = halveText(quote.quote);
  return (
    halves && [
      { ...quote, quote: halves[0] },
      { ...quote, quote: halves[1] },
    ]
  );
}

function halveItems<Item>(items: readonly Item[]): [Item[], Item[]] | undefined {
  if (items.length < 2) return undefined;
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

function halveOnly<Item>(
  items: readonly Item[],
  halve: (item: Item) => [Item, Item] | undefined,
): [Item[], Item[]] | undefined {
  const [only] = items;
  const halves = only === undefined || items.length > 1 ? undefined : halve(only);
  return halves && [[halves[0]], [halves[1]]];
}

const SENTENCE_END = /[。！？!?；;\n]/;
const CLAUSE_END = /[，、,：:\s]/;

/**
 * After the line, sentence or clause that ends nearest to the middle. Undefined: nothing to divide. Both together are the
 * text: nothing is dropped between them.
 */
export function halveText(text: string): [string, string] | undefined {
  if ([...text].length < 2) return undefined;
  const middle = Math.floor(text.length / 2);
  const at =
    nearest(text, middle, SENTENCE_END) ?? nearest(text, middle, CLAUSE_END) ?? notInside(text, middle);
  return [text.slice(0, at), text.slice(at)];
}

/** The position behind the mark that is nearest to the middle, in the middle half of the text. */
function nearest(text: string, middle: number, mark: RegExp): number | undefined {
  for (let distance = 0; distance <= middle / 2; distance += 1) {
    for (const at of [middle + distance, middle - distance]) {
      if (at > 0 && at < text.length && mark.test(text[at - 1] ?? "")) return at;
    }
  }
  return undefined;
}

/** Not between the two halves of a character. */
function notInside(text: string, at: number): number {
  const inside = /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");
  if (!inside) return Math.max(1, at);
  return at - 1 > 0 ? at - 1 : at + 1;
}
