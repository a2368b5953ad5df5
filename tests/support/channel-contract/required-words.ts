import type { ChannelCapabilities, Reply, ReplyAction, ReplyBlock } from "../../../src/conversation/index.ts";

/** What people must come to read of a reply. */
export interface RequiredWords {
  /** In this order. */
  inOrder: string[];
  anywhere: string[];
}

export function requiredWords(reply: Reply, capabilities: ChannelCapabilities): RequiredWords {
  if (reply.quiet) return { inOrder: capabilities.reactions ? [] : [reply.headline], anywhere: [] };
  const parts = reply.blocks.map((block) => requireBlock(block, capabilities));
  return {
    inOrder: [reply.headline, ...parts.flatMap(({ inOrder }) => inOrder)],
    anywhere: parts.flatMap(({ anywhere }) => anywhere),
  };
}

/** A long text may be divided over messages, but between sentences only. */
function toSentences(text: string): string[] {
  return text.split(/(?<=。)/).filter((sentence) => sentence.trim() !== "");
}

function requireBlock(block: ReplyBlock, capabilities: ChannelCapabilities): RequiredWords {
  switch (block.type) {
    case "paragraph":
    case "notice":
    case "heading":
      return { inOrder: toSentences(block.text), anywhere: [] };
    case "list":
      return { inOrder: [...(block.title ? [block.title] : []), ...block.items], anywhere: [] };
    case "citation":
      // The source line is part of the citation: without it the quote is worth nothing.
      return { inOrder: toSentences(block.quote), anywhere: [block.title, block.status, block.section] };
    case "fields":
      return {
        inOrder: block.items.map(({ value }) => value),
        anywhere: block.items.flatMap(({ label, note }) => [label, ...(note ? [note] : [])]),
      };
    case "changes":
      return {
        inOrder: block.items.map(({ section }) => section),
        anywhere: block.items.flatMap(({ runs }) => runs.map(({ text }) => text)),
      };
    case "program":
      return requireProgram(block);
    case "form":
      return { inOrder: [], anywhere: requireForm(block, capabilities) };
    case "actions":
      return {
        inOrder: [],
        anywhere: block.actions.flatMap((action) => requireAction(action, capabilities)),
      };
    case "file":
      return { inOrder: [], anywhere: [block.name] };
    case "picture":
      return { inOrder: [], anywhere: [block.alt] };
  }
}

function requireProgram(block: Extract<ReplyBlock, { type: "program" }>): RequiredWords {
  const short = { inOrder: [block.name], anywhere: [block.verdictLabel, block.status, block.reason ?? ""] };
  if (block.compact) return short;
  const { criteria, quotes, notStated, cautions, nextStep } = block;
  return {
    inOrder: short.inOrder,
    anywhere: [
      ...short.anywhere,
      ...criteria.flatMap(({ text, label, quote, section }) => [text, label, section, ...toSentences(quote)]),
      ...quotes.flatMap(({ title, section, quote }) => [title, section, ...toSentences(quote)]),
      ...notStated,
      ...cautions,
      nextStep,
    ],
  };
}

function requireForm(
  { fields, submit, more = [] }: Extract<ReplyBlock, { type: "form" }>,
  capabilities: ChannelCapabilities,
): string[] {
  const buttons = [submit, ...more].flatMap((action) => requireAction(action, capabilities));
  // Without forms the fields become what is to be typed; their captions stay.
  return [...fields.map(({ label }) => label), ...(capabilities.forms === false ? [] : buttons)];
}

function requireAction({ label, command }: ReplyAction, { buttons }: ChannelCapabilities): string[] {
  return buttons === false ? (command ? [command] : []) : [label];
}
