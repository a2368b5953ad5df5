import type { ChannelCapabilities, FormField, Reply, ReplyAction, ReplyBlock } from "./types.ts";
import { writeActionLines } from "./write-block-lines.ts";

/** What decides how a reply is shown. Absent: it can be shown. */
export type Fitting = Pick<ChannelCapabilities, "buttons" | "forms" | "pictures" | "files">;

type Language = Reply["language"];

const WORDS = {
  zh: {
    commands: "可发送以下文字办理：",
    fill: "请按以下各项填写后发送：",
    elsewhere: (label: string) => `“${label}”需在有按钮的平台（如飞书、网页）上办理。`,
    choices: (names: readonly string[]) => `（可选：${names.join("、")}）`,
    required: "（必填）",
    picture: "图",
    file: "文件",
    fetch: "当前平台不能直接发送文件，请在网页端或飞书私聊中获取。",
    colon: "：",
  },
  en: {
    commands: "You can type:",
    fill: "Please type the following items:",
    elsewhere: (label: string) => `“${label}” needs a platform with buttons, such as the web page.`,
    choices: (names: readonly string[]) => ` (one of: ${names.join(", ")})`,
    required: " (required)",
    picture: "Picture",
    file: "File",
    fetch: "Files cannot be sent here. Please get it on the web page.",
    colon: ": ",
  },
} as const;

/**
 * The reply as a channel can show it: what it cannot becomes words with the same effect. Citations, notices, programs and
 * next steps come out as they went in; a reply that fits comes out unchanged.
 */
export function fitReply(reply: Reply, capabilities: Fitting): Reply {
  const { language } = reply;
  const blocks = reply.blocks.map((block) => fitBlock(block, capabilities, language));
  const changed = blocks.filter((block, position) => block !== reply.blocks[position]);
  if (changed.length === 0) return reply;
  const lines = changed.flatMap((block) => writePlainLines(block)).filter((line) => line.trim() !== "");
  const missing = lines.filter((line) => !reply.plainText.includes(line));
  const plainText = [reply.plainText, ...missing].filter((part) => part !== "").join("\n");
  return { ...reply, blocks: blocks.filter((block) => !isEmpty(block)), plainText };
}

function fitBlock(block: ReplyBlock, capabilities: Fitting, language: Language): ReplyBlock {
  const { buttons = true, forms = true, pictures = true, files = true } = capabilities;
  if (block.type === "actions" && !buttons) return listCommands(block.actions, language);
  if (block.type === "form" && !forms) return describeForm(block, language);
  if (block.type === "picture" && !pictures) return paragraph(describePicture(block, language));
  if (block.type === "file" && !files) return paragraph(describeFile(block, language));
  return block;
}

function listCommands(actions: readonly ReplyAction[], language: Language): ReplyBlock {
  return { type: "list", title: WORDS[language].commands, items: writeCommands(actions, language) };
}

function writeCommands(actions: readonly ReplyAction[], language: Language): string[] {
  const words = WORDS[language];
  return [
    ...writeActionLines(actions, language === "zh"),
    ...actions.flatMap(({ label, command }) => (command ? [] : [words.elsewhere(label)])),
  ];
}

/** What stands in the form already, what is to be written, and the words that submit it. */
function describeForm(block: Extract<ReplyBlock, { type: "form" }>, language: Language): ReplyBlock {
  const actions = [block.submit, ...(block.more ?? [])];
  const items = [
    ...block.fields.map((field) => describeField(field, language)),
    // A form that nothing typed submits is explained by the words beside it.
    ...(actions.some(({ command }) => command) ? writeCommands(actions, language) : []),
  ];
  return { type: "list", title: WORDS[language].fill, items };
}

function describeField(
  { label, value, options, required, placeholder }: FormField,
  language: Language,
): string {
  const words = WORDS[language];
  const chosen = options?.find((option) => option.value === value)?.label ?? value?.trim() ?? "";
  const names = options?.map((option) => option.label) ?? [];
  return [
    label,
    required ? words.required : "",
    words.colon,
    chosen || placeholder || "…",
    names.length > 0 ? words.choices(names) : "",
  ].join("");
}

function describePicture(block: Extract<ReplyBlock, { type: "picture" }>, language: Language): string {
  const words = WORDS[language];
  return `〔${words.picture}〕${block.alt}${block.url ? `${words.colon}${block.url}` : ""}`;
}

function describeFile(block: Extract<ReplyBlock, { type: "file" }>, language: Language): string {
  const words = WORDS[language];
  return `〔${words.file}〕${block.name}${block.url ? `${words.colon}${block.url}` : words.colon + words.fetch}`;
}

function paragraph(text: string): ReplyBlock {
  return { type: "paragraph", text };
}

function isEmpty(block: ReplyBlock): boolean {
  return block.type === "list" && block.items.length === 0;
}

function writePlainLines(block: ReplyBlock): string[] {
  if (block.type === "list") return block.items;
  if (block.type === "paragraph") return [block.text];
  return [];
}
