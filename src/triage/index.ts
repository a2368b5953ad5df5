export {
  type AbsenceDesk,
  type AbsenceDeskOptions,
  createAbsenceDesk,
  type NewAbsence,
  type SetAbsence,
} from "./absences/create-absence-desk.ts";
export { describeAbsence } from "./absences/describe-absence.ts";
export { type AbsenceReading, readAbsence } from "./absences/read-absence.ts";
export { createWorkCalendar } from "./calendar/create-work-calendar.ts";
export { URGENCIES } from "./classification-types.ts";
export { createClassifier } from "./classify/create-classifier.ts";
export { createRefinement, type RefinementOptions } from "./classify/create-refinement.ts";
export { loadClassifier, loadTriageKnowledge } from "./classify/load-classifier.ts";
export type { TrainingRequest, TriageKnowledge, TriageSignals } from "./classify/signals-schema.ts";
export { writeSafetyNotice } from "./classify/write-safety-notice.ts";
export { createClockRules } from "./clocks/create-clock-rules.ts";
export {
  type CreateTicketDeskOptions,
  createTicketDesk,
  type DeskWork,
  type RunningTicketDesk,
} from "./desk/create-ticket-desk.ts";
export type { FaqDraft, TicketDeskOptions } from "./desk/desk-parts.ts";
export type * from "./desk/desk-types.ts";
export { type ProposeParts, proposeTicket } from "./desk/open-ticket.ts";
export { draftFaqFrom, type FaqDraftOptions, type FaqDraftOutcome } from "./faq/draft-faq-from.ts";
export { createFeedbackDesk } from "./feedback/create-feedback-desk.ts";
export { describeFeedback } from "./feedback/describe-feedback.ts";
export {
  CAUSE_LABELS,
  FEEDBACK_CAUSES,
  type FeedbackCause,
  type FeedbackDesk,
  type FeedbackFigures,
  type FeedbackPeriod,
  type FeedbackView,
  MAX_REASON,
} from "./feedback/feedback-types.ts";
export { withDisputedTurns } from "./feedback/with-disputed-turns.ts";
export { drawFigures, type FigurePicture } from "./figures/charts/draw-figures.ts";
export { createFigures, type FigureCount } from "./figures/create-figures.ts";
export { describeFigures, sayPeriod } from "./figures/describe-figures.ts";
export type * from "./figures/figure-types.ts";
export { BEHIND_RULES } from "./figures/find-behind.ts";
export { checkGoals, describeGoals } from "./figures/goals/check-goals.ts";
export type { Goal, GoalSource } from "./figures/goals/goal-types.ts";
export { loadGoals } from "./figures/goals/load-goals.ts";
export { lastMonth, lastWeek, periodBefore } from "./figures/periods.ts";
export { type WorkbookRequest, writeFiguresWorkbook } from "./figures/workbook/write-figures-workbook.ts";
export { createGapDesk } from "./gaps/create-gap-desk.ts";
export type { CollectedGaps, GapDesk, GapDeskOptions, GapFilter, GapView } from "./gaps/gap-types.ts";
export {
  createDeskOffice,
  type DeskOffice,
  type OfficeOptions,
} from "./office/create-office.ts";
export { type HiddenContacts, hideContacts } from "./redact/hide-contacts.ts";
export type { KnownPersonalData, PersonalDataKind, RedactedText } from "./redact/redact-types.ts";
export { describeRemoved, removePersonalData } from "./redact/remove-personal-data.ts";
export { createAssigneeFor } from "./routing/create-assignee-for.ts";
export { route } from "./routing/route.ts";
export { findAbsence, standIn } from "./routing/stand-in.ts";
export {
  type SuggestionOptions,
  suggestRoutingChanges,
  withRule,
} from "./routing/suggest-routing-changes.ts";
export type { DepartmentChange } from "./settings/change-departments.ts";
export { checkSettings } from "./settings/check-settings.ts";
export {
  createSettingsDesk,
  type SavedSettings,
  type SettingsDesk,
  type SettingsDeskOptions,
  type SettingsPreview,
} from "./settings/create-settings-desk.ts";
export { describeSettingsChange } from "./settings/describe-settings-change.ts";
export { loadDeskSettings } from "./settings/load-desk-settings.ts";
export type { KnownWords, SettingsProblem } from "./settings/settings-problem.ts";
export { PART_NAMES, SETTINGS_PARTS } from "./settings/settings-schema.ts";
export { contactOf, hideEventContacts, hideTicketContacts } from "./tickets/hide-ticket-contacts.ts";
export type * from "./types.ts";
