export { createPublishing } from "./create-publishing.ts";
export { createFaqSource } from "./faq/create-faq-source.ts";
export { readFaqContent } from "./faq/read-content.ts";
export { findByBeginning, shortenId } from "./find-records.ts";
export { describeProposalKind, describeProposalState } from "./proposals/describe-proposal.ts";
export type { DocumentParser, PublishingOptions } from "./publishing-parts.ts";
export { describeBasis } from "./review/describe-fields.ts";
export { describeLifeState } from "./review/life-state.ts";
export type {
  AnswerChange,
  AuditDesk,
  ClauseChange,
  Correction,
  Decision,
  DocumentStatus,
  FaqContent,
  FaqDesk,
  FaqProblem,
  FaqSourceQuote,
  GivenAnswer,
  GivenAnswerHead,
  Impact,
  ImpactItem,
  ImpactSource,
  LifeState,
  MarkedRun,
  NotifyAsker,
  Publishing,
  PublishingSettings,
  Reasoned,
  ReceivedFile,
  ReviewDesk,
  ReviewedField,
  SubmissionOutcome,
  VersionDiff,
  VersionReview,
  WatchFinding,
} from "./types.ts";
