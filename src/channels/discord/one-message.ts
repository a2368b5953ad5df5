import type { Reply } from "../../conversation/index.ts";
import { CONDENSE_STEPS, condenseReply } from "../condense-reply.ts";
import { type RenderOptions, type ReplyPart, renderReply } from "./render.ts";

/** What somebody works on later is edited then, and only one message can be edited as a whole. */
export function mustBeOneMessage({ kind, blocks }: Reply): boolean {
  return kind.startsWith("ticket-") && blocks.some(({ type }) => type === "actions" || type === "form");
}

/** A reply as one message, shortened where it does not fit, with a word that it was. */
export function renderOneMessage(reply: Reply, options: RenderOptions): ReplyPart[] {
  let parts = renderReply(reply, options);
  for (let step = 0; parts.length > 1 && step < CONDENSE_STEPS; step += 1)
    // Blocks keep their places, which buttons name.
    parts = renderReply(keepPlaces(reply, condenseReply(reply, step)), options);
  return parts.slice(0, 1);
}

/** Shortening drops citations; the blocks behind them would move up. */
function keepPlaces(reply: Reply, condensed: Reply): Reply {
  const rest = [...condensed.blocks];
  const blocks = reply.blocks.map((block): Reply["blocks"][number] => {
    if (rest[0]?.type !== block.type) return { type: "paragraph", text: "" };
    return rest.shift() ?? { type: "paragraph", text: "" };
  });
  return { ...condensed, blocks: [...blocks, ...rest] };
}
