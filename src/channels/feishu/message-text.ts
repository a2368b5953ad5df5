import { cleanName } from "../clean-name.ts";
import {
  fileContent,
  imageContent,
  type Mention,
  type PostBody,
  type PostElement,
  postContent,
  textContent,
} from "./schema.ts";

/** Something in a message whose bytes can be fetched. */
export interface ContentResource {
  kind: "file" | "image";
  name: string;
  key: string;
}

export type MessageContent =
  | { text: string; resources?: ContentResource[] }
  | { unsupported: string; resources?: ContentResource[] };

const ALL_KEY = "@_all";
const ALL_NAME = "所有人";
const OTHER_KIND = "这类";

/** Chinese names of what can be sent but not answered. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  image: "图片",
  file: "文件",
  folder: "文件夹",
  audio: "语音",
  media: "视频",
  sticker: "表情包",
  interactive: "卡片",
  share_chat: "群名片",
  share_user: "个人名片",
  merge_forward: "合并转发",
  location: "位置",
  video_chat: "视频会议",
  todo: "任务",
  vote: "投票",
  hongbao: "红包",
  calendar: "日程",
  share_calendar_event: "日程",
  general_calendar: "日程",
};

/** What was typed, without the bot's own mention and with others' mentions by name; or the kind of what cannot be read. */
export function readContent(
  messageType: string,
  content: string,
  mentions: readonly Mention[],
  botOpenId: string | undefined,
): MessageContent {
  const parsed = parseJson(content);
  if (messageType !== "text" && messageType !== "post") {
    const resources = readResources(messageType, parsed);
    const known = Object.hasOwn(KIND_NAMES, messageType) ? KIND_NAMES[messageType] : undefined;
    const unsupported = known ?? OTHER_KIND;
    return { unsupported, ...(resources.length > 0 && { resources }) };
  }
  const replaceMentions = createMentionReplacer(mentions, botOpenId);
  if (messageType === "text") {
    const text = textContent.safeParse(parsed);
    return text.success ? { text: tidy(replaceMentions(text.data.text)) } : { unsupported: OTHER_KIND };
  }
  const post = postContent.safeParse(parsed);
  return post.success ? readPost(post.data, replaceMentions) : { unsupported: OTHER_KIND };
}

function readPost(post: PostBody, replaceMentions: (text: string) => string): MessageContent {
  const lines = post.content.map((line) =>
    line.map((element) => readElement(element, replaceMentions)).join(""),
  );
  const text = tidy([post.title ?? "", ...lines].join("\n"));
  const tags = new Set(post.content.flat().map(({ tag }) => tag));
  // A picture with words is answered by its words; a picture alone cannot be.
  const resources = post.content.flat().flatMap((element) => readResources("image", element));
  const found = resources.length > 0 ? { resources } : {};
  if (text === "" && tags.has("img")) return { unsupported: "图片", ...found };
  if (text === "" && tags.has("media")) return { unsupported: "视频", ...found };
  return { text, ...found };
}

function readResources(messageType: string, content: unknown): ContentResource[] {
  if (messageType === "file") {
    const file = fileContent.safeParse(content);
    if (!file.success) return [];
    return [{ kind: "file", name: cleanName(file.data.file_name ?? undefined), key: file.data.file_key }];
  }
  if (messageType !== "image") return [];
  const image = imageContent.safeParse(content);
  return image.success ? [{ kind: "image", name: "图片", key: image.data.image_key }] : [];
}

function readElement(element: PostElement, replaceMentions: (text: string) => string): string {
  if (element.tag === "at") {
    const key = element.user_id ?? "";
    const replaced = replaceMentions(key);
    if (replaced !== key) return replaced;
    return element.user_name ? `@${element.user_name}` : "";
  }
  return element.text ?? "";
}

type ReplaceMentions = (text: string) => string;

function createMentionReplacer(mentions: readonly Mention[], botOpenId: string | undefined): ReplaceMentions {
  const names = new Map<string, string>([[ALL_KEY, `@${ALL_NAME}`]]);
  for (const { key, id, name } of mentions) {
    const isBot = botOpenId !== undefined && id?.open_id === botOpenId;
    const shown = isBot ? "" : `@${name || (key === ALL_KEY ? ALL_NAME : "某人")}`;
    names.set(key, shown);
    // In posts the element may carry the id instead of the key.
    if (id?.open_id) names.set(id.open_id, shown);
  }
  return (text) => {
    const whole = names.get(text);
    if (whole !== undefined) return whole;
    return text.replace(/@_(?:user_\d+|all)/g, (key) => names.get(key) ?? key);
  };
}

function tidy(text: string): string {
  return text
    .replace(/[ \t\u00a0]{2,}/g, " ")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
