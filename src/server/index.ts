export { createServer } from "./create-server.ts";
export { createStandbyServer } from "./create-standby-server.ts";
export { HttpRefusal } from "./error-replies.ts";
export { createMetrics, type Metrics, type Sample } from "./metrics.ts";
export { addServiceGauges, recordConversation } from "./record-conversation.ts";
export type {
  MatchingServices,
  ReadinessCheck,
  ServedFile,
  Server,
  ServerOptions,
  SettingsView,
  TriageServices,
  WebhookHandler,
  WebhookRequest,
  WebhookResponse,
} from "./types.ts";
