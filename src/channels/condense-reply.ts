import type { Reply, ReplyBlock } from "../conversation/index.ts";
import { WORDS } from "./labels.ts";

/** How much of a reply is kept, in characters and pieces. */
interface Measure {
  text: number;
  quote: number;
  items: number;
  citations: number;
}

/** Quotes go first: they can be read in the document. What can be pressed or filled in always stays. */
const MEASURES: readonly Measure[] = [
  { text: 3_000, quote: 800, items: 20, citations: 10 },
  { text: 1_500, quote: 400, items: 12, citations: 6 },
  { text: 700, quote: 200, items: 8, citations: 4 },
  { text: 300, quote: 120, items: 4, citations: 2 },
  { text: 120, quote: 60, items: 2, citations: 1 },
];

export const CONDENSE_STEPS = MEASURES.length;

/** A shorter reply for where only one card may stand; what was left out is said. `step` from 0, shorter each time. */
export function condenseReply(reply: Reply, step: number): Reply {
  const measure = MEASURES[Math.min(step, CONDENSE_STEPS - 1)];
  if (!measure) return reply;
  const words = WORDS[reply.language];
  const clip = (text: string) => clipText(text, measure.text, words.leftOut);
  let citations = 0;
  const blocks = reply.blocks.flatMap((block): ReplyBlock[] => {
    if (block.type !== "citation") return [condenseBlock(block, measure, clip, words.earlierItems)];
    citations += 1;
    if (citations > measure.citations) return [];
    return [{ ...block, quote: clipText(block.quote, measure.quote, words.leftOut) }];
  });
  return {
    ...reply,
    headline: clip(reply.headline),
    blocks: [...blocks, { type: "notice", text: words.condensed }],
  };
}

function condenseBlock(
  block: Exclude<ReplyBlock, { type: "citation" }>,
  { items: maxItems }: Measure,
  clip: (text: string) => string,
  earlierItems: (count: number) => string,
): ReplyBlock {
  switch (block.type) {
    case "paragraph":
    case "notice":
    case "heading":
      return { ...block, text: clip(block.text) };
    case "list": {
      const left = block.items.length - maxItems;
      // Lists of work are told in order of time; what is newest stays.
      const items = block.items.slice(-maxItems).map(clip);
      return { ...block, items: left > 0 ? [earlierItems(left), ...items] : items };
    }
    case "fields":
      return { ...block, items: block.items.map((item) => ({ ...item, value: clip(item.value) })) };
    case "changes": {
      const left = Math.max(0, block.items.length - maxItems);
      return { ...block, items: block.items.slice(0, maxItems), more: block.more + left };
    }
    case "form": {
      const fields = block.fields.map((field) =>
        field.value === undefined || field.kind === "select" ? field : { ...field, value: clip(field.value) },
      );
      return { ...block, fields };
    }
    default:
      return block;
  }
}

function clipText(text: string, maxCharacters: number, leftOut: (count: number) => string): string {
  const characters = [...text];
  const left = characters.length - maxCharacters;
  // Cutting away less than the words that say so would only make it longer.
  return left <= 20 ? text : `${characters.slice(0, maxCharacters).join("")}……${leftOut(left)}`;
}
