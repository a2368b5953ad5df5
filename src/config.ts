import { isAbsolute, resolve } from "node:path";
import { AppError, type LogLevel } from "./shared/index.ts";

export interface FeishuConfig {
  appId: string;
  appSecret: string;
  encryptKey?: string;
  verificationToken?: string;
  /** Base URL without a trailing slash. */
  domain: string;
  transport: "ws" | "webhook";
  /** Base URL of the sign-in pages without a trailing slash. */
  accountsUrl: string;
  /** Of the organisation whose people may sign in. Absent: the platform is asked. */
  tenantKey?: string;
  /** What the platform allows the app of each interface. Absent: the documented 1 000. */
  callsPerMinute?: number;
}

export interface DiscordConfig {
  /** Of the bot. */
  token: string;
  /** Base URL of the REST interface without a trailing slash and without version. */
  apiUrl: string;
  /** Commands are registered for this server only, and there at once. Absent: for all, within an hour. */
  guildId?: string;
}

export interface LanguageModelConfig {
  apiKey: string;
  baseUrl?: string;
  model: string;
}

export type EmbeddingConfig =
  | { kind: "none" }
  | { kind: "openai-compatible"; model: string; baseUrl?: string; apiKey: string }
  | { kind: "local"; directory: string };

export interface Config {
  dataDirectory: string;
  /** The shipped `knowledge/` directory. */
  knowledgeDirectory: string;
  promptsDirectory: string;
  databaseUrl?: string;
  http: {
    host: string;
    port: number;
    publicUrl?: string;
    /** Origins whose pages may show the chat in a frame. */
    embedOrigins: readonly string[];
  };
  feishu?: FeishuConfig;
  discord?: DiscordConfig;
  languageModel?: LanguageModelConfig;
  embedding: EmbeddingConfig;
  logLevel: LogLevel;
  /** What is off and how to switch it on, for people, in Chinese. */
  notices: string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const PROJECT_ROOT = resolve(import.meta.dirname, "..");
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const WEB = ["http:", "https:"] as const;
const DEFAULT_MODEL = "gpt-4.1-mini";
const FEISHU_DOMAINS: Record<string, string> = {
  feishu: "https://open.feishu.cn",
  lark: "https://open.larksuite.com",
};
/** By the open platform's address; one's own address has its sign-in pages at the same place. */
const FEISHU_ACCOUNTS: Record<string, string> = {
  "https://open.feishu.cn": "https://accounts.feishu.cn",
  "https://open.larksuite.com": "https://accounts.larksuite.com",
};

/** Environment → configuration. Every bad or half-set value throws an AppError `configuration` that names it. */
export function readConfig(environment: Environment, options: { data?: string; cwd?: string } = {}): Config {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const cwd = options.cwd ?? process.cwd();
  const data = options.data || (read("XIANCE_DATA_DIR") ?? "data");
  const feishu = readFeishu(read);
  const discord = readDiscord(read);
  const languageModel = readLanguageModel(read);
  const embedding = readEmbedding(read, cwd);
  const databaseUrl = readUrl(read, "DATABASE_URL", ["postgres:", "postgresql:"]);
  const publicUrl = readUrl(read, "XIANCE_PUBLIC_URL", WEB)?.replace(/\/+$/, "");
  return {
    dataDirectory: isAbsolute(data) ? data : resolve(cwd, data),
    knowledgeDirectory: resolve(PROJECT_ROOT, "knowledge"),
    promptsDirectory: resolve(PROJECT_ROOT, "prompts"),
    ...(databaseUrl && { databaseUrl }),
    http: {
      host: read("XIANCE_HTTP_HOST") ?? "127.0.0.1",
      port: readPort(read),
      ...(publicUrl && { publicUrl }),
      embedOrigins: readOrigins(read, "XIANCE_EMBED_ORIGINS"),
    },
    ...(feishu && { feishu }),
    ...(discord && { discord }),
    ...(languageModel && { languageModel }),
    embedding,
    logLevel: readChoice(read, "LOG_LEVEL", LOG_LEVELS, "info"),
    notices: [
      ...(feishu
        ? []
        : [
            "飞书：未接入。设置 FEISHU_APP_ID 和 FEISHU_APP_SECRET 后重新启动即可接入（步骤见 src/channels/feishu/README.md）。",
          ]),
      ...(discord
        ? []
        : [
            "Discord：未接入。设置 DISCORD_TOKEN 后重新启动即可接入（步骤见 src/channels/discord/README.md）。",
          ]),
      ...(feishu && !publicUrl
        ? [
            "账号登录：未启用。设置 XIANCE_PUBLIC_URL（本服务对外的地址）后，网页与管理接口可用飞书账号登录（步骤见 src/channels/web/README.md）。",
          ]
        : []),
      ...(languageModel
        ? []
        : [
            "语言模型：未启用，按原文摘录作答。设置 OPENAI_API_KEY（及可选的 OPENAI_BASE_URL、OPENAI_MODEL）后启用。",
          ]),
      ...(embedding.kind === "none"
        ? ["向量检索：未启用，按词语检索。设置 EMBEDDING_MODEL 与接口密钥，或 EMBEDDING_MODEL_PATH 后启用。"]
        : []),
    ],
  };
}

type Read = (name: string) => string | undefined;

function invalid(message: string, safeMessage: string): AppError {
  return new AppError({ code: "configuration", message, safeMessage });
}

function readFeishu(read: Read): FeishuConfig | undefined {
  const appId = read("FEISHU_APP_ID");
  const appSecret = read("FEISHU_APP_SECRET");
  const encryptKey = read("FEISHU_ENCRYPT_KEY");
  const verificationToken = read("FEISHU_VERIFICATION_TOKEN");
  const others = [
    "FEISHU_ENCRYPT_KEY",
    "FEISHU_VERIFICATION_TOKEN",
    "FEISHU_TRANSPORT",
    "FEISHU_DOMAIN",
    "FEISHU_ACCOUNTS_URL",
    "FEISHU_TENANT_KEY",
    "FEISHU_CALLS_PER_MINUTE",
  ].filter(read);
  if (!appId && !appSecret) {
    if (others.length === 0) return undefined;
    throw invalid(
      "Feishu is half configured",
      `已设置 ${others.join("、")}，但缺少 FEISHU_APP_ID 和 FEISHU_APP_SECRET。请补齐，或全部删除以关闭飞书。`,
    );
  }
  if (!appId || !appSecret) {
    const missing = appId ? "FEISHU_APP_SECRET" : "FEISHU_APP_ID";
    throw invalid(`${missing} is missing`, `飞书配置不完整：缺少 ${missing}。请补齐，或全部删除以关闭飞书。`);
  }
  const transport = readChoice(read, "FEISHU_TRANSPORT", ["ws", "webhook"] as const, "ws");
  if (transport === "ws" && !/^cli_[0-9a-fA-F]{16}$/.test(appId)) {
    throw invalid(
      "FEISHU_APP_ID has an unusual form",
      "FEISHU_APP_ID 格式不对：应为 cli_ 加 16 位十六进制字符，请在飞书开放平台“凭证与基础信息”页复制。",
    );
  }
  if (transport === "webhook" && !encryptKey && !verificationToken) {
    throw invalid(
      "the webhook has no means of verification",
      "FEISHU_TRANSPORT=webhook 时须设置 FEISHU_ENCRYPT_KEY（推荐）或 FEISHU_VERIFICATION_TOKEN，否则无法验证请求来自飞书。",
    );
  }
  const named = read("FEISHU_DOMAIN") ?? "feishu";
  const domain =
    FEISHU_DOMAINS[named.toLowerCase()] ?? requireUrl("FEISHU_DOMAIN", named, WEB, "feishu、lark，或");
  const platform = domain.replace(/\/+$/, "");
  const accountsUrl = readUrl(read, "FEISHU_ACCOUNTS_URL", WEB) ?? FEISHU_ACCOUNTS[platform] ?? platform;
  const tenantKey = read("FEISHU_TENANT_KEY");
  const callsPerMinute = readCallsPerMinute(read);
  return {
    appId,
    appSecret,
    ...(encryptKey && { encryptKey }),
    ...(verificationToken && { verificationToken }),
    domain: platform,
    transport,
    accountsUrl: accountsUrl.replace(/\/+$/, ""),
    ...(tenantKey && { tenantKey }),
    ...(callsPerMinute !== undefined && { callsPerMinute }),
  };
}

function readCallsPerMinute(read: Read): number | undefined {
  const text = read("FEISHU_CALLS_PER_MINUTE");
  if (text === undefined) return undefined;
  const calls = Number(text);
  if (Number.isInteger(calls) && calls >= 1 && calls <= 1_000_000) return calls;
  throw invalid(
    "FEISHU_CALLS_PER_MINUTE is no number of calls",
    "FEISHU_CALLS_PER_MINUTE 应为 1 至 1000000 的整数，即飞书允许本应用每分钟调用同一接口的次数；未获提额的请删除此项。",
  );
}

function readDiscord(read: Read): DiscordConfig | undefined {
  const token = readKey((name) => read(name)?.replace(/^Bot\s+/i, ""), "DISCORD_TOKEN");
  const guildId = read("DISCORD_GUILD_ID");
  const apiUrl = readUrl(read, "DISCORD_API_URL", WEB);
  if (!token) {
    const others = ["DISCORD_API_URL", "DISCORD_GUILD_ID"].filter(read);
    if (others.length === 0) return undefined;
    throw invalid(
      "Discord is half configured",
      `已设置 ${others.join("、")}，但缺少 DISCORD_TOKEN。请补上，或全部删除以关闭 Discord。`,
    );
  }
  if (guildId && !/^\d{17,20}$/.test(guildId)) {
    throw invalid(
      "DISCORD_GUILD_ID has an unusual form",
      "DISCORD_GUILD_ID 应为 17 至 20 位数字：请在 Discord“用户设置 › 高级”开启开发者模式，再右键服务器图标“复制服务器 ID”。",
    );
  }
  return {
    token,
    apiUrl: (apiUrl ?? "https://discord.com/api").replace(/\/+$/, "").replace(/\/v\d+$/, ""),
    ...(guildId && { guildId }),
  };
}

function readLanguageModel(read: Read): LanguageModelConfig | undefined {
  const apiKey = readKey(read, "OPENAI_API_KEY");
  const baseUrl = readUrl(read, "OPENAI_BASE_URL", WEB);
  const model = read("OPENAI_MODEL");
  if (!apiKey) {
    if (!baseUrl && !model) return undefined;
    throw invalid(
      "OPENAI_API_KEY is missing",
      "已设置 OPENAI_BASE_URL 或 OPENAI_MODEL，但缺少 OPENAI_API_KEY。请补上（本地服务可填任意非空值），或全部删除。",
    );
  }
  return { apiKey, ...(baseUrl && { baseUrl }), model: model ?? DEFAULT_MODEL };
}

function readEmbedding(read: Read, cwd: string): EmbeddingConfig {
  const model = read("EMBEDDING_MODEL");
  const baseUrl = readUrl(read, "EMBEDDING_BASE_URL", WEB);
  const path = read("EMBEDDING_MODEL_PATH");
  if (path && model) {
    throw invalid(
      "two embedding models are set",
      "EMBEDDING_MODEL 与 EMBEDDING_MODEL_PATH 只能设置一个，请删去其中之一。",
    );
  }
  const key = readKey(read, "EMBEDDING_API_KEY");
  if (path && (baseUrl || key)) {
    throw invalid(
      "a local embedding model and an endpoint are set",
      "EMBEDDING_MODEL_PATH 是本地模型，不用接口：请删去 EMBEDDING_BASE_URL 和 EMBEDDING_API_KEY，或改设 EMBEDDING_MODEL。",
    );
  }
  if (path) return { kind: "local", directory: resolve(cwd, path) };
  if (!model) {
    if (baseUrl || key) {
      throw invalid(
        "EMBEDDING_MODEL is missing",
        "已设置 EMBEDDING_BASE_URL 或 EMBEDDING_API_KEY，但缺少 EMBEDDING_MODEL。请补上，或全部删除。",
      );
    }
    return { kind: "none" };
  }
  const apiKey = key ?? readKey(read, "OPENAI_API_KEY");
  if (!apiKey)
    throw invalid(
      "EMBEDDING_API_KEY is missing",
      "已设置 EMBEDDING_MODEL，但缺少 EMBEDDING_API_KEY（或 OPENAI_API_KEY）。请补上（本地服务可填任意非空值），或删除 EMBEDDING_MODEL。",
    );
  const effectiveBaseUrl = baseUrl ?? readUrl(read, "OPENAI_BASE_URL", WEB);
  return { kind: "openai-compatible", model, ...(effectiveBaseUrl && { baseUrl: effectiveBaseUrl }), apiKey };
}

function readPort(read: Read): number {
  const text = read("XIANCE_HTTP_PORT") ?? "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw invalid("XIANCE_HTTP_PORT is no port", `XIANCE_HTTP_PORT 应为 0 到 65535 的整数，现为“${text}”。`);
  }
  return port;
}

/** Origins, separated by commas: a scheme, a name (also `*.example.gov.cn`) and perhaps a port, nothing more. */
function readOrigins(read: Read, name: string): string[] {
  const entries = (read(name) ?? "").split(",").map((entry) => entry.trim().replace(/\/+$/, ""));
  return entries.filter(Boolean).map((entry) => {
    if (
      /^https?:\/\/(?:\*\.)?[a-z0-9.-]+(?::\d{1,5})?$/i.test(entry) &&
      URL.canParse(entry.replace("*.", ""))
    )
      return entry.toLowerCase();
    throw invalid(
      `${name} holds no origin`,
      `${name} 应为用逗号分隔的网站地址，只写到域名或端口，例如 https://www.example.gov.cn；不对的是“${entry.slice(0, 80)}”。`,
    );
  });
}

function readUrl(read: Read, name: string, protocols: readonly string[]): string | undefined {
  const text = read(name);
  return text && requireUrl(name, text, protocols);
}

/** `or`: what else the value may be. The value itself is not shown: it may hold a password. */
function requireUrl(name: string, text: string, protocols: readonly string[], or = ""): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && protocols.includes(url.protocol)) return text;
  const allowed = protocols.map((protocol) => `${protocol}//`).join(" 或 ");
  throw invalid(`${name} is no address`, `${name} 应为${or && ` ${or}`}以 ${allowed} 开头的地址，请改正。`);
}

/** A key travels in a header, where a line break or a Chinese placeholder would fail every single call. */
function readKey(read: Read, name: string): string | undefined {
  const key = read(name);
  if (!key || /^[\x21-\x7e]+$/.test(key)) return key;
  throw invalid(`${name} cannot be sent`, `${name} 含有空格、换行或中文等字符，不是有效的密钥，请重新复制。`);
}

function readChoice<const Choice extends string>(
  read: Read,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const text = read(name);
  if (!text) return fallback;
  const found = choices.find((choice) => choice === text.toLowerCase());
  if (!found)
    throw invalid(`${name} is unknown`, `${name} 只能是 ${choices.join("、")} 之一，现为“${text}”。`);
  return found;
}
