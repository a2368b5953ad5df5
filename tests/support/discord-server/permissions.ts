import { REFUSALS } from "./refusal.ts";
import { BOT, CHANNEL_TYPE, isThread, type Place, type World } from "./world.ts";

/** The bits that matter to a bot that answers. */
export const PERMISSION = {
  addReactions: 1n << 6n,
  administrator: 1n << 3n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useCommands: 1n << 31n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
} as const;

export const ALL_THE_BOT_NEEDS =
  PERMISSION.addReactions |
  PERMISSION.viewChannel |
  PERMISSION.sendMessages |
  PERMISSION.embedLinks |
  PERMISSION.attachFiles |
  PERMISSION.readHistory |
  PERMISSION.useCommands |
  PERMISSION.createPublicThreads |
  PERMISSION.createPrivateThreads |
  PERMISSION.sendInThreads;

const EVERYTHING = (1n << 53n) - 1n;

/** Roles first, then the overwrites of the channel: everyone, roles, member. A thread has its channel's. */
export function permissionsIn(world: World, place: Place, userId: string): bigint {
  if (place.guildId === null) return EVERYTHING & ~PERMISSION.manageMessages;
  const guild = world.guilds.get(place.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return 0n;
  if (guild.ownerId === userId) return EVERYTHING;
  const held = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  let bits = held.reduce((sum, { permissions }) => sum | permissions, 0n);
  if (bits & PERMISSION.administrator) return EVERYTHING;
  const { overwrites } = isThread(place) ? (world.places.get(place.parentId ?? "") ?? place) : place;
  const apply = (allow: bigint, deny: bigint) => {
    bits = (bits & ~deny) | allow;
  };
  for (const each of overwrites) if (each.id === guild.id) apply(each.allow, each.deny);
  const ofRoles = overwrites.filter(({ id, kind }) => kind === "role" && member.roles.includes(id));
  apply(
    ofRoles.reduce((sum, { allow }) => sum | allow, 0n),
    ofRoles.reduce((sum, { deny }) => sum | deny, 0n),
  );
  for (const each of overwrites)
    if (each.kind === "member" && each.id === userId) apply(each.allow, each.deny);
  return bits;
}

export function canSee(world: World, place: Place, userId: string): boolean {
  if (place.type === CHANNEL_TYPE.direct) return place.recipientId === userId || userId === BOT.userId;
  if (!(permissionsIn(world, place, userId) & PERMISSION.viewChannel)) return false;
  return place.type !== CHANNEL_TYPE.privateThread || place.threadMembers.has(userId);
}

/** Throws 50001 when the bot does not see the place, 50013 when it lacks one of the permissions there. */
export function demand(world: World, place: Place, ...needed: (keyof typeof PERMISSION)[]): void {
  if (place.guildId === null) return;
  if (!canSee(world, place, BOT.userId)) throw REFUSALS.missingAccess();
  const bits = permissionsIn(world, place, BOT.userId);
  if (needed.some((name) => !(bits & PERMISSION[name]))) throw REFUSALS.missingPermissions();
}

export const sendPermission = (place: Place) => (isThread(place) ? "sendInThreads" : "sendMessages");
