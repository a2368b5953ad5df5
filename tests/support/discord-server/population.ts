import { ALL_THE_BOT_NEEDS, PERMISSION } from "./permissions.ts";
import type { Platform } from "./platform.ts";
import { presentGuild, presentPlace } from "./present.ts";
import {
  BOT,
  CHANNEL_TYPE,
  createPlace,
  type Guild,
  type Overwrite,
  type Person,
  type Place,
} from "./world.ts";

const GUILDS_INTENT = 1;
const PEOPLE =
  PERMISSION.viewChannel | PERMISSION.sendMessages | PERMISSION.sendInThreads | PERMISSION.readHistory;

/** Servers, channels and people, all invented. */
export interface Population {
  person(name?: string, more?: Partial<Person>): Person;
  /** With the bot in it unless `withBot` is false. `permissions`: what the bot's role may; default all that it needs. */
  guild(name?: string, options?: { withBot?: boolean; permissions?: bigint }): Guild;
  channel(guild: Guild, name?: string, overwrites?: Overwrite[]): Place;
  /** Somebody opens a thread under a message. */
  thread(parent: Place, messageId: string, name: string): Place;
  join(guild: Guild, person: Person): void;
  /** The bot is added to a server while it runs. */
  addBot(guild: Guild): void;
  removeBot(guild: Guild): void;
  removeChannel(place: Place): void;
  leave(guild: Guild, person: Person): void;
  /** For the bot alone, in one channel. */
  deny(place: Place, ...names: (keyof typeof PERMISSION)[]): void;
}

export function createPopulation(platform: Platform): Population {
  const { world, gateway } = platform;
  let count = 0;

  function addBot(guild: Guild): void {
    guild.members.set(BOT.userId, { roles: guild.roles.slice(1).map(({ id }) => id), nick: null });
    gateway.dispatch("GUILD_CREATE", presentGuild(world, guild), { intents: GUILDS_INTENT });
  }

  return {
    person: (name, more) => {
      count += 1;
      const person: Person = {
        id: world.ids.next(),
        username: `person${count}`,
        globalName: name ?? `虚构用户${count}`,
        bot: false,
        blocksDirect: false,
        locale: "zh-CN",
        ...more,
      };
      world.people.set(person.id, person);
      return person;
    },
    guild: (name = "园区服务（虚构）", { withBot = true, permissions = ALL_THE_BOT_NEEDS } = {}) => {
      const id = world.ids.next();
      const roles = [
        { id, name: "@everyone", permissions: PEOPLE | PERMISSION.useCommands },
        { id: world.ids.next(), name: BOT.name, permissions },
      ];
      const guild: Guild = { id, name, ownerId: world.ids.next(), roles, members: new Map() };
      world.guilds.set(id, guild);
      if (withBot) addBot(guild);
      return guild;
    },
    channel: (guild, name = "政策咨询", overwrites = []) => {
      const place = createPlace(world, { type: CHANNEL_TYPE.text, name, guildId: guild.id, overwrites });
      gateway.dispatch("CHANNEL_CREATE", presentPlace(world, place), { intents: GUILDS_INTENT });
      return place;
    },
    thread: (parent, messageId, name) => {
      const { guildId, id: parentId } = parent;
      const place = createPlace(world, {
        id: messageId,
        type: CHANNEL_TYPE.publicThread,
        name,
        guildId,
        parentId,
      });
      gateway.dispatch("THREAD_CREATE", presentPlace(world, place), { intents: GUILDS_INTENT });
      return place;
    },
    join: (guild, person) => {
      guild.members.set(person.id, { roles: [], nick: null });
    },
    addBot,
    removeBot: (guild) => {
      guild.members.delete(BOT.userId);
      gateway.dispatch("GUILD_DELETE", { id: guild.id }, { intents: GUILDS_INTENT });
    },
    removeChannel: (place) => {
      place.deleted = true;
      gateway.dispatch("CHANNEL_DELETE", presentPlace(world, place), { intents: GUILDS_INTENT });
    },
    leave: (guild, person) => {
      guild.members.delete(person.id);
      const user = { id: person.id, username: person.username, discriminator: "0", avatar: null };
      gateway.dispatch("GUILD_MEMBER_REMOVE", { guild_id: guild.id, user }, { intents: 1 << 1 });
    },
    deny: (place, ...names) => {
      const deny = names.reduce((sum, name) => sum | PERMISSION[name], 0n);
      place.overwrites.push({ id: BOT.userId, kind: "member", allow: 0n, deny });
    },
  };
}
