import type { Reply, ReplyBlock } from "../../conversation/index.ts";
import { boldElement, linkElement, panelElement, textElement, toSafeUrl } from "./card.ts";
import { WORDS } from "./labels.ts";
import type { Piece } from "./piece.ts";
import { splitText } from "./split-text.ts";
import { type SignAction, toWorkPieces } from "./work-pieces.ts";

type CitationBlock = Extract<ReplyBlock, { type: "citation" }>;

/** Small enough that a piece with everything around it always fits into one card. */
const MAX_TEXT_BYTES = 9_000;
/** Beyond what titles, sections and states of documents reach; protects the size of a card. */
const MAX_LABEL_CHARACTERS = 200;
const MAX_HEADING_CHARACTERS = 60;

/** A reply → its pieces in reading order: headline, then the blocks. Long texts become several pieces; nothing is cut. */
export function toPieces(reply: Reply, publicUrl: string | undefined, sign?: SignAction): Piece[] {
  const pieces = [
    ...toTextPieces(reply.headline, reply.headline.length <= MAX_HEADING_CHARACTERS ? "heading" : "normal"),
    ...reply.blocks.flatMap((block) => toBlockPieces(block, reply, publicUrl, sign)),
  ];
  return pieces.length > 0 ? pieces : toTextPieces(reply.plainText || WORDS[reply.language].empty, "normal");
}

function toBlockPieces(
  block: ReplyBlock,
  reply: Reply,
  publicUrl: string | undefined,
  sign: SignAction,
): Piece[] {
  switch (block.type) {
    case "paragraph":
      return toTextPieces(block.text, "normal");
    case "notice":
      return toTextPieces(block.text, "notation");
    case "list":
      return toListPieces(block.title, block.items);
    case "citation":
      return toCitationPieces(block, reply, publicUrl);
    default:
      return toWorkPieces(block, sign);
  }
}

function toTextPieces(text: string, size: "heading" | "normal" | "notation"): Piece[] {
  if (text.trim() === "") return [];
  const style =
    size === "notation" ? ({ text_size: size, text_color: "grey" } as const) : { text_size: size };
  return splitText(text, MAX_TEXT_BYTES).map((part) => ({
    elements: [textElement(part, style)],
    lines: [{ text: part }],
  }));
}

function toListPieces(title: string | undefined, items: readonly string[]): Piece[] {
  const shown = items.filter((item) => item.trim() !== "").map((item) => `• ${item}`);
  const bodies = shown.length === 0 ? [] : splitText(shown.join("\n"), MAX_TEXT_BYTES);
  const heading = title?.trim() ? shorten(title.trim()) : undefined;
  const pieces = bodies.map((body): Piece => ({ elements: [textElement(body)], lines: [{ text: body }] }));
  const first = pieces[0];
  if (heading === undefined) return pieces;
  // The title stays with the first items.
  const titled: Piece = {
    elements: [boldElement(heading), ...(first?.elements ?? [])],
    lines: [{ text: heading }, ...(first?.lines ?? [])],
  };
  return [titled, ...pieces.slice(1)];
}

function toCitationPieces(citation: CitationBlock, reply: Reply, publicUrl: string | undefined): Piece[] {
  const words = WORDS[reply.language];
  const facts = [citation.section, words.document(shorten(citation.title)), citation.status];
  const title = `[${citation.index}] ${facts.map(shorten).filter(Boolean).join(" · ")}`;
  const path = shorten(citation.heading.join(" › "));
  const url = toSafeUrl(citation.url, publicUrl);
  const quotes = splitText(citation.quote, MAX_TEXT_BYTES);
  const expanded = isFirstCitation(citation, reply);
  return quotes.map((quote, position): Piece => {
    const part = quotes.length > 1 ? `（${words.continued(position + 1, quotes.length)}）` : "";
    return {
      elements: [
        panelElement(`${title}${part}`, expanded && position === 0, [
          ...(path === "" ? [] : [textElement(path, { text_size: "notation", text_color: "grey" })]),
          ...(quote === "" ? [] : [textElement(quote)]),
          ...(url === undefined ? [] : [linkElement(words.source, url)]),
        ]),
      ],
      lines: [
        { text: `${title}${part}` },
        ...(path === "" ? [] : [{ text: path }]),
        ...(quote === "" ? [] : [{ text: quote }]),
        ...(url === undefined ? [] : [{ text: words.source, href: url }]),
      ],
    };
  });
}

/** The first stands open, so that the evidence is seen without a click; the others stay folded. */
function isFirstCitation(citation: CitationBlock, reply: Reply): boolean {
  return reply.blocks.find(({ type }) => type === "citation") === citation;
}

function shorten(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_LABEL_CHARACTERS) return text;
  return `${characters.slice(0, MAX_LABEL_CHARACTERS - 1).join("")}…`;
}
