import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { type ButtonOptions, writeButton } from "../write-button.ts";
import { writeReplyText } from "../write-reply-text.ts";
import { type Language, say } from "./ticket-parts.ts";

/** About a person's matter: its turn keeps neither words nor figures of what was said. */
export function toTicketReply(
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
    confidential: true,
  };
}

/** Only acknowledges: what was said went to a person, or nowhere. */
export function toQuietReply(language: Language, headline: string): Reply {
  return { ...toTicketReply("ticket-held", language, headline), quiet: true };
}

/** What was said went to nobody. */
export function toUnsentReply(language: Language, headline: string): Reply {
  return { ...toQuietReply(language, headline), unsent: true };
}

/** Names are without the prefix `ticket.`. */
export function toButton(name: string, label: string, options?: ButtonOptions): ReplyAction {
  return writeButton("ticket", name, label, options);
}

export function paragraph(text: string): ReplyBlock {
  return { type: "paragraph", text };
}

/** What a group sees of a private matter. */
export function writeGroupLine(language: Language): Reply {
  return toTicketReply(
    "ticket-private",
    language,
    say(
      language,
      "工单内容不在群里显示，已通过私聊发给您，请在私聊中查看。",
      "Tickets are not shown in a group, so I sent it to you in a direct message.",
    ),
  );
}

export function askToWriteDirectly(language: Language): Reply {
  return toTicketReply(
    "ticket-private",
    language,
    say(
      language,
      "工单内容不在群里显示，请直接私聊我再发一次。",
      "Tickets are not shown in a group. Please send this to me in a direct message.",
    ),
  );
}
