import type { Audience, Role, Visibility } from "./types.ts";

/** What is known of an asker of whom nothing is known: sees what is public. */
export const publicAudience: Audience = {
  account: null,
  roles: new Set<Role>(),
  chatKind: "group",
  chat: null,
};

const INSIDERS: readonly Role[] = ["specialist", "admin", "auditor"];

/** In a group everybody reads along, so that the roles of the one who asks count in direct chats only. */
export function canSee(visibility: Visibility, audience: Audience): boolean {
  if (visibility.kind === "public") return true;
  if (audience.chatKind === "direct") return INSIDERS.some((role) => audience.roles.has(role));
  return visibility.kind === "groups" && audience.chat !== null && visibility.chats.includes(audience.chat);
}

/** Fails closed: what is unknown or damaged is internal. */
export function parseVisibility(value: unknown): Visibility {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { kind: "internal" };
  const { kind, chats } = value as { kind?: unknown; chats?: unknown };
  if (kind === "public") return { kind };
  const isChatList =
    Array.isArray(chats) &&
    chats.length > 0 &&
    chats.every((chat): chat is string => typeof chat === "string" && chat.trim() !== "");
  if (kind === "groups" && isChatList) return { kind, chats };
  return { kind: "internal" };
}

export function describeVisibility(visibility: Visibility): string {
  if (visibility.kind === "public") return "公开";
  return visibility.kind === "internal" ? "内部" : `指定群组（${visibility.chats.length} 个）`;
}
