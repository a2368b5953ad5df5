import type { InteractionEvent } from "./schema.ts";

const THREAD_TYPES: ReadonlySet<number> = new Set([10, 11, 12]);

export function isThread(type: number): boolean {
  return THREAD_TYPES.has(type);
}

const EPHEMERAL = 1 << 6;

/** Who did it, where, and who can see what is answered there. */
export interface InteractionPlace {
  userId: string;
  userName: string | undefined;
  /** Undefined: in a direct chat. */
  guildId: string | undefined;
  channelId: string | undefined;
  /** The channel that a thread belongs to. */
  parentId: string | undefined;
  /** The message whose button it was, if that is one which only this person sees. */
  onEphemeral: boolean;
  language: "zh" | "en";
}

/** Undefined: nobody is named. */
export function readPlace(event: InteractionEvent): InteractionPlace | undefined {
  const person = event.member?.user ?? event.user;
  if (!person) return undefined;
  const { channel } = event;
  return {
    userId: person.id,
    userName: event.member?.nick || person.global_name || person.username || undefined,
    guildId: event.guild_id,
    channelId: event.channel_id ?? channel?.id,
    parentId: channel && isThread(channel.type) ? channel.parent_id : undefined,
    onEphemeral: ((event.message?.flags ?? 0) & EPHEMERAL) !== 0,
    language: event.locale === undefined || event.locale === null || /^zh/i.test(event.locale) ? "zh" : "en",
  };
}

/** Where a message that came by an interaction belongs: with the person alone, or in the channel. */
export function toChat(
  { userId, guildId, channelId, parentId }: InteractionPlace,
  privately: boolean,
): { chatId: string; chatKind: "direct" | "group"; threadId?: string } {
  if (privately || guildId === undefined || channelId === undefined)
    return { chatId: userId, chatKind: "direct" };
  if (parentId === undefined) return { chatId: channelId, chatKind: "group" };
  return { chatId: parentId, chatKind: "group", threadId: channelId };
}
