import type { InboundAttachment, InboundMessage } from "../../conversation/index.ts";
import type { InteractionPlace } from "./place.ts";
import { toAttachment } from "./receive.ts";
import type { InteractionEvent } from "./schema.ts";

export interface CommandRequest {
  text: string;
  action?: NonNullable<InboundMessage["action"]>;
  attachments: InboundAttachment[];
  /** Only for who asked. */
  isPrivate: boolean;
  /** Where no words tell the language. */
  language?: "zh" | "en";
}

const PROFILE_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  show: { zh: "我的资料", en: "my data" },
  add: { zh: "补充信息", en: "add information" },
  correct: { zh: "更正", en: "correct" },
  subscriptions: { zh: "我的订阅", en: "my subscriptions" },
  export: { zh: "导出我的数据", en: "export my data" },
  delete: { zh: "删除我的数据", en: "delete my data" },
};

/** What a slash command says in the words that the skills understand. Undefined: not one of ours. */
export function readCommand(event: InteractionEvent, place: InteractionPlace): CommandRequest | undefined {
  const { language } = place;
  const [first] = event.data?.options ?? [];
  const sub = first && (first.type === 1 || first.type === 2) ? first : undefined;
  const options = sub ? (sub.options ?? []) : (event.data?.options ?? []);
  const read = (name: string): string => {
    const value = options.find((option) => option.name === name)?.value;
    return value === undefined || value === null ? "" : String(value).trim();
  };
  const attachments = readAttachments(event, place, read("file"));
  const say = (zh: string, en: string) => (language === "en" ? en : zh);
  const saying = (text: string): CommandRequest => ({ text, attachments, isPrivate: true, language });
  switch (event.data?.name) {
    case "ask":
      return { text: read("question"), attachments, isPrivate: false };
    case "help":
      return saying(say("帮助", "help"));
    case "match":
      return readMatch(read("text"), read("program"), saying, say);
    case "profile": {
      const words = PROFILE_WORDS[read("action")] ?? PROFILE_WORDS["show"];
      return saying(words?.[language] ?? "我的资料");
    }
    case "ticket":
      return readTicket(sub?.name, read, saying, say);
    case "kb":
      return readKnowledge(sub?.name, read, saying);
    default:
      return undefined;
  }
}

type Saying = (text: string) => CommandRequest;
type Say = (zh: string, en: string) => string;

function readMatch(text: string, program: string, saying: Saying, say: Say): CommandRequest {
  const said = saying(text || say("匹配", "match"));
  if (program !== "")
    return saying(say(`我们能申请${program}吗？${text}`, `Can we apply for ${program}? ${text}`).trim());
  // Their own words tell the language.
  const { language: _language, ...rest } = said;
  return text === "" ? said : rest;
}

function readTicket(
  name: string | undefined,
  read: (name: string) => string,
  saying: Saying,
  say: Say,
): CommandRequest | undefined {
  if (name === "new") {
    const question = read("text");
    return { ...saying(""), action: { name: "ticket.start", values: { question } } };
  }
  if (name === "show") return saying(say(`工单 ${read("number")}`, `ticket ${read("number")}`));
  return name === "list" ? saying(say("我的工单", "my tickets")) : undefined;
}

function readKnowledge(
  name: string | undefined,
  read: (name: string) => string,
  saying: Saying,
): CommandRequest | undefined {
  if (name === "list") return saying("文件列表");
  if (name === "search") return saying(`搜索文件 ${read("words")}`);
  return name === "upload" ? saying(read("note")) : undefined;
}

function readAttachments(
  event: InteractionEvent,
  { channelId }: InteractionPlace,
  id: string,
): InboundAttachment[] {
  const found = id === "" ? undefined : event.data?.resolved?.attachments?.[id];
  return found && channelId ? [toAttachment(found, channelId, undefined)] : [];
}
