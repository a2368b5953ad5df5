import type { Logger } from "../../shared/index.ts";
import type { ApiRequest, CallApi } from "./call-api.ts";
import { COMMANDS } from "./commands.ts";
import { toChannelError } from "./failures.ts";

/**
 * Registers the commands unless the platform has these very ones: every change counts against a daily limit, and makes
 * clients forget them for a while. Never rejects; gives what an operator has to do, in Chinese.
 */
export async function registerCommands(
  call: CallApi,
  { applicationId, guildId }: { applicationId: string; guildId: string | undefined },
  logger: Logger,
): Promise<string | undefined> {
  const base = `/applications/${applicationId}` as const;
  const route: ApiRequest["route"] = guildId ? `${base}/guilds/${guildId}/commands` : `${base}/commands`;
  try {
    const registered = await call({ method: "GET", route, query: { with_localizations: "true" } });
    if (Array.isArray(registered) && isSame(registered, COMMANDS)) return undefined;
    await call({ method: "PUT", route, body: [...COMMANDS] });
    logger.info({ commands: COMMANDS.length }, "discord: commands registered");
    return undefined;
  } catch (thrown) {
    const error = toChannelError(thrown, "register commands");
    logger.warn({ errorId: error.id, error: error.message }, "discord: commands not registered");
    return "斜杠指令未能注册，请确认邀请机器人时勾选了 applications.commands";
  }
}

/** Whether the registered commands are these: by what we say of them, since the platform adds much of its own. */
export function isSame(registered: readonly unknown[], wanted: readonly { name: string }[]): boolean {
  if (registered.length !== wanted.length) return false;
  const byName = new Map(registered.map((each) => [readName(each), each]));
  return wanted.every((command) => holds(byName.get(command.name), command));
}

function readName(command: unknown): unknown {
  return typeof command === "object" && command !== null && "name" in command ? command.name : undefined;
}

/** Options of a command that are not named have their default, and what the platform leaves out is empty. */
const DEFAULTS: Readonly<Record<string, unknown>> = { required: false, autocomplete: false };
const COMPARED = [
  "type",
  "name",
  "name_localizations",
  "description",
  "description_localizations",
  "required",
  "autocomplete",
  "max_length",
  "choices",
  "options",
  "value",
] as const;

function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found)) return wanted.length === 0 && isEmpty(found);
    return found.length === wanted.length && wanted.every((each, index) => holds(found[index], each));
  }
  if (typeof wanted !== "object" || wanted === null) return found === wanted;
  if (typeof found !== "object" || found === null) return false;
  const [left, right] = [found as Record<string, unknown>, wanted as Record<string, unknown>];
  // Localisations have languages for keys.
  const keys = "zh-CN" in right ? [...new Set([...Object.keys(left), ...Object.keys(right)])] : COMPARED;
  return keys.every((key) => {
    const [has, wants] = [left[key] ?? DEFAULTS[key], right[key] ?? DEFAULTS[key]];
    return wants === undefined ? isEmpty(has) : holds(has, wants);
  });
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value)
    ? value.length === 0
    : typeof value === "object" && Object.keys(value).length === 0;
}
