import type { Reply, ReplyBlock } from "../../conversation/index.ts";
import { describeSize } from "../describe-size.ts";
import { WORDS } from "../labels.ts";
import { toSafeUrl } from "../to-safe-url.ts";
import { boldElement, mentionElement, panelElement, readMention, textElement } from "./card.ts";
import type { Piece } from "./piece.ts";
import { toProgramPieces } from "./program-pieces.ts";
import { MAX_TEXT_BYTES, shorten, toQuotePieces, toTextPieces } from "./quote-pieces.ts";
import type { PictureKeys } from "./resolve-pictures.ts";
import { splitText } from "./split-text.ts";
import { isSuggestions, type SignAction, toWorkPieces } from "./work-pieces.ts";

export interface PieceOptions {
  /** Where citations' relative addresses lead. */
  publicUrl?: string;
  pictures?: PictureKeys;
  /** Absent: no buttons. */
  sign?: SignAction;
}

type CitationBlock = Extract<ReplyBlock, { type: "citation" }>;

const MAX_HEADING_CHARACTERS = 60;
/** What a list in a card of work may have before it is folded. */
const MAX_OPEN_LIST = { items: 3, characters: 160 };

/** A reply → its pieces in reading order: headline, then the blocks. Long texts become several pieces; nothing is cut. */
export function toPieces(reply: Reply, options: PieceOptions): Piece[] {
  // What to ask next comes after what can be done with this.
  const blocks = [
    ...reply.blocks.filter((block) => !isSuggestions(block)),
    ...reply.blocks.filter(isSuggestions),
  ];
  const countForms = (before: number) => blocks.slice(0, before).filter(isForm).length;
  const pieces = [
    ...toMentionPieces(reply),
    ...toTextPieces(reply.headline, reply.headline.length <= MAX_HEADING_CHARACTERS ? "heading" : "normal"),
    ...blocks.flatMap((block, index) => toBlockPieces(block, reply, options, countForms(index))),
  ];
  return pieces.length > 0 ? pieces : toTextPieces(reply.plainText || WORDS[reply.language].empty, "normal");
}

function toMentionPieces({ mention }: Reply): Piece[] {
  const openId = readMention(mention?.userId);
  return openId === undefined
    ? []
    : [{ elements: [mentionElement(openId)], lines: [{ text: "", mention: openId }] }];
}

function isForm({ type }: ReplyBlock): boolean {
  return type === "form";
}

function toBlockPieces(
  block: ReplyBlock,
  reply: Reply,
  { publicUrl, pictures, sign }: PieceOptions,
  formIndex: number,
): Piece[] {
  switch (block.type) {
    case "paragraph":
      return toTextPieces(block.text, "normal");
    case "notice":
      return toTextPieces(block.text, "notation");
    case "list":
      return toListPieces(block.title, block.items, isTicket(reply));
    case "citation":
      return toCitationPieces(block, reply, publicUrl);
    case "program":
      return toProgramPieces(block, WORDS[reply.language], publicUrl);
    case "file":
      return toTextPieces(
        WORDS[reply.language].file(shorten(block.name), describeSize(block.bytes)),
        "normal",
      );
    default:
      return toWorkPieces(block, {
        ...{ sign, language: reply.language, pictures, formIndex },
        announces: reply.kind !== "welcome",
      });
  }
}

function toListPieces(title: string | undefined, items: readonly string[], fold: boolean): Piece[] {
  const shown = items.filter((item) => item.trim() !== "").map((item) => `• ${item}`);
  const bodies = shown.length === 0 ? [] : splitText(shown.join("\n"), MAX_TEXT_BYTES);
  const heading = title?.trim() ? shorten(title.trim()) : undefined;
  const pieces = bodies.map((body): Piece => ({ elements: [textElement(body)], lines: [{ text: body }] }));
  const first = pieces[0];
  if (heading === undefined) return pieces;
  if (fold && isLong(items)) return pieces.map((piece, index) => foldPiece(heading, piece, index));
  // The title stays with the first items.
  const titled: Piece = {
    elements: [boldElement(heading), ...(first?.elements ?? [])],
    lines: [{ text: heading }, ...(first?.lines ?? [])],
  };
  return [titled, ...pieces.slice(1)];
}

function isLong(items: readonly string[]): boolean {
  return items.length > MAX_OPEN_LIST.items || items.join("").length > MAX_OPEN_LIST.characters;
}

function foldPiece(heading: string, { elements, lines }: Piece, index: number): Piece {
  const bare = heading.replace(/[：:]$/, "");
  const title = index === 0 ? bare : `${bare}（${index + 1}）`;
  return { elements: [panelElement(title, false, elements)], lines: [{ text: title }, ...lines] };
}

function toCitationPieces(citation: CitationBlock, reply: Reply, publicUrl: string | undefined): Piece[] {
  const words = WORDS[reply.language];
  const facts = [citation.section, words.document(shorten(citation.title)), citation.status];
  const quote = {
    title: `[${citation.index}] ${facts.map(shorten).filter(Boolean).join(" · ")}`,
    path: shorten(citation.heading.join(" › ")),
    quote: citation.quote,
    url: toSafeUrl(citation.url, publicUrl),
    expanded: isFirstCitation(citation, reply),
  };
  return toQuotePieces(quote, words);
}

/** Cards of work, which many people read often: what is only read once stands folded. */
export function isTicket({ kind }: Reply): boolean {
  return kind.startsWith("ticket-");
}

/**
 * The first stands open, so that the evidence is seen without a click, unless the conclusion has all its words already;
 * the others stay folded.
 */
function isFirstCitation(citation: CitationBlock, reply: Reply): boolean {
  const said = citation.quote.trim().replace(/[。.；;]$/u, "");
  if (isTicket(reply) || (said !== "" && reply.headline.includes(said))) return false;
  return reply.blocks.find(({ type }) => type === "citation") === citation;
}
