export { type BackOff, DELIVERY_BACK_OFF } from "./back-off.ts";
export { MAX_QUESTION_LENGTH } from "./choose-skill.ts";
export {
  type Conversation,
  type ConversationOptions,
  createConversation,
} from "./create-conversation.ts";
export { createDocumentDesk, type DocumentDesk } from "./desk/create-document-desk.ts";
export type { DocumentDeskOptions } from "./desk/desk-parts.ts";
export { toDeskReply } from "./desk/desk-reply.ts";
export { readCorrections } from "./desk/read-corrections.ts";
export { writeCorrection } from "./desk/write-correction.ts";
export { writeDigest } from "./desk/write-digest.ts";
export type { Notice } from "./enqueue-notice.ts";
export type { ConversationEvent } from "./events.ts";
export { createAskSkill } from "./feedback/create-ask-skill.ts";
export { createFeedbackSkill, type FeedbackSkillOptions } from "./feedback/create-feedback-skill.ts";
export { type Fitting, fitReply } from "./fit-reply.ts";
export { createRateLimiter, type RateLimiter, type RateVerdict } from "./limit-rate.ts";
export { createMatchingSkill } from "./matching/create-matching-skill.ts";
export type {
  MatchingLists,
  MatchingOutreach,
  MatchingSkillOptions,
  ReminderRequest,
  ReportFile,
  ReportRequest,
} from "./matching/matching-parts.ts";
export { writeOutreach } from "./matching/write-outreach.ts";
export { toProgramBlock } from "./matching/write-program.ts";
export { writeMatchReply } from "./matching/write-result.ts";
export { createMaterialSkill } from "./materials/create-material-skill.ts";
export type { MaterialSkillOptions, ReadMaterial } from "./materials/material-parts.ts";
export { createOfficeSkill } from "./office/create-office-skill.ts";
export type { OfficeSkillOptions } from "./office/office-parts.ts";
export { type HistoryEntry, readContext, readHistory } from "./read-session.ts";
export { createReceiver } from "./receive-message.ts";
export { type CitationUrl, renderAnswer } from "./render-answer.ts";
export { toSessionKey } from "./session-key.ts";
export { createTicketSkill } from "./tickets/create-ticket-skill.ts";
export { createTicketTeller, type TicketTellerOptions } from "./tickets/create-ticket-teller.ts";
export { isHandOver } from "./tickets/read-hand-over.ts";
export type {
  EnterpriseBrief,
  FileToSave,
  TicketAbsences,
  TicketSkillOptions,
} from "./tickets/ticket-parts.ts";
export { writeDeskDigest } from "./tickets/write-desk-digest.ts";
export type {
  Acceptance,
  AcceptMessage,
  Asker,
  ChangeItem,
  Channel,
  ChannelCapabilities,
  ChannelHooks,
  ChannelSignal,
  ChannelStatus,
  DeliveryReceipt,
  FormField,
  InboundAction,
  InboundAttachment,
  InboundMessage,
  MessageSkill,
  OutgoingReply,
  PassedOn,
  ProgramBlock,
  Reply,
  ReplyAction,
  ReplyBlock,
  ReplyStream,
  SkillContext,
  VerdictRow,
} from "./types.ts";
export { createWelcome, type Welcome, type WelcomeOptions } from "./welcome/create-welcome.ts";
export { MENU_COMMANDS, readMenuKey } from "./welcome/menu.ts";
export type { WelcomeFacts } from "./welcome/write-welcome.ts";
export { type WorkBlock, writeBlockLines } from "./write-block-lines.ts";
export { EXAMPLE_QUESTIONS } from "./write-notice.ts";
