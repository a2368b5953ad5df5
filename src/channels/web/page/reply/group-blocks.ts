import type { ReplyBlock } from "../shared/wire.ts";
import type { Citation } from "./citations.tsx";

/** Notices that follow each other share a box. */
export interface NoticesBlock {
  type: "notices";
  items: string[];
}

export type ShownBlock = Exclude<ReplyBlock, { type: "citation" | "notice" }> | NoticesBlock;

export interface PlacedBlock {
  block: ShownBlock;
  /** Its place among the reply's blocks, by which the server knows its buttons. */
  index: number;
}

/** Citations stand together above the rest. */
export function groupBlocks(blocks: readonly ReplyBlock[]): { citations: Citation[]; others: PlacedBlock[] } {
  const citations: Citation[] = [];
  const others: PlacedBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    const last = others.at(-1)?.block;
    if (block.type === "citation") citations.push(block);
    else if (block.type !== "notice") others.push({ block, index });
    else if (last?.type === "notices") last.items.push(block.text);
    else others.push({ block: { type: "notices", items: [block.text] }, index });
  }
  return { citations, others };
}
