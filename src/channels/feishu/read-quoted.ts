import { setTimeout as waitFor } from "node:timers/promises";
import type { InboundMessage } from "../../conversation/index.ts";
import { remember } from "../../shared/index.ts";
import type { FeishuClient } from "./client.ts";
import { createDenial } from "./denial.ts";
import { FeishuCallError, toChannelError } from "./failures.ts";
import { readContent } from "./message-text.ts";
import { platformId, type QuotedMessage, quotedMessage, simplifiedCard } from "./schema.ts";
import type { FeishuContext } from "./settings.ts";

export interface QuoteReader {
  /** Never throws. Undefined: there is none, it has no words, or the platform does not let the bot read it. */
  read(message: InboundMessage): Promise<string | undefined>;
}

const MAX_QUOTE_CHARACTERS = 2_000;
const NOT_IN_CHAT = 230002;
const MAX_CHATS = 500;
const BARRED_MS = 60 * 60 * 1_000;

/** Words of the message that another one quotes. What the platform refuses is not asked again for an hour. */
export function createQuoteReader(
  client: Pick<FeishuClient, "readMessage">,
  context: FeishuContext,
): QuoteReader {
  const { tuning, logger } = context;
  const denial = createDenial(context);
  const chats = new Map<string, number>();
  const isBarred = (chatId: string) => (chats.get(chatId) ?? 0) > context.clock().getTime();

  async function ask({ chatId, repliesTo }: InboundMessage): Promise<string | undefined> {
    const id = platformId.safeParse(repliesTo?.[0]).data;
    if (!id || denial.holds() || isBarred(chatId)) return undefined;
    try {
      const answer = quotedMessage.safeParse(await client.readMessage(id)).data;
      const [quoted] = answer?.items ?? [];
      // Of another chat it would tell here what was said there.
      if (!quoted || quoted.deleted || (quoted.chat_id ?? chatId) !== chatId) return undefined;
      return readWords(quoted);
    } catch (thrown) {
      const denied = denial.note(thrown);
      if (!denied && thrown instanceof FeishuCallError && thrown.failure.code === NOT_IN_CHAT)
        remember(chats, chatId, context.clock().getTime() + BARRED_MS, MAX_CHATS);
      logger.info(
        { error: toChannelError(thrown, "read a quoted message").message },
        "feishu: quote not read",
      );
      return undefined;
    }
  }

  return {
    read: (message) => Promise.race([ask(message), waitFor(tuning.quoteWaitMs, undefined, { ref: false })]),
  };
}

function readWords({ msg_type, body, mentions }: QuotedMessage): string | undefined {
  const named = (mentions ?? []).map(({ key, name }) => ({ key, id: undefined, name }));
  const text =
    msg_type === "interactive" ? readCard(body?.content) : readPlain(msg_type, body?.content ?? "", named);
  const characters = [...text.trim()];
  return characters.length === 0 ? undefined : characters.slice(0, MAX_QUOTE_CHARACTERS).join("");
}

type Named = Parameters<typeof readContent>[2];

function readPlain(kind: string, content: string, mentions: Named): string {
  const read = readContent(kind, content, mentions, undefined);
  return "text" in read ? read.text : "";
}

/** What the platform makes of a card when it is read: a title and lines of texts. */
function readCard(content: string | null | undefined): string {
  try {
    const card = simplifiedCard.safeParse(JSON.parse(content ?? "")).data;
    const lines = (card?.elements ?? []).map((line) => line.map(({ text }) => text ?? "").join(""));
    return [card?.title ?? "", ...lines].filter((line) => line.trim() !== "").join("\n");
  } catch {
    return "";
  }
}
