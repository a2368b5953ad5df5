import type { SentMessage } from "./rest-api.ts";

/** What people come to read of a message, with markup resolved as the platform's client does. */
export interface ReadMessage {
  text: string;
  mentions: string[];
  links: string[];
}

export function readShown({ msgType, content }: Pick<SentMessage, "msgType" | "content">): ReadMessage {
  const read: ReadMessage = { text: "", mentions: [], links: [] };
  const value: unknown = JSON.parse(content);
  if (msgType === "text") readMarkup((value as { text: string }).text, read);
  else walk(value, read);
  return read;
}

interface Node {
  tag?: unknown;
  content?: unknown;
  text?: unknown;
  href?: unknown;
  user_id?: unknown;
  default_value?: unknown;
  initial_date?: unknown;
}

/** Keys whose strings nobody reads. */
const UNREAD = new Set(["config", "behaviors", "value", "name", "element_id", "file_key", "icon", "tag"]);

function walk(node: unknown, read: ReadMessage): void {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, read);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { tag, content, text, href, user_id: userId } = node as Node;
  if (tag === "markdown" && typeof content === "string") readMarkup(content, read);
  else if (tag === "at") read.mentions.push(String(userId));
  else if (tag === "a" && typeof text === "string") {
    read.links.push(String(href));
    add(read, text);
  } else if (typeof content === "string") add(read, content);
  else readFields(node, read);
}

function readFields(node: object, read: ReadMessage): void {
  const isTable = (node as Node).tag === "table";
  for (const [key, value] of Object.entries(node)) {
    if (UNREAD.has(key)) continue;
    if (typeof value === "string") {
      if (["text", "title", "default_value", "initial_date", "display_name"].includes(key)) add(read, value);
    } else if (isTable && key === "rows") readRows(value, read);
    else walk(value, read);
  }
}

/** A cell is a string, or labels with a text each. */
function readRows(rows: unknown, read: ReadMessage): void {
  for (const cell of (rows as Record<string, unknown>[]).flatMap((row) => Object.values(row))) {
    if (typeof cell === "string") add(read, cell);
    else walk(cell, read);
  }
}

/** The platform's markdown: tags for colours and labels, emphasis, links, entities. */
function readMarkup(markdown: string, read: ReadMessage): void {
  for (const [, id = ""] of markdown.matchAll(/<at\s+(?:id|user_id)=["']?([^\s"'>]+)/g))
    read.mentions.push(id);
  for (const [, address = ""] of markdown.matchAll(/\]\(([^)]*)\)/g)) read.links.push(address);
  const plain = markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]*>/g, "")
    .replace(/\*\*|~~/g, "")
    .replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));
  add(read, plain);
}

function add(read: ReadMessage, text: string): void {
  read.text += `${text}\n`;
}
