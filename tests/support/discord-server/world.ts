import type { ServerClock } from "./server-clock.ts";
import { createSnowflakes, type Snowflakes } from "./snowflakes.ts";

export type Json = Record<string, unknown>;

/** The application and its bot, as the portal would show them. Invented. */
export const BOT = {
  token: "MTAwMDAwMDAwMDAwMDAwMDAx.GtestA.invented-token-of-the-test-0123456789",
  applicationId: "100000000000000001",
  userId: "100000000000000001",
  name: "贤策",
} as const;

export const CHANNEL_TYPE = {
  text: 0,
  direct: 1,
  announcement: 5,
  publicThread: 11,
  privateThread: 12,
} as const;

export interface Person {
  id: string;
  username: string;
  globalName: string;
  bot: boolean;
  /** Refuses direct messages of the bot: 50007. */
  blocksDirect: boolean;
  locale: string;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
}

export interface Overwrite {
  /** Of a role or a member. */
  id: string;
  kind: "role" | "member";
  allow: bigint;
  deny: bigint;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  roles: Role[];
  /** User id → ids of roles, nickname. */
  members: Map<string, { roles: string[]; nick: string | null }>;
}

export interface Place {
  id: string;
  type: number;
  guildId: string | null;
  name: string;
  /** Of a thread: the channel it stands in. */
  parentId: string | null;
  overwrites: Overwrite[];
  /** Of a direct chat: who is in it besides the bot. */
  recipientId: string | null;
  /** Of a thread. */
  ownerId: string | null;
  archived: boolean;
  locked: boolean;
  threadMembers: Set<string>;
  deleted: boolean;
}

export interface StoredAttachment {
  id: string;
  channelId: string;
  filename: string;
  description: string | null;
  contentType: string;
  bytes: Uint8Array;
  /** Milliseconds. Its link stops working then; a message that is fetched again carries a fresh one. */
  expiresAt: number;
  ephemeral: boolean;
}

/** A message as it stands now, with what happened to it. */
export interface StoredMessage {
  id: string;
  channelId: string;
  authorId: string;
  type: number;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: StoredAttachment[];
  flags: number;
  nonce: string | undefined;
  /** As the bot sent it; undefined: left to the default, which pings everybody who is named. */
  allowedMentions: Json | undefined;
  /** The users who were pinged by it, and whether everybody was. */
  pinged: { users: string[]; roles: string[]; everyone: boolean };
  reference: { messageId: string; channelId: string } | null;
  /** How the bot sent it. */
  via: "create" | "callback" | "followup" | "person";
  interactionId: string | null;
  /** Who alone sees it; null: everybody who sees the place. */
  onlyFor: string | null;
  deleted: boolean;
  /** Contents of it before each edit, oldest first; `at`: milliseconds of the edit. */
  edits: { at: number; before: { content: string; embeds: Json[]; components: Json[] } }[];
  sentAt: number;
  reactions: { emoji: string; userId: string }[];
}

export interface StoredCommand extends Json {
  id: string;
  name: string;
  description: string;
  guild_id?: string;
  options?: Json[];
}

export type InteractionState = "open" | "deferred" | "answered";

export interface StoredInteraction {
  id: string;
  token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  type: 2 | 3 | 4 | 5;
  userId: string;
  channelId: string;
  createdAt: number;
  state: InteractionState;
  /** Milliseconds from the creation to the callback. */
  answeredAfterMs: number | undefined;
  callbackType: number | undefined;
  /** The message whose component was used, or on which the modal was opened. */
  sourceMessageId: string | null;
  /** What `@original` is. */
  originalId: string | null;
  modal: Json | undefined;
  choices: Json[] | undefined;
  /** Messages that it brought, the original first. */
  messageIds: string[];
}

/** All that the platform knows. */
export interface World {
  clock: ServerClock;
  ids: Snowflakes;
  people: Map<string, Person>;
  guilds: Map<string, Guild>;
  places: Map<string, Place>;
  messages: Map<string, StoredMessage>;
  interactions: Map<string, StoredInteraction>;
  commands: Map<string, StoredCommand>;
  /** Files by id, also those of options of commands, which stand in no message. */
  files: Map<string, StoredAttachment>;
  /** Base URL of this server. */
  url: string;
  /** How long links to files work, milliseconds. */
  linkLifetimeMs: number;
  /** Secret of the links. */
  linkSecret: string;
  /** Which privileged intents are switched on. */
  privileged: { messageContent: boolean; members: boolean };
  token: string;
}

export function createWorld(clock: ServerClock): World {
  const world: World = {
    clock,
    ids: createSnowflakes(clock.now),
    people: new Map(),
    guilds: new Map(),
    places: new Map(),
    messages: new Map(),
    interactions: new Map(),
    commands: new Map(),
    files: new Map(),
    url: "",
    linkLifetimeMs: 24 * 60 * 60 * 1_000,
    linkSecret: "secret-of-the-links",
    privileged: { messageContent: false, members: false },
    token: BOT.token,
  };
  world.people.set(BOT.userId, {
    id: BOT.userId,
    username: "xiance",
    globalName: BOT.name,
    bot: true,
    blocksDirect: false,
    locale: "zh-CN",
  });
  return world;
}

export function createPlace(world: World, spec: Partial<Place> & Pick<Place, "type" | "name">): Place {
  const place: Place = {
    id: spec.id ?? world.ids.next(),
    guildId: null,
    parentId: null,
    overwrites: [],
    recipientId: null,
    ownerId: null,
    archived: false,
    locked: false,
    threadMembers: new Set(),
    deleted: false,
    ...spec,
  };
  world.places.set(place.id, place);
  return place;
}

export function isThread(place: Place): boolean {
  return place.type === CHANNEL_TYPE.publicThread || place.type === CHANNEL_TYPE.privateThread;
}
