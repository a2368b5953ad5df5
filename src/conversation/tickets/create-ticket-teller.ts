import type { Clock } from "../../shared/index.ts";
import type { TicketTeller } from "../../triage/index.ts";
import type { Notice, NoticeState } from "../enqueue-notice.ts";
import { toSessionKey } from "../session-key.ts";
import type { Reply } from "../types.ts";
import { writeAskerNotice } from "./write-asker-notice.ts";
import { writeDeskNotice } from "./write-desk-notice.ts";
import { writeTicketCard } from "./write-ticket-card.ts";

export interface TicketTellerOptions {
  /** `conversation.notify`. */
  notify(notice: Notice): Promise<boolean>;
  /** `conversation.noticeState`. */
  noticeState(channel: string, key: string): Promise<NoticeState | undefined>;
  /** Whether a reply could be delivered on this channel at all. */
  isConnected(channel: string): boolean;
  /** Reply target of a person's direct chat; undefined: there is none. */
  directTarget(channel: string, userId: string): unknown;
  /** Reply target of a group; undefined: there is none. */
  groupTarget(channel: string, chatId: string): unknown;
  /** Address of a kept file, for channels that show links. */
  fileUrl?(fileId: string): string | undefined;
  /** Whether people can send files there; absent: everywhere. */
  takesFiles?(channel: string): boolean;
  clock: Clock;
}

/** Of these an asker in a group is notified: a reply to the bot's own message would not do it. */
const CALLING: ReadonlySet<string> = new Set(["question", "answer"]);

type Told = Parameters<TicketTeller["tell"]>[0];

/** Tickets' messages and cards as notices of the conversation. A key that was used is not sent again. */
export function createTicketTeller(options: TicketTellerOptions): TicketTeller {
  const urls = options.fileUrl ? { fileUrl: (fileId: string) => options.fileUrl?.(fileId) } : {};
  return {
    tell: (message) =>
      message.to.kind === "asker" ? tellAsker(message, options, urls) : tellDesk(message, options, urls),
    async showCard({ key, card, receipt, ticket, events, settings }) {
      const { channel, chatId, chatKind, taskId } = card;
      const reader = chatKind === "direct" ? `${channel}:${chatId}` : null;
      const place = { channel, chatId, chatKind };
      const reply = writeTicketCard({ ticket, taskId, events, settings, reader, place });
      return send(options, place, key, reply, `card:${card.cardId}`, receipt ?? undefined);
    },
    async stateOf(channel, key) {
      const found = await options.noticeState(channel, key);
      return found && { state: found.state, receipt: found.receipt };
    },
  };
}

type Urls = { fileUrl?: (fileId: string) => string | undefined };

/** In the thread in which they asked. */
async function tellAsker(
  { key, effect, ticket, departmentNames }: Told,
  options: TicketTellerOptions,
  urls: Urls,
): Promise<"sent" | "unreachable"> {
  const { channel, replyTarget, sessionKey, chatKind, userId } = ticket.asker;
  if (!options.isConnected(channel)) return "unreachable";
  const takesFiles = options.takesFiles?.(channel) ?? true;
  const names = departmentNames;
  const written = writeAskerNotice({ what: effect.what, ticket, names, takesFiles, ...urls });
  const isCalled = chatKind === "group" && CALLING.has(effect.what.notice);
  const reply = isCalled ? { ...written, mention: { userId } } : written;
  await options.notify({ channel, key, replyTarget, sessionKey, reply, turn: true });
  return "sent";
}

async function tellDesk(
  { key, to, effect, ticket, departmentNames }: Told,
  options: TicketTellerOptions,
  urls: Urls,
): Promise<"sent" | "unreachable"> {
  if (to.kind === "asker") return "unreachable";
  const name = to.kind === "person" ? to.account : to.group;
  const colon = name.indexOf(":");
  const place = {
    channel: name.slice(0, colon),
    chatId: name.slice(colon + 1),
    chatKind: to.kind === "person" ? ("direct" as const) : ("group" as const),
  };
  const reader = to.kind === "person" ? to.account : null;
  const reply = writeDeskNotice({ what: effect.what, ticket, names: departmentNames, reader, ...urls });
  return send(options, place, key, reply, "ticket");
}

/** `lane`: messages of one lane reach the platform in order, and one that waits does not hold up the others. */
async function send(
  options: TicketTellerOptions,
  { channel, chatId, chatKind }: { channel: string; chatId: string; chatKind: "group" | "direct" },
  key: string,
  reply: Reply,
  lane: string,
  edits?: string,
): Promise<"sent" | "unreachable"> {
  if (!options.isConnected(channel)) return "unreachable";
  const replyTarget =
    chatKind === "group" ? options.groupTarget(channel, chatId) : options.directTarget(channel, chatId);
  if (replyTarget === undefined) return "unreachable";
  const sessionKey = toSessionKey({ channel, chatId, userId: lane });
  await options.notify({
    channel,
    key,
    replyTarget,
    sessionKey,
    reply,
    ...(edits !== undefined && { edits }),
  });
  return "sent";
}
