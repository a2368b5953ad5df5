import type { GuildChannel } from "./schema.ts";

/** What the bot needs in a channel, by the platform's bits, and why. */
export const NEEDED = [
  { bit: 1n << 10n, zh: "查看频道", en: "View Channels" },
  { bit: 1n << 11n, zh: "发送消息", en: "Send Messages" },
  { bit: 1n << 38n, zh: "在讨论串中发送消息", en: "Send Messages in Threads" },
  { bit: 1n << 35n, zh: "创建公开讨论串", en: "Create Public Threads" },
  { bit: 1n << 14n, zh: "嵌入链接", en: "Embed Links" },
  { bit: 1n << 15n, zh: "附加文件", en: "Attach Files" },
  { bit: 1n << 16n, zh: "读取消息历史", en: "Read Message History" },
  { bit: 1n << 6n, zh: "添加反应", en: "Add Reactions" },
] as const;

export const NEEDED_BITS = NEEDED.reduce((sum, { bit }) => sum | bit, 0n);

const ADMINISTRATOR = 1n << 3n;
const VIEW = 1n << 10n;
const SEND = 1n << 11n;

export interface Standing {
  guildId: string;
  ownerId: string | undefined;
  roles: ReadonlyMap<string, bigint>;
  userId: string;
  /** Of the member, without @everyone, whose id is the server's. */
  memberRoles: readonly string[];
}

/** What somebody may do in a channel, by the platform's order: everyone, roles, person. */
export function computePermissions(
  standing: Standing,
  channel: Pick<GuildChannel, "permission_overwrites">,
): bigint {
  const { guildId, ownerId, roles, userId, memberRoles } = standing;
  const all = (1n << 63n) - 1n;
  if (userId === ownerId) return all;
  const base = [guildId, ...memberRoles].reduce((sum, role) => sum | (roles.get(role) ?? 0n), 0n);
  if ((base & ADMINISTRATOR) !== 0n) return all;
  const overwrites = channel.permission_overwrites ?? [];
  const apply = (current: bigint, ids: ReadonlySet<string>): bigint => {
    const matching = overwrites.filter(({ id }) => ids.has(id));
    const deny = matching.reduce((sum, each) => sum | toBits(each.deny), 0n);
    const allow = matching.reduce((sum, each) => sum | toBits(each.allow), 0n);
    return (current & ~deny) | allow;
  };
  const everyone = apply(base, new Set([guildId]));
  const byRoles = apply(everyone, new Set(memberRoles));
  return apply(byRoles, new Set([userId]));
}

export function toBits(text: string): bigint {
  return /^\d{1,20}$/.test(text) ? BigInt(text) : 0n;
}

export function mayWrite(permissions: bigint): boolean {
  return (permissions & VIEW) !== 0n && (permissions & SEND) !== 0n;
}

/** Chinese names of what is missing. Without seeing the channel nothing else counts. */
export function listLacking(permissions: bigint): string[] {
  if ((permissions & VIEW) === 0n) return [NEEDED[0].zh];
  return NEEDED.filter(({ bit }) => (permissions & bit) === 0n).map(({ zh }) => zh);
}

/** Asks for exactly what is needed. */
export function toInviteLink(applicationId: string, webUrl = "https://discord.com"): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: NEEDED_BITS.toString(),
  });
  return `${webUrl}/oauth2/authorize?${query}`;
}
