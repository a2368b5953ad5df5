import type { Reply } from "../../conversation/index.ts";
import { AppError, type Logger } from "../../shared/index.ts";
import { DiscordCallError, remedyFor, toChannelError } from "./failures.ts";
import type { Outlet } from "./outlet.ts";
import { NO_MENTIONS } from "./render.ts";
import type { Sender, Sending } from "./send-message.ts";

const WORDS = {
  zh: {
    sent: "内容涉及企业自身情况，已私信发给您。",
    shown: "内容涉及企业自身情况，仅向提问人显示。",
    closed:
      "内容涉及企业自身情况，需要私信发给您，但您未允许来自服务器成员的私信。请在 Discord 隐私设置中开启，或改用 /match、/ticket 等指令（结果仅您可见）。",
  },
  en: {
    sent: "This concerns your own company, so I sent it to you in a direct message.",
    shown: "This concerns the asker's own company and is shown to the asker only.",
    closed:
      "This concerns your own company and should go to you in a direct message, which your privacy settings do not allow. Please allow direct messages, or use /match or /ticket, whose results only you see.",
  },
} as const;

interface SayOptions {
  sender: Sender;
  logger: Logger;
}

/**
 * Fills the answer that everybody sees with one line. It must stand there before anything private is sent: the platform puts
 * the first follow-up into a deferred answer that is still empty, for everybody to read.
 */
export async function coverPublicAnswer(
  outlet: Outlet,
  { language }: Pick<Reply, "language">,
  { sender }: Pick<SayOptions, "sender">,
): Promise<void> {
  if (outlet.by !== "follow-up" || !outlet.line) return;
  try {
    await sender.editOriginal(outlet.interaction, toLine(WORDS[language].shown));
  } catch (thrown) {
    // Somebody deleted it: then there is nothing that could be filled.
    if (remedyFor(thrown) !== "send-fresh") throw thrown;
  }
}

/** The others get one line, without anything of the matter. */
export async function announcePrivate(
  outlet: Outlet,
  [reply, outboxId]: [Reply, string],
  { sender, logger }: SayOptions,
): Promise<void> {
  const words = WORDS[reply.language];
  try {
    if (outlet.by === "message" && outlet.announce)
      await sender.send(outlet.announce, toLine(words.sent), `${outboxId}-line`);
  } catch (thrown) {
    // What mattered has been delivered.
    logger.warn({ error: toChannelError(thrown, "announce").message }, "discord: line not sent");
  }
}

const CLOSED: ReadonlySet<number> = new Set([50007, 50278]);

/** True: it was said, where it was asked, why nothing comes. */
export async function sayDirectClosed(
  thrown: unknown,
  outlet: Outlet,
  [reply, outboxId]: [Reply, string],
  { sender }: SayOptions,
): Promise<boolean> {
  if (!(thrown instanceof DiscordCallError) || !CLOSED.has(thrown.failure.code)) return false;
  if (outlet.by !== "message" || !outlet.announce) return false;
  try {
    await sender.send(outlet.announce, toLine(WORDS[reply.language].closed), `${outboxId}-closed`);
    return true;
  } catch (again) {
    if (again instanceof AppError || again instanceof DiscordCallError) return false;
    throw again;
  }
}

function toLine(content: string): Sending {
  return { body: { content, allowed_mentions: NO_MENTIONS }, uploads: [] };
}
