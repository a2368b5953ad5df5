export { type BackOff, DELIVERY_BACK_OFF } from "./back-off.ts";
export { MAX_QUESTION_LENGTH } from "./choose-skill.ts";
export { type Conversation, type ConversationOptions, createConversation } from "./create-conversation.ts";
export type { ConversationEvent } from "./events.ts";
export { createRateLimiter, type RateLimiter, type RateVerdict } from "./limit-rate.ts";
export { type HistoryEntry, readContext, readHistory } from "./read-session.ts";
export { type CitationUrl, renderAnswer } from "./render-answer.ts";
export { toSessionKey } from "./session-key.ts";
export type {
  Acceptance,
  AcceptMessage,
  Asker,
  ChangeItem,
  Channel,
  ChannelCapabilities,
  DeliveryReceipt,
  FormField,
  InboundAction,
  InboundAttachment,
  InboundMessage,
  OutgoingReply,
  Reply,
  ReplyAction,
  ReplyBlock,
} from "./types.ts";
export { type WorkBlock, writeBlockLines } from "./write-block-lines.ts";
export { EXAMPLE_QUESTIONS } from "./write-notice.ts";
