import { type Reply, type ReplyAction, type ReplyBlock, writeBlockLines } from "../../conversation/index.ts";
import { describeSize } from "../describe-size.ts";
import { toSafeUrl } from "../to-safe-url.ts";
import { WORDS } from "./labels.ts";
import { bold, clip, escapeMarkdown, small } from "./markdown.ts";
import { type ButtonComponent, LIMITS } from "./message-body.ts";
import { MAX_RAW_CHARACTERS, type Piece } from "./piece.ts";
import { toProgramPieces } from "./program-pieces.ts";
import { toQuotePieces, toTextPieces } from "./quote-pieces.ts";
import { splitText } from "./split-text.ts";

/** Where an action stands in its reply. */
export interface ActionPlace {
  block: number;
  /** Of a form: 0 submits, the others follow. */
  action: number;
}

/** Buttons for an action; none where there cannot be one, and then the typed command is shown. */
export type MakeButtons = (action: ReplyAction, place: ActionPlace) => ButtonComponent[];

export interface PieceOptions {
  /** Where citations' relative addresses lead. */
  publicUrl?: string;
  /** Names of the uploads of the pictures that could be opened, by their file id. */
  pictures?: ReadonlyMap<string, string>;
  /** Absent: no buttons. */
  makeButtons?: MakeButtons | undefined;
}

const MAX_HEADING_CHARACTERS = 120;

/** A reply → its pieces in reading order: headline, then the blocks. Nothing is cut. */
export function toPieces(reply: Reply, options: PieceOptions): Piece[] {
  const short = reply.headline.length <= MAX_HEADING_CHARACTERS;
  const pieces = [
    ...toTextPieces(reply.headline, short ? bold : escapeMarkdown),
    ...reply.blocks.flatMap((block, index) => toBlockPieces(block, index, reply, options)),
  ];
  return pieces.length > 0 ? pieces : toTextPieces(reply.plainText.trim() || WORDS[reply.language].empty);
}

function toBlockPieces(block: ReplyBlock, index: number, reply: Reply, options: PieceOptions): Piece[] {
  const words = WORDS[reply.language];
  switch (block.type) {
    case "paragraph":
      return toTextPieces(block.text);
    case "notice":
      return toTextPieces(block.text, small);
    case "heading":
      return toTextPieces(block.text, bold);
    case "list":
      return toListPieces(block.title, block.items);
    case "citation":
      return toCitationPieces(block, reply, options.publicUrl);
    case "program":
      return toProgramPieces(block, words, options.publicUrl);
    case "fields":
      return toFieldPieces(block.items);
    case "changes":
      return toChangePieces(block);
    case "file":
      return toTextPieces(words.filesFollow(clip(block.name, 200), describeSize(block.bytes)), small);
    case "picture":
      return toPicturePieces(block, reply, options);
    case "actions":
      return toActionPieces(block.actions, index, reply, options);
    case "form":
      // What is asked, and what stands there already, can be read before the form is opened.
      return [
        ...toTextPieces(writeBlockLines(block, reply.language).join("\n")),
        ...toActionPieces([block.submit, ...(block.more ?? [])], index, reply, options),
      ];
  }
}

function toListPieces(title: string | undefined, items: readonly string[]): Piece[] {
  const shown = items.filter((item) => item.trim() !== "").map((item) => `• ${item.trim()}`);
  if (shown.length === 0) return [];
  const pieces = splitText(shown.join("\n"), MAX_RAW_CHARACTERS).map(
    (part): Piece => ({ text: escapeMarkdown(part) }),
  );
  const heading = title?.trim() ? bold(clip(title, 200)) : undefined;
  const [first, ...rest] = pieces;
  // The title stays with the first items.
  return heading && first ? [{ text: `${heading}\n${first.text}` }, ...rest] : pieces;
}

function toCitationPieces(
  citation: Extract<ReplyBlock, { type: "citation" }>,
  reply: Reply,
  publicUrl: string | undefined,
): Piece[] {
  const words = WORDS[reply.language];
  const facts = [citation.section, words.document(citation.title), citation.status];
  return toQuotePieces(
    {
      title: `[${citation.index}] ${facts.filter(Boolean).join(" · ")}`,
      path: citation.heading.join(" › "),
      quote: citation.quote,
      url: toSafeUrl(citation.url, publicUrl),
    },
    words,
  );
}

function toFieldPieces(items: readonly { label: string; value: string; note?: string }[]): Piece[] {
  const lines = items.flatMap(({ label, value, note }) =>
    splitText(`${value}${note ? `（${note}）` : ""}` || "—", MAX_RAW_CHARACTERS).map((part, index) =>
      index === 0 ? `${bold(clip(label, 100))}　${escapeMarkdown(part)}` : escapeMarkdown(part),
    ),
  );
  return joinLines(lines);
}

function toChangePieces(block: Extract<ReplyBlock, { type: "changes" }>): Piece[] {
  const lines = writeBlockLines(block);
  return lines.flatMap((line) => toTextPieces(line));
}

function toPicturePieces(
  block: Extract<ReplyBlock, { type: "picture" }>,
  reply: Reply,
  { pictures }: PieceOptions,
): Piece[] {
  const picture = pictures?.get(block.fileId);
  if (picture !== undefined) return [{ text: small(clip(block.alt, 500)), picture }];
  return toTextPieces(writeBlockLines(block, reply.language).join("\n"));
}

function toActionPieces(
  actions: readonly ReplyAction[],
  block: number,
  reply: Reply,
  { makeButtons }: PieceOptions,
): Piece[] {
  const buttons = actions.flatMap((action, index) => makeButtons?.(action, { block, action: index }) ?? []);
  const typed = actions.filter((action, index) => !makeButtons?.(action, { block, action: index }).length);
  const lines = writeBlockLines({ type: "actions", actions: typed }, reply.language);
  const rows: ButtonComponent[][] = [];
  for (let from = 0; from < buttons.length; from += LIMITS.buttons)
    rows.push(buttons.slice(from, from + LIMITS.buttons));
  const pieces = toTextPieces(lines.join("\n"));
  if (rows.length === 0) return pieces;
  const [first = { text: "" }, ...rest] = pieces;
  return [{ ...first, rows }, ...rest];
}

function joinLines(lines: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last && last.text.length + line.length + 1 <= 2 * MAX_RAW_CHARACTERS)
      pieces[pieces.length - 1] = { text: `${last.text}\n${line}` };
    else pieces.push({ text: line });
  }
  return pieces;
}
