import type { ChannelStatus } from "../../conversation/index.ts";
import type { FeishuClient } from "./client.ts";
import { toChannelError } from "./failures.ts";
import { describeStatus } from "./inbound.ts";
import { appVersion, grantedScopes, onlineVersion } from "./schema.ts";
import { FEISHU_EVENTS, FEISHU_SCOPES, type FeishuScope } from "./scopes.ts";
import type { FeishuSettings } from "./settings.ts";

/** One line of `doctor`, in Chinese. */
export interface FeishuFinding {
  name: string;
  state: "ok" | "off" | "warning" | "failed";
  detail: string;
}

export interface Diagnosis {
  probe(): Promise<ChannelStatus>;
  examine(): Promise<FeishuFinding[]>;
}

/** What doctor asks, without starting to receive. Neither call rejects. */
export function createDiagnosis(client: FeishuClient, settings: FeishuSettings): Diagnosis {
  return {
    probe: async () => {
      try {
        return describeStatus({ connected: true, detail: "接口可用" }, await client.fetchBot(), undefined);
      } catch (thrown) {
        return { healthy: false, detail: `飞书：${toChannelError(thrown, "probe").safeMessage}` };
      }
    },
    examine: async () => [
      ...(await examineScopes(client, settings)),
      ...(await examineEvents(client, settings)),
    ],
  };
}

const NAME = "飞书权限";
const MAX_NAMED = 8;

/** Which of the least set of scopes are granted, and where the console grants the others. Never rejects. */
async function examineScopes(
  client: Pick<FeishuClient, "listScopes">,
  settings: FeishuSettings,
): Promise<FeishuFinding[]> {
  try {
    const { scopes } = grantedScopes.parse(await client.listScopes());
    const granted = new Set(
      scopes.filter(({ grant_status }) => grant_status === GRANTED).map(({ scope_name }) => scope_name),
    );
    const missing = FEISHU_SCOPES.filter((each) => !isGranted(each, granted));
    return [
      ...(missing.some(({ required }) => required) ? [] : [describeEnough(granted)]),
      ...missing.map((each) => describeMissing(each, settings)),
      ...describeSurplus(granted, settings),
    ];
  } catch (thrown) {
    const { safeMessage } = toChannelError(thrown, "list scopes");
    return [{ name: NAME, state: "warning", detail: `未能查询：${safeMessage}` }];
  }
}

const GRANTED = 1;

function isGranted({ scope, includedIn = [] }: FeishuScope, granted: ReadonlySet<string>): boolean {
  return [scope, ...includedIn].some((each) => granted.has(each));
}

function describeEnough(granted: ReadonlySet<string>): FeishuFinding {
  const required = FEISHU_SCOPES.filter((each) => each.required).length;
  return { name: NAME, state: "ok", detail: `必需的 ${required} 项已开通，共开通 ${granted.size} 项` };
}

function describeMissing(
  { scope, required, purpose, without }: FeishuScope,
  settings: FeishuSettings,
): FeishuFinding {
  const where = `开通：${toScopeAddress(scope, settings)}，开通后须发布新版本。`;
  return required
    ? { name: `${NAME} ${scope}`, state: "failed", detail: `缺少，用于${purpose}。${where}` }
    : {
        name: `${NAME} ${scope}`,
        state: "off",
        detail: `用于${purpose}；未开通时${without ?? "不可用"}。${where}`,
      };
}

/** What the app may do and does not need. */
function describeSurplus(granted: ReadonlySet<string>, settings: FeishuSettings): FeishuFinding[] {
  const known = new Set(FEISHU_SCOPES.flatMap(({ scope, includedIn = [] }) => [scope, ...includedIn]));
  const surplus = [...granted].filter((each) => !known.has(each)).sort();
  if (surplus.length === 0) return [];
  const named = surplus.slice(0, MAX_NAMED).join("、");
  const more = surplus.length > MAX_NAMED ? `等 ${surplus.length} 项` : "";
  const detail = `本应用不需要：${named}${more}。没有其他用途的，可在 ${toConsole(settings)}/auth 关闭。`;
  return [{ name: "飞书多余权限", state: "off", detail }];
}

function toScopeAddress(scope: string, settings: FeishuSettings): string {
  return `${toConsole(settings)}/auth?q=${encodeURIComponent(scope).replaceAll("%3A", ":")}`;
}

function toConsole({ domain, appId }: FeishuSettings): string {
  return `${domain}/app/${appId}`;
}

const EVENTS_NAME = "飞书事件订阅";
const CALLBACK_HINT = "回调 card.action.trigger 无法由接口查询，请在控制台核对。";

/** Which events the released version of the app subscribes to. Needs a scope that few apps have. Never rejects. */
async function examineEvents(
  client: Pick<FeishuClient, "readOnlineVersion" | "readVersion">,
  settings: FeishuSettings,
): Promise<FeishuFinding[]> {
  const where = `${toConsole(settings)}/event`;
  try {
    const { app } = onlineVersion.parse(await client.readOnlineVersion());
    if (!app.online_version_id)
      return [
        { name: EVENTS_NAME, state: "failed", detail: "应用还没有发布版本，请在“版本管理与发布”中发布。" },
      ];
    const { app_version } = appVersion.parse(await client.readVersion(app.online_version_id));
    const subscribed = new Set(app_version.event_infos?.map(({ event_type }) => event_type));
    const missing = FEISHU_EVENTS.filter(({ event }) => !subscribed.has(event));
    if (missing.length === 0) return [{ name: EVENTS_NAME, state: "ok", detail: `齐全。${CALLBACK_HINT}` }];
    return missing.map(({ event, required, purpose }) => ({
      name: `${EVENTS_NAME} ${event}`,
      state: required ? "failed" : "off",
      detail: `未订阅，用于${purpose}。添加：${where}，添加后须发布新版本。`,
    }));
  } catch {
    const events = FEISHU_EVENTS.map(({ event }) => event).join("、");
    return [
      {
        name: EVENTS_NAME,
        state: "off",
        detail: `平台未允许查询，请在 ${where} 核对：${events}；${CALLBACK_HINT}`,
      },
    ];
  }
}
