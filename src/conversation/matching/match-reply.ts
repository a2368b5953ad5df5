import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { type ButtonOptions, writeButton } from "../write-button.ts";
import { writeReplyText } from "../write-reply-text.ts";
import { type Language, say } from "./matching-parts.ts";

/** A reply about an enterprise's own matters: its turn keeps neither words nor figures of what was asked. */
export function toMatchReply(
  kind: string,
  language: Language,
  headline: string,
  blocks: readonly ReplyBlock[] = [],
): Reply {
  return { ...toPublicReply(kind, language, headline, blocks), confidential: true };
}

/** A reply that holds nothing of anybody. */
export function toPublicReply(
  kind: string,
  language: Language,
  headline: string,
  blocks: readonly ReplyBlock[] = [],
): Reply {
  return {
    kind,
    language,
    headline,
    blocks: [...blocks],
    plainText: writeReplyText(headline, blocks, language),
    generatedByAi: false,
  };
}

/** What a group sees of a private matter: no figure, no name, no industry. */
export function writeGroupNotice(language: Language): Reply {
  const line = say(
    language,
    "为保护企业信息，结果已通过私聊发送给您。",
    "To protect company information, the result was sent to you in a direct message.",
  );
  return toMatchReply("match-private", language, line);
}

/** Where the platform has no direct chats that the bot may open. */
export function askToWriteDirectly(language: Language): Reply {
  const line = say(
    language,
    "涉及企业自身情况的内容不在群里答复。请直接私聊我再发一次，本条内容未作记录。",
    "Matters of a company are not answered in a group. Please write to me directly; this message was not recorded.",
  );
  return toMatchReply("match-private", language, line);
}

/** Names are without the prefix `match.`. */
export function toButton(name: string, label: string, options?: ButtonOptions): ReplyAction {
  return writeButton("match", name, label, options);
}
