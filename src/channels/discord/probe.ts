import { z } from "zod";
import type { CallApi } from "./call-api.ts";
import { remedyFor, toChannelError } from "./failures.ts";
import { computePermissions, listLacking, toBits, toInviteLink } from "./permissions.ts";
import { guildChannel, guildRole, snowflake } from "./schema.ts";
import type { DiscordSettings } from "./settings.ts";

export interface ProbeResult {
  healthy: boolean;
  /** In Chinese, several sentences. */
  detail: string;
}

const me = z.object({ id: snowflake, username: z.string() });
const application = z.object({
  id: snowflake,
  flags: z.number().nullish(),
  bot_public: z.boolean().nullish(),
  interactions_endpoint_url: z.string().nullish(),
});
const guilds = z.array(z.object({ id: snowflake, name: z.string().nullish() }));
const guild = z.object({ id: snowflake, owner_id: snowflake.nullish(), roles: z.array(guildRole) });
const member = z.object({ roles: z.array(snowflake) });

/** Text channels and announcement channels. */
const WRITTEN_CHANNELS: ReadonlySet<number> = new Set([0, 5]);
const MAX_GUILDS = 20;
const MAX_NAMED_CHANNELS = 8;

type Me = z.infer<typeof me>;

/** What doctor says, without connecting: the token, the application, and what the bot may do where. Never rejects. */
export async function probeDiscord(call: CallApi, settings: DiscordSettings): Promise<ProbeResult> {
  try {
    const bot = me.parse(await call({ method: "GET", route: "/users/@me" }));
    const app = application.parse(await call({ method: "GET", route: "/applications/@me" }));
    const query = { limit: "200" };
    const joined = guilds.parse(await call({ method: "GET", route: "/users/@me/guilds", query }));
    const invite = `邀请链接：${toInviteLink(app.id)}`;
    const faults = listFaults(app, joined, settings);
    const lacking = await listLackingByGuild(call, bot, joined.slice(0, MAX_GUILDS));
    const said = [
      `机器人“${bot.username}”，已加入 ${joined.length} 个服务器`,
      ...faults,
      ...lacking,
      ...(joined.length > MAX_GUILDS ? [`只检查了前 ${MAX_GUILDS} 个服务器的权限`] : []),
      ...(joined.length === 0 || lacking.length > 0 || faults.length > 0 ? [invite] : []),
    ];
    const healthy = faults.length === 0 && joined.length > 0;
    return { healthy, detail: `Discord：${said.join("；")}` };
  } catch (thrown) {
    return { healthy: false, detail: `Discord：${toChannelError(thrown, "probe").safeMessage}` };
  }
}

function listFaults(
  { interactions_endpoint_url }: z.infer<typeof application>,
  joined: z.infer<typeof guilds>,
  { guildId }: DiscordSettings,
): string[] {
  return [
    ...(interactions_endpoint_url
      ? [
          "开发者后台设置了 Interactions Endpoint URL，斜杠指令和按钮不会送到本程序，请在“General Information”页清空该项",
        ]
      : []),
    ...(joined.length === 0 ? ["机器人尚未加入任何服务器，请用下面的链接邀请"] : []),
    ...(guildId && joined.length > 0 && !joined.some(({ id }) => id === guildId)
      ? [`机器人不在 DISCORD_GUILD_ID 指定的服务器（${guildId}）中，请邀请机器人或改正该编号`]
      : []),
  ];
}

async function listLackingByGuild(call: CallApi, bot: Me, joined: z.infer<typeof guilds>): Promise<string[]> {
  const found: string[] = [];
  for (const { id, name } of joined)
    found.push(...(await describeGuild(call, bot, { id, name: name ?? id })));
  return found;
}

async function describeGuild(
  call: CallApi,
  bot: Me,
  { id, name }: { id: string; name: string },
): Promise<string[]> {
  try {
    const { owner_id, roles } = guild.parse(await call({ method: "GET", route: `/guilds/${id}` }));
    const own = member.parse(await call({ method: "GET", route: `/guilds/${id}/members/${bot.id}` }));
    const channels = z
      .array(guildChannel)
      .parse(await call({ method: "GET", route: `/guilds/${id}/channels` }));
    const standing = {
      guildId: id,
      ownerId: owner_id ?? undefined,
      roles: new Map(roles.map((role) => [role.id, toBits(role.permissions)])),
      userId: bot.id,
      memberRoles: own.roles,
    };
    const everywhere = listLacking(computePermissions(standing, {}));
    if (everywhere.length > 0) return [`服务器“${name}”缺少权限：${everywhere.join("、")}`];
    const lacking = channels
      .filter(({ type }) => WRITTEN_CHANNELS.has(type))
      .map((channel) => ({
        name: channel.name ?? channel.id,
        lacks: listLacking(computePermissions(standing, channel)),
      }))
      .filter(({ lacks }) => lacks.length > 0);
    const named = lacking
      .slice(0, MAX_NAMED_CHANNELS)
      .map((each) => `#${each.name}（${each.lacks.join("、")}）`);
    const more = lacking.length > named.length ? `等 ${lacking.length} 个频道` : "";
    return named.length === 0 ? [] : [`服务器“${name}”的部分频道缺少权限：${named.join("、")}${more}`];
  } catch (thrown) {
    if (remedyFor(thrown) === "wait-and-retry") throw thrown;
    return [`服务器“${name}”的权限未能读取`];
  }
}
