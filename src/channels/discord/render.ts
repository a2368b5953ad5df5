import type { Reply } from "../../conversation/index.ts";
import { titleOf, WORDS } from "./labels.ts";
import { clip, escapeMarkdown } from "./markdown.ts";
import { type ActionRow, type Embed, LIMITS, type MessageBody, type Upload } from "./message-body.ts";
import type { Piece } from "./piece.ts";
import { type PieceOptions, toPieces } from "./pieces.ts";
import { snowflake } from "./schema.ts";
import { splitText } from "./split-text.ts";

export interface RenderOptions extends Omit<PieceOptions, "pictures"> {
  /** The pictures that could be opened, by their file id. */
  uploads?: ReadonlyMap<string, Upload>;
  /** Above the title: whose assistant this is. */
  homeTitle?: string;
}

/** One message, in both forms. */
export interface ReplyPart {
  body: MessageBody;
  /** The pictures that its embeds show. */
  uploads: readonly Upload[];
  /** The same as text, for where the platform refuses embeds. */
  fallback: MessageBody[];
}

/** Addresses in the text are not unfolded. */
const NO_PREVIEWS = 1 << 2;

export const NO_MENTIONS: MessageBody["allowed_mentions"] = { parse: [], replied_user: false };

/** Below the platform's limits by what stands around the pieces. */
const BUDGET = { total: 5_200, description: 3_900 };

interface Draft {
  embeds: { text: string; colour?: number; picture?: string }[];
  rows: NonNullable<Piece["rows"]>;
  length: number;
}

/** A reply → the messages that carry it whole, divided between pieces, so that no citation is ever lost or cut. */
export function renderReply(reply: Reply, options: RenderOptions): ReplyPart[] {
  if (reply.plain) return renderPlain(reply);
  const pictures = new Map([...(options.uploads ?? [])].map(([fileId, { name }]) => [fileId, name]));
  const drafts = packPieces(toPieces(reply, { ...options, pictures }));
  return drafts.map((draft, position) => finish(draft, reply, options, [position, drafts.length]));
}

/** What is meant to be copied stands in no embed and in no bold. */
function renderPlain({ plainText, headline, language }: Reply): ReplyPart[] {
  const text = escapeMarkdown(plainText.trim() || headline.trim() || WORDS[language].empty);
  return splitText(text, LIMITS.content).map((content) => ({
    body: { content, allowed_mentions: NO_MENTIONS, flags: NO_PREVIEWS },
    uploads: [],
    fallback: [],
  }));
}

function packPieces(pieces: readonly Piece[]): Draft[] {
  const drafts: Draft[] = [];
  let draft: Draft = { embeds: [], rows: [], length: 0 };
  for (const piece of pieces) {
    if (!fits(draft, piece)) {
      drafts.push(draft);
      draft = { embeds: [], rows: [], length: 0 };
    }
    add(draft, piece);
  }
  if (draft.embeds.length > 0 || draft.rows.length > 0) drafts.push(draft);
  return drafts;
}

function fits(draft: Draft, piece: Piece): boolean {
  if (draft.embeds.length === 0 && draft.rows.length === 0) return true;
  return (
    draft.length + piece.text.length + 2 <= BUDGET.total &&
    draft.rows.length + (piece.rows?.length ?? 0) <= LIMITS.rows &&
    (draft.embeds.length < LIMITS.embeds || !beginsEmbed(draft, piece))
  );
}

function beginsEmbed(draft: Draft, { text, colour, picture }: Piece): boolean {
  const last = draft.embeds.at(-1);
  if (!last || colour !== undefined || picture !== undefined || last.picture !== undefined) return true;
  // What follows a program stands apart from it.
  if (last.colour !== undefined) return text !== "";
  return last.text.length + text.length + 2 > BUDGET.description;
}

function add(draft: Draft, piece: Piece): void {
  draft.rows.push(...(piece.rows ?? []));
  draft.length += piece.text.length + 2;
  const { text, colour, picture } = piece;
  const last = draft.embeds.at(-1);
  if (text === "" && picture === undefined && last) return;
  if (!last || beginsEmbed(draft, piece))
    draft.embeds.push({ text, ...(colour !== undefined && { colour }), ...(picture && { picture }) });
  else last.text = last.text === "" ? text : `${last.text}${gap(last.text, text)}${text}`;
}

/** Small lines that follow each other stand close. */
function gap(before: string, after: string): string {
  const last = before.slice(before.lastIndexOf("\n") + 1);
  return last.startsWith("-# ") && after.startsWith("-# ") ? "\n" : "\n\n";
}

function finish(
  draft: Draft,
  reply: Reply,
  options: RenderOptions,
  [position, count]: [number, number],
): ReplyPart {
  const words = WORDS[reply.language];
  const { title, colour } = titleOf(reply.kind, reply.language);
  const part = count > 1 ? `（${words.part(position + 1, count)}）` : "";
  const last = draft.embeds.length - 1;
  const embeds = draft.embeds.map(
    (each, index): Embed => ({
      ...(index === 0 && { title: clip(`${title}${part}`, LIMITS.title) }),
      ...(index === 0 && options.homeTitle && { author: { name: clip(options.homeTitle, 60) } }),
      ...(each.text !== "" && { description: each.text }),
      color: each.colour ?? colour,
      ...(each.picture && { image: { url: `attachment://${each.picture}` } }),
      ...(index === last && reply.generatedByAi && { footer: { text: words.aiNotice } }),
    }),
  );
  const components = mergeRows(draft.rows);
  // Only beside the embeds does it notify; everybody else stays unmentioned whatever the text says.
  const called = position === 0 ? snowflake.safeParse(reply.mention?.userId).data : undefined;
  const body: MessageBody = {
    ...(called !== undefined && { content: `<@${called}>` }),
    embeds,
    allowed_mentions: called === undefined ? NO_MENTIONS : { ...NO_MENTIONS, users: [called] },
    ...(components.length > 0 && { components }),
  };
  const shown = new Set(draft.embeds.flatMap(({ picture }) => picture ?? []));
  const uploads = [...(options.uploads?.values() ?? [])].filter(({ name }) => shown.has(name));
  return { body, uploads, fallback: toFallback(body, reply) };
}

function mergeRows(rows: Draft["rows"]): ActionRow[] {
  return rows.map((components) => ({ type: 1, components }));
}

/** Where embeds are not taken, their words as they are; the buttons stay with the last. */
function toFallback(
  { content: called = "", embeds = [], components, allowed_mentions }: MessageBody,
  reply: Reply,
): MessageBody[] {
  const text = embeds
    .flatMap(({ title, description, footer }) => [
      title ? `**${title}**` : "",
      description ?? "",
      footer?.text ?? "",
    ])
    .filter((line) => line !== "")
    .join("\n");
  const contents = splitText(
    [called, text].filter(Boolean).join("\n") || reply.plainText || WORDS[reply.language].empty,
    LIMITS.content,
  );
  return contents.map((content, index) => ({
    content,
    allowed_mentions: index === 0 ? allowed_mentions : NO_MENTIONS,
    flags: NO_PREVIEWS,
    ...(index === contents.length - 1 && components && { components }),
  }));
}
