import { halveBlock, halveText } from "./halve-block.ts";
import type { Reply, ReplyBlock } from "./types.ts";
import { writeReplyText } from "./write-reply-text.ts";

/** Longer than any number of parts that comes to pass. */
const MOST_PARTS = 99;

/**
 * A reply → replies that each fit, in order, divided between blocks. A block that does not fit even alone is divided
 * between its items, criteria or sentences; each part of a citation keeps the line that says where it stands. What cannot
 * be divided (a form, a button) stands alone. `fits` is asked often and must be cheap.
 */
export function splitReply(reply: Reply, fits: (part: Reply) => boolean): Reply[] {
  if (fits(reply)) return [reply];
  const [headline, ...rest] = divideHeadline(reply, fits);
  const waiting: ReplyBlock[] = [
    ...rest.map((text): ReplyBlock => ({ type: "paragraph", text })),
    ...reply.blocks,
  ];
  const parts: ReplyBlock[][] = [];
  let current: ReplyBlock[] = [];
  const fitsHere = (blocks: readonly ReplyBlock[]) =>
    fits(toPart(reply, parts.length === 0 ? headline : continued(reply, MOST_PARTS, MOST_PARTS), blocks));
  while (waiting.length > 0) {
    const next = waiting.shift() as ReplyBlock;
    if (fitsHere([...current, next])) {
      current.push(next);
      continue;
    }
    // The first part may hold the headline alone.
    if (current.length > 0 || (parts.length === 0 && headline !== "")) {
      waiting.unshift(...takeHeadings(current), next);
      parts.push(current);
      current = [];
      continue;
    }
    const halves = halveBlock(next);
    if (halves) waiting.unshift(...halves);
    else current.push(next);
  }
  if (current.length > 0 || parts.length === 0) parts.push(current);
  return parts.map((blocks, position) =>
    toPart(reply, position === 0 ? headline : continued(reply, position + 1, parts.length), blocks),
  );
}

/** The headline in pieces that fit alone. */
function divideHeadline(reply: Reply, fits: (part: Reply) => boolean): [string, ...string[]] {
  const done: string[] = [];
  const waiting = [reply.headline];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const halves = fits(toPart(reply, next, [])) ? undefined : halveText(next);
    if (halves) waiting.unshift(...halves);
    else done.push(next);
  }
  const [first = reply.headline, ...rest] = done;
  return [first, ...rest];
}

/** A heading does not end a part: it goes with what it heads. */
function takeHeadings(blocks: ReplyBlock[]): ReplyBlock[] {
  const taken: ReplyBlock[] = [];
  while (blocks.length > 1 && blocks.at(-1)?.type === "heading") taken.unshift(blocks.pop() as ReplyBlock);
  return taken;
}

function continued({ language }: Reply, position: number, count: number): string {
  return language === "zh" ? `（接上条，${position}/${count}）` : `(continued, ${position}/${count})`;
}

function toPart(reply: Reply, headline: string, blocks: readonly ReplyBlock[]): Reply {
  const plainText = writeReplyText(headline, blocks, reply.language);
  return { ...reply, headline, blocks: [...blocks], plainText };
}
