import type { Reply, ReplyBlock } from "../types.ts";
import { writeReplyText } from "../write-reply-text.ts";
import type { ReadMaterial } from "./material-parts.ts";

type Language = Reply["language"];
interface Failure {
  name: string;
  reason: string;
}

/** Of what was read so much is shown that the sender sees whether it was read rightly. */
const SHOWN = 60;

/** Stands under the answer: what it was understood from. */
export function noteMaterial(words: string, language: Language): string {
  // Not in the middle of a character.
  const shown = words.length > SHOWN ? `${words.slice(0, SHOWN).replace(/[\ud800-\udbff]$/u, "")}……` : words;
  const oneLine = shown.replaceAll("\n", " ");
  return language === "zh"
    ? `从您发送的材料中读到：“${oneLine}”。读取可能有误；材料只用于理解问题，答复仅依据已发布的文件。`
    : `Your file was read as: “${oneLine}”. Recognition may err. It only helps to understand the question; answers rest on published documents alone.`;
}

export function noteNotice(note: string, language: Language): string {
  return language === "zh"
    ? `${note}该材料像是通知或政策文件，其中的条件没有记作贵企业的情况；要比对条件，请直接说明贵企业的情况。`
    : `${note} It looks like a notice or a policy, so its conditions were not taken as facts about your company. To be matched, tell me about your company.`;
}

export function noteFailures(failed: readonly Failure[], language: Language): string {
  const names = nameFailures(failed);
  return language === "zh"
    ? `附件未能读取，以上只依据您的文字作答。${names}`
    : `The attachment could not be read; this answer goes by your words only. ${names}`;
}

/** Behind what was read of the others. Empty: all were read. */
export function noteLeftOut(failed: readonly Failure[], language: Language): string {
  if (failed.length === 0) return "";
  const names = nameFailures(failed);
  return language === "zh" ? `另有附件未读取：${names}` : ` Not read: ${names}`;
}

export function writeTooMany(most: number, language: Language): string {
  return language === "zh"
    ? `一次最多读取${most}份附件，请另行发送。`
    : `Only ${most} files are read at a time. Please send it again by itself.`;
}

function nameFailures(failed: readonly Failure[]): string {
  return failed.map(({ name, reason }) => `“${name}”：${reason}`).join("");
}

export function writeUnread(failed: readonly Failure[], language: Language): Reply {
  const headline =
    language === "zh"
      ? "您发送的文件未能读取，请把问题用文字发给我。"
      : "Your file could not be read. Please type your question.";
  const items = failed.map(({ name, reason }) => `${name}：${reason}`);
  return toReply("material-unread", language, headline, items.length > 0 ? [{ type: "list", items }] : []);
}

export function writeMaterial({
  taken,
  characters,
  isKept,
  language,
}: {
  taken: { read: readonly (ReadMaterial & { name: string })[]; failed: readonly Failure[] };
  characters: number;
  isKept: boolean;
  language: Language;
}): Reply {
  const [first] = taken.read;
  const name = first?.name ?? "";
  const blocks: ReplyBlock[] = [...describePublished(first, language)];
  const next = NEXT[language];
  blocks.push({ type: "paragraph", text: isKept ? next.kept : next.notKept, role: "next-step" });
  for (const failure of taken.failed)
    blocks.push({ type: "notice", text: `“${failure.name}”：${failure.reason}` });
  const headline =
    language === "zh"
      ? `已读取“${name}”（约${characters}字）。`
      : `“${name}” has been read (about ${characters} characters).`;
  return toReply("material", language, headline, blocks);
}

function describePublished(material: ReadMaterial | undefined, language: Language): ReplyBlock[] {
  const published = material?.published;
  if (!published) {
    const text =
      language === "zh"
        ? "知识库中没有这份文件，其内容未经核对，不作为答复依据。"
        : "This document is not in the library. Its content is unchecked and no basis for answers.";
    return [{ type: "notice", text }];
  }
  const { title, status, isSame } = published;
  const text =
    language === "zh"
      ? `知识库中已有${isSame ? "内容相同的文件" : "同一文件的其他版本"}：《${title}》（${status}），可直接就它提问。`
      : `The library holds ${isSame ? "this document" : "another version of it"}: 《${title}》 (${status}). You can ask about it.`;
  return [{ type: "paragraph", text }];
}

const NEXT = {
  zh: {
    kept: "请告诉我想了解什么：例如“这份材料涉及哪些支持政策？”；如是贵企业的介绍或证照，发送“匹配”，我按其中写明的情况比对政策条件。30分钟内有效。",
    notKept: "请在同一条消息里写明问题；涉及贵企业情况的，请私聊发送给我。",
  },
  en: {
    kept: "Tell me what you would like to know about it; if it describes your company, send “match”. It is kept for 30 minutes.",
    notKept:
      "Please put your question into the same message; send what concerns your company in a direct message.",
  },
};

function toReply(kind: string, language: Language, headline: string, blocks: ReplyBlock[]): Reply {
  return {
    kind,
    language,
    headline,
    blocks,
    plainText: writeReplyText(headline, blocks),
    generatedByAi: false,
  };
}
