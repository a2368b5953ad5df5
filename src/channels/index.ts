export {
  createDiscordChannel,
  type DiscordChannel,
  type DiscordChannelOptions,
  type DiscordSettings,
  type DiscordTuning,
} from "./discord/index.ts";
export {
  createFeishuChannel,
  type FeishuChannel,
  type FeishuChannelOptions,
  type FeishuSettings,
  type WebhookAnswer,
  type WebhookRequest,
} from "./feishu/index.ts";
export { createFeishuSignIn, type FeishuSignIn } from "./feishu/sign-in.ts";
export type { OpenedFile } from "./opened-file.ts";
export type { SignInOutcome, SignInProvider } from "./sign-in-provider.ts";
export { renderForTerminal, type TerminalOptions } from "./terminal/index.ts";
export { createWebChannel, type WebChannel, type WebChannelOptions } from "./web/index.ts";
