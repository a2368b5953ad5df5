import type { ShownMessage } from "../channel-contract.ts";
import { readList } from "./check-components.ts";
import { countCharacters } from "./refusal.ts";
import type { Json, StoredMessage } from "./world.ts";

const MAX_CONTENT = 2_000;
const MAX_EMBEDS = 6_000;

/** A message as people read it: escapes and markup resolved as the client does, pings as the platform counts them. */
export function readShown(message: StoredMessage): ShownMessage {
  const links: string[] = [];
  const parts = [
    resolveMarkdown(message.content, links),
    ...message.embeds.flatMap((embed) => readEmbed(embed, links)),
    ...message.attachments.flatMap(({ filename, description }) => [filename, description ?? ""]),
    ...message.components.flatMap((row) =>
      readList(row["components"]).flatMap((part) => readComponent(part, links)),
    ),
  ];
  const { users, roles, everyone } = message.pinged;
  const inEmbeds = message.embeds.reduce((sum, embed) => sum + measure(embed), 0);
  return {
    text: parts.filter((part) => part !== "").join("\n"),
    bytes: Math.max(countCharacters(message.content), inEmbeds),
    maxBytes: inEmbeds > 0 ? MAX_EMBEDS : MAX_CONTENT,
    mentions: [...users, ...roles, ...(everyone ? ["everyone"] : [])],
    links,
  };
}

function readEmbed(embed: Json, links: string[]): string[] {
  const author = (embed["author"] ?? {}) as Json;
  const footer = (embed["footer"] ?? {}) as Json;
  const image = embed["image"] as Json | undefined;
  if (typeof embed["url"] === "string") links.push(embed["url"]);
  if (image && !String(image["url"]).startsWith("attachment:")) links.push(String(image["url"]));
  return [
    String(author["name"] ?? ""),
    resolveMarkdown(String(embed["title"] ?? ""), links),
    resolveMarkdown(String(embed["description"] ?? ""), links),
    ...readList(embed["fields"]).flatMap(({ name, value }) => [
      resolveMarkdown(String(name), links),
      resolveMarkdown(String(value), links),
    ]),
    String(footer["text"] ?? ""),
  ];
}

function readComponent(part: Json, links: string[]): string[] {
  if (typeof part["url"] === "string") links.push(part["url"]);
  return [
    String(part["label"] ?? ""),
    String(part["placeholder"] ?? ""),
    ...readList(part["options"]).flatMap(({ label, description }) => [
      String(label),
      String(description ?? ""),
    ]),
  ];
}

function measure(embed: Json): number {
  const { author, footer, fields } = embed as { author?: Json; footer?: Json; fields?: Json[] };
  const texts = [embed["title"], embed["description"], author?.["name"], footer?.["text"]];
  for (const { name, value } of fields ?? []) texts.push(name, value);
  return texts.reduce<number>((sum, text) => sum + countCharacters(String(text ?? "")), 0);
}

const HIDDEN = 0xe000;

/** Escaped characters stay as they are, the rest of the markup is carried out. */
function resolveMarkdown(markdown: string, links: string[]): string {
  const hidden = markdown.replace(/\\([!-/:-@[-`{-~])/g, (_whole, character: string) =>
    String.fromCharCode(HIDDEN + character.charCodeAt(0)),
  );
  const plain = hidden
    .replace(/\[([^\]\n]+)\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g, (_whole, label: string, address: string) => {
      links.push(reveal(address));
      return label;
    })
    .replace(/<(https?:[^>\s]+)>/g, (_whole, address: string) => address)
    .replace(/^-# /gm, "")
    .replace(/^(?:>>> |> )/gm, "")
    .replace(/^(\s*)#{1,3} /gm, "$1")
    .replace(/```(?:\w+\n)?|`|\*{1,3}|__|~~|\|\|/g, "");
  for (const [address] of plain.matchAll(/(?<![\w/])[a-z]+:\/\/[^\s<>]+/gi)) links.push(reveal(address));
  return reveal(plain);
}

function reveal(text: string): string {
  return text.replace(/[\ue000-\ue07f]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - HIDDEN),
  );
}
