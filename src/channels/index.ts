export {
  createFeishuChannel,
  type FeishuChannel,
  type FeishuChannelOptions,
  type FeishuSettings,
  type WebhookAnswer,
  type WebhookRequest,
} from "./feishu/index.ts";
