import type { Reply, ReplyBlock } from "../../conversation/index.ts";
import { WORDS } from "../labels.ts";
import { type Card, type CardElement, escapeMarkdown, plainText, textElement } from "./card.ts";
import { clip } from "./clip.ts";
import { toPieces } from "./pieces.ts";
import { MAX_SUBTITLE_CHARACTERS, packPieces, type RenderOptions } from "./render.ts";
import { splitText } from "./split-text.ts";

/** The element whose text grows. */
export const ANSWER_ELEMENT = "answer";

const MAX_ANSWER_BYTES = 9_000;

/** How a reply looks while it is made. */
export interface StreamView {
  /** Of `ANSWER_ELEMENT`; grows at its end as a rule. */
  text: string;
  /** The whole card, this text in it. */
  card: string;
  /** The same for views that differ in their text only. */
  frame: string;
}

/** Words first, then what supports them; nothing that can be pressed, since presses are not answered while a card fills. */
export function renderStreamView(reply: Reply, options: RenderOptions): StreamView {
  const words = WORDS[reply.language];
  const paragraphs = [reply.headline, ...reply.blocks.flatMap(readParagraph)];
  const text = toMarkdown(paragraphs.filter((each) => each.trim() !== "").join("\n\n")) || words.streaming;
  const rest = { ...reply, headline: "", plainText: "", blocks: reply.blocks.filter(isSupport) };
  const [pieces] = rest.blocks.length === 0 ? [] : packPieces(toPieces(rest, options), MAX_ANSWER_BYTES);
  const support = (pieces ?? []).flatMap(({ elements }) => elements);
  const build = (content: string) =>
    JSON.stringify(
      toCard(reply, options, [{ tag: "markdown", element_id: ANSWER_ELEMENT, content }, ...support]),
    );
  return { text, card: build(text), frame: build("") };
}

function readParagraph(block: ReplyBlock): string[] {
  return block.type === "paragraph" && block.role !== "next-step" ? [block.text] : [];
}

function isSupport({ type }: ReplyBlock): boolean {
  return type === "citation" || type === "list" || type === "notice";
}

function toCard(reply: Reply, { homeTitle }: RenderOptions, elements: CardElement[]): Card {
  const words = WORDS[reply.language];
  const footer = reply.generatedByAi
    ? [textElement(words.aiNotice, { text_size: "notation", text_color: "grey" })]
    : [];
  return {
    schema: "2.0",
    config: { update_multi: true, streaming_mode: true, summary: { content: words.streaming } },
    header: {
      title: plainText(words.streaming),
      ...(homeTitle && { subtitle: plainText(clip(homeTitle, MAX_SUBTITLE_CHARACTERS)) }),
      ...(reply.generatedByAi && {
        text_tag_list: [{ tag: "text_tag" as const, text: plainText(words.aiTag), color: "violet" as const }],
      }),
      template: "blue",
    },
    body: { elements: [...elements, ...footer] },
  };
}

/** Lines are kept; whatever would mean something is escaped in each. */
function toMarkdown(text: string): string {
  const [first = ""] = splitText(text, MAX_ANSWER_BYTES);
  const shown = first.length < text.length ? `${first}……` : first;
  return shown.split("\n").map(escapeMarkdown).join("\n").trim();
}

/** What stays where a reply began, when it had to be sent as another message. */
export function renderMovedCard(language: Reply["language"]): string {
  const words = WORDS[language];
  const card: Card = {
    schema: "2.0",
    config: { update_multi: true, summary: { content: words.moved } },
    header: { title: plainText(words.movedTitle), template: "grey" },
    body: { elements: [textElement(words.moved)] },
  };
  return JSON.stringify(card);
}
