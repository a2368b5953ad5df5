import { commandsIn } from "./application-routes.ts";
import type { Platform, RouteSpec } from "./platform.ts";
import { presentGuild, presentMember, presentPlace, userOf } from "./present.ts";
import { REFUSALS } from "./refusal.ts";
import { BOT, CHANNEL_TYPE, createPlace, type Guild, type Json, type Place, type World } from "./world.ts";

const GUILD = "/guilds/(?<guild>\\d+)";

/** Where the gateway is, who people are, who is in a server, and direct chats. */
export const DIRECTORY_ROUTES: RouteSpec[] = [
  {
    method: "GET",
    pattern: /^\/gateway\/bot$/,
    route: "gateway-bot",
    handle: ({ world }) => ({
      status: 200,
      body: {
        url: `${world.url.replace("http", "ws")}/gateway`,
        shards: 1,
        session_start_limit: { total: 1_000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
      },
    }),
  },
  {
    method: "GET",
    pattern: /^\/users\/(?<user>@me|\d+)$/,
    route: "me",
    handle: ({ world }, _request, params) => {
      const id = params["user"] === "@me" ? BOT.userId : (params["user"] ?? "");
      if (!world.people.has(id)) throw REFUSALS.unknownUser();
      return { status: 200, body: userOf(world, id) };
    },
  },
  {
    method: "GET",
    pattern: /^\/users\/@me\/guilds$/,
    route: "member",
    handle: ({ world }) => ({
      status: 200,
      body: [...world.guilds.values()].filter(isMember).map(({ id, name, ownerId, roles }) => ({
        id,
        name,
        icon: null,
        owner: ownerId === BOT.userId,
        permissions: String(roles.reduce((sum, { permissions }) => sum | permissions, 0n)),
        features: [],
      })),
    }),
  },
  {
    method: "POST",
    pattern: /^\/users\/@me\/channels$/,
    route: "direct",
    handle: ({ world }, { body }) => {
      const recipient = String(body["recipient_id"] ?? "");
      if (!world.people.has(recipient)) throw REFUSALS.unknownUser();
      if (recipient === BOT.userId) throw REFUSALS.directBlocked();
      return { status: 200, body: presentPlace(world, directPlace(world, recipient)) };
    },
  },
  guildRoute("", (world, guild) => presentGuild(world, guild)),
  guildRoute("/channels", (world, guild) => presentGuild(world, guild)["channels"] as Json[]),
  guildRoute("/roles", (world, guild) => presentGuild(world, guild)["roles"] as Json[]),
  guildRoute("/members/(?<user>@me|\\d+)", (world, guild, user) => {
    const id = user === "@me" ? BOT.userId : user;
    if (!guild.members.has(id)) throw REFUSALS.unknownMember();
    return presentMember(world, guild, id);
  }),
];

function isMember({ members }: Guild): boolean {
  return members.has(BOT.userId);
}

function guildRoute(
  rest: string,
  present: (world: World, guild: Guild, user: string) => Json | Json[],
): RouteSpec {
  return {
    method: "GET",
    pattern: new RegExp(`^${GUILD}${rest}$`),
    route: "member",
    handle: ({ world }: Platform, _request, params) => {
      const guild = world.guilds.get(params["guild"] ?? "");
      if (!guild || !isMember(guild)) throw REFUSALS.missingAccess();
      return { status: 200, body: present(world, guild, params["user"] ?? "") };
    },
  };
}

/** The direct chat of a person with the bot, opened when there is none. */
export function directPlace(world: World, userId: string): Place {
  const known = [...world.places.values()].find(
    ({ type, recipientId }) => type === CHANNEL_TYPE.direct && recipientId === userId,
  );
  return known ?? createPlace(world, { type: CHANNEL_TYPE.direct, name: "", recipientId: userId });
}

/** What a person finds under a slash in a place: the server's commands, then those for all. */
export function commandsFor(world: World, place: Place) {
  const ofGuild = place.guildId === null ? [] : commandsIn(world, place.guildId);
  const inDirect = place.guildId === null;
  const forAll = commandsIn(world, undefined).filter((command) => {
    const contexts = command["contexts"] as number[] | null | undefined;
    if (Array.isArray(contexts)) return contexts.includes(inDirect ? 1 : 0);
    return !inDirect || command["dm_permission"] !== false;
  });
  return [...ofGuild, ...forAll.filter(({ name }) => !ofGuild.some((each) => each.name === name))];
}
