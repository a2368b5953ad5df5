import { checkCommand } from "./check-command.ts";
import { readList } from "./check-components.ts";
import { type ApiRequest, noContent, type Platform, type RouteSpec } from "./platform.ts";
import { REFUSALS } from "./refusal.ts";
import { BOT, type Json, type StoredCommand, type World } from "./world.ts";

const COMMANDS = "^/applications/(?<app>\\d+)(?:/guilds/(?<guild>\\d+))?/commands";
const MAX_COMMANDS = 100;
type Params = Readonly<Record<string, string>>;

/** Which privileged intents are switched on, as the portal writes it into the application. */
const FLAG = { membersLimited: 1 << 15, contentLimited: 1 << 19 } as const;

export const APPLICATION_ROUTES: RouteSpec[] = [
  {
    method: "GET",
    pattern: /^\/(?:oauth2\/)?applications\/@me$/,
    route: "application",
    handle: describeApplication,
  },
  {
    method: "GET",
    pattern: new RegExp(`${COMMANDS}$`),
    route: "commands",
    handle: ({ world }, { query }, params) => {
      const whole = query.get("with_localizations") === "true";
      return {
        status: 200,
        body: commandsIn(world, scopeOf(world, params)).map((each) => present(each, whole)),
      };
    },
  },
  {
    method: "PUT",
    pattern: new RegExp(`${COMMANDS}$`),
    route: "commands",
    handle: ({ world }, request, params) => {
      const scope = scopeOf(world, params);
      const wanted = readList(request.body);
      if (wanted.length > MAX_COMMANDS) throw REFUSALS.tooManyCommands();
      for (const [index, command] of wanted.entries()) checkCommand(command, [index]);
      const names = new Set(wanted.map(({ name }) => name));
      for (const each of commandsIn(world, scope)) if (!names.has(each.name)) world.commands.delete(each.id);
      return { status: 200, body: wanted.map((command) => present(save(world, scope, command), true)) };
    },
  },
  {
    method: "POST",
    pattern: new RegExp(`${COMMANDS}$`),
    route: "commands",
    handle: ({ world }, { body }, params) => {
      const scope = scopeOf(world, params);
      checkCommand(body);
      const known = commandsIn(world, scope).some(({ name }) => name === body["name"]);
      if (!known && commandsIn(world, scope).length >= MAX_COMMANDS) throw REFUSALS.tooManyCommands();
      return { status: known ? 200 : 201, body: present(save(world, scope, body), true) };
    },
  },
  {
    method: "GET",
    pattern: new RegExp(`${COMMANDS}/(?<command>\\d+)$`),
    route: "commands",
    handle: ({ world }, _request, params) => ({ status: 200, body: present(find(world, params), true) }),
  },
  {
    method: "PATCH",
    pattern: new RegExp(`${COMMANDS}/(?<command>\\d+)$`),
    route: "commands",
    handle: ({ world }, { body }, params) => {
      const known = find(world, params);
      const next = { ...known, ...body } as Json;
      checkCommand(next);
      return { status: 200, body: present(save(world, known.guild_id, next, known.id), true) };
    },
  },
  {
    method: "DELETE",
    pattern: new RegExp(`${COMMANDS}/(?<command>\\d+)$`),
    route: "commands",
    handle: ({ world }, _request, params) => {
      world.commands.delete(find(world, params).id);
      return noContent;
    },
  },
];

function scopeOf(world: World, params: Params): string | undefined {
  if (params["app"] !== BOT.applicationId) throw REFUSALS.missingAccess();
  const guild = params["guild"];
  if (guild === undefined) return undefined;
  if (!world.guilds.get(guild)?.members.has(BOT.userId)) throw REFUSALS.missingAccess();
  return guild;
}

export function commandsIn(world: World, scope: string | undefined): StoredCommand[] {
  return [...world.commands.values()].filter(({ guild_id }) => guild_id === scope);
}

function find(world: World, params: Params): StoredCommand {
  const scope = scopeOf(world, params);
  const command = world.commands.get(params["command"] ?? "");
  if (!command || command.guild_id !== scope) throw REFUSALS.unknownCommand();
  return command;
}

/** As the platform keeps it: defaults filled in, falsehoods left out of the options, the id kept for the same name. */
function save(world: World, scope: string | undefined, command: Json, id?: string): StoredCommand {
  const same = commandsIn(world, scope).find(({ name }) => name === command["name"]);
  const stored: StoredCommand = {
    id: id ?? same?.id ?? world.ids.next(),
    application_id: BOT.applicationId,
    version: world.ids.next(),
    type: command["type"] ?? 1,
    name: String(command["name"]),
    name_localizations: command["name_localizations"] ?? null,
    description: String(command["description"]),
    description_localizations: command["description_localizations"] ?? null,
    default_member_permissions: command["default_member_permissions"] ?? null,
    nsfw: command["nsfw"] ?? false,
    integration_types: command["integration_types"] ?? [0],
    ...(scope === undefined
      ? { contexts: command["contexts"] ?? null, dm_permission: command["dm_permission"] ?? true }
      : { guild_id: scope }),
    options: readList(command["options"]).map(normaliseOption),
  };
  world.commands.set(stored.id, stored);
  return stored;
}

function normaliseOption(option: Json): Json {
  const entries = Object.entries(option).filter(
    ([key, value]) =>
      value !== undefined && !((key === "required" || key === "autocomplete") && value === false),
  );
  const kept: Json = Object.fromEntries(entries);
  if (Array.isArray(kept["options"])) kept["options"] = readList(kept["options"]).map(normaliseOption);
  if (Array.isArray(kept["choices"]))
    kept["choices"] = readList(kept["choices"]).map((choice) => ({ name_localizations: null, ...choice }));
  return { name_localizations: null, description_localizations: null, ...kept };
}

/** Without `whole` the translations are left out, as when nobody asked for them. */
function present(command: StoredCommand, whole: boolean): Json {
  return whole ? command : (withoutTranslations(command) as Json);
}

function withoutTranslations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTranslations);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith("_localizations"));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutTranslations(inner)]));
}

function describeApplication({ world }: Platform, _request: ApiRequest) {
  const { messageContent, members } = world.privileged;
  const flags = (messageContent ? FLAG.contentLimited : 0) | (members ? FLAG.membersLimited : 0);
  const body = {
    id: BOT.applicationId,
    name: BOT.name,
    icon: null,
    description: "",
    bot_public: false,
    bot_require_code_grant: false,
    interactions_endpoint_url: null,
    verify_key: "0".repeat(64),
    flags,
    approximate_guild_count: world.guilds.size,
    bot: { id: BOT.userId, username: "xiance", discriminator: "0", avatar: null, bot: true },
    owner: { id: "100000000000000009", username: "owner", discriminator: "0", avatar: null },
  };
  return { status: 200, body };
}
