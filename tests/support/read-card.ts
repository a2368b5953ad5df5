import type { FeishuServer, SentMessage } from "./feishu-server/index.ts";

/** What the button labelled so carries. */
export function buttonValue(card: SentMessage, label: string): object {
  const found = findButtons(JSON.parse(card.content)).find(({ text }) => text?.content === label);
  const value = found?.behaviors?.[0]?.value;
  if (value) return value;
  throw new Error(`no button ${label} in\n${readCard(card)}`);
}

export function labelsOf(card: SentMessage): string[] {
  return findButtons(JSON.parse(card.content)).map(({ text }) => text?.content ?? "");
}

interface Button {
  tag?: string;
  text?: { content?: string };
  behaviors?: { value: object }[];
}

function findButtons(node: unknown): Button[] {
  if (Array.isArray(node)) return node.flatMap(findButtons);
  if (typeof node !== "object" || node === null) return [];
  const own = (node as Button).tag === "button" ? [node as Button] : [];
  return [...own, ...Object.values(node).flatMap(findButtons)];
}

export function describeSent({ sent }: Pick<FeishuServer, "sent">): string {
  return sent
    .map(
      (message) =>
        `--- ${message.messageId} ${message.via} → ${message.target} (${message.msgType})\n${readCard(message)}`,
    )
    .join("\n");
}

/** A card as a person reads it, line by line; buttons in brackets. */
export function readCard({ content, msgType }: Pick<SentMessage, "content" | "msgType">): string {
  if (msgType === "file") return `[file] ${content}`;
  const lines: string[] = [];
  walk(JSON.parse(content), lines);
  return lines.join("\n");
}

interface CardNode {
  tag?: string;
  text?: unknown;
  content?: unknown;
  label?: unknown;
  placeholder?: unknown;
  alt?: unknown;
  default_value?: string;
  options?: { text: unknown }[];
}

function walk(node: unknown, lines: string[]): void {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, lines);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const line = describeNode(node);
  if (line !== undefined) lines.push(line);
  else for (const [key, value] of Object.entries(node)) if (key !== "config") walk(value, lines);
}

function describeNode(node: CardNode): string | undefined {
  const read = (value: unknown) => (value as { content?: string } | undefined)?.content ?? "";
  const { tag, text, content, label, placeholder, options = [] } = node;
  if (tag === "button") return `[${read(text)}]`;
  if (tag === "input") return `<${read(label)}: ${node.default_value ?? read(placeholder)}>`;
  if (tag === "select_static")
    return `<${read(placeholder)}: ${options.map((each) => read(each.text)).join("|")}>`;
  if (tag === "img") return `(${read(node.alt)})`;
  if (typeof content === "string") return content;
  return tag === "text" && typeof text === "string" ? text : undefined;
}
