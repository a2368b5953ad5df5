import type { Audience, Role } from "../../access/index.ts";

/** What of conversation's Asker decides who reads a reply. */
export interface KnownAsker {
  account: string;
  chatKind: Audience["chatKind"];
  chat: string;
}

/** Undefined: not kept, or damaged; then nobody can be told. */
export function readAsker(stored: unknown): KnownAsker | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const { channel, userId, chatId, chatKind, account } = stored as Readonly<Record<string, unknown>>;
  if (typeof channel !== "string" || typeof userId !== "string" || typeof chatId !== "string")
    return undefined;
  if (chatKind !== "direct" && chatKind !== "group") return undefined;
  const own = `${channel}:${userId}`;
  return { account: typeof account === "string" ? account : own, chatKind, chat: `${channel}:${chatId}` };
}

export function audienceOf({ account, chatKind, chat }: KnownAsker, roles: ReadonlySet<Role>): Audience {
  return { account, roles, chatKind, chat };
}
