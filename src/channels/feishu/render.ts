import type { Reply } from "../../conversation/index.ts";
import { CONDENSE_STEPS, condenseReply } from "../condense-reply.ts";
import { colourOfStatus, labelKind, WORDS } from "../labels.ts";
import {
  type Card,
  type CardElement,
  countComponents,
  countTables,
  plainText,
  type TextTag,
  textElement,
} from "./card.ts";
import type { FeishuMessage } from "./client.ts";
import { clip } from "./clip.ts";
import type { Piece, PostLine } from "./piece.ts";
import { isTicket, toPieces } from "./pieces.ts";
import { toPostText } from "./post-text.ts";
import type { PictureKeys } from "./resolve-pictures.ts";
import { measureBytes } from "./split-text.ts";
import type { SignAction } from "./work-pieces.ts";

export interface RenderOptions {
  /** Where citations' relative addresses lead. */
  publicUrl?: string;
  /** Under the header: whose assistant this is. */
  homeTitle?: string;
  /** Pictures that were uploaded; others are shown as their description. */
  pictures?: PictureKeys;
}

/** One message, in both forms. */
export interface ReplyPart {
  card: FeishuMessage;
  /** The same as text, for when the platform refuses the card. */
  fallback: FeishuMessage;
}

/** The platform's limits: 30 KB a message, 200 components a card, five tables (and refusals of more than three are known). */
export const MAX_MESSAGE_BYTES = 30 * 1024;
export const MAX_COMPONENTS = 200;
export const MAX_TABLES = 3;

/** For pieces; below the limits by what stands around them and because styles count for more than their bytes. */
const PIECES_BUDGET = { bytes: 22_000, components: 180 };
const MAX_SUMMARY_CHARACTERS = 60;
const MAX_TAG_CHARACTERS = 30;
/** Kinds whose header tells the status of the document that they quote. */
const TAGGED: ReadonlySet<string> = new Set(["answered", "partial"]);
export const MAX_SUBTITLE_CHARACTERS = 40;

/** A reply → the messages that carry it whole, divided between pieces, so that no citation is ever lost or cut. */
export function renderReply(reply: Reply, options: RenderOptions, sign?: SignAction): ReplyPart[] {
  const groups = packPieces(toPieces(reply, { ...options, sign }));
  return groups.map((pieces, position) => renderPart(pieces, reply, options, [position, groups.length]));
}

/** A reply → one message, shortened where it does not fit, with a word that it was: for a card that is to be edited. */
export function renderOneCard(reply: Reply, options: RenderOptions, sign?: SignAction): ReplyPart {
  let groups = packPieces(toPieces(reply, { ...options, sign }));
  for (let step = 0; groups.length > 1 && step < CONDENSE_STEPS; step += 1)
    groups = packPieces(toPieces(condenseReply(reply, step), { ...options, sign }));
  return renderPart(groups[0] ?? [], reply, options, [0, 1]);
}

/** What somebody works on later is edited then, and only one message can be edited as a whole. */
export function mustBeOneCard(reply: Reply): boolean {
  return isTicket(reply) && reply.blocks.some(({ type }) => type === "actions" || type === "form");
}

function renderPart(
  pieces: readonly Piece[],
  reply: Reply,
  options: RenderOptions,
  [position, count]: [number, number],
): ReplyPart {
  const frame: Frame = { reply, options, position, count };
  return { card: renderCard(pieces, frame), fallback: renderPost(pieces, frame) };
}

interface Frame {
  reply: Reply;
  options: RenderOptions;
  position: number;
  count: number;
}

interface Load {
  bytes: number;
  components: number;
  tables: number;
}

const NO_LOAD: Load = { bytes: 0, components: 0, tables: 0 };

/** Pieces in groups that each fit into one card. */
export function packPieces(pieces: readonly Piece[], maxBytes = PIECES_BUDGET.bytes): Piece[][] {
  const groups: Piece[][] = [];
  let current: Piece[] = [];
  let load = NO_LOAD;
  for (const piece of pieces) {
    const added = addLoad(load, weigh(piece));
    const full =
      added.bytes > maxBytes || added.components > PIECES_BUDGET.components || added.tables > MAX_TABLES;
    if (full && current.length > 0) {
      groups.push(current);
      current = [];
      load = NO_LOAD;
    }
    current.push(piece);
    load = addLoad(load, weigh(piece));
  }
  if (current.length > 0) groups.push(current);
  return groups;
}

function weigh({ elements, lines }: Piece): Load {
  return {
    bytes: Math.max(measureBytes(elements), measureBytes(toPostContent(lines))),
    components: countComponents(elements),
    tables: countTables(elements),
  };
}

function addLoad(one: Load, other: Load): Load {
  return {
    bytes: one.bytes + other.bytes,
    components: one.components + other.components,
    tables: one.tables + other.tables,
  };
}

function renderCard(pieces: readonly Piece[], frame: Frame): FeishuMessage {
  const { reply, options, position, count } = frame;
  const words = WORDS[reply.language];
  const { title, colour } = labelKind(reply.kind, reply.language);
  const tags: NonNullable<Card["header"]["text_tag_list"]> = toStatusTags(reply);
  if (reply.generatedByAi) tags.push({ tag: "text_tag", text: plainText(words.aiTag), color: "violet" });
  if (count > 1)
    tags.push({ tag: "text_tag", text: plainText(words.part(position + 1, count)), color: "neutral" });
  const footer: CardElement[] = reply.generatedByAi
    ? [textElement(words.aiNotice, { text_size: "notation", text_color: "grey" })]
    : [];
  const card: Card = {
    schema: "2.0",
    config: {
      update_multi: true,
      summary: { content: clip(reply.headline || title, MAX_SUMMARY_CHARACTERS) },
    },
    header: {
      title: plainText(title),
      ...(options.homeTitle && { subtitle: plainText(clip(options.homeTitle, MAX_SUBTITLE_CHARACTERS)) }),
      ...(tags.length > 0 && { text_tag_list: tags }),
      template: colour,
    },
    body: { elements: [...pieces.flatMap(({ elements }) => elements), ...footer] },
  };
  return { msgType: "interactive", content: JSON.stringify(card) };
}

/** Of what an answer rests on; where that differs, the citations say it each for itself. */
function toStatusTags({ kind, blocks }: Reply): TextTag[] {
  if (!TAGGED.has(kind)) return [];
  const states = new Set(blocks.flatMap((block) => (block.type === "citation" ? [block.status] : [])));
  const [status] = states;
  if (states.size !== 1 || !status) return [];
  const text = plainText(clip(status, MAX_TAG_CHARACTERS));
  return [{ tag: "text_tag", text, color: colourOfStatus(status) }];
}

function renderPost(pieces: readonly Piece[], { reply, position, count }: Frame): FeishuMessage {
  const words = WORDS[reply.language];
  const { title } = labelKind(reply.kind, reply.language);
  const part = count > 1 ? `（${words.part(position + 1, count)}）` : "";
  const content = [
    ...pieces.flatMap(({ lines }) => toPostContent(lines)),
    ...(reply.generatedByAi ? toPostContent([{ text: words.aiNotice }]) : []),
  ];
  const locale = reply.language === "zh" ? "zh_cn" : "en_us";
  return { msgType: "post", content: JSON.stringify({ [locale]: { title: `${title}${part}`, content } }) };
}

function toPostContent(lines: readonly PostLine[]): object[][] {
  return lines.map(({ text, href, mention }) => [
    mention
      ? { tag: "at", user_id: mention }
      : href
        ? { ...toPostText(text), tag: "a", href }
        : toPostText(text),
  ]);
}
